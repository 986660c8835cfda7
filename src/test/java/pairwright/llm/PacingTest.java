package pairwright.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import pairwright.llm.AdaptiveLimit.Sign;

class PacingTest {
    /** Sends what fits, gets all of it back: a round trip of equal latencies. */
    private static List<Integer> rounds(AdaptiveLimit limit, int count, Sign... first) {
        List<Integer> used = new ArrayList<>();
        for (int round = 0; round < count; round++) {
            int n = limit.limit();
            used.add(n);
            List<Long> numbers = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                numbers.add(limit.send(i + 1));
            }
            for (int i = 0; i < n; i++) {
                Sign sign = round == 0 && i < first.length ? first[i] : Sign.CLEAN;
                limit.back(numbers.get(i), sign, true);
            }
        }
        return used;
    }

    /** So many at once, which all get the same. */
    private static void burst(AdaptiveLimit limit, int count, Sign sign) {
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(limit.send(i + 1));
        }
        for (int i = 0; i < count; i++) {
            limit.back(numbers.get(i), sign, false);
        }
    }

    @Test
    void itDoublesWithEveryCleanRoundTripUpToTheCeiling() {
        assertThat(rounds(new AdaptiveLimit(1024), 9)).containsExactly(8, 16, 32, 64, 128, 256, 512, 1024, 1024);
        assertThat(rounds(new AdaptiveLimit(100), 5)).containsExactly(8, 16, 32, 64, 100);
        assertThat(rounds(new AdaptiveLimit(3), 2)).containsExactly(3, 3);
        assertThat(rounds(new AdaptiveLimit(1), 2)).containsExactly(1, 1);
    }

    @Test
    void whatIsNotUsedDoesNotGrow() {
        var limit = new AdaptiveLimit(64);
        for (int i = 0; i < 100; i++) {
            limit.back(limit.send(1), Sign.CLEAN, false);
        }
        assertThat(limit.limit()).isEqualTo(8);
    }

    @Test
    void anEpisodeCutsOnceHoweverManyOfItsCallsAreTurnedAway() {
        var limit = new AdaptiveLimit(64);
        rounds(limit, 4);
        assertThat(limit.limit()).isEqualTo(64);
        burst(limit, 64, Sign.RATE_LIMITED);
        assertThat(limit.limit()).isEqualTo(32);
        // Sent after the cut, still turned away: the same episode.
        burst(limit, 32, Sign.RATE_LIMITED);
        assertThat(limit.limit()).isEqualTo(32);
        // The first that comes back clean ends it; the next burst cuts again.
        burst(limit, 1, Sign.CLEAN);
        burst(limit, 32, Sign.RATE_LIMITED);
        assertThat(limit.limit()).isEqualTo(16);
    }

    @Test
    void afterACutItGrowsByAFixedStepARoundTrip() {
        var limit = new AdaptiveLimit(256);
        rounds(limit, 5);
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < 256; i++) {
            numbers.add(limit.send(i + 1));
        }
        for (int i = 0; i < 40; i++) {
            limit.back(numbers.get(i), Sign.RATE_LIMITED, true);
        }
        assertThat(limit.limit()).isEqualTo(128);
        List<Integer> used = rounds(limit, 6);
        for (int i = 1; i < used.size(); i++) {
            // A sixteenth of where it was cut; a round trip of a growing limit is a little less than one.
            assertThat(used.get(i) - used.get(i - 1)).isBetween(14, 17);
        }
    }

    @Test
    void beyondWhereItWasCutTheStepDoubles() {
        var limit = new AdaptiveLimit(1024);
        rounds(limit, 1);
        assertThat(limit.limit()).isEqualTo(16);
        burst(limit, 16, Sign.RATE_LIMITED);
        assertThat(limit.limit()).isEqualTo(8);
        List<Integer> used = rounds(limit, 20);
        int back = (int) used.stream().filter(each -> each < 16).count();
        // One a round up to 16, then 2, 4, 8, ... a round.
        assertThat(back).isBetween(8, 10);
        assertThat(used.get(back + 7)).isGreaterThan(150);
    }

    @Test
    void aFewOfManyAreNoiseAndServerErrorsSayNothing() {
        var limit = new AdaptiveLimit(64);
        rounds(limit, 4);
        rounds(limit, 1, Sign.RATE_LIMITED, Sign.NEITHER, Sign.RATE_LIMITED, Sign.NEITHER);
        assertThat(limit.limit()).isEqualTo(64);
        Sign[] errors = new Sign[64];
        java.util.Arrays.fill(errors, Sign.NEITHER);
        rounds(limit, 1, errors);
        assertThat(limit.limit()).isEqualTo(64);
        assertThat(rounds(new AdaptiveLimit(8), 2, Sign.RATE_LIMITED, Sign.RATE_LIMITED)
                        .get(1))
                .isEqualTo(8);
        assertThat(rounds(new AdaptiveLimit(8), 2, Sign.RATE_LIMITED, Sign.RATE_LIMITED, Sign.RATE_LIMITED)
                        .get(1))
                .as("three of eight are no noise")
                .isLessThan(8);
    }

    @Test
    void aPauseThatAServerAsksForHoldsForAllAndHoldsNoSlot() throws Exception {
        var time = new HandTime();
        var pacing =
                new Pacing(new Endpoint.Limits(8, Optional.empty(), Optional.empty()), Duration.ofMinutes(10), time);
        var failure = Failure.passing("slow down", Optional.of(Duration.ofSeconds(30)))
                .reached(Reach.RATE_LIMITED);
        pacing.around(request -> failure).ask(Requests.asking("a"));
        assertThat(pacing.pause()).contains(Duration.ofSeconds(30));
        List<Duration> sentAt = new ArrayList<>();
        pacing.around(request -> {
                    sentAt.add(time.elapsed());
                    return Completion.of("A");
                })
                .ask(Requests.asking("b"));
        assertThat(sentAt).containsExactly(Duration.ofSeconds(30));
        assertThat(pacing.pause()).isEmpty();
    }

    @Test
    void anAbsurdPauseIsNoPause() throws Exception {
        var time = new HandTime();
        var pacing =
                new Pacing(new Endpoint.Limits(8, Optional.empty(), Optional.empty()), Duration.ofMinutes(10), time);
        pacing.around(request -> Failure.passing("2099", Optional.of(Duration.ofDays(26_000)))
                        .reached(Reach.RATE_LIMITED))
                .ask(Requests.asking("a"));
        assertThat(pacing.pause()).isEmpty();
    }

    @Test
    void aRealServerThatTakesTwentyAtOnceIsAskedAboutTwentyAtOnce() throws Exception {
        var now = new AtomicInteger();
        var refused = new AtomicInteger();
        try (var server = new ChatServer((n, exchange) -> {
                    try {
                        if (now.incrementAndGet() > 20) {
                            refused.incrementAndGet();
                            exchange.reply(429, "{}");
                        } else {
                            TimeUnit.MILLISECONDS.sleep(20);
                            exchange.say("A");
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } finally {
                        now.decrementAndGet();
                    }
                });
                var model = Requests.connect(
                        Requests.impatient(server.base())
                                .withLimits(new Endpoint.Limits(200, Optional.empty(), Optional.empty())),
                        Time.SYSTEM)) {
            var pool = Executors.newFixedThreadPool(250);
            var start = new CountDownLatch(1);
            List<Future<Reply>> replies = new ArrayList<>();
            for (int i = 0; i < 1500; i++) {
                replies.add(pool.submit(() -> {
                    start.await();
                    return model.ask(Requests.asking("q"));
                }));
            }
            start.countDown();
            for (Future<Reply> reply : replies) {
                assertThat(reply.get()).isInstanceOf(Completion.class);
            }
            pool.shutdown();
            // With 200 in flight all the time, nine of ten attempts would be refused, some 13,500.
            assertThat(refused.get()).isLessThan(1500);
        }
    }
}
