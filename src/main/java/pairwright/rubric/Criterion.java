package pairwright.rubric;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One thing that makes a response better.
 *
 * @param weight how much it counts when criteria are combined, above 0
 */
public record Criterion(
        @JsonProperty("name") String name,
        @JsonProperty("description") String description,
        @JsonProperty("weight") double weight) {
    public Criterion {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("criterion name is missing, must be text");
        }
        if (description == null || description.isBlank()) {
            throw new IllegalArgumentException("description of criterion " + name + " is missing, must be text");
        }
        if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "weight of criterion " + name + " is " + weight + ", must be a number above 0");
        }
    }
}
