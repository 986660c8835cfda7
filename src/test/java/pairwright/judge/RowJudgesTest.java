package pairwright.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import pairwright.jsonl.Json;
import pairwright.pair.Pair;

class RowJudgesTest {
    private static Pair pair(String more) {
        return Json.read(
                "{\"id\":\"1\",\"prompt\":\"q\",\"response_a\":\"x\",\"response_b\":\"y\"," + more + "}", Pair.class);
    }

    private static Pair judged(String... verdicts) {
        return pair("\"judges\":[" + String.join(",", verdicts) + "]");
    }

    private static String verdict(String judge, String protocol, String order, String label) {
        return "{\"judge\":\"" + judge + "\",\"protocol\":\"" + protocol + "\",\"order\":\"" + order + "\",\"verdict\":"
                + label + "}";
    }

    @Test
    void recordedVerdictsOfBothOrdersArePooledInTheRowsFrame() throws Exception {
        RecordedJudge judge = new RecordedJudge("g", Optional.empty());
        assertThat(judge.judge(judged(verdict("g", "p", "AB", "\"A\""), verdict("g", "p", "BA", "\"A\"")))
                        .verdict())
                .isEqualTo(Preference.FIRST);
        Judgment conflict = judge.judge(judged(verdict("g", "p", "AB", "\"A\""), verdict("g", "p", "BA", "\"B\"")));
        assertThat(conflict.verdict()).isEqualTo(Preference.TIE);
        assertThat(conflict.evidence().conflicts()).containsExactly("position");
        assertThat(conflict.evidence().positionEffect().orElseThrow()).isPositive();
    }

    @Test
    void anUnparsedRecordedVerdictIsAnAbstention() throws Exception {
        Judgment judgment = new RecordedJudge("g", Optional.empty()).judge(judged(verdict("g", "p", "AB", "null")));
        assertThat(judgment.verdict())
                .isInstanceOfSatisfying(
                        Abstention.class, a -> assertThat(a.reason()).isEqualTo(Abstention.Reason.UNPARSEABLE));
        assertThat(judgment.evidence().half()).isTrue();
    }

    @Test
    void protocolsAreNeverMixed() {
        Pair row = judged(verdict("g", "p", "AB", "\"A\""), verdict("g", "q", "AB", "\"B\""));
        assertThatThrownBy(() -> new RecordedJudge("g", Optional.empty()).judge(row))
                .hasMessageContaining("recorded:g@p");
        assertThat(new RecordedJudge("g", Optional.of("q")).judge(row).verdict())
                .isEqualTo(Preference.SECOND);
    }

    @Test
    void aRowWithoutTheVerdictIsAbsent() throws Exception {
        for (Judge judge : new Judge[] {
            new RecordedJudge("g", Optional.empty()),
            LabelJudge.field("gold"),
            LabelJudge.human("h"),
            LabelJudge.majority(),
            LabelJudge.everyone()
        }) {
            assertThat(judge.judge(pair("\"gold\":null")).verdict())
                    .isInstanceOfSatisfying(
                            Abstention.class, a -> assertThat(a.reason()).isEqualTo(Abstention.Reason.ABSENT));
        }
    }

    @Test
    void aLabelOutOfScaleIsRefusedWithTheLegalOnes() {
        assertThatThrownBy(() -> LabelJudge.field("gold").judge(pair("\"gold\":\"C\"")))
                .hasMessage("field gold: is C, must be A, B, tie or null");
    }

    @Test
    void theMajorityIsTheLeadingLabelAndASharedLeadIsATie() throws Exception {
        assertThat(majority("A", "A", "tie")).isEqualTo(Preference.FIRST);
        assertThat(majority("A", "B")).isEqualTo(Preference.TIE);
        assertThat(majority("A", "B", "tie")).isEqualTo(Preference.TIE);
        assertThat(LabelJudge.everyone().judge(people("A", "A", "B", "tie")).verdict())
                .isEqualTo(new Preference(.625));
        assertThat(LabelJudge.everyHuman(people("A", "B")))
                .extracting(Judgment::judge)
                .containsExactly("human:h0", "human:h1");
    }

    private static Verdict majority(String... labels) throws InterruptedException {
        return LabelJudge.majority().judge(people(labels)).verdict();
    }

    private static Pair people(String... labels) {
        StringBuilder human = new StringBuilder();
        for (int i = 0; i < labels.length; i++) {
            human.append(i == 0 ? "" : ",").append("{\"annotator\":\"h" + i + "\",\"label\":\"" + labels[i] + "\"}");
        }
        return pair("\"human\":[" + human + "]");
    }
}
