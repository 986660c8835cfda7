package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How often one side is preferred, a tie counting half, over all rows although few have a label.
 *
 * @param name {@code response_a}, or a model that wrote responses
 * @param labelled labelled rows
 * @param unlabelled the other rows
 * @param people from the labels alone
 * @param judge what the judge says over all rows, without any correction
 * @param powered from both, by PPI++
 * @param lambda how much the judge counts, in [0, 1]
 * @param effectiveLabels how many labels alone would give an interval as short
 */
public record PoweredRate(
        @JsonProperty("name") String name,
        @JsonProperty("labelled") long labelled,
        @JsonProperty("unlabelled") long unlabelled,
        @JsonProperty("people") Statistic people,
        @JsonProperty("judge") double judge,
        @JsonProperty("powered") Statistic powered,
        @JsonProperty("lambda") double lambda,
        @JsonProperty("effective_labels") double effectiveLabels) {}
