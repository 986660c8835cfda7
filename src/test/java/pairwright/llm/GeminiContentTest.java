package pairwright.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pairwright.jsonl.Json;
import pairwright.llm.TokenLogprobs.Alternative;

/** Bodies in the shapes of Google's API reference. */
class GeminiContentTest {
    private static Completion candidate(String candidate) throws Exception {
        return (Completion)
                Requests.askOnce(Protocol.GEMINI, 200, "{\"candidates\":[" + candidate + "]}", Requests.asking("q", 5));
    }

    private static ChatServer saying() {
        return new ChatServer((n, exchange) -> exchange.reply(
                200, "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"A\"}]},\"finishReason\":\"STOP\"}]}"));
    }

    @Test
    void theRequestSaysAllThatTheProtocolHasAPlaceFor() throws Exception {
        try (var server = saying();
                var model = ConnectedModel.withoutLedger(
                        Endpoint.at(Protocol.GEMINI, server.base()),
                        Map.of("GEMINI_API_KEY", "AIza-0123456789abcdef")::get)) {
            model.ask(Requests.full().withTopLogprobs(20));
            assertThat(server.paths()).containsExactly("POST /v1/models/judge-1:generateContent");
            assertThat(server.headers().get(0))
                    .containsEntry("X-goog-api-key", List.of("AIza-0123456789abcdef"))
                    .doesNotContainKey("Authorization");
            assertThat(Requests.json(server.bodies().get(0))).isEqualTo(Requests.json("""
                            {"systemInstruction":{"parts":[{"text":"s"}]},
                            "contents":[{"role":"user","parts":[{"text":"q \\u2028 \\ud83d\\ude00 \\u0000"}]},
                            {"role":"model","parts":[{"text":"a"}]},{"role":"user","parts":[{"text":"again"}]}],
                            "generationConfig":{"temperature":0.7,"topP":0.9,"seed":5,"maxOutputTokens":12,
                            "responseLogprobs":true,"logprobs":20}}
                            """));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "m, /v1/models/m:generateContent",
        "models/m, /v1/models/m:generateContent",
        "tunedModels/my m, /v1/tunedModels/my%20m:generateContent",
        "../../x?y=#, /v1/../../x%3Fy%3D%23:generateContent",
    })
    void theModelIsPartOfTheAddress(String model, String path) {
        var request = new Request(model, List.of(), Sampling.greedy(1), 0, 0);
        assertThat(new GeminiContent(Endpoint.at(Protocol.GEMINI, "http://h/v1")).address(request))
                .hasToString("http://h" + path);
    }

    @Test
    void aSchemaIsPartOfTheGenerationAndAToolIsTheOnlyOneAllowed() throws Exception {
        try (var server = saying();
                var model = Requests.connect(Endpoint.at(Protocol.GEMINI, server.base()), new HandTime())) {
            ReplyFormat schema = Requests.yes(ReplyFormat.Way.SCHEMA);
            model.ask(Requests.asking("q").withFormat(schema));
            model.ask(Requests.asking("q").withFormat(Requests.yes(ReplyFormat.Way.TOOL)));
            assertThat(Requests.json(server.bodies().get(0)).path("generationConfig"))
                    .isEqualTo(Requests.json("""
                            {"temperature":0.0,"maxOutputTokens":16,"responseMimeType":"application/json",
                            "responseJsonSchema":{"type":"object","properties":{"answer":{"enum":["yes"]}}}}
                            """));
            assertThat(Json.readMap(server.bodies().get(1)))
                    .containsEntry(
                            "tools",
                            List.of(Map.of(
                                    "functionDeclarations",
                                    List.of(Map.of("name", "verdict", "parametersJsonSchema", schema.schema())))))
                    .containsEntry(
                            "toolConfig",
                            Map.of(
                                    "functionCallingConfig",
                                    Map.of("mode", "ANY", "allowedFunctionNames", List.of("verdict"))));
        }
    }

    @Test
    void textThoughtsCallsAndUsageAreRead() throws Exception {
        Completion completion = (Completion) Requests.askOnce(
                Protocol.GEMINI, 200, """
                {"candidates":[{"content":{"role":"model","parts":[{"text":"hm","thought":true},{"text":"One"},{"text":" two"},
                {"functionCall":{"name":"verdict","args":{"answer":"yes"}}}]},"finishReason":"STOP","index":0}],
                "usageMetadata":{"promptTokenCount":9,"candidatesTokenCount":2,"thoughtsTokenCount":30,"cachedContentTokenCount":4,"totalTokenCount":41},
                "modelVersion":"gemini-x-001","responseId":"r"}
                """, Requests.asking("q").withFormat(Requests.yes(ReplyFormat.Way.TOOL)));
        assertThat(completion)
                .isEqualTo(new Completion(
                        "One two",
                        FinishReason.STOP,
                        Optional.empty(),
                        List.of(),
                        Optional.of("{\"answer\":\"yes\"}"),
                        Optional.of("hm"),
                        Optional.of("gemini-x-001"),
                        Optional.empty(),
                        new Usage(Optional.of(9L), Optional.of(32L), Optional.of(4L))));
    }

