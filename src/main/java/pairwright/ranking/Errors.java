package pairwright.ranking;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How standard errors are made. */
public enum Errors {
    /** From the information matrix: right where comparisons are independent and the model holds; ties as halves make them too wide. */
    @JsonProperty("fisher")
    FISHER,
    /**
     * From the spread of the scores of the prompts, or of the single comparisons where no prompts are named (Huber 1967; Liang and Zeger
     * 1986), with the factor G/(G-1) for G clusters: right also where judgments of one prompt depend on each other.
     */
    @JsonProperty("sandwich")
    SANDWICH
}
