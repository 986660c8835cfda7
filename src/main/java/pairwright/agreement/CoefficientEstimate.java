package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import java.util.Optional;

/**
 * One coefficient with all that a reader needs to judge it; prevalence stands once beside all of them.
 *
 * @param name such as {@code Gwet's AC1}
 * @param estimate the value with its bootstrap interval and the number of items, or why there is none
 * @param prompts clusters that the interval resamples
 * @param chance agreement that chance alone would reach, where the coefficient corrects for it
 * @param analytic an interval by formula, where there is one
 */
public record CoefficientEstimate(
        @JsonProperty("name") String name,
        @JsonProperty("estimate") Statistic estimate,
        @JsonProperty("prompts") PromptCount prompts,
        @JsonProperty("chance") Optional<Double> chance,
        @JsonProperty("analytic") Optional<AnalyticInterval> analytic) {
    public CoefficientEstimate {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(estimate, "estimate");
    }
}
