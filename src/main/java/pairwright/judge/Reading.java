package pairwright.judge;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a preference is read from a reply. */
public enum Reading {
    /** Probability mass of the label or rating tokens, at the one place where the verdict must stand. */
    @JsonProperty("logprobs")
    LOGPROBS,
    /** The label or the ratings in the one place where the verdict must stand, the exact last line. */
    @JsonProperty("verdict")
    VERDICT,
    /** The reply's text is one JSON object that fits {@link VerdictFormat}. */
    @JsonProperty("schema")
    SCHEMA,
    /** The arguments of the tool call are one JSON object that fits {@link VerdictFormat}. */
    @JsonProperty("tool")
    TOOL
}
