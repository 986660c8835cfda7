package pairwright.rubric;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether the judge is shown a reference answer, the text in the field {@code reference} of the row. */
public enum Reference {
    /** Never, even where the row has one. */
    @JsonProperty("none")
    NONE,
    /** Where the row has one. */
    @JsonProperty("optional")
    OPTIONAL,
    /** Always; a row without one cannot be judged. */
    @JsonProperty("required")
    REQUIRED
}
