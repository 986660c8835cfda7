package pairwright.rubric;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether the judge writes down why before it says its verdict. */
public enum Reasoning {
    /** The verdict and nothing else. */
    @JsonProperty("none")
    NONE,
    /** Reasoning and verdict in one reply, the verdict at its end. */
    @JsonProperty("before")
    BEFORE,
    /**
     * Two calls: the first asks for the reasoning, which then stands as the judge's own turn before the second, which asks for the
     * verdict alone (RLAIF, Lee et al. 2023, section 2.1).
     */
    @JsonProperty("two-step")
    TWO_STEP
}
