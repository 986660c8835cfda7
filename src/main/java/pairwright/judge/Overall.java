package pairwright.judge;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where z comes from when criteria were asked by themselves. The two are never mixed. */
public enum Overall {
    /** The overall question was asked beside the criteria. */
    @JsonProperty("asked")
    ASKED,
    /** The mean of z over the criteria, under the weights that the rubric declares. */
    @JsonProperty("weighted-mean")
    WEIGHTED_MEAN
}
