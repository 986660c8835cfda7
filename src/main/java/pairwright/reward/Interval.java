package pairwright.reward;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A mean over pairs with its 95% interval. Pairs of one group hang together, so the groups are the units: the standard error is the
 * cluster-robust one of a ratio, sqrt(C / (C - 1) sum of (s_c - m n_c)^2) / n over the C groups (Cochran 1977, section 6.4).
 *
 * @param low the lower end, the value itself where there is one group only
 * @param n pairs
 * @param groups among them
 */
public record Interval(
        @JsonProperty("value") double value,
        @JsonProperty("low") double low,
        @JsonProperty("high") double high,
        @JsonProperty("n") int n,
        @JsonProperty("groups") int groups) {
    public Interval {
        if (!(low <= value && value <= high && n > 0 && groups > 0)) {
            throw new IllegalArgumentException(
                    "value " + value + " must lie in [" + low + ", " + high + "], n " + n + " and groups be above 0");
        }
    }
}
