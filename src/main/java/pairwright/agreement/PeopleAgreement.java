package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * How far the people who labelled the rows agree with each other, whoever they are: the ceiling of what a judge can reach.
 *
 * @param raters different people
 * @param rows rows with at least one label of a person
 * @param rowsWithTwo rows with at least two, on which everything here rests
 * @param pairwise the share of pairs of people who gave a row the same label, mean over the rows
 * @param leftOut the judge beside each person left out in turn, all together first
 * @param altTests whether the judge may stand in for one of the people, at every epsilon
 * @param coefficients for many raters with missing ratings
 */
public record PeopleAgreement(
        @JsonProperty("raters") PromptCount raters,
        @JsonProperty("rows") long rows,
        @JsonProperty("rows_with_two") long rowsWithTwo,
        @JsonProperty("pairwise_agreement") Statistic pairwise,
        @JsonProperty("left_out") List<LeftOut> leftOut,
        @JsonProperty("alt_tests") List<AltTest> altTests,
        @JsonProperty("coefficients") List<CoefficientEstimate> coefficients) {
    public PeopleAgreement {
        leftOut = List.copyOf(leftOut);
        altTests = List.copyOf(altTests);
        coefficients = List.copyOf(coefficients);
    }
}
