package pairwright.pair;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import java.util.Optional;

/**
 * What one person said of a pair.
 *
 * @param label empty where the person gave none
 */
public record HumanLabel(
        @JsonProperty("annotator") String annotator,

        @JsonProperty("label") @JsonInclude(JsonInclude.Include.ALWAYS)
        Optional<Label> label) {
    public HumanLabel {
        Objects.requireNonNull(annotator, "annotator is missing, must be a name");
    }
}
