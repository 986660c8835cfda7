package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How a judge leans to one of the two responses, told from what its reference prefers; over rows where both gave a label, ties being one
 * half of each side.
 *
 * <p>None of the numbers alone convicts a judge. A judge that is more or less accurate than its reference takes a kind of response that is
 * mostly better more or less often (the difference); one whose reference errs is right more often where that kind is better (the two
 * accuracies, the odds). Where the difference and the odds point the same way, the judge goes further than its reference and also
 * does so where the reference said the same.
 *
 * @param toward which response, in words
 * @param n rows
 * @param prompts clusters
 * @param judge share of the rows in which the judge takes it
 * @param reference share in which the reference does
 * @param difference the judge's less the reference's share
 * @param accuracyToward of the rows in which the reference prefers it, the share in which the judge does
 * @param accuracyAgainst of the rows in which the reference prefers the other, the share in which the judge does
 * @param logOdds how the log odds of the judge's taking it change with it, given the reference's label: c of logit P = r label + c x,
 *     label 1, 0 or -1, x the kind (1, or for length tanh of the difference over its root mean square, as in AlpacaEval's regression)
 */
public record Leaning(
        @JsonProperty("toward") String toward,
        @JsonProperty("n") long n,
        @JsonProperty("prompts") PromptCount prompts,
        @JsonProperty("judge") Statistic judge,
        @JsonProperty("reference") Statistic reference,
        @JsonProperty("difference") Statistic difference,
        @JsonProperty("accuracy_toward") Statistic accuracyToward,
        @JsonProperty("accuracy_against") Statistic accuracyAgainst,
        @JsonProperty("log_odds_given_reference") Statistic logOdds) {}
