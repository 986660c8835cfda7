package pairwright.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;
import pairwright.prompt.Message;

/** A server with a tokenizer of one token a character, in the shapes of vLLM's request and response types. */
class VllmScoringTest {
    private static final Map<Integer, Double> PROBABILITY = Map.of((int) 'A', .6, (int) 'B', .3, (int) 'C', .05);

    private static Request request(String text, List<String> labels) {
        return new Request("m", List.of(Message.user(text), Message.assistant("VERDICT 0 ")), Sampling.greedy(1), 0, 0)
                .withLabels(labels);
    }

    private static List<Integer> tokens(Map<String, Object> body) {
        StringBuilder text = new StringBuilder("<s>");
        for (Object message : (List<?>) body.get("messages")) {
            text.append(((Map<?, ?>) message).get("content"));
        }
        return text.chars().boxed().toList();
    }

    private static void answer(ChatServer.Exchange exchange, int context) throws IOException {
        Map<String, Object> body = Json.readMap(exchange.request());
        if (exchange.http().getRequestURI().getPath().equals("/tokenize")) {
            List<Integer> tokens = tokens(body);
            exchange.reply(200, Json.write(Map.of("count", tokens.size(), "max_model_len", context, "tokens", tokens)));
            return;
        }
        List<?> query = (List<?>) body.get("query");
        List<?> item = (List<?>) ((List<?>) body.get("items")).get(0);
        int label = (Integer) ((List<?>) body.get("label_token_ids")).get(0);
        exchange.reply(
                200,
                Json.write(Map.of(
                        "id",
                        "generative-scoring-1",
                        "object",
                        "list",
                        "model",
                        "m-served",
                        "data",
                        List.of(Map.of("index", 0, "object", "score", "score", PROBABILITY.getOrDefault(label, 0.0))),
                        "usage",
                        Map.of("prompt_tokens", query.size() + item.size(), "completion_tokens", 1))));
    }

    private static ChatServer server(int context) {
        return new ChatServer((n, exchange) -> answer(exchange, context));
    }

    private static ConnectedModel connect(ChatServer server) {
        return Requests.connect(Requests.impatient(Protocol.SCORING, server.base()), new HandTime());
    }

    @Test
    void eachLabelIsScoredBehindTheTokensOfTheWholePrompt() throws Exception {
        try (var server = server(100);
                var model = connect(server)) {
            Completion completion = (Completion) model.ask(request("q", List.of("A", "B", "C")));
            assertThat(completion.text()).isEqualTo("A");
            assertThat(completion.model()).contains("m-served");
            assertThat(completion.usage()).isEqualTo(new Usage(Optional.of(3 * 14L), Optional.of(3L)));
            Map<String, Double> scored = new HashMap<>();
            completion
                    .tokens()
                    .get(0)
                    .top()
                    .forEach(each -> scored.put(
                            each.token() + each.bytes(), Math.exp(each.logprob().orElseThrow())));
            assertThat(scored).hasSize(3);
            assertThat(scored.get("A41")).isCloseTo(.6, within(1e-12));
            assertThat(scored.get("B42")).isCloseTo(.3, within(1e-12));
            assertThat(scored.get("C43")).isCloseTo(.05, within(1e-12));
            assertThat(server.paths().subList(0, 4))
                    .containsExactly("POST /tokenize", "POST /tokenize", "POST /tokenize", "POST /generative_scoring");
            assertThat(Requests.json(server.bodies().get(1))).isEqualTo(Requests.json("""
                                    {"model":"m","messages":[{"role":"user","content":"q"},{"role":"assistant","content":"VERDICT 0 B"}],
                                    "add_generation_prompt":false,"continue_final_message":true}
                                    """));
            List<Integer> prompt =
                    new ArrayList<>("<s>qVERDICT 0 ".chars().boxed().toList());
            int last = prompt.remove(prompt.size() - 1);
            assertThat(Requests.json(server.bodies().get(3)))
                    .isEqualTo(Requests.json(Json.write(Map.of(
                            "model",
                            "m",
                            "query",
                            prompt,
                            "items",
                            List.of(List.of(last)),
                            "label_token_ids",
                            List.of((int) 'A'),
                            "apply_softmax",
                            false))));
        }
    }

