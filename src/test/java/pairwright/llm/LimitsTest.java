package pairwright.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private static Pacing pacing(
            int inFlight, Optional<Integer> requestsPerMinute, Optional<Integer> tokensPerMinute, Time time) {
        return new Pacing(new Endpoint.Limits(inFlight, requestsPerMinute, tokensPerMinute), Duration.ofHours(1), time);
    }

    @Test
    void noMoreAreInFlightThanAllowed() throws Exception {
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        var three = new CyclicBarrier(3);
        LanguageModel behind = request -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            try {
                three.await(); // passes only when three are in flight at once
            } catch (java.util.concurrent.BrokenBarrierException e) {
                throw new IllegalStateException(e);
            }
            now.decrementAndGet();
            return Completion.of("A");
        };
        var model = pacing(3, Optional.empty(), Optional.empty(), Time.SYSTEM).around(behind);
        var pool = Executors.newFixedThreadPool(9);
        List<Future<Reply>> replies = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            replies.add(pool.submit(() -> model.ask(Requests.asking("q"))));
        }
        for (Future<Reply> reply : replies) {
            reply.get();
        }
        pool.shutdown();
        assertThat(most).hasValue(3);
    }

    @Test
    void aSlotIsGivenBackWhenTheModelThrows() throws Exception {
        var calls = new AtomicInteger();
        var model = pacing(1, Optional.empty(), Optional.empty(), Time.SYSTEM).around(request -> {
            if (calls.incrementAndGet() == 1) {
                throw new ProviderRefused("no");
            }
            return Completion.of("A");
        });
        Assertions.assertThatThrownBy(() -> model.ask(Requests.asking("q"))).isInstanceOf(ProviderRefused.class);
        assertThat(model.ask(Requests.asking("q"))).isEqualTo(Completion.of("A"));
    }

    @Test
    void sixtyRequestsAMinuteAreOneASecond() throws Exception {
        var time = new HandTime();
        var model = pacing(8, Optional.of(60), Optional.empty(), time).around(ScriptedModel.saying(r -> "A"));
        for (int i = 0; i < 121; i++) {
            model.ask(Requests.asking("q"));
        }
        assertThat(time.elapsed()).isBetween(Duration.ofMillis(119_900), Duration.ofMillis(120_100));
    }

    @Test
    void tokensAreReservedByEstimateAndCorrectedByTheBill() throws Exception {
        // 4 bytes of text / 4 + 4 around the message + 16 for the reply
        assertThat(RateLimits.estimate(Requests.asking("four"))).isEqualTo(21);
        var time = new HandTime();
        Completion billed = new Completion(
                "A",
                FinishReason.STOP,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                new Usage(Optional.of(5L), Optional.of(5L)));
        var model = pacing(8, Optional.empty(), Optional.of(600), time).around(ScriptedModel.of(r -> billed));
        for (int i = 0; i < 120; i++) {
            model.ask(Requests.asking("four"));
        }
        // 1200 tokens are billed, 600 are there at the start, 10 come a second; 11 of the last estimate come back.
        assertThat(time.elapsed()).isBetween(Duration.ofSeconds(60), Duration.ofMillis(61_500));
    }

    @Test
    void aRequestAboveTheWholeLimitWaitsForAFullBucket() throws Exception {
        var time = new HandTime();
        var model = pacing(8, Optional.empty(), Optional.of(10), time).around(ScriptedModel.saying(r -> "A"));
        model.ask(Requests.asking("q"));
        model.ask(Requests.asking("q"));
        assertThat(time.elapsed()).isBetween(Duration.ofMillis(59_900), Duration.ofMillis(60_100));
    }

    @Test
    void theAccountKnowsWhatWasPaid() throws Exception {
        try (var server = new ChatServer((n, exchange) -> {
                    if (n == 1) {
                        exchange.reply(500, "");
                    } else if (n == 2) {
                        exchange.reply(200, "{\"choices\":[{\"message\":{\"content\":\"A\"}}]}");
                    } else if (n == 3) {
                        exchange.reply(413, "");
                    } else {
                        exchange.say("A");
                    }
                });
                var ledger = Ledger.open(
                        java.nio.file.Files.createTempDirectory("ledger").resolve("l.db"));
                var model = ConnectedModel.open(
                        Requests.impatient(server.base()).withPrices(PriceTable.of(new Prices(2, 10))),
                        Optional.of(ledger),
                        Requests.NO_ENVIRONMENT,
                        new HandTime())) {
            for (String text : List.of("a", "b", "c", "d", "c", "b")) {
                model.ask(Requests.asking(text));
            }
            Spending spending = model.spending();
            assertThat(spending)
                    .extracting(
                            Spending::sent,
                            Spending::paid,
                            Spending::replayed,
                            Spending::failed,
                            Spending::promptTokens,
                            Spending::completionTokens,
                            Spending::withoutUsage)
                    .containsExactly(5L, 3L, 2L, 1L, 22L, 6L, 1L);
            // (22 * 2 + 6 * 10) / 1e6, and the one without usage at its most: (256 + 16 + 1) * 2 + 16 * 10
            assertThat(spending.cost()).contains(new Cost(104_000 + 706_000));
            assertThat(spending.trouble()).isEmpty();
            assertThat(spending.attemptsPerCall()).contains(5 / 4.0);
            assertThat(spending.ledgerShare()).contains(2 / 6.0);
            assertThat(spending.latency())
                    .hasValueSatisfying(latency -> assertThat(latency.replies()).isEqualTo(3));
            assertThat(ledger.totals()).isEqualTo(new Totals(new Cost(810_000), Cost.ZERO));
        }
    }
}
