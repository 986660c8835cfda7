package pairwright.pair;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What became of the candidates.
 *
 * @param prompts read, each with at least one candidate
 * @param candidates read and good, without repeated rows
 * @param repeatedCandidates rows that stood in the file before, same id and same text; read once
 * @param loneCandidates prompts that have one candidate, so no pair
 * @param identicalTexts pairs that a policy chose and that were left out, their two texts being the same
 * @param alikeTexts pairs that a policy chose and that were left out, their two texts being nearly the same
 * @param judgedBefore pairs that a policy chose and that were left out, having been judged already
 * @param unpaired prompts of two candidates or more of which the policy chose no pair
 * @param overLimit pairs that a policy chose and that were left out, there being enough
 * @param pairs written
 * @param control pairs written that the control drew, those included that the policy chose too
 * @param first pairs whose label field says A
 * @param second pairs whose label field says B
 * @param ties pairs whose label field is equal on both sides
 * @param unlabelled pairs without the label field on both sides; all pairs where no label field was named
 */
public record PairingCounts(
        @JsonProperty("prompts") long prompts,
        @JsonProperty("candidates") long candidates,
        @JsonProperty("repeated_candidates") long repeatedCandidates,
        @JsonProperty("lone_candidates") long loneCandidates,
        @JsonProperty("identical_texts") long identicalTexts,
        @JsonProperty("alike_texts") long alikeTexts,
        @JsonProperty("judged_before") long judgedBefore,
        @JsonProperty("unpaired_prompts") long unpaired,
        @JsonProperty("over_limit") long overLimit,
        @JsonProperty("pairs") long pairs,
        @JsonProperty("control_pairs") long control,
        @JsonProperty("gold_a") long first,
        @JsonProperty("gold_b") long second,
        @JsonProperty("gold_tie") long ties,

        @JsonProperty("gold_none") @JsonInclude(JsonInclude.Include.ALWAYS)
        long unlabelled) {
    public PairingCounts {
        if (first + second + ties + unlabelled != pairs) {
            throw new IllegalArgumentException("labelled and unlabelled pairs do not sum to " + pairs);
        }
    }
}
