package pairwright.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import pairwright.judge.VerdictCase.Outcome;
import pairwright.recipe.SharedData;

/** Replies of real models are read as they were recorded, or not at all. */
class RecordedRepliesTest {
    private static Map<Outcome, Integer> outcomes(List<RecordedReply> replies) {
        Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
        replies.forEach(each -> outcomes.merge(each.outcome(each.reader().read(each.reply())), 1, Integer::sum));
        return outcomes;
    }

    @Test
    void ofGpt4OnVicuna80TwoThatSayTwoThingsAreLeftUnparsed() {
        SharedData.file("vicuna80.given.jsonl.gz");
        assertThat(outcomes(RecordedReply.vicuna80())).isEqualTo(Map.of(Outcome.RIGHT, 4478, Outcome.UNPARSED, 2));
    }

    @Test
    void ofLlmBarNoneIsMisread() {
        SharedData.file("llmbar.given.jsonl.gz");
        Map<Outcome, Integer> outcomes = outcomes(RecordedReply.llmbar());
        assertThat(outcomes).doesNotContainKey(Outcome.WRONG);
        // Of 37,816 replies; the others do not end in a line of the words that their prompt asked for.
        assertThat(outcomes.get(Outcome.RIGHT)).isGreaterThan(29_000);
    }

    @Test
    void ofPandaLmEveryLabelIsReadAndGarbageIsNot() {
        SharedData.file("pandalm.given.jsonl");
        assertThat(outcomes(RecordedReply.pandalm())).isEqualTo(Map.of(Outcome.RIGHT, 999));
    }

    @Test
    void alpacaEvalsLogProbabilitiesRebuildEveryPreference() {
        SharedData.file("alpacaeval2.given.jsonl");
        // Recorded to ten digits, so 5e-11 is all that can be asked.
        assertThat(outcomes(RecordedReply.alpacaEval2(false))).isEqualTo(Map.of(Outcome.RIGHT, 2410));
        for (RecordedReply each : RecordedReply.alpacaEval2(true)) {
            double p = each.reader().read(each.reply()).p().orElseThrow();
            assertThat(Math.abs(p - each.p().orElseThrow())).as(each.id()).isLessThan(1e-7);
        }
    }
}
