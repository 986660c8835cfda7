package pairwright.reward;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;

/**
 * What one feature adds to a reward, or to a difference of rewards.
 *
 * @param feature a word n-gram in quotes, {@code start} with the first words of a reply, {@code chars} with a piece of a word, or
 *     {@code style} with a column's name; several, joined by " or ", where they share a hashed column
 * @param value in nats of preference odds
 */
public record Contribution(
        @JsonProperty("feature") String feature,
        @JsonProperty("value") double value) {
    public Contribution {
        Objects.requireNonNull(feature, "feature");
    }
}
