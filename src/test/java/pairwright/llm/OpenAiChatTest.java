package pairwright.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pairwright.jsonl.Json;
import pairwright.llm.TokenLogprobs.Alternative;
import pairwright.prompt.Message;
import pairwright.prompt.Role;

class OpenAiChatTest {
    private static Reply askOnce(String body, int topLogprobs) throws Exception {
        try (var server = new ChatServer((n, exchange) -> exchange.reply(200, body));
                var model = Requests.connect(Requests.impatient(server.base()), new HandTime())) {
            return model.ask(Requests.asking("q", topLogprobs));
        }
    }

    private static Completion choice(String choice) throws Exception {
        return (Completion) askOnce("{\"choices\":[" + choice + "]}", 0);
    }

    @Test
    void theRequestSaysAllThatDecidesTheReply() throws Exception {
        try (var server = new ChatServer((n, exchange) -> exchange.say("A"));
                var model = Requests.connect(Endpoint.at(server.base() + "/"), new HandTime())) {
            model.ask(new Request(
                    "judge-1",
                    List.of(new Message(Role.SYSTEM, "s"), Message.user("q \u2028 \ud83d\ude00 \u0000")),
                    new Sampling(0.7, Optional.of(0.9), 12, Optional.of(5L)),
                    20,
                    3));
            assertThat(server.paths()).containsExactly("POST /v1/chat/completions");
            Map<String, Object> sent = Json.readMap(server.bodies().get(0));
            assertThat(sent)
                    .containsOnlyKeys(
                            "model",
                            "messages",
                            "temperature",
                            "top_p",
                            "seed",
                            "max_tokens",
                            "logprobs",
                            "top_logprobs")
                    .contains(
                            entry("model", "judge-1"),
                            entry("max_tokens", 12),
                            entry("seed", 5),
                            entry("logprobs", true),
                            entry("top_logprobs", 20),
                            entry(
                                    "messages",
                                    List.of(
                                            Map.of("role", "system", "content", "s"),
                                            Map.of("role", "user", "content", "q \u2028 \ud83d\ude00 \u0000"))));
            assertThat(server.headers().get(0)).doesNotContainKey("Authorization");
            assertThat(server.headers().get(0)).doesNotContainKeys("Upgrade", "Http2-settings");
        }
    }

    @Test
    void aReasoningModelGetsItsOwnFieldForTheLimit() throws Exception {
        try (var server = new ChatServer((n, exchange) -> exchange.say("A"));
                var model = Requests.connect(
                        Endpoint.at(server.base() + "/chat/completions")
                                .withPhrasing(new Endpoint.Phrasing(
                                        Endpoint.TokenLimit.MAX_COMPLETION_TOKENS,
                                        false,
                                        Optional.empty(),
                                        ChatTemplate.PLAIN)),
                        new HandTime())) {
            model.ask(Requests.asking("q"));
            assertThat(Json.readMap(server.bodies().get(0)))
                    .containsEntry("max_completion_tokens", 16)
                    .doesNotContainKeys("max_tokens", "logprobs", "top_logprobs", "top_p", "seed");
        }
    }

    @Test
    void aModelThatTakesNoSamplingGetsNone() throws Exception {
        try (var server = new ChatServer((n, exchange) -> exchange.say("A"));
                var model = Requests.connect(
                        Endpoint.at(server.base())
                                .withPhrasing(new Endpoint.Phrasing(
                                        Endpoint.TokenLimit.MAX_TOKENS, true, Optional.empty(), ChatTemplate.PLAIN)),
                        new HandTime())) {
            model.ask(Requests.full());
            assertThat(Json.readMap(server.bodies().get(0))).containsOnlyKeys("model", "messages", "max_tokens");
        }
    }

