package pairwright.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pairwright.jsonl.Json;

/** Servers and networks that misbehave; waiting between attempts is by hand, silence is real. */
class FaultsTest {
    private static final String GOOD = ChatServer.completion("A");

    @ParameterizedTest
    @ValueSource(ints = {408, 409, 425, 429, 500, 502, 503, 504, 529})
    void whatMayPassIsAskedAgain(int status) throws Exception {
        try (var server = new ChatServer((n, exchange) -> {
                    if (n < 4) {
                        exchange.reply(status, n == 1 ? "" : n == 2 ? "<html>" : "{\"error\":{\"message\":\"busy\"}}");
                    } else {
                        exchange.say("A");
                    }
                });
                var model = Requests.connect(Requests.impatient(server.base()), new HandTime())) {
            assertThat(((Completion) model.ask(Requests.asking("q"))).text()).isEqualTo("A");
            assertThat(server.count()).isEqualTo(4);
            assertThat(model.spending().sent()).isEqualTo(4);
            assertThat(model.spending().paid()).isEqualTo(1);
            assertThat(model.spending().trouble()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "{}",
                "[]",
                "\"A\"",
                "<!DOCTYPE html><html><body>Bad gateway</body></html>",
                "{\"choices\":[{\"message\":{\"content\":\"A",
                "{\"choices\":[{\"message\":{\"content\":\"A\"}}]} and more",
                "{\"choices\":[]}",
                "{\"choices\":[{}]}",
                "{\"choices\":[{\"message\":null}]}",
                "{\"error\":{\"message\":\"upstream\",\"code\":502}}",
                "{\"error\":\"upstream\"}",
                "data: {\"choices\":[]}\n\ndata: [DONE]\n\n",
            })
    void anUnusableBodyIsAskedAgain(String body) throws Exception {
        try (var server = new ChatServer((n, exchange) -> exchange.reply(200, n == 1 ? body : GOOD));
                var model = Requests.connect(Requests.impatient(server.base()), new HandTime())) {
            assertThat(((Completion) model.ask(Requests.asking("q"))).text()).isEqualTo("A");
            assertThat(server.count()).isEqualTo(2);
        }
    }

    /** Real time that does not wait. */
    private static final Time HASTY = new Time() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public Instant now() {
            return HandTime.START;
        }

        @Override
        public void sleep(Duration duration) {}
    };

