package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * How good z is as a probability that the reference prefers response A; a tie of the reference is one half of each, or is left out
 * as the settings say.
 *
 * @param reference its name
 * @param n rows with a z of the judge and a label of the reference
 * @param prompts clusters of these rows
 * @param logLoss mean of -ln of the probability given to what the reference said, in nats, z clamped to [.001, .999]; a coin has .693
 * @param brier mean squared distance of z from the reference, in [0, 1]; a coin has .25 where there are no ties
 * @param ece mean distance of z from the share of A over ten bins of equal width (Guo et al. 2017)
 * @param adaptiveEce the same over ten bins of equal numbers of rows (Nixon et al. 2019)
 * @param eceIfCalibrated what a calibrated judge with the same z would show by chance, about; both errors are never zero in a sample
 * @param sharpness mean of |2z - 1|: how far from a coin the judge commits itself, right or not
 * @param bins of equal width that hold rows
 */
public record SoftScores(
        @JsonProperty("reference") String reference,
        @JsonProperty("n") long n,
        @JsonProperty("prompts") PromptCount prompts,
        @JsonProperty("log_loss") Statistic logLoss,
        @JsonProperty("brier") Statistic brier,
        @JsonProperty("ece") Statistic ece,
        @JsonProperty("adaptive_ece") Statistic adaptiveEce,
        @JsonProperty("ece_if_calibrated") double eceIfCalibrated,
        @JsonProperty("sharpness") Statistic sharpness,
        @JsonProperty("reliability") List<Reliability> bins) {
    public SoftScores {
        bins = List.copyOf(bins);
    }
}
