package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/**
 * How far the judge agrees with one reference.
 *
 * @param reference its name as on the command line
 * @param counts which rows the statistics rest on
 * @param scores the statistics
 * @param prevalence how often each of the two gave each label
 * @param shares accuracy, S1 and S2 once more, beside what chance alone would reach with the same shares of the labels, and with Wilson's interval
 * @param coefficients agreement beyond chance in the ways that the field knows
 * @param confusion one row a reference label: A, B, tie
 * @param baselines what needs no judge, on the same rows
 */
public record ReferenceAgreement(
        @JsonProperty("reference") String reference,
        @JsonUnwrapped ReferenceCounts counts,
        @JsonUnwrapped Scores scores,
        @JsonProperty("prevalence") Prevalence prevalence,
        @JsonProperty("shares") List<CoefficientEstimate> shares,
        @JsonProperty("coefficients") List<CoefficientEstimate> coefficients,
        @JsonProperty("confusion") List<ConfusionRow> confusion,
        @JsonProperty("baselines") List<Baseline> baselines) {
    public ReferenceAgreement {
        shares = List.copyOf(shares);
        coefficients = List.copyOf(coefficients);
        confusion = List.copyOf(confusion);
        baselines = List.copyOf(baselines);
    }
}
