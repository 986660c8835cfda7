package pairwright.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pairwright.jsonl.BadInput;

/** Money in the ledger: reserved before sending, given back or spent after, over crashes and processes. */
class BudgetTest {
    /** Requests.asking of one letter: (256 + 16 + 1) tokens in, 16 out at most. */
    private static final Prices PRICES = new Prices(1, 10);

    private static final Cost WORST = new Cost(273_000 + 160_000);
    /** 11 in, 3 out: what ChatServer and BILLED say. */
    private static final Cost BILL = new Cost(11_000 + 30_000);

    private static final Completion BILLED = new Completion(
            "A",
            FinishReason.STOP,
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            new Usage(Optional.of(11L), Optional.of(3L)));
    private static final Failure TURNED_AWAY = Failure.passing("busy").reached(Reach.TURNED_AWAY);
    private static final Failure LOST = Failure.passing("reset");

    @TempDir
    Path folder;

    private Ledger open(Cost cap) {
        return Ledger.open(folder.resolve("ledger.db"), Optional.of(cap));
    }

    private Ledger open() {
        return Ledger.open(folder.resolve("ledger.db"));
    }

    private static Cost times(Cost cost, int count) {
        return new Cost(cost.nanos() * count);
    }

    private static Endpoint endpoint() {
        return Endpoint.at("http://127.0.0.1:8000/v1").withPrices(PriceTable.of(PRICES));
    }

    private static LedgerModel model(LanguageModel behind, Ledger ledger) {
        return model(behind, ledger, endpoint());
    }

    private static LedgerModel model(LanguageModel behind, Ledger ledger, Endpoint endpoint) {
        var time = new HandTime();
        return new LedgerModel(
                new LedgerModel.Path(
                        behind,
                        Pacing::unlimited,
                        model -> new Retrying(
                                model,
                                java.time.Duration.ofSeconds(30),
                                new Backoff(1),
                                new Silence(URI.create("http://judge"), time),
                                time)),
                ledger,
                endpoint,
                new Account(endpoint.prices(), Endpoint.Limits.DEFAULT, time),
                Time.SYSTEM);
    }

