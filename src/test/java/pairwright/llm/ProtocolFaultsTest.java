package pairwright.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pairwright.prompt.Message;

/** The faults of networks and servers that have nothing to do with the protocol, against each of them. */
class ProtocolFaultsTest {
    private static final String CANARY = "sk-canary-7f3a91c0d2";

    private static final Request WORDS = Requests.asking("q");
    private static final Request REWARD =
            new Request("judge-1", List.of(Message.user("q"), Message.assistant("a")), Sampling.greedy(1), 0, 0);

    private static String good(Protocol protocol, String text) {
        return good(protocol, text, 1);
    }

    /**
     * The smallest body that is a reply.
     *
     * @param n the request's number, which makes the tokens of one label differ from those of another
     */
    private static String good(Protocol protocol, String text, int n) {
        return switch (protocol) {
            case OPENAI -> "{\"choices\":[{\"message\":{\"content\":\"%s\"}}]}".formatted(text);
            case ANTHROPIC -> "{\"content\":[{\"type\":\"text\",\"text\":\"%s\"}]}".formatted(text);
            case GEMINI -> "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"%s\"}]}}]}".formatted(text);
            case OLLAMA -> "{\"message\":{\"content\":\"%s\"}}".formatted(text);
            case SCORING ->
                "{\"tokens\":[1,2,%d],\"max_model_len\":9,\"data\":[{\"score\":0.5}],\"model\":\"%s\"}"
                        .formatted(n, text);
            case REWARD -> "{\"rewards\":[1.5]}";
        };
    }

    private static Request request(Protocol protocol) {
        return switch (protocol) {
            case SCORING -> REWARD.withLabels(List.of("A", "B"));
            case REWARD -> REWARD;
            default -> WORDS;
        };
    }

    private static boolean isGood(Reply reply) {
        return reply instanceof Completion completion && !completion.text().isEmpty();
    }

    private static ConnectedModel connect(Protocol protocol, String base, Time time) {
        return Requests.connect(Requests.impatient(protocol, base), time);
    }

