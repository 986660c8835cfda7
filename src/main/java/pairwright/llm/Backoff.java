package pairwright.llm;

import java.time.Duration;
import java.util.Random;

/** Exponentially growing waits with jitter, so that requests which failed together do not come back together. */
final class Backoff {
    private static final double FIRST_MILLIS = 500;
    private static final double LONGEST_MILLIS = 60_000;

    private final Random random;

    Backoff(long seed) {
        this.random = new Random(seed);
    }

    /** Between a half and the whole of 0.5 s, 1 s, 2 s, ... up to a minute. */
    Duration after(int failures) {
        double full = Math.min(LONGEST_MILLIS, FIRST_MILLIS * Math.pow(2, failures - 1));
        return Duration.ofNanos((long) (full * (0.5 + random.nextDouble() / 2) * 1e6));
    }

    /** What the server asked for and up to a tenth more. */
    Duration atLeast(Duration asked) {
        return asked.plusNanos((long) (asked.toNanos() * random.nextDouble() / 10));
    }
}
