package pairwright.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pairwright.jsonl.BadInput;
import pairwright.judge.Reading;
import pairwright.llm.Completion;
import pairwright.llm.Failure;
import pairwright.llm.FinishReason;
import pairwright.llm.NoAnswer;
import pairwright.llm.Protocol;
import pairwright.llm.Reply;
import pairwright.llm.ReplyFormat;
import pairwright.llm.Request;
import pairwright.llm.ScriptedModel;
import pairwright.llm.TokenLogprobs;
import pairwright.llm.Usage;

class EndpointProbeTest {
    private static Completion completion(
            String text, FinishReason finish, Optional<String> arguments, int alternatives) {
        List<TokenLogprobs.Alternative> top = IntStream.range(0, alternatives)
                .mapToObj(i -> new TokenLogprobs.Alternative("t" + i, "7430", Optional.of(-1.0)))
                .toList();
        return new Completion(
                text,
                finish,
                Optional.empty(),
                alternatives == 0 ? List.of() : List.of(new TokenLogprobs(text, top)),
                arguments,
                Optional.empty(),
                Optional.of("m-1"),
                Optional.empty(),
                Usage.UNKNOWN);
    }

    private static Completion said(String text) {
        return completion(text, FinishReason.STOP, Optional.empty(), 0);
    }

    private static EndpointProbe probe(ScriptedModel model) {
        return new EndpointProbe(model, Protocol.OPENAI, "m", heard -> {});
    }

    private static EndpointProbe.Choice choice(Reply... replies) throws InterruptedException {
        return probe(ScriptedModel.inOrder(replies)).choose();
    }

    @Test
    void onlyTheQuestionsAreAskedThatTheChoiceTakes() throws Exception {
        ScriptedModel model =
                ScriptedModel.inOrder(completion("A", FinishReason.STOP, Optional.empty(), 20), said("never"));
        assertThat(probe(model).choose())
                .isEqualTo(new EndpointProbe.Choice(Reading.LOGPROBS, "the endpoint returns log-probabilities"));
        assertThat(model.asked()).hasSize(1);
        assertThat(model.asked().get(0).topLogprobs()).isEqualTo(Request.MAX_TOP_LOGPROBS);
    }

    @Test
    void theNextReadingIsTakenWhereOneDoesNotWork() throws Exception {
        assertThat(choice(said("A"), said("{\"answer\":\"yes\"}")))
                .isEqualTo(new EndpointProbe.Choice(Reading.SCHEMA, "the endpoint holds replies to a schema"));
        assertThat(choice(
                        said("A"),
                        said("no"),
                        completion("", FinishReason.STOP, Optional.of("{\"answer\":\"yes\"}"), 0)))
                .isEqualTo(new EndpointProbe.Choice(Reading.TOOL, "the endpoint calls a tool as asked"));
        assertThat(choice(said("A"), said("no"), said("no")))
                .isEqualTo(
                        new EndpointProbe.Choice(
                                Reading.VERDICT,
                                "the endpoint returns no log-probabilities; it does not hold replies to a schema; it calls no tool"));
    }

    @Test
    void aModelThatRefusesParametersFallsToTheNextReading() throws Exception {
        assertThat(choice(
                                new Failure(Failure.Kind.LOGPROBS_UNSUPPORTED, "not for reasoning models"),
                                new Failure(Failure.Kind.FORMAT_UNSUPPORTED, "no formats"),
                                new Failure(Failure.Kind.FORMAT_UNSUPPORTED, "no tools"))
                        .reading())
                .isEqualTo(Reading.VERDICT);
    }

    @Test
    void theChosenTokenAloneIsNoDistribution() throws Exception {
        EndpointProbe probe = probe(
                ScriptedModel.inOrder(completion("A", FinishReason.STOP, Optional.empty(), 1), said("no"), said("no")));
        assertThat(probe.finding(Reading.LOGPROBS).why())
                .isEqualTo("the endpoint returns the log-probability of the chosen token only");
        assertThat(probe.choose().reading()).isEqualTo(Reading.VERDICT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no",
                "{\"answer\":\"no\"}",
                "```json\n{\"answer\":\"yes\"}\n```",
                "{\"answer\":\"yes\"} as you wish",
                "{\"answer\":\"yes\",\"more\":1}",
                "[\"yes\"]",
                "",
            })
    void aSchemaIsHeldOrItIsNot(String reply) throws Exception {
        EndpointProbe probe = probe(ScriptedModel.inOrder(said("A"), said(reply)));
        probe.finding(Reading.LOGPROBS);
        EndpointProbe.Finding finding = probe.finding(Reading.SCHEMA);
        assertThat(finding.works()).isFalse();
        assertThat(finding.detail()).isPresent();
    }

    @Test
    void theWordsAskForWhatTheShapeForbids() throws Exception {
        ScriptedModel model = ScriptedModel.saying(request -> "no");
        probe(model).choose();
        assertThat(model.asked()).hasSize(3);
        assertThat(model.asked().subList(1, 3)).allSatisfy(request -> {
            assertThat(request.messages().get(0).content()).contains("single word no");
            assertThat(request.format().orElseThrow().schema().toString()).contains("enum=[yes]");
        });
        assertThat(model.asked().get(1).format().orElseThrow().way()).isEqualTo(ReplyFormat.Way.SCHEMA);
        assertThat(model.asked().get(2).format().orElseThrow().way()).isEqualTo(ReplyFormat.Way.TOOL);
    }

    @Test
    void aProtocolWithoutLogProbabilitiesIsNotAskedForThem() throws Exception {
        ScriptedModel model = ScriptedModel.saying(request -> "{\"answer\":\"yes\"}");
        assertThat(new EndpointProbe(model, Protocol.ANTHROPIC, "m", heard -> {})
                        .choose()
                        .reading())
                .isEqualTo(Reading.SCHEMA);
        assertThat(model.asked()).hasSize(1);
    }

    @Test
    void aServerThatIsNotThereIsNoServerWithoutAbilities() {
        assertThatThrownBy(() -> choice(new Failure(Failure.Kind.TRANSPORT, "no connection")))
                .isInstanceOf(NoAnswer.class)
                .hasMessageContaining("no connection; is it running");
    }

    @Test
    void aScoringServerThatScoresNothingCannotJudge() {
        ScriptedModel model =
                ScriptedModel.of(request -> new Failure(Failure.Kind.OVERFLOW, "the context is one token"));
        assertThatThrownBy(() -> new EndpointProbe(model, Protocol.SCORING, "m", heard -> {}).choose())
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("cannot judge: the endpoint scores no labels");
    }

    @Test
    void whatIsHeardIsHandedOn() throws Exception {
        List<Completion> heard = new ArrayList<>();
        new EndpointProbe(ScriptedModel.of(r -> said("no")), Protocol.OPENAI, "m", heard::add).choose();
        assertThat(heard).hasSize(3).allMatch(each -> each.model().equals(Optional.of("m-1")));
    }
}
