package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What so many labels can show, and how many would show more. Everything is two-sided at .05 with power .8, and the rows count as many
 * as they say: divided by the design effect.
 *
 * @param reference whose labels
 * @param rows rows with a label of both
 * @param designEffect what it costs that rows come in prompts
 * @param effectiveRows rows by the design effect
 * @param accuracy share of rows with the same label, Wilson's interval as if rows were independent
 * @param rules the judge beside rules that need none
 * @param floor accuracy of the best of these rules
 * @param detectableAboveFloor least difference to the floor that shows
 * @param detectableBetweenJudges least difference to another judge of about this accuracy on the same rows that shows, errors independent
 * @param kappa Cohen's over rows where both take a side
 * @param detectableKappa least rise of this kappa that shows
 * @param needed labels for smaller differences, the next one first
 */
public record Power(
        @JsonProperty("reference") String reference,
        @JsonProperty("rows") long rows,
        @JsonProperty("design_effect") DesignEffect designEffect,
        @JsonProperty("effective_rows") double effectiveRows,
        @JsonProperty("accuracy") AnalyticInterval accuracy,
        @JsonProperty("rules") List<AgainstRule> rules,
        @JsonProperty("floor") double floor,
        @JsonProperty("detectable_above_floor") Statistic detectableAboveFloor,
        @JsonProperty("detectable_between_judges") Statistic detectableBetweenJudges,
        @JsonProperty("kappa") Statistic kappa,
        @JsonProperty("detectable_kappa") Statistic detectableKappa,
        @JsonProperty("needed") List<LabelsNeeded> needed) {
    public Power {
        rules = List.copyOf(rules);
        needed = List.copyOf(needed);
    }
}
