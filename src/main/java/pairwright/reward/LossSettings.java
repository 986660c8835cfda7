package pairwright.reward;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;

/**
 * What the fit takes for the loss of a pair.
 *
 * @param smoothing labels are drawn towards one half, z' = (1 - s) z + s / 2; in [0, 1)
 * @param margin in nats, by which the better one is to win; at least 0
 * @param centring factor of (r(a) + r(b))^2, which keeps rewards around 0 (Eisenstein et al. 2023); at least 0
 * @param noiseRate share of the labels taken to be turned over by chance, in [0, .5)
 * @param estimateNoise the rate is chosen on the inner folds instead, together with the penalty: the one that predicts best, which is no estimate
 *     of the share itself, since a strong penalty does much of the same work
 * @param ties what a tie is taken for
 */
public record LossSettings(
        @JsonProperty("smoothing") double smoothing,
        @JsonProperty("margin") double margin,
        @JsonProperty("centring") double centring,
        @JsonProperty("noise_rate") double noiseRate,
        @JsonProperty("estimate_noise") boolean estimateNoise,
        @JsonProperty("ties") TieModel ties) {
    public static final LossSettings DEFAULT = new LossSettings(0, 0, 0, 0, false, TieModel.HALF);

    public LossSettings {
        Objects.requireNonNull(ties, "ties is missing, must be half, davidson or rao-kupper");
        if (!(smoothing >= 0 && smoothing < 1)) {
            throw new IllegalArgumentException("smoothing is " + smoothing + ", must be in [0, 1)");
        }
        if (!(margin >= 0 && margin < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("margin is " + margin + ", must be at least 0");
        }
        if (!(centring >= 0 && centring < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("centring is " + centring + ", must be at least 0");
        }
        if (!(noiseRate >= 0 && noiseRate < .5)) {
            throw new IllegalArgumentException("noise_rate is " + noiseRate + ", must be in [0, 0.5)");
        }
        int kinds = (margin > 0 ? 1 : 0) + (noiseRate > 0 || estimateNoise ? 1 : 0) + (ties != TieModel.HALF ? 1 : 0);
        if (kinds > 1) {
            throw new IllegalArgumentException("margin " + margin + ", noise rate " + noiseRate
                    + (estimateNoise ? " (estimated)" : "") + " and ties " + ties
                    + " are likelihoods of their own; give one of them");
        }
    }

    PairLikelihood likelihood(double rate) {
        return switch (ties) {
            case DAVIDSON -> new PairLikelihood.Davidson();
            case RAO_KUPPER -> new PairLikelihood.RaoKupper();
            case HALF -> rate > 0 ? new PairLikelihood.Flipped(rate) : new PairLikelihood.Soft(margin);
        };
    }
}
