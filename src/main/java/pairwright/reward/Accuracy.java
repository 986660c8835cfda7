package pairwright.reward;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * How often a rule picks the response that was labelled better.
 *
 * @param n pairs with a better response
 * @param right pairs where the rule picks it
 * @param undecided pairs on which the rule has no opinion; each counts one half
 */
public record Accuracy(
        @JsonProperty("n") int n,
        @JsonProperty("right") int right,
        @JsonProperty("undecided") int undecided) {
    public Accuracy {
        if (!(n >= 0 && right >= 0 && undecided >= 0 && right + undecided <= n)) {
            throw new IllegalArgumentException(
                    "right " + right + " and undecided " + undecided + " must not exceed n " + n);
        }
    }

    /** The share that is right, in [0, 1]; empty where there is no pair. */
    @JsonProperty(value = "accuracy", access = JsonProperty.Access.READ_ONLY)
    public Optional<Double> value() {
        return n == 0 ? Optional.empty() : Optional.of((right + undecided / 2.0) / n);
    }
}
