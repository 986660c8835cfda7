package pairwright.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pairwright.jsonl.Json;
import pairwright.llm.Completion;
import pairwright.llm.Failure;
import pairwright.llm.LanguageModel;
import pairwright.pair.Order;
import pairwright.pair.Pair;
import pairwright.rubric.Rubric;

class CriteriaPoolTest {
    @TempDir
    Path folder;

    private static Trial trial(Order order, String criterion, double shownFirst) {
        return new Trial(
                        order,
                        0,
                        Optional.of(shownFirst),
                        Reading.VERDICT,
                        Optional.of(0.0),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())
                .of(Optional.ofNullable(criterion));
    }

    private Trials.Pooled pooled(String ask, List<Trial> trials, Pooling pooling) {
        Rubric rubric = TestRubric.of(folder, TestRubric.LABELS, "ask: " + ask);
        return CriteriaPool.of(rubric.declaration()).pool(trials, pooling, List.of("flag"));
    }

    @Test
    void criteriaAreWeighedAsTheRubricDeclares() {
        // truth (weight 3): p12 = 1, p21 = 1 - 1 = 0, so z = .5; form (weight 1): p12 = .8, p21 = .6, so z = .7.
        List<Trial> trials = List.of(
                trial(Order.AB, "truth", 1),
                trial(Order.BA, "truth", 1),
                trial(Order.AB, "form", .8),
                trial(Order.BA, "form", .4));
        Trials.Pooled pooled = pooled("criteria", trials, Pooling.MEAN);
        assertThat(((Preference) pooled.verdict()).z()).isCloseTo((3 * .5 + .7) / 4, within(1e-12));
        Evidence evidence = pooled.evidence();
        assertThat(evidence.overall()).contains(Overall.WEIGHTED_MEAN);
        assertThat(evidence.criteria())
                .containsExactly(
                        new CriterionVerdict("truth", 3, Optional.of(.5), Optional.empty()),
                        new CriterionVerdict("form", 1, Optional.of(.7), Optional.empty()));
        // Orders: (3 * 1 + .8) / 4 = .95 and (3 * 0 + .6) / 4 = .15.
        assertThat(evidence.orderGap().orElseThrow()).isCloseTo(.8, within(1e-12));
        assertThat(OrderScores.of(evidence).orElseThrow().ab()).isCloseTo(.95, within(1e-12));
        assertThat(OrderScores.of(evidence).orElseThrow().ba()).isCloseTo(.15, within(1e-12));
        assertThat(evidence.conflicts()).containsExactly("position");
        assertThat(evidence.flags()).containsExactly("flag");
        assertThat(evidence.trials()).hasSize(4);
    }

    @Test
    void theOverallAnswerIsNeverMixedWithTheCriteria() {
        List<Trial> trials = List.of(
                trial(Order.AB, "truth", 1),
                trial(Order.BA, "truth", 0),
                trial(Order.AB, "form", 1),
                trial(Order.BA, "form", 0),
                trial(Order.AB, null, 0),
                trial(Order.BA, null, 1));
        Trials.Pooled pooled = pooled("criteria-and-overall", trials, Pooling.LOGIT);
        assertThat(((Preference) pooled.verdict()).z()).isCloseTo(.001, within(1e-12));
        assertThat(pooled.evidence().overall()).contains(Overall.ASKED);
        assertThat(pooled.evidence().criteria())
                .extracting(one -> one.z().orElseThrow())
                .allSatisfy(z -> assertThat(z).isCloseTo(.999, within(1e-12)));
        assertThat(pooled.evidence().conflicts()).isEmpty();
        assertThat(OrderScores.of(pooled.evidence())).contains(new OrderScores(0, 0));
    }

    /** Answers A for what is better first, fails on one criterion. */
    private static LanguageModel failingOn(String criterion) {
        return request -> request.messages().get(1).content().contains("on this one point: " + criterion)
                ? new Failure(Failure.Kind.FILTERED, "no")
                : Completion.of("VERDICT " + WhimsicalModel.nonce(request) + " "
                        + (request.messages().get(1).content().contains("first response\ngood") ? "A" : "B"));
    }

    @Test
    void oneCriterionWithoutAnAnswerLeavesNoWeightedMean() throws Exception {
        Rubric rubric = TestRubric.of(folder, TestRubric.LABELS, "ask: criteria");
        Judgment judgment =
                new LlmJudge("j", failingOn("form"), rubric, JudgeSettings.of("m")).judge(Pairs.of("good", "poor"));
        assertThat(judgment.verdict()).isInstanceOfSatisfying(Abstention.class, why -> {
            assertThat(why.reason()).isEqualTo(Abstention.Reason.FILTERED);
            assertThat(why.detail()).startsWith("form, order AB");
        });
        assertThat(judgment.evidence().criteria().get(0).z()).contains(1.0);
        assertThat(judgment.evidence().criteria().get(1).abstention()).isPresent();
    }

    @Test
    void besideAnOverallAnswerACriterionMayBeWithoutOne() throws Exception {
        Rubric rubric = TestRubric.of(folder, TestRubric.LABELS, "ask: criteria-and-overall");
        Judgment judgment =
                new LlmJudge("j", failingOn("form"), rubric, JudgeSettings.of("m")).judge(Pairs.of("good", "poor"));
        assertThat(judgment.verdict()).isEqualTo(Preference.FIRST);
        assertThat(judgment.evidence().criteria().get(1).abstention()).isPresent();
    }

    @Test
    void aRowKeepsWhatWasSaidOfEachCriterion() throws Exception {
        Rubric rubric = TestRubric.of(folder, TestRubric.LABELS, "ask: criteria-and-overall");
        Judgment judgment =
                new LlmJudge("j", failingOn("form"), rubric, JudgeSettings.of("m")).judge(Pairs.of("good", "poor"));
        String row = Json.write(judgment.row());
        assertThat(row)
                .contains("\"overall\":\"asked\"")
                .contains("\"criteria\":[{\"criterion\":\"truth\",\"weight\":3.0,\"z\":1.0}");
        assertThat(Judgment.carriedBy(Json.read(row, Pair.class)).orElseThrow().evidence())
                .isEqualTo(judgment.evidence());
    }

    @Test
    void tokensOfAllQuestionsAreWithTheirTrials() throws Exception {
        Rubric rubric = TestRubric.of(folder, TestRubric.LABELS, "ask: criteria", "reasoning: two-step");
        List<Trial> trials = new LlmJudge(
                        "j", new WhimsicalModel(rubric.declaration().scale()), rubric, JudgeSettings.of("m"))
                .judge(Pairs.of("good", "poor"))
                .evidence()
                .trials();
        assertThat(new ArrayList<>(trials)).hasSize(4).allSatisfy(trial -> {
            assertThat(trial.promptTokens()).contains(20L);
            assertThat(trial.completionTokens()).contains(6L);
        });
        assertThat(trials.stream().map(Trial::criterion).flatMap(Optional::stream))
                .containsExactly("truth", "truth", "form", "form");
    }
}
