package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import java.util.Optional;

/**
 * A statistic that these rows do not define.
 *
 * @param reason in words, such as "only one category occurs"
 * @param n rows that were there
 */
public record Undefined(
        @JsonProperty("undefined") String reason,
        @JsonProperty("n") long n) implements Statistic {
    public Undefined {
        Objects.requireNonNull(reason, "reason");
    }

    @Override
    @JsonIgnore
    public Optional<Double> number() {
        return Optional.empty();
    }
}
