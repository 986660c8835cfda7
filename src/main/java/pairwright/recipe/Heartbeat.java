package pairwright.recipe;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Keeps a progress display alive while nothing ends, so that a server in trouble shows. */
final class Heartbeat implements AutoCloseable {
    private static final int EVERY_MILLIS = 250;

    private final ScheduledExecutorService timer;

    Heartbeat(Runnable beat) {
        timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
        });
        var unused = timer.scheduleWithFixedDelay(beat, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
