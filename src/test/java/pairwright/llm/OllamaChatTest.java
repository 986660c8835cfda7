package pairwright.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pairwright.jsonl.Json;
import pairwright.llm.TokenLogprobs.Alternative;
import pairwright.prompt.Message;

/** Bodies in the shapes of Ollama's API reference and of its server's types. */
class OllamaChatTest {
    private static Completion completion(String more) throws Exception {
        return (Completion) Requests.askOnce(
                Protocol.OLLAMA,
                200,
                "{\"model\":\"m\",\"created_at\":\"2026-01-01T00:00:00Z\",\"done\":true," + more + "}",
                Requests.asking("q", 5));
    }

    private static ChatServer saying() {
        return new ChatServer((n, exchange) -> exchange.reply(
                200, "{\"message\":{\"role\":\"assistant\",\"content\":\"A\"},\"done_reason\":\"stop\"}"));
    }

    private static int context(Endpoint endpoint, Request request) {
        return (int) ((Map<?, ?>) new OllamaChat(endpoint).body(request).get("options")).get("num_ctx");
    }

    private static Endpoint endpoint(Optional<Integer> contextTokens) {
        return Endpoint.at(Protocol.OLLAMA, "http://h:11434/api/chat")
                .withPhrasing(new Endpoint.Phrasing(
                        Endpoint.TokenLimit.MAX_TOKENS, false, contextTokens, ChatTemplate.PLAIN));
    }

    @Test
    void theRequestSaysAllThatTheProtocolHasAPlaceFor() throws Exception {
        try (var server = saying();
                var model = Requests.connect(Endpoint.at(Protocol.OLLAMA, server.base()), new HandTime())) {
            model.ask(Requests.full().withTopLogprobs(20));
            assertThat(server.paths()).containsExactly("POST /v1/api/chat");
            assertThat(server.headers().get(0)).doesNotContainKey("Authorization");
            assertThat(Requests.json(server.bodies().get(0))).isEqualTo(Requests.json("""
                                    {"model":"judge-1","stream":false,"truncate":false,"shift":false,
                                    "messages":[{"role":"system","content":"s"},{"role":"user","content":"q \\u2028 \\ud83d\\ude00 \\u0000"},
                                    {"role":"assistant","content":"a"},{"role":"user","content":"again"}],
                                    "options":{"temperature":0.7,"top_p":0.9,"seed":5,"num_predict":12,"num_ctx":4096},
                                    "logprobs":true,"top_logprobs":20}
                                    """));
        }
    }

    @Test
    void aSchemaIsTheFormatAndAToolIsOffered() throws Exception {
        try (var server = saying();
                var model = Requests.connect(Endpoint.at(Protocol.OLLAMA, server.base()), new HandTime())) {
            ReplyFormat schema = Requests.yes(ReplyFormat.Way.SCHEMA);
            model.ask(Requests.asking("q").withFormat(schema));
            model.ask(Requests.asking("q").withFormat(Requests.yes(ReplyFormat.Way.TOOL)));
            assertThat(Json.readMap(server.bodies().get(0))).containsEntry("format", schema.schema());
            assertThat(Json.readMap(server.bodies().get(1)))
                    .containsEntry(
                            "tools",
                            List.of(Map.of(
                                    "type",
                                    "function",
                                    "function",
                                    Map.of("name", "verdict", "parameters", schema.schema()))))
                    .doesNotContainKeys("format", "tool_choice");
        }
    }

    /** A word of English is about one token of o200k_base; half as many again and the reply's 16, to the next power of two. */
    @ParameterizedTest
    @CsvSource({"10, 4096", "2500, 4096", "3000, 8192", "6000, 16384", "2000000, 1048576"})
    void theContextIsAsLargeAsTheRequestNeeds(int words, int context) {
        assertThat(context(endpoint(Optional.empty()), Requests.asking("word ".repeat(words))))
                .isEqualTo(context);
    }

    @Test
    void theContextIsTheOneThatIsSaid() {
        assertThat(context(endpoint(Optional.of(20_000)), Requests.asking("word ".repeat(5000))))
                .isEqualTo(20_000);
    }

    @Test
    void whatTheServerSaidIsKept() throws Exception {
        Completion completion = (Completion) Requests.askOnce(
                Protocol.OLLAMA, 200, """
                {"model":"m:latest","created_at":"2026-01-01T00:00:00Z","message":{"role":"assistant","content":"One","thinking":"hm",
                "tool_calls":[{"id":"c","function":{"index":0,"name":"verdict","arguments":{"answer":"yes"}}}]},
                "done":true,"done_reason":"stop","total_duration":1,"prompt_eval_count":26,"eval_count":9}
                """, Requests.asking("q").withFormat(Requests.yes(ReplyFormat.Way.TOOL)));
        assertThat(completion)
                .isEqualTo(new Completion(
                        "One",
                        FinishReason.STOP,
                        Optional.empty(),
                        List.of(),
                        Optional.of("{\"answer\":\"yes\"}"),
                        Optional.of("hm"),
                        Optional.of("m:latest"),
                        Optional.empty(),
                        new Usage(Optional.of(26L), Optional.of(9L))));
    }

