package pairwright.rubric;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a judge says in the frame that it was shown: the first response, the second, or neither. */
public enum Slot {
    @JsonProperty("first")
    FIRST,
    @JsonProperty("second")
    SECOND,
    @JsonProperty("tie")
    TIE
}
