package pairwright.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.SQLiteConfig;
import pairwright.jsonl.Json;
import pairwright.llm.TokenLogprobs.Alternative;
import pairwright.prompt.Message;
import pairwright.prompt.Role;

class LedgerTest {
    private static final Endpoint BASE = Endpoint.at("http://127.0.0.1:8000/v1");

    @TempDir
    Path folder;

    private Path path() {
        return folder.resolve("run/ledger.db");
    }

    private static LedgerModel model(LanguageModel behind, Ledger ledger) {
        return model(behind, ledger, account());
    }

    private static LedgerModel model(LanguageModel behind, Ledger ledger, Account account) {
        return new LedgerModel(LedgerModel.Path.straight(behind), ledger, BASE, account, Time.SYSTEM);
    }

    private static Account account() {
        return new Account(PriceTable.EMPTY, Endpoint.Limits.DEFAULT, Time.SYSTEM);
    }

    private static Request request(String text) {
        return Requests.asking(text);
    }

    @Test
    void aReplyIsPaidOnceAndComesBackWholeInTheNextRun() throws Exception {
        Completion reply = new Completion(
                "byte-exact: \u0000 \r\n \u2028 \ufeff \u202e \u200b \ud83d\ude00 e\u0301 \ud800 lone",
                FinishReason.LENGTH,
                Optional.of("no"),
                List.of(new TokenLogprobs(
                        "A",
                        List.of(
                                new Alternative("A", "41", Optional.of(-0.12345678901234568)),
                                new Alternative("B", "42", Optional.empty())))),
                Optional.of("judge-1-0613"),
                Optional.empty(),
                new Usage(Optional.of(Long.MAX_VALUE), Optional.empty()));
        var behind = ScriptedModel.inOrder(reply, Completion.of("another"));
        try (var ledger = Ledger.open(path())) {
            assertThat(model(behind, ledger).ask(request("q"))).isEqualTo(reply);
            assertThat(model(behind, ledger).ask(request("q"))).isEqualTo(reply);
        }
        try (var ledger = Ledger.open(path())) {
            assertThat(model(behind, ledger).ask(request("q"))).isEqualTo(reply);
            assertThat(ledger.contents()).isEqualTo(new Ledger.Contents(1, 0, Long.MAX_VALUE, 0));
        }
        assertThat(behind.asked()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Failure.Kind.class,
            names = {"OVERFLOW", "FILTERED", "LOGPROBS_UNSUPPORTED"})
    void aFailureThatIsAFactIsKept(Failure.Kind kind) throws Exception {
        var behind = ScriptedModel.inOrder(new Failure(kind, "why \u2028"), Completion.of("A"));
        for (int run = 0; run < 2; run++) {
            try (var ledger = Ledger.open(path())) {
                assertThat(model(behind, ledger).ask(request("q"))).isEqualTo(new Failure(kind, "why \u2028"));
            }
        }
        assertThat(behind.asked()).hasSize(1);
    }

    @Test
    void aFailureOfTransportIsAskedAgain() throws Exception {
        var behind = ScriptedModel.inOrder(new Failure(Failure.Kind.TRANSPORT, "down"), Completion.of("A"));
        try (var ledger = Ledger.open(path())) {
            assertThat(model(behind, ledger).ask(request("q"))).isInstanceOf(Failure.class);
            assertThat(ledger.contents()).isEqualTo(new Ledger.Contents(0, 1, 0, 0));
            assertThat(model(behind, ledger).ask(request("q"))).isEqualTo(Completion.of("A"));
            assertThat(ledger.contents()).isEqualTo(new Ledger.Contents(1, 0, 0, 0));
        }
    }

    @Test
    void whatWasSentAndNeverAnsweredIsAskedAgain() throws Exception {
        try (var ledger = Ledger.open(path())) {
            LanguageModel dying = request -> {
                // The row is on disk before anything is sent.
                assertThat(ledger.contents()).isEqualTo(new Ledger.Contents(0, 1, 0, 0));
                throw new IllegalStateException("killed");
            };
            assertThatThrownBy(() -> model(dying, ledger).ask(request("q"))).hasMessage("killed");
        }
        try (var ledger = Ledger.open(path())) {
            assertThat(model(ScriptedModel.saying(r -> "A"), ledger).ask(request("q")))
                    .isEqualTo(Completion.of("A"));
        }
    }

    @Test
    void equalRequestsAtTheSameTimeAreOneCall() throws Exception {
        var calls = new AtomicInteger();
        var release = new CountDownLatch(1);
        LanguageModel slow = request -> {
            calls.incrementAndGet();
            release.await();
            return Completion.of("A");
        };
        var pool = Executors.newFixedThreadPool(8);
        try (var ledger = Ledger.open(path())) {
            var account = account();
            var model = model(slow, ledger, account);
            List<Future<Reply>> replies = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                replies.add(pool.submit(() -> model.ask(request("q"))));
            }
            release.countDown();
            for (Future<Reply> reply : replies) {
                assertThat(reply.get()).isEqualTo(Completion.of("A"));
            }
            assertThat(calls).hasValue(1);
            assertThat(account.spending(Optional.empty()).replayed()).isEqualTo(7);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void anInterruptOfTheOneThatAsksLeavesTheOthersTheirReply() throws Exception {
        var calls = new AtomicInteger();
        var asking = new CountDownLatch(1);
        LanguageModel first = request -> {
            if (calls.incrementAndGet() == 1) {
                asking.countDown();
                new CountDownLatch(1).await();
            }
            return Completion.of("A");
        };
        try (var ledger = Ledger.open(path())) {
            var model = model(first, ledger);
            Callable<Reply> ask = () -> model.ask(request("q"));
            var pool = Executors.newFixedThreadPool(2);
            Future<Reply> one = pool.submit(ask);
            asking.await();
            Future<Reply> two = pool.submit(ask);
            one.cancel(true);
            assertThat(two.get()).isEqualTo(Completion.of("A"));
            pool.shutdownNow();
        }
    }

    @Test
    void manyThreadsShareOneFile() throws Exception {
        var pool = Executors.newFixedThreadPool(16);
        try (var ledger = Ledger.open(path())) {
            var model = model(ScriptedModel.saying(r -> r.messages().get(0).content()), ledger);
            List<Future<Reply>> replies = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                String text = "q" + i % 1000;
                replies.add(pool.submit(() -> model.ask(request(text))));
            }
            for (int i = 0; i < replies.size(); i++) {
                assertThat(replies.get(i).get()).isEqualTo(Completion.of("q" + i % 1000));
            }
            assertThat(ledger.contents().answered()).isEqualTo(1000);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void aNewFileMayBeOpenedByManyAtOnce() throws Exception {
        var pool = Executors.newFixedThreadPool(8);
        for (int round = 0; round < 20; round++) {
            Path path = folder.resolve("ledger" + round + ".db");
            var start = new CyclicBarrier(8);
            List<Future<Ledger>> ledgers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                ledgers.add(pool.submit(() -> {
                    start.await();
                    return Ledger.open(path);
                }));
            }
            for (Future<Ledger> ledger : ledgers) {
                ledger.get().close();
            }
        }
        pool.shutdownNow();
    }

    @Test
    void theFirstReplyStandsWhenOneThatWasTakenForDeadComesBack() throws Exception {
        try (var one = Ledger.open(path())) {
            LanguageModel other = request -> {
                var later = new HandTime();
                later.sleep(Duration.between(HandTime.START, Instant.now()).plusMinutes(1));
                try (var two = Ledger.on(LedgerFile.open(path()), Optional.empty(), later)) {
                    model(ScriptedModel.saying(r -> "first"), two).ask(request);
                }
                return Completion.of("second");
            };
            assertThat(model(other, one).ask(request("q"))).isEqualTo(Completion.of("first"));
            assertThat(model(ScriptedModel.saying(r -> "third"), one).ask(request("q")))
                    .isEqualTo(Completion.of("first"));
        }
    }

    @Test
    void theKeyIsTheDigestOfAllThatDecidesTheReply() {
        var request = new Request(
                "judge-1",
                List.of(new Message(Role.SYSTEM, "s"), Message.user("q")),
                new Sampling(0.5, Optional.of(0.9), 16, Optional.of(7L)),
                20,
                2);
        String json = "{\"endpoint\":\"http://127.0.0.1:8000/v1\","
                + "\"messages\":[{\"content\":\"s\",\"role\":\"system\"},{\"content\":\"q\",\"role\":\"user\"}],"
                + "\"model\":\"judge-1\",\"sample\":2,"
                + "\"sampling\":{\"max_tokens\":16,\"seed\":7,\"temperature\":0.5,\"top_p\":0.9},"
                + "\"schema\":1,\"top_logprobs\":20}";
        assertThat(Json.canonical(LedgerKey.facts(BASE, request))).isEqualTo(json);
        // printf %s '<the text above>' | sha256sum
        assertThat(LedgerKey.of(BASE, request))
                .isEqualTo("042296cbe2d723ffca907f35fd699bf152e8c5eed800150815aaded10185751c");
        assertThat(List.of(
                        LedgerKey.of(Endpoint.at("http://127.0.0.1:8001/v1"), request),
                        LedgerKey.of(BASE, request.withMaxTokens(17)),
                        LedgerKey.of(BASE, request("q")),
                        LedgerKey.of(BASE, Requests.asking("q", 1)),
                        LedgerKey.of(
                                BASE, new Request("judge-1", List.of(Message.user("q")), Sampling.greedy(16), 0, 1)),
                        LedgerKey.of(
                                BASE, new Request("judge-2", List.of(Message.user("q")), Sampling.greedy(16), 0, 0)),
                        LedgerKey.of(Endpoint.at(Protocol.ANTHROPIC, "http://127.0.0.1:8000/v1"), request),
                        LedgerKey.of(Endpoint.at(Protocol.OLLAMA, "http://127.0.0.1:8000/v1"), request),
                        LedgerKey.of(worded(Protocol.OPENAI, true, Optional.of(9)), request),
                        LedgerKey.of(worded(Protocol.OLLAMA, false, Optional.of(9)), request),
                        LedgerKey.of(Endpoint.at(Protocol.REWARD, BASE.base().toString()), request),
                        LedgerKey.of(
                                BASE, request.withFormat(new ReplyFormat(ReplyFormat.Way.TOOL, "verdict", Map.of()))),
                        LedgerKey.of(BASE, request.withLabels(List.of("A", "B"))),
                        LedgerKey.of(BASE, request.askedAgain()),
                        LedgerKey.of(BASE, request.askedAgain().askedAgain()),
                        LedgerKey.of(BASE, request)))
                .doesNotHaveDuplicates();
        // Where the reply does not depend on it, it makes no other request.
        assertThat(LedgerKey.of(worded(Protocol.OPENAI, false, Optional.of(9)), request))
                .isEqualTo(LedgerKey.of(BASE, request));
    }

    private static Endpoint worded(Protocol protocol, boolean serverSampling, Optional<Integer> contextTokens) {
        return Endpoint.at(protocol, BASE.base().toString())
                .withPhrasing(new Endpoint.Phrasing(
                        Endpoint.TokenLimit.MAX_TOKENS, serverSampling, contextTokens, ChatTemplate.PLAIN));
    }

    @Test
    void twinsInUnicodeAreTwoRequests() {
        assertThat(LedgerKey.of(BASE, request("\u00e9"))).isNotEqualTo(LedgerKey.of(BASE, request("e\u0301")));
        assertThat(LedgerKey.of(BASE, request("\ud800"))).isNotEqualTo(LedgerKey.of(BASE, request("?")));
    }

    @Test
    void aFullDiskStopsBeforeMoreIsSent() throws Exception {
        var behind = ScriptedModel.saying(r -> "x".repeat(20_000));
        LedgerFile file = LedgerFile.open(path());
        try (var ledger = Ledger.on(file, Optional.empty(), Time.SYSTEM)) {
            file.write(connection -> {
                try (var statement = connection.createStatement()) {
                    statement.execute("PRAGMA max_page_count = 20");
                }
                return null;
            });
            var model = model(behind, ledger);
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100; i++) {
                            model.ask(request("q" + i));
                        }
                    })
                    .isInstanceOf(LedgerBroken.class)
                    .hasMessageContaining("ledger.db: cannot be written: the disk is full; make room")
                    .hasMessageContaining("run the same command again");
            int asked = behind.asked().size();
            assertThatThrownBy(() -> model.ask(request("more"))).isInstanceOf(LedgerBroken.class);
            assertThat(behind.asked()).hasSize(asked);
        }
        try (var ledger = Ledger.open(path())) {
            assertThat(ledger.contents().answered()).isPositive();
        }
    }

    @Test
    void aReadOnlyFileIsSaidAtTheStart() throws Exception {
        Ledger.open(path()).close();
        assertThat(path().toFile().setWritable(false)).isTrue();
        Assumptions.assumeFalse(Files.isWritable(path()), "this user may write every file");
        assertThatThrownBy(() -> Ledger.open(path()))
                .isInstanceOf(LedgerBroken.class)
                .hasMessageContaining("read-only; give write permission");
    }

    @Test
    void whatSqliteSaysOfAReadOnlyFileIsToldInPlainWords() throws Exception {
        Ledger.open(path()).close();
        var config = new SQLiteConfig();
        config.setReadOnly(true);
        try (var connection = config.createConnection("jdbc:sqlite:" + path());
                var statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("DELETE FROM call"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(LedgerBroken.of(path(), e))
                                    .hasMessageContaining("read-only; give write permission"));
        }
    }

    @Test
    void aFileThatIsNoLedgerIsLeftAlone() throws Exception {
        Path text = folder.resolve("notes.txt");
        Files.writeString(text, "These are my notes.\n".repeat(100));
        assertThatThrownBy(() -> Ledger.open(text))
                .isInstanceOf(LedgerBroken.class)
                .hasMessageContaining("damaged or no ledger");
        assertThat(Files.readString(text, StandardCharsets.UTF_8)).startsWith("These are my notes.");

        Path other = folder.resolve("other.db");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + other);
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (x)");
        }
        assertThatThrownBy(() -> Ledger.open(other)).hasMessageContaining("is an SQLite file but no ledger");

        assertThatThrownBy(() -> Ledger.open(folder)).isInstanceOf(LedgerBroken.class);
        assertThatThrownBy(() -> Ledger.open(text.resolve("below"))).isInstanceOf(LedgerBroken.class);
    }

    @Test
    void aLedgerOfANewerProgramIsLeftAlone() throws Exception {
        Ledger.open(path()).close();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + path());
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = 5");
        }
        assertThatThrownBy(() -> Ledger.open(path()))
                .hasMessageContaining("of version 5, this program reads version 4");
    }

    @Test
    void aClosedLedgerSendsNothing() {
        var behind = ScriptedModel.saying(r -> "A");
        Ledger ledger = Ledger.open(path());
        ledger.close();
        ledger.close();
        assertThatThrownBy(() -> model(behind, ledger).ask(request("q"))).isInstanceOf(LedgerBroken.class);
        assertThat(behind.asked()).isEmpty();
    }

    @Test
    void nothingCountsBeforeItIsForcedToDisk() throws Exception {
        var mayForce = new Semaphore(0);
        var forced = new AtomicInteger();
        ForcedLog.Disk slow = log -> {
            mayForce.acquireUninterruptibly();
            log.force(false);
            forced.incrementAndGet();
        };
        LedgerFile file = LedgerFile.open(path(), slow);
        mayForce.release(); // for the opening
        var ledger = Ledger.on(file, Optional.empty(), Time.SYSTEM);
        assertThat(pragmaRead(file, "journal_mode")).isEqualTo("wal");
        var behind = ScriptedModel.saying(r -> "A");
        var pool = Executors.newSingleThreadExecutor();
        try {
            Future<Reply> reply = pool.submit(() -> model(behind, ledger).ask(request("q")));
            while (ledger.contents().open() == 0) {
                Thread.sleep(1); // written, as every connection sees
            }
            assertThat(behind.asked())
                    .as("sent before the note of it is on disk")
                    .isEmpty();
            mayForce.release();
            while (ledger.contents().answered() == 0) {
                Thread.sleep(1);
            }
            assertThat(behind.asked()).hasSize(1);
            assertThat(reply.isDone()).as("counted before it is on disk").isFalse();
            mayForce.release();
            assertThat(reply.get()).isEqualTo(Completion.of("A"));
            assertThat(forced).hasValue(3);
        } finally {
            mayForce.release(10);
            pool.shutdownNow();
            ledger.close();
        }
    }

    @Test
    void aDiskThatFailsStopsBeforeMoreIsSent() throws Exception {
        var broken = new AtomicBoolean();
        LedgerFile file = LedgerFile.open(path(), log -> {
            if (broken.get()) {
                throw new IOException("Input/output error");
            }
        });
        var behind = ScriptedModel.saying(r -> {
            broken.set(true);
            return "A";
        });
        try (var ledger = Ledger.on(file, Optional.empty(), Time.SYSTEM)) {
            var model = model(behind, ledger);
            for (int i = 0; i < 3; i++) {
                String text = "q" + i;
                assertThatThrownBy(() -> model.ask(request(text)))
                        .isInstanceOf(LedgerBroken.class)
                        .hasMessageContaining("ledger.db: cannot be used: Input/output error");
            }
        }
        assertThat(behind.asked()).hasSize(1);
    }

    @Test
    void noMoreAreSentAndNotWrittenThanMayBeInFlight() throws Exception {
        int callers = 6;
        var endpoint = BASE.withLimits(new Endpoint.Limits(2, Optional.empty(), Optional.empty()));
        LedgerFile file = LedgerFile.open(path());
        var writing = new CountDownLatch(1);
        var asked = new AtomicInteger();
        var twoAsked = new CountDownLatch(2);
        var pool = Executors.newFixedThreadPool(callers);
        try (var ledger = Ledger.on(file, Optional.empty(), Time.SYSTEM);
                AutoCloseable goesOn = writing::countDown) {
            LanguageModel behind = request -> {
                asked.incrementAndGet();
                for (var all = ledger.contents(); all.open() + all.answered() < callers; all = ledger.contents()) {
                    Thread.sleep(1); // all have noted that they are about to send
                }
                synchronized (asked) {
                    if (twoAsked.getCount() == 2) {
                        // Handed in before any reply is, so no reply is written before it.
                        file.hand(connection -> {
                            awaitQuietly(writing);
                            return null;
                        });
                    }
                    twoAsked.countDown();
                }
                awaitQuietly(twoAsked);
                return Completion.of("A");
            };
            var pacing = new Pacing(endpoint.limits(), Duration.ofSeconds(1), Time.SYSTEM);
            var model = new LedgerModel(
                    new LedgerModel.Path(behind, pacing::around, UnaryOperator.identity()),
                    ledger,
                    endpoint,
                    new Account(endpoint.prices(), endpoint.limits(), Time.SYSTEM),
                    Time.SYSTEM);
            List<Future<Reply>> replies = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                String text = "q" + i;
                replies.add(pool.submit(() -> model.ask(request(text))));
            }
            twoAsked.await();
            Thread.sleep(200); // the two replies are there and cannot be written
            assertThat(asked).hasValue(2);
            writing.countDown();
            for (Future<Reply> reply : replies) {
                assertThat(reply.get()).isEqualTo(Completion.of("A"));
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pragmaRead(LedgerFile file, String name) {
        return file.read(connection -> {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery("PRAGMA " + name)) {
                row.next();
                return row.getString(1);
            }
        });
    }
}
