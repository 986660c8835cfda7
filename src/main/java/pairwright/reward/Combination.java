package pairwright.reward;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the rewards of an ensemble's members become one. */
public enum Combination {
    /** All count alike. */
    @JsonProperty("average")
    AVERAGE,
    /** Each architecture counts as much as predicts the inner split best, by logistic regression on rewards that had not seen it (Wolpert 1992). */
    @JsonProperty("stack")
    STACK
}
