package pairwright.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;
import pairwright.prompt.Message;
import pairwright.prompt.Prompt;
import pairwright.prompt.Role;
import pairwright.reward.RewardModel;

/** Over plain HTTP, as a trainer asks. */
class RewardServerTest {
    private static final RewardModel MODEL = RewardModel.load(Path.of("models/quickstart"));

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private RewardServer server;

    @BeforeEach
    void start() {
        server = RewardServer.start(MODEL, "reward:models/quickstart", ChatTemplate.PLAIN, 0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String path) throws Exception {
        return client.send(
                request.uri(URI.create(server.address() + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String body) throws Exception {
        return send(
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)),
                "/get_reward");
    }

    private HttpResponse<String> ask(List<String> prompts, List<String> responses) throws Exception {
        List<String> query = IntStream.range(0, prompts.size())
                .mapToObj(i -> prompts.get(i) + responses.get(i))
                .toList();
        return post(Json.write(Map.of("query", query, "prompts", prompts, "labels", prompts)));
    }

    private static List<?> numbers(HttpResponse<String> response, String field) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return (List<?>) Json.readMap(response.body()).get(field);
    }

    private static String error(HttpResponse<String> response) {
        return (String) Json.readMap(response.body()).get("error");
    }

    @Test
    void rewardsAreThoseOfTheModelToTheLastBit() throws Exception {
        List<String> prompts = List.of("What is 2 + 2?", "Why is the sky blue?", "", "naïve 👍 \u2028 \u0000 ?");
        List<String> responses =
                List.of("It is 4.", "Air scatters blue light more.", "nothing asked", "e\u0301 </s>\n");
        HttpResponse<String> response = ask(prompts, responses);
        List<Double> expected = IntStream.range(0, 4)
                .mapToObj(i -> MODEL.score(Prompt.of(prompts.get(i)), responses.get(i)))
                .toList();
        assertThat(numbers(response, "rewards"))
                .extracting(n -> ((Number) n).doubleValue())
                .isEqualTo(expected);
        assertThat(numbers(response, "scores")).isEqualTo(numbers(response, "rewards"));
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    }

    @Test
    void aTextGetsTheSameRewardWhateverIsAskedBesideItAndAtOnce() throws Exception {
        String alone = ask(List.of("Name a prime."), List.of("7")).body();
        List<Callable<String>> calls = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            int n = i;
            calls.add(() -> {
                List<String> prompts = new ArrayList<>(java.util.Collections.nCopies(n % 5, "other " + n));
                prompts.add("Name a prime.");
                List<String> responses = new ArrayList<>(java.util.Collections.nCopies(n % 5, "answer " + n));
                responses.add("7");
                List<?> rewards = numbers(ask(prompts, responses), "rewards");
                return Json.write(Map.of("last", rewards.get(rewards.size() - 1)));
            });
        }
        var pool = Executors.newFixedThreadPool(16);
        try {
            for (var future : pool.invokeAll(calls)) {
                assertThat(Json.readMap(future.get()).get("last"))
                        .isEqualTo(((List<?>) Json.readMap(alone).get("rewards")).get(0));
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void noTextsGetNoRewards() throws Exception {
        assertThat(post("{\"query\":[],\"prompts\":[],\"labels\":[]}").body())
                .isEqualTo("{\"rewards\":[],\"scores\":[]}");
    }

    @Test
    void healthSaysWhichModelAnswers() throws Exception {
        assertThat(send(HttpRequest.newBuilder().GET(), "/health").body())
                .isEqualTo("{\"status\":\"ok\",\"model\":\"reward:models/quickstart\",\"digest\":\"" + MODEL.digest()
                        + "\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"prompts":["a"]}                          | query is missing, must be a list of texts
            {"query":"ab","prompts":["a"]}             | field query: is text, must be a list
            {"query":[7],"prompts":["a"]}              | field query[0]: is a number, must be text
            {"query":[null],"prompts":["a"]}           | query[0] is null, must be text
            {"query":["ab"]}                           | prompts is missing
            {"query":["ab"],"prompts":null}            | prompts is missing
            {"query":["ab"],"prompts":[]}              | prompts has 0 texts and query 1, must have as many
            {"query":["ab","b"],"prompts":["a","a"]}   | query[1] does not begin with prompts[1]
            {"query":["ab"],"prompts":["a"]            | the body: cannot be parsed at column 32: it ends too early
            {"query":["ab"],"query":["ab"]}            | query
            []                                         | must be
            null                                       | must be
            nonsense                                   | the body: cannot be parsed
            `                                        ` | is empty
            """)
    void whatCannotBeReadIsSaid(String body, String message) throws Exception {
        HttpResponse<String> response = post(body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(error(response)).contains(message);
    }

    @Test
    void deepBodiesManyTextsAndBytesThatAreNoTextAreRefused() throws Exception {
        assertThat(post("{\"labels\":" + "[".repeat(100_000)).statusCode()).isEqualTo(400);
        String many = "[" + "\"\",".repeat(RewardQuery.MOST) + "\"\"]";
        assertThat(error(post("{\"query\":" + many + ",\"prompts\":" + many + "}")))
                .contains("at most 10000");
        HttpResponse<String> noText = send(
                HttpRequest.newBuilder()
                        .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[] {'"', (byte) 0xff, '"'})),
                "/get_reward");
        assertThat(noText.statusCode()).isEqualTo(400);
        assertThat(error(noText)).isEqualTo("the body is not UTF-8");
    }

    @Test
    void aBodyAboveTheCapIsRefusedUnreadAndOneBelowIsAnswered() throws Exception {
        String fits = "x".repeat((LoopbackServer.LARGEST_BODY - 100) / 3);
        assertThat(numbers(ask(List.of(fits), List.of("")), "rewards")).hasSize(1);
        HttpResponse<String> refused = post("x".repeat(LoopbackServer.LARGEST_BODY + 1));
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(error(refused)).contains("larger than 16777216 bytes");
    }

    @ParameterizedTest
    @CsvSource({"GET, /get_reward, 405, POST", "POST, /health, 405, GET", "PUT, /get_reward, 405, POST"})
    void anotherMethodIsToldTheRightOne(String method, String path, int status, String allowed) throws Exception {
        HttpResponse<String> response =
                send(HttpRequest.newBuilder().method(method, HttpRequest.BodyPublishers.noBody()), path);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Allow")).hasValue(allowed);
        assertThat(error(response)).contains(allowed);
    }

    @Test
    void anotherPathIsToldWhatThereIs() throws Exception {
        HttpResponse<String> response = send(HttpRequest.newBuilder().GET(), "/get_reward/../etc");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(error(response)).contains("POST /get_reward, GET /health");
    }

    private Socket socket() throws IOException {
        return new Socket(
                InetAddress.getLoopbackAddress(), URI.create(server.address()).getPort());
    }

    private String raw(String head) throws IOException {
        try (Socket socket = socket()) {
            socket.getOutputStream().write((head + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        }
    }

    /** A page under attacker.example that the attacker's name server suddenly places at 127.0.0.1 still says its own name. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: attacker.example:5000",
                "Host: localhost.attacker.example",
                "Host: 127.0.0.1.nip.io",
                "Host: 127.0.0.1:5000@attacker.example",
                "Host: localhost\r\nHost: attacker.example",
                "Host: localhost\r\nOrigin: https://attacker.example",
                "Accept: */*"
            })
    void whoeverComesUnderAnotherNameIsRefused(String headers) throws IOException {
        assertThat(raw("GET /health HTTP/1.1\r\nConnection: close\r\n" + headers))
                .isEqualTo("HTTP/1.1 403");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:5000", "127.0.0.1", "127.0.0.1:80", "[::1]:5000"})
    void theNamesOfThisMachineAreAnswered(String host) throws IOException {
        assertThat(raw("GET /health HTTP/1.1\r\nConnection: close\r\nHost: " + host))
                .isEqualTo("HTTP/1.1 200");
    }

    @Test
    void aTakenPortIsSaid() {
        int port = URI.create(server.address()).getPort();
        assertThatThrownBy(() -> RewardServer.start(MODEL, "m", ChatTemplate.PLAIN, port))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("port " + port)
                .hasMessageContaining("--port");
        assertThatThrownBy(() -> RewardServer.start(MODEL, "m", ChatTemplate.PLAIN, 70_000))
                .hasMessage("port is 70000, must be in [0, 65535]");
    }

    /** The texts are what Qwen2.5's and Llama 3's own chat templates give for such a conversation. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            chatml; <|im_start|>system~Be brief.<|im_end|>~<|im_start|>user~Hi?~Well?<|im_end|>~<|im_start|>assistant~; <|im_end|>
            llama3; <|begin_of_text|><|start_header_id|>system<|end_header_id|>~~Be brief.<|eot_id|><|start_header_id|>user<|end_header_id|>~~Hi?~Well?<|eot_id|><|start_header_id|>assistant<|end_header_id|>~~; <|eot_id|>
            """)
    void aChatTemplateIsReadBackIntoTheConversation(String name, String text, String end) throws Exception {
        Prompt conversation = Prompt.of(
                java.util.Optional.empty(),
                java.util.Optional.empty(),
                java.util.Optional.of(List.of(new Message(Role.SYSTEM, "Be brief."), Message.user("Hi?\nWell?"))),
                Map.of());
        ChatTemplate template = ChatTemplate.valueOf(name.toUpperCase(java.util.Locale.ROOT));
        String written = text.replace('~', '\n');
        assertThat(template.prompt(written).messages()).isEqualTo(conversation.messages());
        server.close();
        server = RewardServer.start(MODEL, "m", template, 0);
        double expected = MODEL.score(conversation, "Hello.");
        for (String response : List.of("Hello.", "Hello." + end, "Hello." + end + "\n")) {
            assertThat(numbers(ask(List.of(written), List.of(response)), "rewards"))
                    .extracting(n -> ((Number) n).doubleValue())
                    .containsExactly(expected);
        }
        HttpResponse<String> plain = ask(List.of("Hi?"), List.of("Hello."));
        assertThat(plain.statusCode()).isEqualTo(400);
        assertThat(error(plain)).contains("prompts[0] is not in the template " + name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<|im_start|>assistant\n",
                "<|im_start|>user\nno end<|im_start|>assistant\n",
                "<|im_start|>tool\nx<|im_end|>\n<|im_start|>assistant\n",
                "stray<|im_start|>user\nx<|im_end|>\n<|im_start|>assistant\n",
                "<|im_start|>user\nx<|im_end|>\n"
            })
    void aTextThatIsNotInTheTemplateIsRefused(String text) {
        assertThatThrownBy(() -> ChatTemplate.CHATML.prompt(text))
                .isInstanceOfAny(BadInput.class, IllegalArgumentException.class);
    }
}
