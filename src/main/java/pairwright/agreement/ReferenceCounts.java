package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import pairwright.judge.Abstention;

/**
 * Which rows a comparison rests on: {@code rows = labelled + notLabelled + the reference's abstentions + its conflicts}.
 *
 * @param n rows that accuracy rests on, after the settings were applied
 * @param labelled rows with a label of the reference
 * @param notLabelled rows that the reference was not asked about
 * @param referenceAbstentions rows in which the reference gave no preference, by reason
 * @param referenceConflicts rows in which the reference's own orders disagree, where that is no label
 * @param judgeAbstentions labelled rows in which the judge gave no preference, by reason; what they count as is a setting
 * @param prompts prompts of the labelled rows
 */
public record ReferenceCounts(
        @JsonProperty("n") long n,
        @JsonProperty("labelled") long labelled,
        @JsonProperty("not_labelled") long notLabelled,
        @JsonProperty("reference_abstentions") Map<Abstention.Reason, Long> referenceAbstentions,

        @JsonProperty("reference_conflicts") @JsonInclude(JsonInclude.Include.NON_DEFAULT)
        long referenceConflicts,

        @JsonProperty("judge_abstentions") Map<Abstention.Reason, Long> judgeAbstentions,
        @JsonProperty("prompts") PromptCount prompts) {
    public ReferenceCounts {
        referenceAbstentions = ordered(referenceAbstentions);
        judgeAbstentions = ordered(judgeAbstentions);
    }

    private static Map<Abstention.Reason, Long> ordered(Map<Abstention.Reason, Long> counts) {
        Map<Abstention.Reason, Long> copy = new EnumMap<>(Abstention.Reason.class);
        copy.putAll(counts);
        return Collections.unmodifiableMap(copy);
    }
}
