package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * An interval by a formula that takes the items for independent, for comparison with other programs. Where items come in
 * clusters it is too narrow.
 *
 * @param standardError at least 0
 * @param low lower end, not cut at the end of the coefficient's range
 * @param high upper end
 * @param method whose formula
 */
public record AnalyticInterval(
        @JsonProperty("standard_error") double standardError,
        @JsonProperty("low") double low,
        @JsonProperty("high") double high,
        @JsonProperty("method") String method) {
    public AnalyticInterval {
        if (!(standardError >= 0 && low <= high)) {
            throw new IllegalArgumentException("standard error is " + standardError + ", interval " + low + " to "
                    + high + ", must be at least 0 and in order");
        }
    }

    /** Around a value that is normally distributed. */
    static AnalyticInterval normal(double value, double standardError, double confidence, String method) {
        double half = Normal.critical(confidence) * standardError;
        return new AnalyticInterval(standardError, value - half, value + half, method);
    }
}
