package pairwright.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pairwright.jsonl.Json;
import pairwright.pair.Pair;

class CascadeTest {
    private final List<String> asked = new ArrayList<>();

    private Judge judge(String name, Verdict verdict, String... conflicts) {
        return pair -> {
            asked.add(name);
            return new Judgment(
                    pair,
                    name,
                    Optional.of("r@" + name),
                    verdict,
                    Evidence.of(false, false).withConflicts(List.of(conflicts)));
        };
    }

    private static Cascade.Step sure(String name, Judge judge, double confidence) {
        return new Cascade.Step(name, judge, Optional.of(confidence), false);
    }

    private static Cascade.Step last(String name, Judge judge) {
        return new Cascade.Step(name, judge, Optional.empty(), false);
    }

    private Judgment judged(Cascade.Step... steps) throws InterruptedException {
        return new Cascade("panel:c", List.of(steps)).judge(Pairs.of("x", "y"));
    }

    @ParameterizedTest
    @CsvSource({".9, .8, false", ".1, .8, false", ".8, .8, false", ".79, .8, true", ".3, .8, true", ".5, .5, false"})
    void theNextStepIsAskedBelowTheConfidence(double z, double confidence, boolean escalated) throws Exception {
        Judgment judgment = judged(
                sure("cheap", judge("cheap", new Preference(z)), confidence),
                last("dear", judge("dear", Preference.FIRST)));
        assertThat(asked).containsExactlyElementsOf(escalated ? List.of("cheap", "dear") : List.of("cheap"));
        assertThat(judgment.verdict()).isEqualTo(escalated ? Preference.FIRST : new Preference(z));
        assertThat(judgment.rubric()).contains(escalated ? "r@dear" : "r@cheap");
        assertThat(judgment.evidence().jurors()).extracting(JurorVerdict::judge).containsExactlyElementsOf(asked);
    }

    @Test
    void anAbstentionEscalates() throws Exception {
        Judgment judgment = judged(
                sure("cheap", judge("cheap", new Abstention(Abstention.Reason.REFUSED, "no")), .5),
                last("dear", judge("dear", Preference.SECOND)));
        assertThat(judgment.verdict()).isEqualTo(Preference.SECOND);
        assertThat(judgment.evidence()
                        .jurors()
                        .get(0)
                        .abstention()
                        .orElseThrow()
                        .reason())
                .isEqualTo(Abstention.Reason.REFUSED);
    }

    @Test
    void theLastStepsAbstentionIsTheCascadesAndNoEarlierStepStandsIn() throws Exception {
        Judgment judgment = judged(
                sure("cheap", judge("cheap", new Preference(.7)), .8),
                last("dear", judge("dear", new Abstention(Abstention.Reason.TRANSPORT, "no reply"))));
        assertThat(judgment.verdict())
                .isEqualTo(new Abstention(Abstention.Reason.TRANSPORT, "the last step, dear: no reply"));
    }

    @Test
    void aConflictEscalatesWhereThatWasAskedFor() throws Exception {
        Judge torn = judge("cheap", new Preference(.9), "position");
        assertThat(judged(sure("cheap", torn, .8), last("dear", judge("dear", Preference.SECOND)))
                        .verdict())
                .isEqualTo(new Preference(.9));
        assertThat(judged(
                                new Cascade.Step("cheap", torn, Optional.of(.8), true),
                                last("dear", judge("dear", Preference.SECOND)))
                        .verdict())
                .isEqualTo(Preference.SECOND);
    }

    @Test
    void theConflictsOfTheStepThatDecidedAreTheCascades() throws Exception {
        Judgment judgment = judged(
                sure("cheap", judge("cheap", new Preference(.6), "sample"), .8),
                last("dear", judge("dear", Preference.SECOND, "position")));
        assertThat(judgment.evidence().conflicts()).containsExactly("position");
        String row = Json.write(judgment.row());
        assertThat(Json.write(Judgment.carriedBy(Json.read(row, Pair.class))
                        .orElseThrow()
                        .row()))
                .isEqualTo(row);
    }

    @Test
    void threeStepsStopAtTheFirstThatIsSure() throws Exception {
        judged(
                sure("one", judge("one", new Preference(.55)), .9),
                sure("two", judge("two", new Preference(.95)), .9),
                last("three", judge("three", Preference.FIRST)));
        assertThat(asked).containsExactly("one", "two");
    }

    @ParameterizedTest
    @ValueSource(doubles = {.49, 1.01, Double.NaN})
    void aConfidenceThatIsNoneIsRefused(double confidence) {
        assertThatThrownBy(() -> sure("cheap", pair -> null, confidence)).hasMessageContaining("must be in [0.5, 1]");
    }

    @Test
    void aCascadeThatCannotEscalateIsRefused() {
        Judge any = judge("any", Preference.TIE);
        assertThatThrownBy(() -> judged(last("one", any))).hasMessageContaining("two or more");
        assertThatThrownBy(() -> judged(last("one", any), last("two", any)))
                .hasMessageContaining("confidence of step one is missing");
        assertThatThrownBy(() -> judged(sure("one", any, .8), sure("two", any, .8)))
                .hasMessageContaining("step two is the last");
    }
}
