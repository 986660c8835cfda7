package pairwright.llm;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A clock that only sleeping moves. */
final class HandTime implements Time {
    static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

    private final List<Duration> slept = new ArrayList<>();
    private Duration elapsed = Duration.ZERO;

    @Override
    public synchronized long nanos() {
        return elapsed.toNanos();
    }

    @Override
    public synchronized Instant now() {
        return START.plus(elapsed);
    }

    @Override
    public synchronized void sleep(Duration duration) {
        slept.add(duration);
        elapsed = elapsed.plus(duration);
    }

    synchronized List<Duration> slept() {
        return List.copyOf(slept);
    }

    synchronized Duration elapsed() {
        return elapsed;
    }
}
