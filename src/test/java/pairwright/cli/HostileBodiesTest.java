package pairwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pairwright.jsonl.Json;
import pairwright.judge.Abstention;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;
import pairwright.pair.Pair;

/** The program in a process of its own with a heap of 512 MB, and a server whose bodies are made to fill it. */
class HostileBodiesTest {
    private static final Pattern NONCE = Pattern.compile("VERDICT ([0-9a-f]{10}) A");
    private static final byte[] MEGABYTE = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
    private static final int EACH = 16;
    private static final List<String> KINDS = List.of("huge", "deep", "digits", "long", "good");

    @TempDir
    Path folder;

    private final AtomicLong huge = new AtomicLong();
    private final AtomicInteger calls = new AtomicInteger();
    private ExecutorService workers;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        workers = Executors.newCachedThreadPool();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        server.setExecutor(workers);
        server.createContext("/v1/chat/completions", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        workers.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        calls.incrementAndGet();
        String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        try (exchange) {
            if (request.contains("huge question")) {
                exchange.sendResponseHeaders(200, 50L << 20);
                OutputStream body = exchange.getResponseBody();
                for (int i = 0; i < 50; i++) {
                    body.write(MEGABYTE);
                    huge.addAndGet(MEGABYTE.length);
                }
                return;
            }
            byte[] body = body(request).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            // the client hung up, as it should
        }
    }

    private static String body(String request) {
        if (request.contains("deep question")) {
            return "{\"choices\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        }
        if (request.contains("digits question")) {
            return "{\"usage\":{\"prompt_tokens\":" + "9".repeat(1_000_000) + "}}";
        }
        // Just below the 4 MiB that are taken in: a legal reply, and without a verdict.
        return reply(request.contains("long question") ? "y".repeat((4 << 20) - 1000) : verdict(request));
    }

    private static String verdict(String request) {
        Matcher nonce = NONCE.matcher(request);
        assertThat(nonce.find()).isTrue();
        return "VERDICT " + nonce.group(1)
                + (request.indexOf("better text") < request.indexOf("worse text") ? " A" : " B");
    }

    private static String reply(String text) {
        return "{\"model\":\"m\",\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\",\"content\":\""
                + text + "\"}}],\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":10}}";
    }

    @Test
    void bodiesOfFiftyMegabytesDepthsAndDigitsEndAsAbstentionsWithin512MegabytesOfHeap() throws Exception {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < EACH * KINDS.size(); i++) {
            rows.add("{\"id\":\"" + i + "\",\"prompt\":\"" + KINDS.get(i % KINDS.size()) + " question " + i
                    + "\",\"response_a\":\"better text\",\"response_b\":\"worse text\"}");
        }
        Path in = Files.write(folder.resolve("pairs.jsonl"), rows);
        Path out = folder.resolve("out.jsonl");
        OwnProcess.Ended ended = OwnProcess.run(OwnProcess.command(
                "512m",
                "judge",
                in.toString(),
                "--judge",
                "openai:m",
                "--base-url",
                "http://127.0.0.1:" + server.getAddress().getPort() + "/v1",
                "--reading",
                "verdict",
                "--in-flight",
                "64",
                "--out",
                out.toString()));
        assertThat(ended.said()).doesNotContain("OutOfMemoryError", "\tat ");
        assertThat(ended.code()).as(ended.said()).isEqualTo(ExitCode.SHORTFALL.code());
        assertThat(ended.said()).contains("abstained 64 {TRANSPORT=48, UNPARSEABLE=16}");
        List<Judgment> judgments = Files.readAllLines(out).stream()
                .map(line -> Judgment.carriedBy(Json.read(line, Pair.class)).orElseThrow())
                .toList();
        assertThat(judgments).hasSize(rows.size());
        for (int i = 0; i < judgments.size(); i++) {
            switch (KINDS.get(i % KINDS.size())) {
                case "huge" -> abstains(judgments.get(i), Abstention.Reason.TRANSPORT, "larger than 4194304 bytes");
                case "deep", "digits" ->
                    abstains(judgments.get(i), Abstention.Reason.TRANSPORT, "nested too deep or a number too long");
                case "long" -> abstains(judgments.get(i), Abstention.Reason.UNPARSEABLE, "");
                default -> assertThat(judgments.get(i).verdict()).isEqualTo(new Preference(1));
            }
        }
        assertThat(calls.get()).as("none of these is asked twice").isEqualTo(2 * rows.size());
        // Sockets buffer some megabytes at most; the rest of the 50 was never taken.
        assertThat(huge.get()).isLessThan(2L * EACH * (50 << 20) / 2);
    }

    private static void abstains(Judgment judgment, Abstention.Reason reason, String detail) {
        Abstention why = (Abstention) judgment.verdict();
        assertThat(why.reason()).isEqualTo(reason);
        assertThat(why.detail()).contains(detail);
    }
}
