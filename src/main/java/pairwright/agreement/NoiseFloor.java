package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What changes when a judge is asked the same pair again.
 *
 * @param rootMeanSquare of the change of z
 * @param meanAbsolute of the change of z
 * @param labelChanges share of pairs whose label changes
 */
public record NoiseFloor(
        @JsonProperty("root_mean_square") Statistic rootMeanSquare,
        @JsonProperty("mean_absolute") Statistic meanAbsolute,
        @JsonProperty("label_changes") Statistic labelChanges) {}
