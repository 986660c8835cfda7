package pairwright.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    private static final long MILLI = 1_000_000;

    private static Latency of(Optional<Integer> requestsPerMinute, int inFlight) {
        Latencies latencies = new Latencies(new Endpoint.Limits(inFlight, requestsPerMinute, Optional.empty()));
        for (int i = 0; i < 10_000; i++) {
            latencies.add(MILLI);
        }
        latencies.add(Duration.ofSeconds(100).toNanos());
        return latencies.summary().orElseThrow();
    }

    /** Gil Tene, How NOT to Measure Latency: 100 s at 100 calls a second and 1 ms each, then silence for 100 s. */
    @Test
    void aStallStandsForTheCallsThatCouldNotBeSentMeanwhile() {
        Latency corrected = of(Optional.of(6_000), 1);
        assertThat(corrected.p50()).isCloseTo(1, within(.01));
        assertThat(corrected.p90()).isCloseTo(80_000, within(100.0));
        assertThat(corrected.p99()).isCloseTo(98_000, within(100.0));
        assertThat(corrected.max()).isCloseTo(100_000, within(100.0));
        assertThat(corrected.correctedFor()).contains(6_000);
        assertThat(corrected.replies()).isEqualTo(10_001);
    }

    @Test
    void withoutARateNothingIsKnownToBeLate() {
        Latency asSeen = of(Optional.empty(), 1);
        assertThat(asSeen.p50()).isCloseTo(1, within(.01));
        assertThat(asSeen.p99()).isCloseTo(1, within(.01));
        assertThat(asSeen.max()).isCloseTo(100_000, within(100.0));
        assertThat(asSeen.correctedFor()).isEmpty();
    }

    @Test
    void aSlotOfManySendsAsMuchMoreSeldom() {
        // Ten slots share the rate, so that each sends every tenth of a second: a thousand calls were late, not ten
        // thousand.
        Latency corrected = of(Optional.of(6_000), 10);
        assertThat(corrected.p90()).isCloseTo(1, within(.01));
        assertThat(corrected.p99()).isCloseTo(89_000, within(200.0));
    }
}
