package pairwright.ranking;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A parameter of the model with its interval, value plus and minus the normal quantile times the standard error.
 *
 * @param value finite, in log-odds
 * @param standardError 0 or more
 */
public record StrengthEstimate(
        @JsonProperty("value") double value,
        @JsonProperty("standard_error") double standardError,
        @JsonProperty("low") double low,
        @JsonProperty("high") double high) {
    public StrengthEstimate {
        if (!Double.isFinite(value) || !(standardError >= 0 && standardError < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "value is " + value + ", standard error " + standardError + ", must be finite and not below 0");
        }
    }

    static StrengthEstimate of(double value, double variance, double criticalValue) {
        double error = Math.sqrt(Math.max(0, variance));
        return new StrengthEstimate(value, error, value - criticalValue * error, value + criticalValue * error);
    }
}
