package pairwright.judge;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a preference is read from a reply. */
public enum Reading {
    /** Probability mass of the label tokens. */
    @JsonProperty("logprobs")
    LOGPROBS,
    /** The label in the one place where the verdict must stand. */
    @JsonProperty("verdict")
    VERDICT
}
