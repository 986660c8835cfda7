package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A point of the risk-coverage curve.
 *
 * @param threshold least |2z - 1|; 0 for every row on which the judge takes a side
 * @param rows labelled rows at or above it
 * @param coverage of all labelled rows
 * @param risk share of these rows where the judge's label differs from the reference, with an interval that resamples prompts
 * @param exactUpper upper bound of the risk by Clopper and Pearson, one-sided at the level of the settings, if every row were independent of all others
 */
public record RiskPoint(
        @JsonProperty("threshold") double threshold,
        @JsonProperty("rows") long rows,
        @JsonProperty("coverage") double coverage,
        @JsonProperty("risk") Statistic risk,
        @JsonProperty("exact_upper") double exactUpper) {}
