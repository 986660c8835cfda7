package pairwright.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which of a prompt's pairs become examples. Responses are scored by the mean of z over all comparisons that they are in, ties included. */
public enum PairsPerPrompt {
    /** Every one. */
    @JsonProperty("all")
    ALL,
    /** One: of the judged pairs whose verdict agrees with the scores, the one whose scores lie farthest apart. */
    @JsonProperty("best-worst")
    BEST_WORST,
    /**
     * One: the pair that the best response won, against the worst that it met. What is chosen is the best of the prompt's n responses, as
     * for fine-tuning on the top-ranked sample (RAFT, Dong and others 2023).
     */
    @JsonProperty("best-of-n")
    BEST_OF_N
}
