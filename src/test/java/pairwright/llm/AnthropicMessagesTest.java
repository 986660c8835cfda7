package pairwright.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pairwright.jsonl.Json;
import pairwright.prompt.Message;
import pairwright.prompt.Role;

/** Bodies in the shapes of Anthropic's API reference. */
class AnthropicMessagesTest {
    private static Reply reply(String body, Request request) throws Exception {
        return Requests.askOnce(Protocol.ANTHROPIC, 200, body, request);
    }

    private static Completion completion(String body) throws Exception {
        return (Completion) reply(body, Requests.asking("q"));
    }

    private static ChatServer saying() {
        return new ChatServer(
                (n, exchange) -> exchange.reply(200, "{\"content\":[{\"type\":\"text\",\"text\":\"A\"}]}"));
    }

    @Test
    void theRequestSaysAllThatTheProtocolHasAPlaceFor() throws Exception {
        try (var server = saying();
                var model = ConnectedModel.withoutLedger(
                        Endpoint.at(Protocol.ANTHROPIC, server.base() + "/messages"),
                        Map.of("ANTHROPIC_API_KEY", "sk-ant-0123456789abcdef")::get)) {
            model.ask(Requests.full());
            assertThat(server.paths()).containsExactly("POST /v1/messages");
            assertThat(server.headers().get(0))
                    .containsEntry("X-api-key", List.of("sk-ant-0123456789abcdef"))
                    .containsEntry("Anthropic-version", List.of("2023-06-01"))
                    .containsEntry("Content-type", List.of("application/json"))
                    .doesNotContainKey("Authorization");
            assertThat(Requests.json(server.bodies().get(0))).isEqualTo(Requests.json("""
                            {"model":"judge-1","max_tokens":12,"system":"s","temperature":0.7,"top_p":0.9,
                            "messages":[{"role":"user","content":"q \\u2028 \\ud83d\\ude00 \\u0000"},
                            {"role":"assistant","content":"a"},{"role":"user","content":"again"}]}
                            """));
        }
    }

    @Test
    void whatTheServerTakesByItselfIsLeftOut() throws Exception {
        try (var server = saying();
                var model = Requests.connect(Endpoint.at(Protocol.ANTHROPIC, server.base()), new HandTime())) {
            model.ask(new Request(
                    "m", List.of(Message.user("q")), new Sampling(1, Optional.empty(), 12, Optional.empty()), 0, 0));
            assertThat(Json.readMap(server.bodies().get(0))).containsOnlyKeys("model", "max_tokens", "messages");
        }
        try (var server = saying();
                var model = Requests.connect(
                        Endpoint.at(Protocol.ANTHROPIC, server.base())
                                .withPhrasing(new Endpoint.Phrasing(
                                        Endpoint.TokenLimit.MAX_TOKENS, true, Optional.empty(), ChatTemplate.PLAIN)),
                        new HandTime())) {
            model.ask(Requests.full());
            assertThat(Json.readMap(server.bodies().get(0))).doesNotContainKeys("temperature", "top_p");
        }
    }

    @Test
    void aSchemaIsAskedForInTheOutputAndAToolIsForced() throws Exception {
        try (var server = saying();
                var model = Requests.connect(Endpoint.at(Protocol.ANTHROPIC, server.base()), new HandTime())) {
            ReplyFormat schema = Requests.yes(ReplyFormat.Way.SCHEMA);
            model.ask(Requests.asking("q").withFormat(schema));
            model.ask(Requests.asking("q").withFormat(Requests.yes(ReplyFormat.Way.TOOL)));
            assertThat(Json.readMap(server.bodies().get(0)))
                    .containsEntry(
                            "output_config",
                            Map.of("format", Map.of("type", "json_schema", "schema", schema.schema())));
            assertThat(Json.readMap(server.bodies().get(1)))
                    .containsEntry("tools", List.of(Map.of("name", "verdict", "input_schema", schema.schema())))
                    .containsEntry(
                            "tool_choice",
                            Map.of("type", "tool", "name", "verdict", "disable_parallel_tool_use", true));
        }
    }

    @Test
    void textThinkingAndToolCallComeApart() throws Exception {
        Completion completion =
                (Completion) reply("""
                {"id":"msg_1","type":"message","role":"assistant","model":"claude-x-20260101","content":[
                {"type":"thinking","thinking":"hm","signature":"c2ln"},{"type":"redacted_thinking","data":"x"},
                {"type":"text","text":"One"},{"type":"text","text":" two"},
                {"type":"tool_use","id":"t","name":"verdict","input":{"answer":"yes"}},
                {"type":"tool_use","id":"u","name":"other","input":{"answer":"no"}}],
                "stop_reason":"tool_use","stop_sequence":null,
                "usage":{"input_tokens":7,"cache_creation_input_tokens":2,"cache_read_input_tokens":3,"output_tokens":5}}
                """, Requests.asking("q").withFormat(Requests.yes(ReplyFormat.Way.TOOL)));
        assertThat(completion)
                .isEqualTo(new Completion(
                        "One two",
                        FinishReason.STOP,
                        Optional.empty(),
                        List.of(),
                        Optional.of("{\"answer\":\"yes\"}"),
                        Optional.of("hm"),
                        Optional.of("claude-x-20260101"),
                        Optional.empty(),
                        new Usage(Optional.of(12L), Optional.of(5L), Optional.of(3L))));
    }

