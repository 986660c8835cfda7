package pairwright.rubric;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a rubric's criteria are asked as. */
public enum Ask {
    /** One verdict over all criteria; their weights are words to the judge. */
    @JsonProperty("overall")
    OVERALL,
    /** Each criterion by itself; the overall verdict is the mean under the declared weights. */
    @JsonProperty("criteria")
    CRITERIA,
    /** Each criterion by itself and the overall verdict beside them, asked and not computed. */
    @JsonProperty("criteria-and-overall")
    CRITERIA_AND_OVERALL
}
