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
 * @param coefficients for many raters with missing ratings
 */
public record PeopleAgreement(
        @JsonProperty("raters") PromptCount raters,
        @JsonProperty("rows") long rows,
        @JsonProperty("rows_with_two") long rowsWithTwo,
        @JsonProperty("pairwise_agreement") Statistic pairwise,
        @JsonProperty("coefficients") List<CoefficientEstimate> coefficients) {
    public PeopleAgreement {
        coefficients = List.copyOf(coefficients);
    }
}
