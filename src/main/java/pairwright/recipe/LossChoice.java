package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import pairwright.reward.LossSettings;
import pairwright.reward.TieModel;

/**
 * What was chosen of the loss; the rest is as {@link LossSettings#DEFAULT} has it.
 *
 * @param smoothing labels are drawn towards one half by this share
 * @param margin in nats, by which the better response is to win
 * @param centring factor of the squared sum of a pair's rewards
 * @param noiseRate share of the labels taken to be turned over by chance
 * @param estimateNoise the rate is chosen on inner folds instead
 * @param ties what a tie is taken for
 */
public record LossChoice(
        @JsonProperty("smoothing") Optional<Double> smoothing,
        @JsonProperty("margin") Optional<Double> margin,
        @JsonProperty("centring") Optional<Double> centring,
        @JsonProperty("noise_rate") Optional<Double> noiseRate,
        @JsonProperty("estimate_noise") Optional<Boolean> estimateNoise,
        @JsonProperty("ties") Optional<TieModel> ties) {
    LossSettings settings() {
        LossSettings defaults = LossSettings.DEFAULT;
        return new LossSettings(
                smoothing.orElse(defaults.smoothing()),
                margin.orElse(defaults.margin()),
                centring.orElse(defaults.centring()),
                noiseRate.orElse(defaults.noiseRate()),
                estimateNoise.orElse(defaults.estimateNoise()),
                ties.orElse(defaults.ties()));
    }
}
