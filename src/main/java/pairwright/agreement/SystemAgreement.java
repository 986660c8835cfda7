package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * Whether judge and first reference rank the generators alike, over the rows that name two different ones and have labels of both. A tie is
 * half a win of each.
 *
 * @param reference its name
 * @param rows such rows
 * @param prompts clusters
 * @param generators those with the highest win rate of the reference first
 * @param correlations of the win rates of judge and reference over the generators; intervals are for other prompts with the same generators
 * @param strengthCorrelations the same of the strengths
 * @param noStrengths why there are none
 */
public record SystemAgreement(
        @JsonProperty("reference") String reference,
        @JsonProperty("rows") long rows,
        @JsonProperty("prompts") PromptCount prompts,
        @JsonProperty("generators") List<Generator> generators,
        @JsonProperty("correlations") List<Correlated> correlations,
        @JsonProperty("strength_correlations") List<Correlated> strengthCorrelations,
        @JsonProperty("no_strengths") Optional<String> noStrengths) {
    public SystemAgreement {
        generators = List.copyOf(generators);
        correlations = List.copyOf(correlations);
        strengthCorrelations = List.copyOf(strengthCorrelations);
    }

    /**
     * One generator. Its opponents are those that the rows give it, so win rates of generators with other opponents do not compare; strengths do.
     *
     * @param judge its win rate by the judge
     * @param referenceWins by the reference
     * @param difference the judge's less the reference's
     * @param judgeAtEqualLength what the judge's win rate would be at a difference in length of zero: sigma(c) of logit P(it wins)
     *     = c + d tanh(difference / its standard deviation), in the manner of AlpacaEval's length-controlled win rate
     * @param referenceAtEqualLength the same of the reference
     * @param judgeStrength Bradley-Terry, where it could be fitted
     * @param referenceStrength the same from the labels of the reference
     */
    public record Generator(
            @JsonProperty("name") String name,
            @JsonProperty("rows") long rows,
            @JsonProperty("judge") Statistic judge,
            @JsonProperty("reference") Statistic referenceWins,
            @JsonProperty("difference") Statistic difference,
            @JsonProperty("judge_at_equal_length") Statistic judgeAtEqualLength,
            @JsonProperty("reference_at_equal_length") Statistic referenceAtEqualLength,
            @JsonProperty("judge_strength") Optional<Estimate> judgeStrength,
            @JsonProperty("reference_strength") Optional<Estimate> referenceStrength) {}

    /** A correlation by its name. */
    public record Correlated(
            @JsonProperty("name") String name,
            @JsonProperty("estimate") Statistic estimate) {}
}