    @Test
    void threeFaultsInTenLoseNothingAndPayNothingTwice(@TempDir Path folder) throws Exception {
        int[] faults = {500, 502, 503, 529, 429};
        var random = new Random(3);
        var completions = new AtomicInteger();
        var pool = Executors.newFixedThreadPool(16);
        try (var server = new ChatServer((n, exchange) -> {
                    int draw;
                    synchronized (random) {
                        draw = random.nextInt(100);
                    }
                    if (draw < 30) {
                        exchange.reply(faults[draw % faults.length], "");
                    } else {
                        completions.incrementAndGet();
                        Object messages = Json.readMap(exchange.request()).get("messages");
                        exchange.say(messages.toString());
                    }
                });
                var ledger = Ledger.open(folder.resolve("ledger.db"));
                var model = ConnectedModel.open(
                        Requests.impatient(server.base()), Optional.of(ledger), Requests.NO_ENVIRONMENT, HASTY)) {
            List<Future<Reply>> replies = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                String text = "q" + i;
                replies.add(pool.submit(() -> model.ask(Requests.asking(text))));
            }
            for (int i = 0; i < replies.size(); i++) {
                assertThat(((Completion) replies.get(i).get()).text()).isEqualTo("[{role=user, content=q" + i + "}]");
            }
            assertThat(completions).hasValue(300);
            assertThat(model.spending().paid()).isEqualTo(300);
            assertThat(model.spending().sent()).isEqualTo(server.count());
            assertThat(ledger.contents()).isEqualTo(new Ledger.Contents(300, 0, 3300, 900));
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void aServerThatStaysDownIsAFailureThatSaysWhatWasTried() throws Exception {
        var time = new HandTime();
        try (var server = new ChatServer(
                        (n, exchange) -> exchange.reply(503, "{\"error\":{\"message\":\"loading the model\"}}"));
                var model = Requests.connect(Requests.impatient(server.base()), time)) {
            Failure failure = (Failure) model.ask(Requests.asking("q"));
            assertThat(failure.kind()).isEqualTo(Failure.Kind.TRANSPORT);
            assertThat(failure.retry()).isEmpty();
            assertThat(failure.detail())
                    .contains("HTTP 503: loading the model", "after " + server.count() + " attempts", "300 s");
            assertThat(time.elapsed()).isBetween(Duration.ofMinutes(3), Duration.ofMinutes(5));
            assertThat(server.count()).isBetween(9, 20);
            assertThat(model.spending().trouble()).contains("HTTP 503: loading the model");
        }
    }

    @Test
    void aServerThatAnswersNoMoreIsNotAskedCallAfterCall() throws Exception {
        var down = new AtomicBoolean();
        var time = new HandTime();
        try (var server = new ChatServer((n, exchange) -> {
                    String text = exchange.request();
                    if (down.get() || text.contains("unbearable")) {
                        exchange.reply(500, "");
                    } else {
                        exchange.say("A");
                    }
                });
                var model = Requests.connect(Requests.impatient(server.base()), time)) {
            for (int i = 0; i < 5; i++) { // some requests that a server cannot bear are not its end
                assertThat(model.ask(Requests.asking("unbearable " + 2 * i))).isInstanceOf(Failure.class);
                assertThat(model.ask(Requests.asking("unbearable " + (2 * i + 1))))
                        .isInstanceOf(Failure.class);
                assertThat(model.ask(Requests.asking("q" + i))).isInstanceOf(Completion.class);
            }
            down.set(true);
            for (int i = 0; i < Silence.CALLS; i++) {
                assertThat(model.ask(Requests.asking("later " + i))).isInstanceOf(Failure.class);
            }
            int count = server.count();
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> model.ask(Requests.asking("too late")))
                        .isInstanceOf(NoAnswer.class)
                        .hasMessageContaining(server.base() + " does not answer any more: 3 calls were given up")
                        .hasMessageContaining("HTTP 500 (gave up after ")
                        .hasMessageContaining("the same command goes on");
            }
            assertThat(server.count()).isEqualTo(count);
        }
    }

    @Test
    void aRefusedConnectionIsAskedAgainUntilTheServerIsThere() throws Exception {
        int port;
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = probe.getLocalPort();
        }
        var time = new HandTime();
        try (var model = Requests.connect(Requests.impatient("http://127.0.0.1:" + port + "/v1"), time)) {
            Failure failure = (Failure) model.ask(Requests.asking("q"));
            assertThat(failure.detail()).contains("no connection to http://127.0.0.1:" + port, "attempts");
            assertThat(model.spending().paid()).isZero();
        }
    }

    @Test
    void aResetBeforeAfterAndWithinTheReplyIsAskedAgain() throws Exception {
        try (var server = new RawServer((n, socket) -> {
                    switch (n) {
                        case 1 -> RawServer.reset(socket);
                        case 2 -> socket.close();
                        case 3 -> {
                            RawServer.head(socket, 1000);
                            RawServer.reset(socket);
                        }
                        case 4 -> {
                            RawServer.head(socket, GOOD.length());
                            RawServer.write(socket, GOOD.substring(0, 100));
                            RawServer.reset(socket);
                        }
                        case 5 -> RawServer.write(socket, "not HTTP at all\r\n\r\n");
                        default -> {
                            RawServer.head(socket, GOOD.length());
                            RawServer.write(socket, GOOD);
                        }
                    }
                });
                var model = Requests.connect(Requests.impatient(server.base()), new HandTime())) {
            assertThat(((Completion) model.ask(Requests.asking("q"))).text()).isEqualTo("A");
            assertThat(server.count()).isEqualTo(6);
        }
    }

    @Test
    void silenceAfterTheHeadersIsAStall() throws Exception {
        var hungUp = new Semaphore(0);
        try (var server = new RawServer((n, socket) -> {
                    RawServer.head(socket, GOOD.length());
                    if (n == 1) {
                        awaitHangUp(socket, hungUp);
                    } else {
                        RawServer.write(socket, GOOD);
                    }
                });
                var model = Requests.connect(Requests.impatient(server.base()), new HandTime())) {
            assertThat(((Completion) model.ask(Requests.asking("q"))).text()).isEqualTo("A");
            assertThat(hungUp.tryAcquire(10, TimeUnit.SECONDS))
                    .as("the stalled connection is closed")
                    .isTrue();
        }
    }

    @Test
    void aByteNowAndThenRunsIntoTheAttemptsDeadline() throws Exception {
        var hungUp = new Semaphore(0);
        try (var server = new RawServer((n, socket) -> {
                    RawServer.head(socket, GOOD.length());
                    if (n == 1) {
                        try {
                            for (byte each : GOOD.getBytes(StandardCharsets.UTF_8)) {
                                RawServer.write(socket, String.valueOf((char) each));
                                Thread.sleep(100);
                            }
                        } finally {
                            hungUp.release();
                        }
                    } else {
                        RawServer.write(socket, GOOD);
                    }
                });
                var model = Requests.connect(Requests.impatient(server.base()), new HandTime())) {
            assertThat(((Completion) model.ask(Requests.asking("q"))).text()).isEqualTo("A");
            assertThat(server.count()).isEqualTo(2);
            assertThat(hungUp.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void silenceBeforeTheHeadersIsThinkingUntilTheAttemptsDeadline() throws Exception {
        try (var server = new RawServer((n, socket) -> {
                    Thread.sleep(n == 1 ? 60_000 : 700); // the second is longer than the idle time
                    RawServer.head(socket, GOOD.length());
                    RawServer.write(socket, GOOD);
                });
                var model = Requests.connect(Requests.impatient(server.base()), new HandTime())) {
            assertThat(((Completion) model.ask(Requests.asking("q"))).text()).isEqualTo("A");
            assertThat(server.count()).isEqualTo(2);
        }
    }

    private static void awaitHangUp(Socket socket, Semaphore hungUp) {
        try {
            while (socket.getInputStream().read() >= 0) {
                // the request's tail
            }
        } catch (java.io.IOException e) {
            // a reset is a hang-up too
        }
        hungUp.release();
    }

    @Test
    void aBodyOfFiftyMegabytesIsLeftUnread() throws Exception {
        byte[] chunk = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        var sent = new AtomicInteger();
        try (var server = new RawServer((n, socket) -> {
                    RawServer.head(socket, 50L << 20);
                    for (int i = 0; i < 50; i++) {
                        socket.getOutputStream().write(chunk);
                        sent.incrementAndGet();
                    }
                });
                var model = Requests.connect(Requests.impatient(server.base()), new HandTime())) {
            Failure failure = (Failure) model.ask(Requests.asking("q"));
            assertThat(failure.detail()).contains("larger than 4194304 bytes");
            assertThat(server.count()).isEqualTo(1);
            assertThat(sent.get()).isLessThan(50);
        }
    }

    static List<String> bombs() {
        return List.of(
                "[".repeat(100_000) + "]".repeat(100_000),
                "{\"choices\":".repeat(1000) + "1" + "}".repeat(1000),
                "{\"usage\":{\"prompt_tokens\":" + "9".repeat(1_000_000) + "}}",
                "{\"choices\":[{\"message\":{\"content\":\"A\"},\"logprobs\":{\"content\":[{\"token\":\"A\",\"logprob\":-0."
                        + "1".repeat(1_000_000) + "}]}}]}");
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.MethodSource("bombs")
    void aBombIsNotParsed(String body) throws Exception {
        for (int status : new int[] {200, 500, 401}) {
            try (var server = new ChatServer((n, exchange) -> exchange.reply(status, body));
                    var model = Requests.connect(Requests.impatient(server.base()), new HandTime())) {
                Failure failure = (Failure) model.ask(Requests.asking("q"));
                assertThat(failure.detail()).contains("nested too deep or a number too long");
                assertThat(server.count()).isEqualTo(1);
            }
        }
    }

    @Test
    void anInterruptEndsTheWaitForAReply() throws Exception {
        var asked = new Semaphore(0);
        var interrupted = new Semaphore(0);
        try (var server = new RawServer((n, socket) -> {
                    asked.release();
                    Thread.sleep(60_000);
                });
                var model = Requests.connect(Endpoint.at(server.base()), Time.SYSTEM)) {
            Thread caller = new Thread(() -> {
                try {
                    model.ask(Requests.asking("q"));
                } catch (InterruptedException e) {
                    interrupted.release();
                }
            });
            caller.start();
            asked.acquire();
            caller.interrupt();
            assertThat(interrupted.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        }
    }
}
