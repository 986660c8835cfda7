package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a judge was shown of a pair when it was asked once more. */
public enum Asking {
    /** The pair as it is. */
    @JsonProperty("first")
    FIRST,
    /** The same again: whatever changes then is noise. */
    @JsonProperty("again")
    AGAIN,
    /** One response padded. */
    @JsonProperty("length")
    LENGTH,
    /** One response restyled. */
    @JsonProperty("format")
    FORMAT,
    /** The two responses in each other's place. */
    @JsonProperty("swapped")
    SWAPPED
}