    @ParameterizedTest
    @CsvSource({
        "end_turn, STOP",
        "stop_sequence, STOP",
        "max_tokens, LENGTH",
        "model_context_window_exceeded, CONTEXT",
        "tool_use, OTHER",
        "pause_turn, OTHER",
        "something_new, OTHER",
    })
    void theStopReasonIsRead(String said, FinishReason read) throws Exception {
        assertThat(completion("{\"content\":[],\"stop_reason\":\"" + said + "\"}")
                        .finish())
                .isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"explanation\":\"This is not possible.\",\"category\":\"bio\"}|This is not possible.",
                "{\"explanation\":null,\"category\":\"cyber\"}|refused: cyber",
                "null|the model refused (stop_reason refusal)",
            })
    void aRefusalIsACompletionWithItsExplanation(String details, String refusal) throws Exception {
        Completion completion = completion(
                "{\"content\":[{\"type\":\"text\",\"text\":\"I\"}],\"stop_reason\":\"refusal\",\"stop_details\":"
                        + details + "}");
        assertThat(completion.refusal()).contains(refusal);
        assertThat(completion.text()).isEqualTo("I");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400|{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"prompt is too long: 210000 tokens > 200000 maximum\"}}|OVERFLOW",
                "400|{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"input length and `max_tokens` exceed context limit: 188240 + 21333 > 200000\"}}|OVERFLOW",
                "413|{\"type\":\"error\",\"error\":{\"type\":\"request_too_large\",\"message\":\"Request exceeds the maximum size\"}}|OVERFLOW",
                "400|{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"messages: text content blocks must be non-empty\"}}|TRANSPORT",
            })
    void whatTheServerCallsBadIsToldApart(int status, String body, Failure.Kind kind) throws Exception {
        Failure failure = (Failure) Requests.askOnce(Protocol.ANTHROPIC, status, body, Requests.asking("q"));
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.retry()).isEmpty();
    }

    @Test
    void aServerWithoutStructuredOutputsSaysSo() throws Exception {
        Failure failure = (Failure) Requests.askOnce(
                Protocol.ANTHROPIC,
                400,
                "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"output_config.format: Extra inputs are not permitted\"}}",
                Requests.asking("q").withFormat(Requests.yes(ReplyFormat.Way.SCHEMA)));
        assertThat(failure.kind()).isEqualTo(Failure.Kind.FORMAT_UNSUPPORTED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401|authentication_error|invalid x-api-key|environment variable ANTHROPIC_API_KEY",
                "403|permission_error|no access|environment variable ANTHROPIC_API_KEY",
                "404|not_found_error|model: claude-x|usually ends in /v1",
                "402|billing_error|pay|quota is spent",
                "400|invalid_request_error|Your credit balance is too low to access the Anthropic API.|quota is spent",
                "400|invalid_request_error|`temperature` is deprecated for this model.|--server-sampling",
                "400|invalid_request_error|`temperature` and `top_p` cannot both be specified for this model.|--server-sampling",
                "400|invalid_request_error|max_tokens: 9000 > 8192, which is the maximum allowed number of output tokens|change it",
                "400|invalid_request_error|You have reached your specified API usage limits.|quota is spent",
            })
    void aProviderThatRefusesEveryCallStopsAtOnce(int status, String type, String message, String advice) {
        assertThatThrownBy(() -> Requests.askOnce(
                        Protocol.ANTHROPIC,
                        status,
                        "{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\",\"message\":\"" + message + "\"}}",
                        Requests.asking("q")))
                .isInstanceOf(ProviderRefused.class)
                .hasMessageContaining(message)
                .hasMessageContaining(advice);
    }

    @Test
    void anOverloadedServerIsAskedAgain() throws Exception {
        try (var server = new ChatServer((n, exchange) -> {
                    if (n == 1) {
                        exchange.reply(
                                529,
                                "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}");
                    } else {
                        exchange.reply(200, "{\"content\":[{\"type\":\"text\",\"text\":\"A\"}]}");
                    }
                });
                var model = Requests.connect(Requests.impatient(Protocol.ANTHROPIC, server.base()), new HandTime())) {
            assertThat(((Completion) model.ask(Requests.asking("q"))).text()).isEqualTo("A");
            assertThat(server.count()).isEqualTo(2);
        }
    }

    @Test
    void whatTheProtocolCannotCarryIsNotSent() throws Exception {
        try (var server = saying();
                var model = Requests.connect(Endpoint.at(Protocol.ANTHROPIC, server.base()), new HandTime())) {
            assertThat(((Failure) model.ask(Requests.asking("q", 20))).kind())
                    .isEqualTo(Failure.Kind.LOGPROBS_UNSUPPORTED);
            Failure failure = (Failure) model.ask(new Request(
                    "m",
                    List.of(Message.user("q"), new Message(Role.SYSTEM, "s"), Message.user("r")),
                    Sampling.greedy(1),
                    0,
                    0));
            assertThat(failure.detail()).contains("a system message stands between the turns");
            assertThat(server.count()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"content\":null}", "{\"content\":\"A\"}", "{\"type\":\"message\"}"})
    void aBodyWithoutContentIsNoReply(String body) throws Exception {
        assertThat(((Failure) reply(body, Requests.asking("q"))).detail()).contains("without a list of content blocks");
    }
}