    @Test
    void logProbabilitiesAreThoseOfEachStep() throws Exception {
        Completion completion = candidate("""
                {"content":{"parts":[{"text":"A B"}]},"finishReason":"STOP","logprobsResult":{
                "chosenCandidates":[{"token":"A","tokenId":1,"logProbability":-0.5},{"token":" B","logProbability":-9999},
                {"token":"!","logProbability":"NaN"}],
                "topCandidates":[{"candidates":[{"token":"A","logProbability":-0.5},{"token":"B","logProbability":-1},{"token":"B","logProbability":-1}]},
                {"candidates":[{"token":"C","logProbability":-Infinity}]}]}}
                """);
        assertThat(completion.tokens())
                .containsExactly(
                        new TokenLogprobs(
                                "A",
                                List.of(
                                        new Alternative("A", "41", Optional.of(-0.5)),
                                        new Alternative("B", "42", Optional.of(-1.0)),
                                        new Alternative("B", "42", Optional.of(-1.0)))),
                        new TokenLogprobs(
                                " B",
                                List.of(
                                        new Alternative("C", "43", Optional.empty()),
                                        new Alternative(" B", "2042", Optional.empty()))),
                        new TokenLogprobs("!", List.of(new Alternative("!", "21", Optional.empty()))));
    }

    @ParameterizedTest
    @CsvSource({
        "STOP, STOP",
        "MAX_TOKENS, LENGTH",
        "SAFETY, CONTENT_FILTER",
        "RECITATION, CONTENT_FILTER",
        "BLOCKLIST, CONTENT_FILTER",
        "PROHIBITED_CONTENT, CONTENT_FILTER",
        "SPII, CONTENT_FILTER",
        "LANGUAGE, OTHER",
        "MALFORMED_FUNCTION_CALL, OTHER",
        "FINISH_REASON_UNSPECIFIED, OTHER",
    })
    void theFinishReasonIsReadEvenWhereThereIsNoContent(String said, FinishReason read) throws Exception {
        Completion completion = candidate("{\"finishReason\":\"" + said + "\"}");
        assertThat(completion.finish()).isEqualTo(read);
        assertThat(completion.text()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SAFETY", "OTHER", "BLOCKLIST", "PROHIBITED_CONTENT"})
    void aBlockedPromptIsFiltered(String reason) throws Exception {
        Failure failure = (Failure) Requests.askOnce(
                Protocol.GEMINI,
                200,
                "{\"promptFeedback\":{\"blockReason\":\"" + reason + "\"},\"usageMetadata\":{\"promptTokenCount\":4}}",
                Requests.asking("q"));
        assertThat(failure.kind()).isEqualTo(Failure.Kind.FILTERED);
        assertThat(failure.detail()).isEqualTo("the prompt was blocked: " + reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400|{\"error\":{\"code\":400,\"message\":\"The input token count (3475108) exceeds the maximum number of tokens allowed (1048576).\",\"status\":\"INVALID_ARGUMENT\"}}|OVERFLOW",
                "400|[{\"error\":{\"code\":400,\"message\":\"The input token count (3475108) exceeds the maximum number of tokens allowed (1048576).\"}}]|OVERFLOW",
                "400|{\"error\":{\"code\":400,\"message\":\"Logprobs is not enabled for models/m\",\"status\":\"INVALID_ARGUMENT\"}}|LOGPROBS_UNSUPPORTED",
                "400|{\"error\":{\"code\":400,\"message\":\"contents is not specified\",\"status\":\"INVALID_ARGUMENT\"}}|TRANSPORT",
            })
    void whatTheServerCallsBadIsToldApart(int status, String body, Failure.Kind kind) throws Exception {
        Failure failure = (Failure) Requests.askOnce(Protocol.GEMINI, status, body, Requests.asking("q", 5));
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.retry()).isEmpty();
    }

    @Test
    void aKeyThatIsNotValidStopsAtOnceThoughItIsCalledABadRequest() {
        assertThatThrownBy(() -> Requests.askOnce(Protocol.GEMINI, 400, """
                        {"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT",
                        "details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_KEY_INVALID","domain":"googleapis.com"}]}}
                        """, Requests.asking("q")))
                .isInstanceOf(ProviderRefused.class)
                .hasMessageContaining("environment variable GEMINI_API_KEY");
    }

    private static String exhausted(String quota, String delay) {
        return """
                {"error":{"code":429,"message":"You exceeded your current quota, please check your plan and billing details.","status":"RESOURCE_EXHAUSTED",
                "details":[{"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{"quotaMetric":"m","quotaId":"%s"}]},
                {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"%s"}]}}
                """.formatted(quota, delay);
    }

    @Test
    void aRateIsWaitedForAsTheBodySays() throws Exception {
        var time = new HandTime();
        try (var server = new ChatServer((n, exchange) -> {
                    if (n == 1) {
                        exchange.reply(
                                429, exhausted("GenerateRequestsPerMinutePerProjectPerModel-FreeTier", "34.07s"));
                    } else {
                        exchange.reply(200, "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"A\"}]}}]}");
                    }
                });
                var model = Requests.connect(Requests.impatient(Protocol.GEMINI, server.base()), time)) {
            assertThat(((Completion) model.ask(Requests.asking("q"))).text()).isEqualTo("A");
            assertThat(time.elapsed()).isBetween(Duration.ofMillis(34_070), Duration.ofMillis(37_500));
        }
    }

    @Test
    void aQuotaOfTheDayIsSpent() {
        assertThatThrownBy(() -> Requests.askOnce(
                        Protocol.GEMINI,
                        429,
                        exhausted("GenerateRequestsPerDayPerProjectPerModel-FreeTier", "20s"),
                        Requests.asking("q")))
                .isInstanceOf(ProviderRefused.class)
                .hasMessageContaining("the quota is spent");
    }

    @Test
    void aBodyWithoutCandidateOrReasonIsNoReply() throws Exception {
        assertThat(((Failure) Requests.askOnce(Protocol.GEMINI, 200, "{\"candidates\":[]}", Requests.asking("q")))
                        .detail())
                .contains("without a candidate");
    }
}
