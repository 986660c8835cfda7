package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What came of fitting a calibrator. */
public sealed interface Calibration permits Calibration.Fitted, Calibration.NotFitted {
    /**
     * A calibrator sigma(a logit z), fitted on one half of the prompts and measured on the other half, which it never saw.
     *
     * @param calibrator to be saved
     * @param shownRows rows of the other half
     * @param shownPrompts prompts of the other half
     * @param logLossBefore of z as it is, on the other half
     * @param logLossAfter of the calibrated z there
     * @param brierBefore as log loss
     * @param brierAfter as log loss
     * @param eceBefore as log loss
     * @param eceAfter as log loss
     */
    record Fitted(
            @JsonProperty("calibrator") Calibrator calibrator,
            @JsonProperty("shown_rows") long shownRows,
            @JsonProperty("shown_prompts") PromptCount shownPrompts,
            @JsonProperty("log_loss_before") Statistic logLossBefore,
            @JsonProperty("log_loss_after") Statistic logLossAfter,
            @JsonProperty("brier_before") Statistic brierBefore,
            @JsonProperty("brier_after") Statistic brierAfter,
            @JsonProperty("ece_before") Statistic eceBefore,
            @JsonProperty("ece_after") Statistic eceAfter)
            implements Calibration {}

    /**
     * None.
     *
     * @param reason in words
     */
    record NotFitted(@JsonProperty("undefined") String reason) implements Calibration {}
}
