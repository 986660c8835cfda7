package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import java.util.Optional;

/**
 * A number whose interval is undefined.
 *
 * @param value finite
 * @param n rows it rests on
 * @param method how the value was made
 * @param noInterval why there is no interval
 */
public record Point(
        @JsonProperty("value") double value,
        @JsonProperty("n") long n,
        @JsonProperty("method") String method,
        @JsonProperty("no_interval") String noInterval)
        implements Statistic {
    public Point {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("value is " + value + ", must be finite");
        }
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(noInterval, "noInterval");
    }

    @Override
    @JsonIgnore
    public Optional<Double> number() {
        return Optional.of(value);
    }
}
