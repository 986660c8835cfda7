package pairwright.llm;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs tasks that wait for models several at once and hands their results on in the order of the tasks; holds a bounded window of them. */
public final class InOrder {
    private static final long LAST_REPLIES_SECONDS = 60;
    /** More waits than workers keep the workers busy while one slow task holds up the order of the output. */
    private static final int WINDOW = 4;

    private final int inFlight;

    /**
     * A way to run.
     *
     * @param inFlight how many tasks run at once, 1 or more; 1 uses the caller's thread
     */
    public InOrder(int inFlight) {
        if (!(inFlight >= 1)) {
            throw new IllegalArgumentException("in flight is " + inFlight + ", must be 1 or more");
        }
        this.inFlight = inFlight;
    }

    /** Runs all tasks. What a task throws ends the run here too, after the tasks in flight have ended and their replies were kept. */
    public <T> void run(Iterator<? extends Callable<T>> tasks, Consumer<T> sink) throws InterruptedException {
        if (inFlight == 1) {
            while (tasks.hasNext()) {
                sink.accept(called(tasks.next()));
            }
            return;
        }
        ExecutorService workers = Executors.newFixedThreadPool(inFlight, LightThreads.FACTORY);
        ArrayDeque<Future<T>> window = new ArrayDeque<>();
        try {
            while (tasks.hasNext() || !window.isEmpty()) {
                while (tasks.hasNext() && window.size() < WINDOW * inFlight) {
                    window.add(workers.submit(tasks.next()));
                }
                sink.accept(result(window.remove()));
            }
        } finally {
            // What has not begun is dropped; what is in flight may be paid for, so its reply is awaited and kept in the
            // ledger.
            window.forEach(future -> future.cancel(false));
            workers.shutdown();
            if (!workers.awaitTermination(LAST_REPLIES_SECONDS, TimeUnit.SECONDS)) {
                workers.shutdownNow();
            }
        }
    }

    private static <T> T called(Callable<T> task) throws InterruptedException {
        try {
            return task.call();
        } catch (Exception e) {
            throw unwrapped(e);
        }
    }

    private static <T> T result(Future<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw unwrapped(e.getCause());
        }
    }

    private static RuntimeException unwrapped(Throwable cause) throws InterruptedException {
        if (cause instanceof InterruptedException interrupted) {
            throw interrupted;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(cause);
    }
}