    @Test
    void theTokensOfThinkingAreLeftOut() throws Exception {
        Completion completion = completion("""
                "message":{"role":"assistant","content":"\\nB","thinking":"B or A"},"done_reason":"stop","logprobs":[
                {"token":"B","logprob":-0.1,"top_logprobs":[{"token":"B","logprob":-0.1}]},
                {"token":" or A","logprob":-0.1},{"token":"</think>\\n","logprob":-0.2},
                {"token":"B","logprob":-0.3,"top_logprobs":[{"token":"B","bytes":[66],"logprob":-0.3},{"token":"A","bytes":[65],"logprob":-1.5}]}]
                """);
        assertThat(completion.tokens())
                .containsExactly(
                        new TokenLogprobs(
                                "\n", List.of(new Alternative("</think>\n", "3c2f7468696e6b3e0a", Optional.of(-0.2)))),
                        new TokenLogprobs(
                                "B",
                                List.of(
                                        new Alternative("B", "42", Optional.of(-0.3)),
                                        new Alternative("A", "41", Optional.of(-1.5)))));
    }

    @ParameterizedTest
    @CsvSource({"stop, STOP", "length, LENGTH", "load, OTHER", "'', OTHER"})
    void theReasonIsRead(String said, FinishReason read) throws Exception {
        assertThat(completion("\"message\":{\"content\":\"A\"},\"done_reason\":\"" + said + "\"")
                        .finish())
                .isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource({
        "4096, 1, CONTEXT", // cut to the whole context
        "4095, 1, CONTEXT", // as some runners cut
        "4090, 16, CONTEXT", // shifted while the reply was written
        "4000, 16, STOP",
        "0, 16, STOP", // the whole prompt was cached
    })
    void aPromptThatFilledTheContextIsTakenForCut(int prompt, int reply, FinishReason read) throws Exception {
        Completion completion =
                completion("\"message\":{\"content\":\"A\"},\"done_reason\":\"stop\",\"prompt_eval_count\":" + prompt
                        + ",\"eval_count\":" + reply);
        assertThat(completion.finish()).isEqualTo(read);
        assertThat(completion.usage().promptTokens()).contains((long) prompt);
    }

    @Test
    void fewerTokensThanWordsMeanThatTheModelHoldsLessThanWasAskedFor() throws Exception {
        String body =
                "{\"message\":{\"content\":\"A\"},\"done_reason\":\"stop\",\"prompt_eval_count\":2048,\"eval_count\":1}";
        for (int words : new int[] {2049, 2000}) {
            Completion completion =
                    (Completion) Requests.askOnce(Protocol.OLLAMA, 200, body, Requests.asking("word ".repeat(words)));
            assertThat(completion.finish()).isEqualTo(words > 2048 ? FinishReason.CONTEXT : FinishReason.STOP);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400|{\"error\":\"the prompt is longer than the context length currently available to the model; shorten the prompt, adjust the context length in settings, or use a model with a longer context length\"}|OVERFLOW",
                "400|{\"error\":\"request (5000 tokens) exceeds the available context size (4096 tokens), try increasing it\"}|OVERFLOW",
                "400|{\"error\":\"registry.ollama.ai/library/m:latest does not support tools\"}|FORMAT_UNSUPPORTED",
                "400|{\"error\":\"top_logprobs must be between 0 and 20\"}|LOGPROBS_UNSUPPORTED",
                "400|{\"error\":\"missing request body\"}|TRANSPORT",
            })
    void whatTheServerCallsBadIsToldApart(int status, String body, Failure.Kind kind) throws Exception {
        Request request = Requests.asking("q", 5).withFormat(Requests.yes(ReplyFormat.Way.TOOL));
        Failure failure = (Failure) Requests.askOnce(Protocol.OLLAMA, status, body, request);
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.retry()).isEmpty();
    }

    @Test
    void aModelThatIsNotThereStopsAtOnce() {
        assertThatThrownBy(() -> Requests.askOnce(
                        Protocol.OLLAMA, 404, "{\"error\":\"model 'judge-1' not found\"}", Requests.asking("q")))
                .isInstanceOf(ProviderRefused.class)
                .hasMessageContaining("model 'judge-1' not found")
                .hasMessageContaining("a model must have been pulled");
    }

    @Test
    void anErrorInTheMiddleOfTheWorkIsAskedAgain() throws Exception {
        try (var server = new ChatServer((n, exchange) -> {
                    if (n == 1) {
                        exchange.reply(200, "{\"error\":\"an error was encountered while running the model\"}");
                    } else {
                        exchange.reply(200, "{\"message\":{\"content\":\"A\"}}");
                    }
                });
                var model = Requests.connect(Requests.impatient(Protocol.OLLAMA, server.base()), new HandTime())) {
            assertThat(model.ask(new Request("m", List.of(Message.user("q")), Sampling.greedy(1), 0, 0)))
                    .isInstanceOf(Completion.class);
        }
    }
}
