package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import java.util.Optional;

/**
 * A number with its interval.
 *
 * @param value finite
 * @param low lower end of the interval, finite; a percentile interval need not hold the value
 * @param high upper end, at least {@code low}
 * @param n rows it rests on
 * @param method how value and interval were made
 */
public record Estimate(
        @JsonProperty("value") double value,
        @JsonProperty("low") double low,
        @JsonProperty("high") double high,
        @JsonProperty("n") long n,
        @JsonProperty("method") String method)
        implements Statistic {
    public Estimate {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("value is " + value + ", must be finite");
        }
        if (!(Double.isFinite(low) && Double.isFinite(high) && low <= high)) {
            throw new IllegalArgumentException("interval is " + low + " to " + high + ", must be finite and in order");
        }
        Objects.requireNonNull(method, "method");
    }

    @Override
    @JsonIgnore
    public Optional<Double> number() {
        return Optional.of(value);
    }
}
