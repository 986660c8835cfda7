package pairwright.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What is done so that the longer response is chosen no more often than the shorter one. */
public enum LengthBalance {
    /** Nothing. */
    @JsonProperty("off")
    OFF,
    /** Examples are left out, at random by the seed, until among pairs whose lengths differ alike both sides win equally often. */
    @JsonProperty("match")
    MATCH,
    /** The same by weights: none is left out, those on the side that wins more often count less, the others more. */
    @JsonProperty("weigh")
    WEIGH
}
