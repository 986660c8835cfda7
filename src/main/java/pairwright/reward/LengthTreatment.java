package pairwright.reward;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a fit does about people's liking for long texts. */
public enum LengthTreatment {
    /** Length is a feature like any other. */
    @JsonProperty("kept")
    KEPT,
    /** Length is fitted almost without a penalty and left out when scoring, so that the other features need not stand for it. */
    @JsonProperty("covariate")
    COVARIATE,
    /** Pairs are weighted so that, at each ratio of the lengths, the longer one wins as much weight as the shorter one. */
    @JsonProperty("matched")
    MATCHED
}