    /** In the file the account is the sum of its calls. */
    @AfterEach
    void theAccountIsTheSumOfItsCalls() throws Exception {
        Path file = folder.resolve("ledger.db");
        if (!Files.exists(file)) {
            return;
        }
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT spent, at_risk, (SELECT COALESCE(SUM(cost), 0) FROM call),"
                        + " (SELECT COALESCE(SUM(at_risk), 0) FROM call) FROM account")) {
            row.next();
            assertThat(row.getLong(1)).as("spent").isEqualTo(row.getLong(3));
            assertThat(row.getLong(2)).as("at risk").isEqualTo(row.getLong(4));
        }
    }

    @Test
    void theWorstIsReservedBeforeSendingAndReplacedByTheBill() throws Exception {
        try (var ledger = open(Cost.of("cap", 1))) {
            var seen = new ArrayList<Totals>();
            LanguageModel behind = request -> {
                seen.add(ledger.totals());
                return BILLED;
            };
            model(behind, ledger).ask(Requests.asking("q"));
            assertThat(seen).containsExactly(new Totals(Cost.ZERO, WORST));
            assertThat(ledger.totals()).isEqualTo(new Totals(BILL, Cost.ZERO));
        }
    }

    @Test
    void whatDoesNotFitIsNotSentAndTheRunStops() throws Exception {
        var behind = ScriptedModel.of(request -> BILLED);
        Cost cap = times(BILL, 2).plus(WORST).minus(new Cost(1));
        try (var ledger = open(cap)) {
            var model = model(behind, ledger);
            model.ask(Requests.asking("a"));
            model.ask(Requests.asking("b"));
            assertThatThrownBy(() -> model.ask(Requests.asking("c")))
                    .isInstanceOf(BudgetSpent.class)
                    .hasMessage(
                            "the budget of 0.000515 is spent: 0.0000820 paid; the next call may cost up to 0.000433");
            assertThat(behind.asked()).hasSize(2);
            // What is known costs nothing.
            assertThat(model.ask(Requests.asking("a"))).isEqualTo(BILLED);
        }
        // One billionth more, in another run.
        try (var ledger = open(cap.plus(new Cost(1)))) {
            assertThat(model(behind, ledger).ask(Requests.asking("c"))).isEqualTo(BILLED);
        }
        assertThat(behind.asked()).hasSize(3);
    }

    @Test
    void aBudgetOfNothingLetsOnlyFreeModelsBeAsked() throws Exception {
        var behind = ScriptedModel.of(request -> BILLED);
        try (var ledger = open(Cost.ZERO)) {
            assertThatThrownBy(() -> model(behind, ledger).ask(Requests.asking("a")))
                    .isInstanceOf(BudgetSpent.class);
        }
        try (var ledger = open(Cost.ZERO)) {
            Endpoint free = endpoint().withPrices(PriceTable.of(new Prices(0, 0)));
            assertThat(model(behind, ledger, free).ask(Requests.asking("a"))).isEqualTo(BILLED);
        }
    }

    @Test
    void aCallInFlightIsWaitedForBecauseItMayCostLess() throws Exception {
        var release = new CountDownLatch(1);
        var asking = new CountDownLatch(1);
        LanguageModel behind = request -> {
            asking.countDown();
            if (request.messages().get(0).content().equals("a")) {
                release.await();
            }
            return BILLED;
        };
        var pool = Executors.newFixedThreadPool(2);
        try (var ledger = open(WORST.plus(BILL))) {
            var model = model(behind, ledger);
            Future<Reply> first = pool.submit(() -> model.ask(Requests.asking("a")));
            asking.await();
            Future<Reply> second = pool.submit(() -> model.ask(Requests.asking("b")));
            assertThat(second.isDone()).isFalse();
            release.countDown();
            assertThat(first.get()).isEqualTo(BILLED);
            assertThat(second.get()).isEqualTo(BILLED);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void manyThreadsNeverReserveMoreThanTheCap() throws Exception {
        var sent = new AtomicInteger();
        Cost cap = times(WORST, 5);
        var pool = Executors.newFixedThreadPool(16);
        try (var ledger = open(cap)) {
            LanguageModel behind = request -> {
                sent.incrementAndGet();
                assertThat(ledger.totals().reserved()).isLessThanOrEqualTo(cap);
                return BILLED;
            };
            var model = model(behind, ledger);
            List<Future<Reply>> replies = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String text = Integer.toString(i % 10) + (char) ('a' + i / 10);
                replies.add(pool.submit(() -> model.ask(Requests.asking(text))));
            }
            int refused = 0;
            for (Future<Reply> reply : replies) {
                try {
                    assertThat(reply.get(60, TimeUnit.SECONDS)).isEqualTo(BILLED);
                } catch (ExecutionException e) {
                    assertThat(e.getCause()).isInstanceOf(BudgetSpent.class);
                    refused++;
                }
            }
            assertThat(sent.get()).isEqualTo(200 - refused);
            assertThat(ledger.totals()).isEqualTo(new Totals(times(BILL, sent.get()), Cost.ZERO));
            // It goes on until not even one more fits at its worst: two letters cost a byte more than one.
            assertThat(cap.minus(ledger.totals().spent())).isLessThan(WORST.plus(new Cost(1000)));
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void anAttemptThatWasTurnedAwayKeepsItsReservationForTheNext() throws Exception {
        var behind = ScriptedModel.inOrder(TURNED_AWAY, TURNED_AWAY, BILLED);
        try (var ledger = open(WORST)) {
            assertThat(model(behind, ledger).ask(Requests.asking("q"))).isEqualTo(BILLED);
            assertThat(ledger.totals()).isEqualTo(new Totals(BILL, Cost.ZERO));
        }
    }

    @Test
    void anAttemptThatWasLostStaysAtRiskAndTheNextReservesAgain() throws Exception {
        var behind = ScriptedModel.inOrder(LOST, BILLED);
        try (var ledger = open(times(WORST, 2))) {
            assertThat(model(behind, ledger).ask(Requests.asking("q"))).isEqualTo(BILLED);
            assertThat(ledger.totals()).isEqualTo(new Totals(BILL, WORST));
        }
    }

    @Test
    void aLostAttemptThatLeavesNoRoomForAnotherEndsTheRun() throws Exception {
        var behind = ScriptedModel.inOrder(LOST, BILLED);
        try (var ledger = open(times(WORST, 2).minus(new Cost(1)))) {
            assertThatThrownBy(() -> model(behind, ledger).ask(Requests.asking("q")))
                    .isInstanceOf(BudgetSpent.class)
                    .hasMessageContaining("0.000433 at risk (calls whose reply was lost; they may have been billed)");
            assertThat(behind.asked()).hasSize(1);
            assertThat(ledger.totals()).isEqualTo(new Totals(Cost.ZERO, WORST));
        }
    }

    @Test
    void aCallThatIsGivenUpReleasesWhatIsSurelyNotBilled() throws Exception {
        try (var ledger = open(Cost.of("cap", 1))) {
            assertThat(model(ScriptedModel.of(request -> TURNED_AWAY), ledger).ask(Requests.asking("q")))
                    .isInstanceOf(Failure.class);
            assertThat(ledger.totals()).isEqualTo(Totals.NOTHING);
            var refusing = ScriptedModel.of(request -> {
                throw new ProviderRefused("no key");
            });
            assertThatThrownBy(() -> model(refusing, ledger).ask(Requests.asking("r")))
                    .isInstanceOf(ProviderRefused.class);
            assertThat(ledger.totals()).isEqualTo(Totals.NOTHING);
            model(
                            ScriptedModel.of(
                                    request -> new Failure(Failure.Kind.OVERFLOW, "long").reached(Reach.TURNED_AWAY)),
                            ledger)
                    .ask(Requests.asking("s"));
            assertThat(ledger.totals()).isEqualTo(Totals.NOTHING);
        }
    }

    @Test
    void aCrashLeavesTheWorstAtRiskAlsoForTheNextRun() throws Exception {
        try (var ledger = open()) {
            LanguageModel dying = request -> {
                throw new IllegalStateException("killed");
            };
            assertThatThrownBy(() -> model(dying, ledger).ask(Requests.asking("q")))
                    .hasMessage("killed");
        }
        try (var ledger = open(times(WORST, 2).minus(new Cost(1)))) {
            assertThat(ledger.totals()).isEqualTo(new Totals(Cost.ZERO, WORST));
            assertThatThrownBy(() ->
                            model(ScriptedModel.of(request -> BILLED), ledger).ask(Requests.asking("q")))
                    .isInstanceOf(BudgetSpent.class);
        }
    }

    @Test
    void aReplyWithoutUsageCostsTheWorst() throws Exception {
        try (var ledger = open(Cost.of("cap", 1))) {
            model(ScriptedModel.saying(request -> "A"), ledger).ask(Requests.asking("q"));
            assertThat(ledger.totals()).isEqualTo(new Totals(WORST, Cost.ZERO));
        }
    }

    @Test
    void aBillAboveWhatIsPossibleIsCountedAsBilled() throws Exception {
        Completion lie = new Completion(
                "A",
                FinishReason.STOP,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                new Usage(Optional.of(1_000_000L), Optional.of(3L)));
        try (var ledger = open(WORST)) {
            model(ScriptedModel.of(request -> lie), ledger).ask(Requests.asking("q"));
            assertThat(ledger.totals().spent()).isEqualTo(new Cost(1_000_000_000L + 30_000));
        }
    }

    @Test
    void anUnknownPriceIsRefusedUnderABudgetBeforeAnythingIsSent() throws Exception {
        var behind = ScriptedModel.of(request -> BILLED);
        Endpoint unpriced = Endpoint.at("http://127.0.0.1:8000/v1");
        try (var ledger = open(Cost.of("cap", 1))) {
            assertThatThrownBy(() -> ledger.take(unpriced, List.of("judge-1")))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("no price is known for the model judge-1", "prices.yaml", "--price-prompt");
            assertThatThrownBy(() -> model(behind, ledger, unpriced).ask(Requests.asking("q")))
                    .isInstanceOf(BadInput.class);
        }
        assertThat(behind.asked()).isEmpty();
    }

    @Test
    void whatWasAskedBeforeThereWerePricesIsPricedLater() throws Exception {
        Endpoint unpriced = Endpoint.at("http://127.0.0.1:8000/v1");
        try (var ledger = open()) {
            model(ScriptedModel.of(request -> BILLED), ledger, unpriced).ask(Requests.asking("a"));
            model(ScriptedModel.saying(request -> "A"), ledger, unpriced).ask(Requests.asking("b"));
            model(ScriptedModel.inOrder(LOST, BILLED), ledger, unpriced).ask(Requests.asking("c"));
            LanguageModel dying = request -> {
                throw new IllegalStateException("killed");
            };
            assertThatThrownBy(() -> model(dying, ledger, unpriced).ask(Requests.asking("d")))
                    .hasMessage("killed");
            assertThat(ledger.totals()).isEqualTo(Totals.NOTHING);
        }
        try (var ledger = open(Cost.of("cap", 1))) {
            ledger.take(endpoint(), List.of("judge-1"));
            // a and c as billed, b at its worst; c's first attempt and d may have been billed.
            Totals known = new Totals(times(BILL, 2).plus(WORST), times(WORST, 2));
            assertThat(ledger.totals()).isEqualTo(known);
            ledger.take(endpoint(), List.of("judge-1"));
            assertThat(ledger.totals()).isEqualTo(known);
        }
    }

    @Test
    void aModelWhosePriceStaysUnknownKeepsABudgetFromTheLedger() throws Exception {
        Endpoint unpriced = Endpoint.at("http://127.0.0.1:8000/v1");
        try (var ledger = open()) {
            model(ScriptedModel.of(request -> BILLED), ledger, unpriced).ask(Requests.asking("a"));
        }
        PriceTable other = new PriceTable(
                Optional.empty(),
                List.of(new PriceTable.Entry("judge-2", 1.0, 1.0, Optional.empty(), Optional.empty())));
        try (var ledger = open(Cost.of("cap", 1))) {
            assertThatThrownBy(() -> ledger.take(unpriced.withPrices(other), List.of("judge-2")))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("holds 1 calls whose cost is unknown");
        }
    }

    @Test
    void anAccountHasOneCurrency() throws Exception {
        try (var ledger = open()) {
            ledger.take(endpoint().withPrices(new PriceTable(Optional.of("EUR"), List.of())), List.of("judge-1"));
            assertThatThrownBy(() -> ledger.take(
                            endpoint().withPrices(new PriceTable(Optional.of("USD"), List.of())), List.of("judge-1")))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("keeps its account in EUR, the prices are in USD");
        }
    }

    @Test
    void twoLedgersOnOneFileShareTheCap() throws Exception {
        Cost cap = WORST.plus(new Cost(1));
        try (var one = open(cap);
                var two = open(cap)) {
            LanguageModel behind = request -> {
                assertThatThrownBy(
                                () -> model(ScriptedModel.of(r -> BILLED), two).ask(Requests.asking("b")))
                        .isInstanceOf(BudgetSpent.class);
                return BILLED;
            };
            assertThat(model(behind, one).ask(Requests.asking("a"))).isEqualTo(BILLED);
        }
    }

    @Test
    void aRealServersFaultsAreToldApart() throws Exception {
        try (var server = new ChatServer((n, exchange) -> {
                    switch (n) {
                        case 1 -> exchange.reply(429, "{}");
                        case 2 -> exchange.reply(500, "{}");
                        case 3 -> exchange.reply(504, "{}"); // a gateway: what stands behind it may have worked
                        case 4 -> exchange.reply(200, "<html>");
                        default -> exchange.say("A");
                    }
                });
                var ledger = open(Cost.of("cap", 1));
                var model = ConnectedModel.open(
                        Requests.impatient(server.base()).withPrices(PriceTable.of(PRICES)),
                        Optional.of(ledger),
                        Requests.NO_ENVIRONMENT,
                        new HandTime())) {
            assertThat(model.ask(Requests.asking("q"))).isInstanceOf(Completion.class);
            assertThat(ledger.totals()).isEqualTo(new Totals(BILL, times(WORST, 2)));
            assertThat(server.count()).isEqualTo(5);
        }
    }

    @Test
    void aServerThatIsNotThereCostsNothing() throws Exception {
        try (var ledger = open(Cost.of("cap", 1));
                var model = ConnectedModel.open(
                        Requests.impatient("http://127.0.0.1:1/v1").withPrices(PriceTable.of(PRICES)),
                        Optional.of(ledger),
                        Requests.NO_ENVIRONMENT,
                        new HandTime())) {
            assertThat(model.ask(Requests.asking("q"))).isInstanceOf(Failure.class);
            assertThat(ledger.totals()).isEqualTo(Totals.NOTHING);
        }
    }

    @Test
    void aLedgerOfTheFirstVersionIsBroughtUpToDateAndItsCallsArePriced() throws Exception {
        Path file = folder.resolve("ledger.db");
        String key = LedgerKey.of(endpoint(), Requests.asking("q"));
        String lost = LedgerKey.of(endpoint(), Requests.asking("r"));
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA application_id = " + 0x50574c47);
            statement.execute("""
                    CREATE TABLE call (key TEXT PRIMARY KEY, endpoint TEXT NOT NULL, model TEXT NOT NULL,
                      sample INTEGER NOT NULL, sent INTEGER NOT NULL, sent_at TEXT NOT NULL, answered_at TEXT, outcome TEXT,
                      reply TEXT, prompt_tokens INTEGER, completion_tokens INTEGER) WITHOUT ROWID""");
            statement.execute("INSERT INTO call VALUES ('" + key
                    + "', 'http://127.0.0.1:8000/v1', 'judge-1', 0, 1, 't', 't', 'COMPLETION', '"
                    + pairwright.jsonl.Json.write(BILLED) + "', 11, 3)");
            statement.execute("INSERT INTO call VALUES ('" + lost
                    + "', 'http://127.0.0.1:8000/v1', 'judge-1', 0, 1, 't', NULL, NULL, NULL, NULL, NULL)");
            statement.execute("PRAGMA user_version = 1");
        }
        var behind = ScriptedModel.of(request -> BILLED);
        try (var ledger = open()) {
            assertThat(model(behind, ledger).ask(Requests.asking("q"))).isEqualTo(BILLED);
            assertThat(behind.asked()).isEmpty();
        }
        try (var ledger = open(Cost.of("cap", 1))) {
            assertThatThrownBy(() -> ledger.take(endpoint(), List.of("judge-1")))
                    .as("how long the lost request was is not known")
                    .hasMessageContaining("run once without a budget to ask again what is open");
        }
        try (var ledger = open()) {
            ledger.take(endpoint(), List.of("judge-1"));
            model(behind, ledger).ask(Requests.asking("r"));
        }
        try (var ledger = open(Cost.of("cap", 1))) {
            ledger.take(endpoint(), List.of("judge-1"));
            assertThat(ledger.totals()).isEqualTo(new Totals(times(BILL, 2), WORST));
        }
    }
}
