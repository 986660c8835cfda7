package pairwright.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import pairwright.jsonl.Json;
import pairwright.pair.Pair;

class JudgmentRowTest {
    private static final String PAIR = "{\"id\":\"1\",\"prompt\":\"q\",\"response_a\":\"x\",\"response_b\":\"y\","
            + "\"human\":[{\"annotator\":\"h\",\"label\":null}],\"gold\":\"A\",\"strict\":null,\"weight\":0.10000000000000000001,"
            + "\"judges\":[{\"judge\":\"j\",\"order\":\"BA\",\"verdict\":\"tie\",\"reason\":\"because\"}]}";

    @Test
    void aPairsRowKeepsEveryField() {
        String written = Json.write(Json.read(PAIR, Pair.class));
        assertThat(written)
                .contains("\"gold\":\"A\"")
                .contains("\"strict\":null")
                .contains("0.10000000000000000001")
                .contains("\"label\":null")
                .contains("\"reason\":\"because\"");
        assertThat(Json.write(Json.read(written, Pair.class))).isEqualTo(written);
    }

    @Test
    void theOtherFieldsStandInTheOrderOfTheirNames() {
        Pair pair = Json.read(PAIR, Pair.class);
        assertThat(pair.fields().keySet()).containsExactly("gold", "strict", "weight");
        Map<String, Object> row =
                Json.readMap(Json.write(Judgment.of(pair, "j", Preference.FIRST).row()));
        assertThat(row.keySet()).containsSubsequence("gold", "strict", "weight", "judge", "z", "label", "margin");
    }

    @Test
    void aJudgmentsRowIsReadBackAsItWasWritten() {
        Pair pair = Json.read(PAIR, Pair.class);
        Judgment judgment =
                new Judgment(pair, "reward:m", Optional.of("helpfulness"), new Preference(.7), Evidence.rewards(1, .5));
        String row = Json.write(judgment.row());
        assertThat(Judgment.carriedBy(Json.read(row, Pair.class))).contains(judgment);
        assertThat(Json.readMap(row)).containsEntry("label", "A").containsEntry("gold", "A");
        assertThat(Json.write(Judgment.carriedBy(Json.read(row, Pair.class))
                        .orElseThrow()
                        .row()))
                .isEqualTo(row);
    }

    @Test
    void anAbstentionHasNoZ() {
        Judgment judgment = Judgment.of(
                Json.read(PAIR, Pair.class), "human:h", new Abstention(Abstention.Reason.ABSENT, "no label"));
        Map<String, Object> row = Json.readMap(Json.write(judgment.row()));
        assertThat(row).doesNotContainKeys("z", "label", "margin").containsKey("abstention");
    }

    @Test
    void aPairWithoutAJudgmentCarriesNone() {
        assertThat(Judgment.carriedBy(Json.read(PAIR, Pair.class))).isEmpty();
    }

    @Test
    void zOutsideItsRangeIsRefused() {
        Pair row = Json.read(PAIR.replace("\"gold\":\"A\"", "\"judge\":\"j\",\"z\":1.4"), Pair.class);
        assertThatThrownBy(() -> Judgment.carriedBy(row)).hasMessage("z is 1.4, must be in [0, 1]");
    }
}