    @Test
    void aSchemaIsTheResponseFormatAndAToolIsForced() throws Exception {
        try (var server = new ChatServer((n, exchange) -> exchange.say("A"));
                var model = Requests.connect(Endpoint.at(server.base()), new HandTime())) {
            model.ask(Requests.asking("q").withFormat(Requests.yes(ReplyFormat.Way.SCHEMA)));
            model.ask(Requests.asking("q").withFormat(Requests.yes(ReplyFormat.Way.TOOL)));
            String schema = "{\"type\":\"object\",\"properties\":{\"answer\":{\"enum\":[\"yes\"]}}}";
            assertThat(Requests.json(server.bodies().get(0)).path("response_format"))
                    .isEqualTo(Requests.json(
                            "{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"verdict\",\"strict\":true,\"schema\":"
                                    + schema + "}}"));
            assertThat(Requests.json(server.bodies().get(1)).path("tools"))
                    .isEqualTo(Requests.json(
                            "[{\"type\":\"function\",\"function\":{\"name\":\"verdict\",\"strict\":true,\"parameters\":"
                                    + schema + "}}]"));
            assertThat(Requests.json(server.bodies().get(1)).path("tool_choice"))
                    .isEqualTo(Requests.json("{\"type\":\"function\",\"function\":{\"name\":\"verdict\"}}"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{\"function\":{\"name\":\"verdict\",\"arguments\":\"{\\\"answer\\\": \\\"yes\\\"}\"}}]|{\"answer\": \"yes\"}",
                // Some servers send the object itself.
                "[{\"function\":{\"name\":\"verdict\",\"arguments\":{\"answer\":\"yes\"}}}]|{\"answer\":\"yes\"}",
                // The same call twice is one; two that differ are no object.
                "[{\"function\":{\"name\":\"verdict\",\"arguments\":\"1\"}},{\"function\":{\"name\":\"verdict\",\"arguments\":\"1\"}}]|1",
                "[{\"function\":{\"name\":\"verdict\",\"arguments\":\"1\"}},{\"function\":{\"name\":\"verdict\",\"arguments\":\"2\"}}]|[1,2]",
                "[{\"function\":{\"name\":\"other\",\"arguments\":\"1\"}}]|",
                "[]|",
                "null|",
                "\"x\"|",
            })
    void theArgumentsAreThoseOfTheToolThatWasAskedFor(String calls, String arguments) throws Exception {
        Completion completion = (Completion) Requests.askOnce(
                Protocol.OPENAI,
                200,
                "{\"choices\":[{\"message\":{\"content\":null,\"tool_calls\":" + calls
                        + "},\"finish_reason\":\"tool_calls\"}]}",
                Requests.asking("q").withFormat(Requests.yes(ReplyFormat.Way.TOOL)));
        assertThat(completion.arguments()).isEqualTo(Optional.ofNullable(arguments));
        assertThat(completion.finish()).isEqualTo(arguments == null ? FinishReason.OTHER : FinishReason.STOP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reasoning_content", "reasoning"})
    void reasoningIsKeptApartAndItsTokensAreLeftOut(String field) throws Exception {
        Completion completion = choice(
                "{\"message\":{\"content\":\"A\",\"" + field
                        + "\":\"B?\"},\"logprobs\":{\"content\":[{\"token\":\"A or B?\",\"logprob\":-1},"
                        + "{\"token\":\"</think>\",\"logprob\":-1},{\"token\":\"A\",\"logprob\":-0.5},{\"token\":\"<|end|>\",\"logprob\":0}]}}");
        assertThat(completion.reasoning()).contains("B?");
        assertThat(completion.text()).isEqualTo("A");
        assertThat(completion.tokens()).extracting(TokenLogprobs::token).containsExactly("A", "<|end|>");
    }

    @Test
    void cachedTokensAreCounted() throws Exception {
        Completion completion = (Completion) askOnce(
                "{\"choices\":[{\"message\":{\"content\":\"A\"}}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":1,"
                        + "\"prompt_tokens_details\":{\"cached_tokens\":8}}}",
                0);
        assertThat(completion.usage()).isEqualTo(new Usage(Optional.of(9L), Optional.of(1L), Optional.of(8L)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400|{\"error\":{\"message\":\"Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.\",\"param\":null}}",
                "400|{\"error\":{\"message\":\"Unsupported\",\"param\":\"response_format\",\"code\":\"unsupported_parameter\"}}",
                "422|{\"detail\":[{\"loc\":[\"body\",\"tools\"],\"msg\":\"Extra inputs are not permitted\"}]}",
                "400|{\"error\":{\"message\":\"tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set\"}}",
                "501|{\"error\":{\"message\":\"grammar and JSON schema are not supported\"}}",
            })
    void aServerThatHasNoFormatsSaysSo(int status, String body) throws Exception {
        Request request = Requests.asking("q").withFormat(Requests.yes(ReplyFormat.Way.SCHEMA));
        Failure failure = (Failure) Requests.askOnce(Protocol.OPENAI, status, body, request);
        assertThat(failure.kind()).isEqualTo(Failure.Kind.FORMAT_UNSUPPORTED);
    }

    @Test
    void theCompletionKeepsWhatTheServerSaid() throws Exception {
        Completion completion = (Completion) askOnce(ChatServer.completion("the \ud83d\ude00 best\r\n\u0000"), 0);
        assertThat(completion)
                .isEqualTo(new Completion(
                        "the \ud83d\ude00 best\r\n\u0000",
                        FinishReason.STOP,
                        Optional.empty(),
                        List.of(),
                        Optional.of("judge-1-0613"),
                        Optional.of("fp_1"),
                        new Usage(Optional.of(11L), Optional.of(3L))));
    }

    @ParameterizedTest
    @CsvSource({
        "stop, STOP",
        "length, LENGTH",
        "content_filter, CONTENT_FILTER",
        "tool_calls, OTHER",
        "eos_token, STOP",
    })
    void theFinishReasonIsRead(String said, FinishReason read) throws Exception {
        assertThat(choice("{\"message\":{\"content\":\"A\"},\"finish_reason\":\"" + said + "\"}")
                        .finish())
                .isEqualTo(read);
    }

    @Test
    void aRefusalIsACompletion() throws Exception {
        Completion completion = choice(
                "{\"message\":{\"content\":null,\"refusal\":\"I cannot help\",\"reasoning_content\":\"hm\"},\"finish_reason\":\"stop\"}");
        assertThat(completion.text()).isEmpty();
        assertThat(completion.refusal()).contains("I cannot help");
        assertThat(completion.usage()).isEqualTo(new Usage(Optional.empty(), Optional.empty()));
    }

    @Test
    void reasoningThatAteTheLimitIsAnEmptyTextThatWasCut() throws Exception {
        Completion completion =
                choice("{\"message\":{\"content\":null,\"reasoning_content\":\"long\"},\"finish_reason\":\"length\"}");
        assertThat(completion.text()).isEmpty();
        assertThat(completion.finish()).isEqualTo(FinishReason.LENGTH);
    }

    @Test
    void aListOfPartsIsJoined() throws Exception {
        assertThat(choice("{\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"text\":\"b\"}]}}")
                        .text())
                .isEqualTo("ab");
    }

    @Test
    void logprobsAreReadHoweverLooselyTheyAreWritten() throws Exception {
        String content = """
                {"token":"A","bytes":[65],"logprob":-0.1,"top_logprobs":[
                 {"token":"A","bytes":[65],"logprob":-0.1},
                 {"token":" A","bytes":null,"logprob":-2.5},
                 {"token":"B","bytes":[66],"logprob":null},
                 {"token":"C","logprob":NaN},
                 {"token":"D","logprob":"NaN"},
                 {"token":"E","logprob":-Infinity},
                 {"token":"F","logprob":"-inf"},
                 {"token":"G","logprob":-9999},
                 {"token":"H","logprob":-100.0},
                 {"token":"I","logprob":1e-7},
                 {"token":"J","logprob":3},
                 {"token":"\u00e4","bytes":[999],"logprob":-1}]},
                {"token":"x","bytes":[120],"logprob":-5,"top_logprobs":[{"token":"y","bytes":[121],"logprob":-1}]},
                {"token":"z","logprob":-4.0}""";
        Completion completion = (Completion) askOnce(
                "{\"choices\":[{\"message\":{\"content\":\"Axz\"},\"logprobs\":{\"content\":[" + content + "]}}]}", 20);
        List<Alternative> first = completion.tokens().get(0).top();
        assertThat(first)
                .contains(
                        new Alternative("A", "41", Optional.of(-0.1)),
                        new Alternative(" A", "2041", Optional.of(-2.5)),
                        new Alternative("I", "49", Optional.of(0.0)),
                        new Alternative("\u00e4", "c3a4", Optional.of(-1.0)));
        assertThat(first)
                .filteredOn(each -> each.logprob().isEmpty())
                .extracting(Alternative::token)
                .containsExactly("B", "C", "D", "E", "F", "G", "H", "J");
        // The sampled token stood outside of the likeliest ones.
        assertThat(completion.tokens().get(1).top())
                .extracting(Alternative::bytes)
                .containsExactly("79", "78");
        assertThat(completion.tokens().get(2).top()).containsExactly(new Alternative("z", "7a", Optional.of(-4.0)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"content\":null}",
                "null",
                "{}",
                "[]",
                "{\"content\":[]}",
                "{\"tokens\":[\"A\"]}",
                "7",
            })
    void aServerThatIgnoresLogprobsGivesNone(String logprobs) throws Exception {
        Completion completion = (Completion)
                askOnce("{\"choices\":[{\"message\":{\"content\":\"A\"},\"logprobs\":" + logprobs + "}]}", 5);
        assertThat(completion.text()).isEqualTo("A");
        assertThat(completion.tokens()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // OpenAI
                "400|{\"error\":{\"message\":\"This model's maximum context length is 8192 tokens.\",\"code\":\"context_length_exceeded\"}}|OVERFLOW",
                // vLLM
                "400|{\"error\":{\"message\":\"You passed 1015 input tokens and requested 10 output tokens. However, the model's context length is only 1024 tokens\",\"type\":\"BadRequestError\",\"param\":\"input_tokens\",\"code\":400}}|OVERFLOW",
                "400|{\"error\":{\"message\":\"max_tokens must be at least 1, got -87.\",\"type\":\"BadRequestError\",\"code\":400}}|OVERFLOW",
                // vLLM before 0.10
                "400|{\"object\":\"error\",\"message\":\"This model's maximum context length is 16384 tokens. However, you requested 122946 tokens\",\"code\":400}|OVERFLOW",
                // llama.cpp
                "400|{\"error\":{\"code\":400,\"message\":\"request (4390 tokens) exceeds the available context size (4096 tokens)\",\"type\":\"exceed_context_size_error\"}}|OVERFLOW",
                "500|{\"error\":{\"code\":500,\"message\":\"the request is large\",\"type\":\"exceed_context_size_error\"}}|OVERFLOW",
                "413|too large|OVERFLOW",
                // Azure
                "400|{\"error\":{\"message\":\"The response was filtered due to the prompt\",\"code\":\"content_filter\",\"innererror\":{\"code\":\"ResponsibleAIPolicyViolation\"}}}|FILTERED",
                "400|{\"error\":{\"message\":\"rejected by our safety system\",\"code\":\"content_policy_violation\"}}|FILTERED",
                // OpenRouter
                "200|{\"error\":{\"message\":\"no\",\"code\":\"content_filter\"}}|FILTERED",
                "200|{\"error\":{\"message\":\"maximum context length is 8192 tokens\",\"code\":400}}|OVERFLOW",
                // OpenAI's reasoning models, vLLM, Mistral, Gemini
                "403|{\"error\":{\"message\":\"You are not allowed to request logprobs from this model.\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}|LOGPROBS_UNSUPPORTED",
                "400|{\"error\":{\"message\":\"Unsupported\",\"param\":\"top_logprobs\",\"code\":\"unsupported_parameter\"}}|LOGPROBS_UNSUPPORTED",
                "422|{\"detail\":[{\"loc\":[\"body\",\"logprobs\"],\"msg\":\"Extra inputs are not permitted\"}]}|LOGPROBS_UNSUPPORTED",
                "400|{\"error\":{\"code\":400,\"message\":\"Logprobs is not enabled for models/m\",\"status\":\"INVALID_ARGUMENT\"}}|LOGPROBS_UNSUPPORTED",
                "400|{\"error\":\"messages is wrong\"}|TRANSPORT",
                "422|{\"detail\":\"messages is wrong\"}|TRANSPORT",
                "400|<html>bad</html>|TRANSPORT",
            })
    void whatTheServerCallsBadIsToldApart(int status, String body, Failure.Kind kind) throws Exception {
        try (var server = new ChatServer((n, exchange) -> exchange.reply(status, body));
                var model = Requests.connect(Requests.impatient(server.base()), new HandTime())) {
            Failure failure = (Failure) model.ask(Requests.asking("q", 5));
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure.detail()).isNotBlank();
            assertThat(failure.retry()).isEmpty();
            assertThat(server.count()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401|{\"error\":{\"message\":\"no key\"}}|set the environment variable OPENAI_API_KEY",
                "403|{\"error\":\"country\"}|country",
                "404|{\"error\":{\"message\":\"no such model\",\"code\":\"model_not_found\"}}|is called 'judge-1'",
                "404|404 page not found|usually ends in /v1",
                "402|{\"error\":{\"message\":\"Insufficient Balance\"}}|add credit",
                "405||base URL",
                "200|{\"error\":{\"message\":\"spent\",\"code\":\"insufficient_quota\"}}|quota is spent",
                "429|{\"error\":{\"message\":\"You exceeded your current quota\",\"type\":\"insufficient_quota\",\"code\":\"insufficient_quota\"}}|quota is spent",
                "429|{\"error\":{\"message\":\"over\",\"type\":\"insufficient_quota\",\"code\":null}}|quota is spent",
                "307||as the base URL",
                "400|{\"error\":{\"message\":\"temperature\",\"param\":\"temperature\",\"code\":\"unsupported_value\"}}|--server-sampling",
                "400|{\"error\":{\"message\":\"use another\",\"param\":\"max_tokens\",\"code\":\"unsupported_parameter\"}}|--token-limit-field max_completion_tokens",
                "400|{\"error\":{\"message\":\"no\",\"param\":\"n\",\"code\":\"unsupported_parameter\"}}|change it or leave it out",
            })
    void aProviderThatRefusesEveryCallStopsAtOnce(int status, String body, String advice) {
        try (var server = new ChatServer((n, exchange) -> exchange.header("Location", "http://127.0.0.1:1/v1")
                        .header("Retry-After", "1")
                        .reply(status, body == null ? "" : body));
                var model = Requests.connect(Requests.impatient(server.base()), new HandTime())) {
            assertThatThrownBy(() -> model.ask(Requests.asking("q")))
                    .isInstanceOf(ProviderRefused.class)
                    .hasMessageStartingWith(server.base() + " refuses: ")
                    .hasMessageContaining(advice);
            assertThat(server.count()).isEqualTo(1);
        }
    }

    @Test
    void controlCharactersOfAServerDoNotReachTheTerminal() throws Exception {
        Failure failure = (Failure)
                askOnce("{\"error\":{\"message\":\"a\\u001b[31m\\u202e red\\nline\",\"code\":\"content_filter\"}}", 0);
        assertThat(failure.detail()).isEqualTo("a [31m red line");
    }
}
