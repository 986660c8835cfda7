package pairwright.llm;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** What time it is, and waiting; a parameter so that tests need not wait. */
interface Time {
    /** Ever growing, in nanoseconds, from an arbitrary start. */
    long nanos();

    /** The calendar's time, for dates that servers send. */
    Instant now();

    void sleep(Duration duration) throws InterruptedException;

    /** The machine's own. */
    Time SYSTEM = new Time() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        }
    };
}
