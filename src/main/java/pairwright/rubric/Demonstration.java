package pairwright.rubric;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;

/**
 * A worked example shown to the judge.
 *
 * @param better which of the two is better
 * @param why the reason in one sentence
 */
public record Demonstration(
        @JsonProperty("prompt") String prompt,
        @JsonProperty("first") String first,
        @JsonProperty("second") String second,
        @JsonProperty("better") Slot better,
        @JsonProperty("why") String why) {
    public Demonstration {
        Objects.requireNonNull(prompt, "prompt of a demonstration is missing");
        Objects.requireNonNull(first, "first of a demonstration is missing");
        Objects.requireNonNull(second, "second of a demonstration is missing");
        Objects.requireNonNull(better, "better of a demonstration is missing, must be first, second or tie");
        Objects.requireNonNull(why, "why of a demonstration is missing");
    }
}
