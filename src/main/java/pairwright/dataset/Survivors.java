package pairwright.dataset;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Which of the examples are still in, and how much each counts: one byte an example, and four more once any is weighed. */
final class Survivors {
    /** Why an example was left out, in the order of the codes. */
    private static final List<String> REASONS =
            List.of("", Drop.NOT_BEST, Drop.PROMPT_FULL, Drop.MODEL_FULL, Drop.LENGTH_MATCH);

    private final byte[] reasons;
    private float[] weights;

    Survivors(long examples) {
        reasons = new byte[Math.toIntExact(examples)];
    }

    boolean has(ExampleFacts facts) {
        return facts.isExample() && reasons[(int) facts.number()] == 0;
    }

    void drop(long number, String reason) {
        reasons[(int) number] = (byte) REASONS.indexOf(reason);
    }

    void weigh(long number, double weight) {
        if (weights == null) {
            weights = new float[reasons.length];
            Arrays.fill(weights, 1);
        }
        weights[(int) number] = (float) weight;
    }

    /** Why the example was left out; empty when it is in. */
    Optional<String> reason(int number) {
        return reasons[number] == 0 ? Optional.empty() : Optional.of(REASONS.get(reasons[number]));
    }

    double weight(int number) {
        return weights == null ? 1 : weights[number];
    }
}
