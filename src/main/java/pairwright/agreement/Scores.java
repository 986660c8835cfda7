package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The statistics of a judge against one reference over three labels: A, B, tie.
 *
 * @param accuracy share of rows with the same label
 * @param macroPrecision unweighted mean over the labels that either of them uses; a label that the judge never gives counts 0
 * @param macroRecall as precision; a label that the reference never gives counts 0
 * @param macroF1 mean of the labels' F1 (not F1 of the means)
 * @param s1 MT-Bench's setup 1: all votes, an inconsistent or tied vote is the label tie
 * @param s2 MT-Bench's setup 2: only rows where both gave a consistent vote that is no tie
 * @param cohenKappa undefined when only one category occurs
 */
public record Scores(
        @JsonProperty("accuracy") Statistic accuracy,
        @JsonProperty("macro_precision") Statistic macroPrecision,
        @JsonProperty("macro_recall") Statistic macroRecall,
        @JsonProperty("macro_f1") Statistic macroF1,
        @JsonProperty("s1") Statistic s1,
        @JsonProperty("s2") Statistic s2,
        @JsonProperty("cohen_kappa") Statistic cohenKappa) {}
