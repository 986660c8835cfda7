package pairwright.llm;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * A histogram of latencies, three digits, by HdrHistogram. Where a rate was set, a slow reply keeps its slot from sending
 * what was due; the values which those would have had are added (Gil Tene's correction for coordinated omission), the
 * interval being that in which one slot sends.
 */
final class Latencies {
    private static final long LONGEST_MICROS = Duration.ofDays(1).toNanos() / 1000;
    private static final int DIGITS = 3;
    private static final double MICROS_A_MINUTE = 60e6;

    private final ConcurrentHistogram histogram = new ConcurrentHistogram(LONGEST_MICROS, DIGITS);
    private final LongAdder replies = new LongAdder();
    private final Optional<Integer> rate;
    private final long expectedMicros;

    Latencies(Endpoint.Limits limits) {
        this.rate = limits.requestsPerMinute();
        this.expectedMicros = rate.map(perMinute -> (long) (limits.maxInFlight() * MICROS_A_MINUTE / perMinute))
                .orElse(0L);
    }

    void add(long nanos) {
        long micros = Math.min(LONGEST_MICROS, Math.max(0, nanos / 1000));
        replies.increment();
        if (expectedMicros > 0) {
            histogram.recordValueWithExpectedInterval(micros, expectedMicros);
        } else {
            histogram.recordValue(micros);
        }
    }

    Optional<Latency> summary() {
        return replies.sum() == 0
                ? Optional.empty()
                : Optional.of(new Latency(
                        replies.sum(),
                        millis(histogram.getValueAtPercentile(50)),
                        millis(histogram.getValueAtPercentile(90)),
                        millis(histogram.getValueAtPercentile(99)),
                        millis(histogram.getMaxValue()),
                        rate));
    }

    private static double millis(long micros) {
        return micros / 1000.0;
    }
}
