package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import java.util.Optional;

/**
 * How far something that says nothing about quality moves a judge.
 *
 * @param kind {@code position}, {@code length}, {@code format} or {@code swapped}
 * @param effect mean shift of z: toward the slot shown first, toward the changed copy, or of z(a, b) + z(b, a) - 1
 * @param logit the same for the position on the logit scale, clamped at 1e-3
 * @param noise the same measure where nothing was changed and the pair was only asked again
 * @param labelChanges share of pairs whose label changes
 * @param labelChangesByNoise share whose label changes when they are only asked again
 * @param withoutCopy sampled pairs that have no such copy
 * @param lengthRatio mean length of the padded copy over that of the response, in UTF-16 units
 * @param beyondNoise true when the interval of the effect leaves out 0 and the effect is greater than either end of the noise's interval
 * @param sentence the same for people
 */
public record Bias(
        @JsonProperty("kind") String kind,
        @JsonProperty("effect") Statistic effect,
        @JsonProperty("logit") Optional<Statistic> logit,
        @JsonProperty("noise") Statistic noise,
        @JsonProperty("label_changes") Statistic labelChanges,
        @JsonProperty("label_changes_by_noise") Statistic labelChangesByNoise,
        @JsonProperty("without_copy") long withoutCopy,
        @JsonProperty("length_ratio") Optional<Double> lengthRatio,
        @JsonProperty("beyond_noise") boolean beyondNoise,
        @JsonProperty("sentence") String sentence) {
    public Bias {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(sentence, "sentence");
    }

    /** Whether an effect can be told from what asking again does by itself. */
    static boolean beyond(Statistic effect, Statistic noise) {
        if (!(effect instanceof Estimate estimate) || noise.number().isEmpty()) {
            return false;
        }
        double floor = noise instanceof Estimate interval
                ? Math.max(Math.abs(interval.low()), Math.abs(interval.high()))
                : Math.abs(noise.number().get());
        return (estimate.low() > 0 || estimate.high() < 0) && Math.abs(estimate.value()) > floor;
    }
}
