package pairwright.llm;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Wakes threads whose time is up, all by one timer. A wait with a time of its own costs a light thread more than the rest of the
 * wait: it is queued by its time and taken out again at each reply.
 */
final class Watch implements AutoCloseable {
    /** How late somebody may be woken. */
    private static final Duration LOOK = Duration.ofMillis(20);

    private final Set<Kept> all = ConcurrentHashMap.newKeySet();
    private final Thread thread = new Thread(this::look, "watch");
    private volatile boolean closed;

    Watch() {
        thread.setDaemon(true);
        thread.start();
    }

    /** One that waits. */
    final class Kept implements AutoCloseable {
        private final Thread waiting;
        private final BooleanSupplier due;

        private Kept(Thread waiting, BooleanSupplier due) {
            this.waiting = waiting;
            this.due = due;
        }

        /** The wait is over. */
        @Override
        public void close() {
            all.remove(this);
        }
    }

    /**
     * Unparks the thread when its time is up, and again until it has closed what comes back.
     *
     * @param due whether the time is up; asked on another thread
     */
    Kept over(Thread waiting, BooleanSupplier due) {
        Kept kept = new Kept(waiting, due);
        all.add(kept);
        return kept;
    }

    private void look() {
        while (!closed) {
            LockSupport.parkNanos(LOOK.toNanos());
            for (Kept each : all) {
                if (each.due.getAsBoolean()) {
                    LockSupport.unpark(each.waiting);
                }
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
