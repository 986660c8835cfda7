package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How a judge's preference depends on the length of the responses, in UTF-16 units, beside that of its reference.
 *
 * @param leaning to the longer response; its accuracies are those where the longer, and where the shorter, is better
 * @param scale root mean square of the difference of the lengths, by which x = tanh(difference / scale) is measured
 * @param judge rise of the judge's log odds of taking the longer with x, whatever the reference says
 * @param reference the same of the reference
 * @param difference the judge's less the reference's
 */
public record LengthBias(
        @JsonProperty("leaning") Leaning leaning,
        @JsonProperty("scale") double scale,
        @JsonProperty("judge_slope") Statistic judge,
        @JsonProperty("reference_slope") Statistic reference,
        @JsonProperty("slope_difference") Statistic difference) {}
