package pairwright.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryingTest {
    private static final Duration DEADLINE = Duration.ofMinutes(5);

    private static Headers headers(String lines) {
        return new Headers(List.of(lines.split(";")).stream()
                .map(line -> line.split("=", 2))
                .map(pair -> new Http.Header(pair[0].strip(), pair[1]))
                .toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retry-after-ms=250|PT0.25S",
                "retry-after-ms=1500.5;Retry-After=60|PT1.5005S",
                "Retry-After=7|PT7S",
                "Retry-After=0.25|PT0.25S",
                "Retry-After= 3 |PT3S",
                // The clock of HandTime stands at Sunday, 22 November 2026, 12:00.
                "Retry-After=Sun, 22 Nov 2026 12:00:30 GMT|PT30S",
                "Date=Sun, 22 Nov 2026 09:00:00 GMT;Retry-After=Sun, 22 Nov 2026 09:00:05 GMT|PT5S",
                "Date=yesterday;Retry-After=Sun, 22 Nov 2026 12:00:05 GMT|PT5S",
                "x-ratelimit-reset-requests=1s|PT1S",
                "x-ratelimit-reset-tokens=6m0s|PT6M",
                "x-ratelimit-reset-requests=20ms;x-ratelimit-reset-tokens=1m2.5s|PT1M2.5S",
                "x-ratelimit-reset=2|PT2S",
                "retry-after-ms=soon;Retry-After=4|PT4S",
                "Retry-After=-1;x-ratelimit-reset-requests=8s|PT8S",
            })
    void whatTheServerAsksIsUnderstood(String lines, Duration expected) {
        assertThat(RetryHint.read(429, headers(lines), HandTime.START)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Retry-After=",
                "Retry-After=-5",
                "Retry-After=0",
                "Retry-After=NaN",
                "Retry-After=1e9",
                "Retry-After=soon",
                "Retry-After=99999999999999999999",
                "Retry-After=Sun, 22 Nov 2020 12:00:30 GMT",
                "Retry-After=Sun, 99 Nov 2026 12:00:30 GMT",
                "retry-after-ms=-1",
                "retry-after-ms=inf",
                "x-ratelimit-reset-requests=1s2",
                "x-ratelimit-reset-requests=s",
                "x-ratelimit-reset-requests=-3s",
                "x-ratelimit-reset-requests=0s",
                "x-ratelimit-reset-requests=0x10s",
                "x-other=5",
            })
    void garbageIsNoHint(String lines) {
        assertThat(RetryHint.read(429, headers(lines), HandTime.START)).isEmpty();
    }

    @Test
    void aResetOfTheRateSaysNothingAboutABrokenServer() {
        assertThat(RetryHint.read(500, headers("x-ratelimit-reset-tokens=6m0s"), HandTime.START))
                .isEmpty();
    }

    private static Silence silence(Time time) {
        return new Silence(URI.create("http://judge"), time);
    }

    private static HandTime waits(Optional<Duration> hint, int failures) throws InterruptedException {
        var time = new HandTime();
        Reply[] replies = new Reply[failures + 1];
        java.util.Arrays.fill(replies, Failure.passing("busy", hint));
        replies[failures] = Completion.of("A");
        new Retrying(ScriptedModel.inOrder(replies), DEADLINE, new Backoff(1), silence(time), time)
                .ask(Requests.asking("q"));
        return time;
    }

    @Test
    void ownWaitsGrowFromHalfASecondToAMinuteWithJitter() throws Exception {
        List<Duration> slept = waits(Optional.empty(), 9).slept();
        assertThat(slept).hasSize(9);
        for (int i = 0; i < slept.size(); i++) {
            long full = Math.min(60_000, 500L << i);
            assertThat(slept.get(i)).isBetween(Duration.ofMillis(full / 2), Duration.ofMillis(full));
        }
        assertThat(waits(Optional.empty(), 9).slept()).as("the same seed").isEqualTo(slept);
    }

    @Test
    void ownWaitsStayAtFourSecondsWhileTheServerAnswersOthersAndDoubleAfterAMinuteOfSilence() throws Exception {
        var time = new HandTime();
        Reply[] replies = new Reply[30];
        java.util.Arrays.fill(replies, Failure.passing("busy", Optional.empty()));
        replies[0] = Completion.of("A");
        replies[29] = Completion.of("B");
        var model =
                new Retrying(ScriptedModel.inOrder(replies), Duration.ofHours(1), new Backoff(1), silence(time), time);
        model.ask(Requests.asking("another"));
        assertThat(model.ask(Requests.asking("q"))).isEqualTo(Completion.of("B"));
        Duration since = Duration.ZERO;
        for (int i = 0; i < 28; i++) {
            boolean well = since.compareTo(Duration.ofMinutes(1)) < 0;
            long full = Math.min(well ? 4_000 : 60_000, 500L << Math.min(i, 20));
            assertThat(time.slept().get(i)).isBetween(Duration.ofMillis(full / 2), Duration.ofMillis(full));
            since = since.plus(time.slept().get(i));
        }
        assertThat(since).isGreaterThan(Duration.ofMinutes(3));
    }

    @Test
    void whatTheServerAsksIsHonouredWithALittleMore() throws Exception {
        assertThat(waits(Optional.of(Duration.ofSeconds(100)), 1).slept())
                .singleElement()
                .satisfies(wait -> assertThat(wait).isBetween(Duration.ofSeconds(100), Duration.ofSeconds(110)));
    }

    @Test
    void anAbsurdWaitFallsToTheOwn() throws Exception {
        assertThat(waits(Optional.of(Duration.ofDays(26_000)), 1).elapsed()).isLessThan(Duration.ofSeconds(1));
        assertThat(waits(Optional.of(DEADLINE.plusMinutes(3)), 1).elapsed()).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void aWaitBeyondTheDeadlineIsNotBegun() throws Exception {
        var time = new HandTime();
        Reply reply = new Retrying(
                        ScriptedModel.of(request -> Failure.passing("busy", Optional.of(DEADLINE.plusMinutes(1)))),
                        DEADLINE,
                        new Backoff(1),
                        silence(time),
                        time)
                .ask(Requests.asking("q"));
        assertThat(time.slept()).isEmpty();
        assertThat(((Failure) reply).detail()).contains("busy", "after 1 attempt,", "300 s");
    }

    @Test
    void theYear2099InAHeaderDoesNotStopTheRun() throws Exception {
        var time = new HandTime();
        try (var server = new ChatServer((n, exchange) -> {
                    if (n == 1) {
                        exchange.header("Retry-After", "Thu, 31 Dec 2099 23:59:59 GMT")
                                .reply(429, "{}");
                    } else if (n == 2) {
                        exchange.header("Retry-After", "2").reply(429, "{}");
                    } else {
                        exchange.say("A");
                    }
                });
                var model = Requests.connect(Requests.impatient(server.base()), time)) {
            assertThat(model.ask(Requests.asking("q"))).isInstanceOf(Completion.class);
            assertThat(time.slept().get(0)).isLessThan(Duration.ofSeconds(1));
            assertThat(time.slept().get(1)).isBetween(Duration.ofSeconds(2), Duration.ofMillis(2200));
        }
    }

    @Test
    void aFailureThatWillNotPassIsNotAskedAgain() throws Exception {
        var model = ScriptedModel.inOrder(new Failure(Failure.Kind.OVERFLOW, "long"), Completion.of("A"));
        assertThat(new Retrying(model, DEADLINE, new Backoff(1), silence(Time.SYSTEM), new HandTime())
                        .ask(Requests.asking("q")))
                .isEqualTo(new Failure(Failure.Kind.OVERFLOW, "long"));
    }

    @Test
    void headersMayComeInAnyCase() {
        var headers = new Headers(List.of(new Http.Header("RETRY-AFTER", "3")));
        assertThat(RetryHint.read(503, headers, HandTime.START)).contains(Duration.ofSeconds(3));
    }
}