    @Test
    void theLabelsAreLookedUpOnce() throws Exception {
        try (var server = server(100);
                var model = connect(server)) {
            model.ask(request("q", List.of("A", "B")));
            assertThat(server.count()).isEqualTo(4);
            Completion completion = (Completion) model.ask(request("another", List.of("A", "B")));
            assertThat(server.count()).isEqualTo(7);
            assertThat(completion.tokens().get(0).top()).hasSize(2);
            assertThat(Json.readMap(server.bodies().get(5)).get("label_token_ids"))
                    .isEqualTo(List.of((int) 'A'));
        }
    }

    @Test
    void aLabelOfNoProbabilityHasNoLogProbability() throws Exception {
        try (var server = server(100);
                var model = connect(server)) {
            Completion completion = (Completion) model.ask(request("q", List.of("A", "Z")));
            assertThat(completion.tokens().get(0).top().get(1).logprob()).isEmpty();
        }
    }

    @Test
    void aRequestThatTheServerWouldCutIsNotScored() throws Exception {
        try (var server = server(20);
                var model = connect(server)) {
            Failure failure = (Failure) model.ask(request("a question too long", List.of("A", "B")));
            assertThat(failure.kind()).isEqualTo(Failure.Kind.OVERFLOW);
            assertThat(failure.detail()).isEqualTo("not sent: the request has 33 tokens, the model's context 20");
            assertThat(server.paths()).containsOnly("POST /tokenize");
        }
    }

    @Test
    void aServerThatReadFewerTokensHasCutTheRequest() throws Exception {
        try (var server = new ChatServer((n, exchange) -> {
                    if (exchange.http().getRequestURI().getPath().equals("/tokenize")) {
                        answer(exchange, 100);
                    } else {
                        exchange.reply(200, "{\"data\":[{\"score\":0.5}],\"usage\":{\"prompt_tokens\":5}}");
                    }
                });
                var model = connect(server)) {
            Failure failure = (Failure) model.ask(request("q", List.of("A", "B")));
            assertThat(failure.kind()).isEqualTo(Failure.Kind.OVERFLOW);
            assertThat(failure.detail()).contains("read 5 of the request's 14 tokens");
        }
    }

    @Test
    void labelsThatBeginAlikeAreRefused() {
        try (var server = server(100);
                var model = connect(server)) {
            assertThatThrownBy(() -> model.ask(request("q", List.of("A>>B", "A>B", "B>A"))))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("begin with the same token");
            assertThatThrownBy(() -> model.ask(request("q", List.of("A", "AB"))))
                    .isInstanceOf(BadInput.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\":[]}",
                "{\"data\":[{\"score\":null}]}",
                "{\"data\":[{\"score\":\"0.5\"}]}",
                "{\"data\":[{\"score\":NaN}]}",
                "{\"data\":[{\"score\":-0.1}]}",
                "{\"data\":[{\"score\":1.5}]}",
            })
    void whatIsNoProbabilityIsAskedAgain(String body) throws Exception {
        try (var server = new ChatServer((n, exchange) -> {
                    if (n == 3) {
                        exchange.reply(200, body);
                    } else {
                        answer(exchange, 100);
                    }
                });
                var model = connect(server)) {
            assertThat(model.ask(request("q", List.of("A", "B")))).isInstanceOf(Completion.class);
            assertThat(server.count()).isGreaterThan(4);
        }
    }

    @Test
    void aRequestWithoutLabelsIsNotSent() throws Exception {
        try (var server = server(100);
                var model = connect(server)) {
            assertThat(((Failure) model.ask(Requests.asking("q"))).detail()).startsWith("not sent: a scoring server");
            assertThat(server.count()).isZero();
        }
    }
}
