package pairwright.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import pairwright.llm.Completion;
import pairwright.llm.Failure;
import pairwright.llm.FinishReason;
import pairwright.llm.LanguageModel;
import pairwright.llm.Reply;
import pairwright.llm.Request;
import pairwright.llm.Usage;
import pairwright.prompt.Role;
import pairwright.rubric.Rubric;

/** Reasoning in a call of its own, as in RLAIF. */
class TwoStepTest {
    @TempDir
    Path folder;

    private Rubric rubric;

    @BeforeEach
    void load() {
        rubric = TestRubric.of(folder, TestRubric.LABELS, "reasoning: two-step");
    }

    private static Completion cut(String text) {
        return new Completion(
                text,
                FinishReason.LENGTH,
                Optional.empty(),
                java.util.List.of(),
                Optional.empty(),
                Optional.empty(),
                Usage.UNKNOWN);
    }

    private static boolean first(Request request) {
        return request.messages().size() == 2;
    }

    private Judgment judged(LanguageModel model, Reading reading) throws InterruptedException {
        return new LlmJudge("j", model, rubric, JudgeSettings.of("m").reading(reading)).judge(Pairs.of("x", "y"));
    }

    @ParameterizedTest
    @EnumSource
    void theReasoningIsTheJudgesOwnTurnBeforeTheVerdictIsAskedFor(Reading reading) throws Exception {
        WhimsicalModel model = new WhimsicalModel(rubric.declaration().scale());
        Judgment judgment = judged(model, reading);
        assertThat(judgment.verdict()).isInstanceOf(Preference.class);
        assertThat(model.asked()).hasSize(4);
        for (int i = 0; i < 4; i += 2) {
            Request reasons = model.asked().get(i);
            Request verdict = model.asked().get(i + 1);
            assertThat(reasons.messages()).extracting(m -> m.role()).containsExactly(Role.SYSTEM, Role.USER);
            assertThat(reasons.format()).isEmpty();
            assertThat(reasons.topLogprobs()).isZero();
            assertThat(reasons.messages().get(1).content()).doesNotContain("VERDICT", "Its field", "Its argument");
            assertThat(verdict.messages().subList(0, 2)).isEqualTo(reasons.messages());
            assertThat(verdict.messages())
                    .extracting(m -> m.role())
                    .containsExactly(Role.SYSTEM, Role.USER, Role.ASSISTANT, Role.USER);
            assertThat(verdict.messages().get(2).content()).isEqualTo(((Completion) model.ask(reasons)).text());
            assertThat(verdict.format().map(format -> format.schema().get("properties")))
                    .isEqualTo(
                            verdict.format().isPresent()
                                    ? Optional.of(Map.of(
                                            "verdict",
                                            Map.of("type", "string", "enum", java.util.List.of("A", "B", "C"))))
                                    : Optional.empty());
            assertThat(verdict.topLogprobs() > 0).isEqualTo(reading == Reading.LOGPROBS);
        }
    }

    static Stream<Map.Entry<Reply, Abstention.Reason>> useless() {
        return Stream.of(
                Map.entry(cut("First, I see that"), Abstention.Reason.TRUNCATED),
                Map.entry(Completion.of(" \n"), Abstention.Reason.UNPARSEABLE),
                Map.entry(
                        new Completion(
                                "I",
                                FinishReason.STOP,
                                Optional.of("I cannot judge that"),
                                java.util.List.of(),
                                Optional.empty(),
                                Optional.empty(),
                                Usage.UNKNOWN),
                        Abstention.Reason.REFUSED),
                Map.entry(
                        new Completion(
                                "",
                                FinishReason.CONTENT_FILTER,
                                Optional.empty(),
                                java.util.List.of(),
                                Optional.empty(),
                                Optional.empty(),
                                Usage.UNKNOWN),
                        Abstention.Reason.FILTERED),
                Map.entry(new Failure(Failure.Kind.TRANSPORT, "reset"), Abstention.Reason.TRANSPORT),
                Map.entry(new Failure(Failure.Kind.OVERFLOW, "too long"), Abstention.Reason.OVERFLOW));
    }

    @ParameterizedTest
    @MethodSource("useless")
    void withoutWholeReasoningNoVerdictIsAskedFor(Map.Entry<Reply, Abstention.Reason> reasoning) throws Exception {
        Judgment judgment = judged(
                request -> {
                    assertThat(first(request)).isTrue();
                    return reasoning.getKey();
                },
                Reading.VERDICT);
        assertThat(judgment.verdict()).isInstanceOfSatisfying(Abstention.class, why -> {
            assertThat(why.reason()).isEqualTo(reasoning.getValue());
            assertThat(why.detail()).contains("reasoning: ");
        });
        assertThat(judgment.evidence().trials()).hasSize(2);
    }

    @Test
    void reasoningThatWasCutIsAskedForOnceMoreWithTwiceTheTokens() throws Exception {
        Judgment judgment = judged(
                request -> first(request)
                        ? request.sampling().maxTokens() == 100 ? cut("It") : Completion.of("It is whole.")
                        : Completion.of("VERDICT " + WhimsicalModel.nonce(request) + " "
                                + (request.messages().get(2).content().equals("It is whole.") ? "C" : "A")),
                Reading.VERDICT);
        assertThat(judgment.verdict()).isEqualTo(Preference.TIE);
        assertThat(judgment.evidence().conflicts()).isEmpty();
    }

    @Test
    void aVerdictInTheReasoningIsNotReadForTheVerdict() throws Exception {
        Judgment judgment = judged(
                request -> Completion.of(
                        first(request) ? "VERDICT " + WhimsicalModel.nonce(request) + " A" : "I am done."),
                Reading.VERDICT);
        assertThat(judgment.verdict())
                .isInstanceOfSatisfying(
                        Abstention.class, why -> assertThat(why.reason()).isEqualTo(Abstention.Reason.UNPARSEABLE));
    }

    @Test
    void whereTheReasoningWasOfNoUseBothStepsAreAskedAgain() throws Exception {
        WhimsicalModel whimsical = new WhimsicalModel(rubric.declaration().scale());
        LanguageModel model =
                request -> first(request) && request.again().isEmpty() ? Completion.of(" ") : whimsical.ask(request);
        JudgeSettings settings = JudgeSettings.of("m").askingAgain(AskAgain.of(java.util.List.of("all")));
        Judgment judgment = new LlmJudge("j", model, rubric, settings).judge(Pairs.of("x", "y"));
        assertThat(judgment.verdict()).isInstanceOf(Preference.class);
        assertThat(whimsical.asked())
                .hasSize(4)
                .allSatisfy(request -> assertThat(request.again()).contains(1));
        assertThat(judgment.evidence().trials())
                .allSatisfy(trial -> assertThat(trial.askedAgain().orElseThrow().detail())
                        .isEqualTo("reasoning: the reply is empty"));
    }
}
