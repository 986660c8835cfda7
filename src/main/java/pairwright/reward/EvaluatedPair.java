package pairwright.reward;

import java.util.Optional;

/**
 * A labelled pair and what a model says of it.
 *
 * @param z the label, P(A is preferred)
 * @param d the model's r(a) - r(b)
 * @param lengthA in code points
 * @param group rows of one group hang together
 */
public record EvaluatedPair(double z, double d, int lengthA, int lengthB, String group, Optional<String> slice) {
    public EvaluatedPair {
        if (!(z >= 0 && z <= 1)) {
            throw new IllegalArgumentException("z is " + z + ", must be in [0, 1]");
        }
        if (!Double.isFinite(d)) {
            throw new IllegalArgumentException("d is " + d + ", must be finite");
        }
    }
}
