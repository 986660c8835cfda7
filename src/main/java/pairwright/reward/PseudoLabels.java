package pairwright.reward;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;

/**
 * Pairs without a label get one from a model where it is sure enough, and the fit is repeated with them (Lee 2013).
 *
 * @param by {@value #SELF}, the model fitted to the labels that there are, or the name of another judge
 * @param confidence probability of the likelier side from which it becomes the label, in (0.5, 1)
 */
public record PseudoLabels(
        @JsonProperty("by") String by,
        @JsonProperty("confidence") double confidence) {
    public static final String SELF = "self";

    public PseudoLabels {
        Objects.requireNonNull(by, "by is missing, must be self or a judge");
        if (!(confidence > .5 && confidence < 1)) {
            throw new IllegalArgumentException("label_confidence is " + confidence + ", must be in (0.5, 1)");
        }
    }

    boolean areOwn() {
        return by.equals(SELF);
    }

    /** Whether a pair with this difference of rewards is labelled. */
    boolean takes(double difference) {
        return SoftLoss.probability(Math.abs(difference)) >= confidence;
    }
}