    @ParameterizedTest
    @EnumSource
    void whatMayPassIsAskedAgain(Protocol protocol) throws Exception {
        int[] statuses = {408, 409, 425, 429, 500, 502, 503, 504, 529};
        try (var server = new ChatServer((n, exchange) -> {
                    if (n <= statuses.length) {
                        exchange.reply(statuses[n - 1], n % 2 == 0 ? "" : "<html>");
                    } else {
                        exchange.reply(200, good(protocol, "A", n));
                    }
                });
                var model = connect(protocol, server.base(), new HandTime())) {
            assertThat(model.ask(request(protocol))).matches(ProtocolFaultsTest::isGood);
            assertThat(server.count()).isGreaterThan(statuses.length);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRateIsWaitedForAsTheHeaderSays(Protocol protocol) throws Exception {
        var time = new HandTime();
        try (var server = new ChatServer((n, exchange) -> {
                    if (n == 1) {
                        exchange.header("Retry-After", "40").reply(429, "{\"error\":{\"message\":\"slow down\"}}");
                    } else {
                        exchange.reply(200, good(protocol, "A", n));
                    }
                });
                var model = connect(protocol, server.base(), time)) {
            assertThat(model.ask(request(protocol))).matches(ProtocolFaultsTest::isGood);
            assertThat(time.elapsed()).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(44));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anUnusableBodyIsAskedAgain(Protocol protocol) throws Exception {
        String[] bodies = {
            "",
            " ",
            "null",
            "[]",
            "\"A\"",
            "<!DOCTYPE html>",
            good(protocol, "A").substring(0, 10),
            good(protocol, "A") + " and more",
            "{\"error\":{\"message\":\"upstream\",\"code\":502}}",
            "{\"error\":\"upstream\"}"
        };
        try (var server = new ChatServer((n, exchange) ->
                        exchange.reply(200, n <= bodies.length ? bodies[n - 1] : good(protocol, "A", n)));
                var model = connect(protocol, server.base(), new HandTime())) {
            assertThat(model.ask(request(protocol))).matches(ProtocolFaultsTest::isGood);
            assertThat(server.count()).isGreaterThan(bodies.length);
        }
    }

    @ParameterizedTest
    @EnumSource
    void resetsSilenceAndDribblingAreAskedAgain(Protocol protocol) throws Exception {
        try (var server = new RawServer((n, socket) -> {
                    String good = good(protocol, "A", n);
                    switch (n) {
                        case 1 -> RawServer.reset(socket);
                        case 2 -> socket.close();
                        case 3 -> {
                            RawServer.head(socket, 1000);
                            RawServer.reset(socket);
                        }
                        case 4 -> {
                            RawServer.head(socket, good.length());
                            RawServer.write(socket, good.substring(0, 5));
                            RawServer.reset(socket);
                        }
                        case 5 -> {
                            RawServer.head(socket, good.length());
                            Thread.sleep(20_000);
                        }
                        default ->
                            RawServer.write(
                                    socket,
                                    "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + good.length()
                                            + "\r\n\r\n" + good);
                    }
                });
                var model = connect(protocol, server.base(), new HandTime())) {
            assertThat(model.ask(request(protocol))).matches(ProtocolFaultsTest::isGood);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBombIsNotParsedAndAFloodIsNotRead(Protocol protocol) throws Exception {
        for (String bomb :
                List.of("[".repeat(100_000) + "]".repeat(100_000), "{\"usage\":" + "9".repeat(1_000_000) + "}")) {
            Failure failure = (Failure) Requests.askOnce(protocol, 200, bomb, request(protocol));
            assertThat(failure.detail()).contains("nested too deep or a number too long");
        }
        Failure failure =
                (Failure) Requests.askOnce(protocol, 200, "x".repeat(Exchange.LARGEST_BODY + 1), request(protocol));
        assertThat(failure.detail()).contains("larger than 4194304 bytes");
    }

    @ParameterizedTest
    @EnumSource
    void aRedirectIsNotFollowed(Protocol protocol) {
        var elsewhere = new AtomicInteger();
        try (var other = new ChatServer((n, exchange) -> elsewhere.incrementAndGet());
                var server = new ChatServer((n, exchange) ->
                        exchange.header("Location", other.base()).reply(307, ""));
                var model = connect(protocol, server.base(), new HandTime())) {
            assertThatThrownBy(() -> model.ask(request(protocol)))
                    .isInstanceOf(ProviderRefused.class)
                    .hasMessageContaining("the server sends elsewhere");
            assertThat(elsewhere).hasValue(0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedKeyAnUnknownModelAndASpentQuotaStopAtOnce(Protocol protocol) {
        String variable = "environment variable " + protocol.keyVariable();
        for (String[] each : new String[][] {
            {"401", "", variable},
            {"403", "", variable},
            {"404", "", "is called 'judge-1'"},
            {"405", "", "base URL"},
            {"402", "", "add credit"},
            {"429", "{\"error\":{\"message\":\"over\",\"code\":\"insufficient_quota\"}}", "the quota is spent"},
        }) {
            assertThatThrownBy(() -> Requests.askOnce(protocol, Integer.parseInt(each[0]), each[1], request(protocol)))
                    .as(each[0])
                    .isInstanceOf(ProviderRefused.class)
                    .hasMessageContaining(each[2]);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBadRequestIsFinal(Protocol protocol) throws Exception {
        Failure failure = (Failure)
                Requests.askOnce(protocol, 400, "{\"error\":{\"message\":\"what is this\"}}", request(protocol));
        assertThat(failure.settled()).isEqualTo(new Failure(Failure.Kind.TRANSPORT, "HTTP 400: what is this"));
        assertThat(failure.retry()).isEmpty();
        assertThat(failure.reach()).isEqualTo(Reach.TURNED_AWAY);
    }

    /** What a text that servers send as an ordinary reply must not be taken for. */
    @ParameterizedTest
    @EnumSource(names = {"OPENAI", "ANTHROPIC", "GEMINI", "OLLAMA"})
    void anErrorThatComesAsAReplyIsAnOverflow(Protocol protocol) throws Exception {
        for (String text : List.of(
                "This model's maximum context length is 4096 tokens. However, you requested 5001 tokens.",
                "Error: request (4390 tokens) exceeds the available context size (4096 tokens), try increasing it",
                "Requested tokens (5001) exceed context window of 4096",
                "{\\\"object\\\":\\\"error\\\",\\\"message\\\":\\\"This model's maximum context length is 4096 tokens.\\\"}",
                "{\\\"error\\\":{\\\"message\\\":\\\"too much\\\",\\\"code\\\":\\\"context_length_exceeded\\\"}}")) {
            Completion completion =
                    (Completion) Requests.askOnce(protocol, 200, good(protocol, text), request(protocol));
            assertThat(completion.finish()).as(text).isEqualTo(FinishReason.CONTEXT);
        }
        for (String text : List.of(
                "A says: This model's maximum context length is 4096 tokens.",
                "The maximum context length is well explained by A.\\nVERDICT 0 A",
                "This model's maximum context length is 4096 tokens, as A says.\\nVERDICT 0 A",
                "{\\\"verdict\\\":\\\"A\\\",\\\"reasoning\\\":\\\"the maximum context length is right\\\"}",
                "{")) {
            Completion completion =
                    (Completion) Requests.askOnce(protocol, 200, good(protocol, text), request(protocol));
            assertThat(completion.finish()).as(text).isEqualTo(FinishReason.OTHER);
        }
    }

    @TempDir
    Path folder;

    private static String trace(Throwable error) {
        var text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private String everythingOnDisk() throws Exception {
        var all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    /** The key is in the one header of the protocol, and whatever the server repeats of it is kept nowhere. */
    @ParameterizedTest
    @EnumSource
    void theKeyIsInOneHeaderAndNowhereElse(Protocol protocol) throws Exception {
        List<String> said = new ArrayList<>();
        for (int status : new int[] {200, 200, 401, 500}) {
            boolean first = said.isEmpty();
            String error = "{\"error\":{\"message\":\"bad key " + CANARY + "\",\"details\":\"" + CANARY + "\"}}";
            try (var server = new ChatServer((n, exchange) -> exchange.header("x-ratelimit-note", CANARY)
                            .reply(status, first ? good(protocol, "your key is " + CANARY, n) : error));
                    var ledger = Ledger.open(folder.resolve("ledger" + said.size() + ".db"));
                    var model = ConnectedModel.open(
                            Requests.impatient(protocol, server.base()),
                            Optional.of(ledger),
                            name -> name.equals(protocol.keyVariable()) ? CANARY : null,
                            new HandTime())) {
                try {
                    said.add(model.ask(request(protocol)).toString());
                } catch (ProviderRefused e) {
                    said.add(trace(e));
                }
                said.add(model.lastContact() + " " + model.spending() + model);
                assertThat(server.headers().get(0).entrySet().stream()
                                .filter(header -> header.getValue().toString().contains(CANARY))
                                .map(java.util.Map.Entry::getKey))
                        .containsExactly(
                                switch (protocol) {
                                    case ANTHROPIC -> "X-api-key";
                                    case GEMINI -> "X-goog-api-key";
                                    default -> "Authorization";
                                });
                assertThat(server.bodies() + " " + server.paths()).doesNotContain(CANARY);
            }
        }
        assertThat(said.toString()).doesNotContain(CANARY.substring(0, 12)).contains("[key]");
        assertThat(everythingOnDisk()).isNotEmpty().doesNotContain(CANARY.substring(0, 12));
    }
}
