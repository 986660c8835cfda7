package pairwright.rubric;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import java.util.Optional;

/**
 * A worked example shown to the judge.
 *
 * @param better which of the two is better
 * @param why the reason in one sentence, where somebody gave one
 */
public record Demonstration(
        @JsonProperty("prompt") String prompt,
        @JsonProperty("first") String first,
        @JsonProperty("second") String second,
        @JsonProperty("better") Slot better,
        @JsonProperty("why") Optional<String> why) {
    public Demonstration {
        Objects.requireNonNull(prompt, "prompt of a demonstration is missing");
        Objects.requireNonNull(first, "first of a demonstration is missing");
        Objects.requireNonNull(second, "second of a demonstration is missing");
        Objects.requireNonNull(better, "better of a demonstration is missing, must be first, second or tie");
    }
}
