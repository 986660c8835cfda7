package pairwright.llm;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * Runs tasks that wait for models several at once and hands their results on in the order of the tasks. While a slow task holds up
 * the order, those after it go on, as long as there is room in memory for their results.
 */
public final class InOrder {
    private static final long LAST_REPLIES_SECONDS = 60;
    /** Tasks that have not ended, for each worker: more than one, so that a worker never waits for the one that hands on. */
    private static final int AHEAD = 4;

    /** Share of the heap that results may take which wait for their turn. */
    private static final int SHARE_OF_HEAP = 8;

    private static final long MOST_HELD_BYTES = 1L << 28;
    private static final long USUAL_RESULT_BYTES = 16 * 1024;

    private final int inFlight;
    private final long room;

    /**
     * A way to run.
     *
     * @param inFlight how many tasks run at once, 1 or more; 1 uses the caller's thread
     */
    public InOrder(int inFlight) {
        this(inFlight, Math.min(MOST_HELD_BYTES, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP));
    }

    InOrder(int inFlight, long room) {
        if (!(inFlight >= 1)) {
            throw new IllegalArgumentException("in flight is " + inFlight + ", must be 1 or more");
        }
        this.inFlight = inFlight;
        this.room = room;
    }

    /** What is done with an input. */
    @FunctionalInterface
    public interface Work<I, T> {
        /** Called once, on any thread. */
        T of(I input) throws Exception;
    }

    /** A task for each input, which is taken when its task is. */
    public static <I, T> Iterator<Callable<T>> tasks(Iterator<? extends I> inputs, Work<I, T> work) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return inputs.hasNext();
            }

            @Override
            public Callable<T> next() {
                I input = inputs.next();
                return () -> work.of(input);
            }
        };
    }

    /** As {@link #run(Iterator, ToLongFunction, Consumer)}, for results of a usual size, some 16 KiB or less. */
    public <T> void run(Iterator<? extends Callable<T>> tasks, Consumer<T> sink) throws InterruptedException {
        run(tasks, result -> USUAL_RESULT_BYTES, sink);
    }

    /**
     * Runs all tasks for what they ask: where a reply is {@link Pending}, the task waits for another pass. Results are thrown away.
     *
     * @return how many wait
     */
    public <T> long order(Iterator<? extends Callable<T>> tasks) throws InterruptedException {
        AtomicLong waiting = new AtomicLong();
        run(tasks(tasks, InOrder::came), came -> waiting.addAndGet(came ? 0 : 1));
        return waiting.get();
    }

    private static boolean came(Callable<?> task) throws Exception {
        try {
            var unused = task.call();
            return true;
        } catch (Pending e) {
            return false;
        }
    }

    /**
     * Runs all tasks. What a task throws ends the run here too, after the tasks in flight have ended and their replies were kept.
     *
     * @param bytes how much memory a result takes, roughly
     */
    public <T> void run(Iterator<? extends Callable<T>> tasks, ToLongFunction<T> bytes, Consumer<T> sink)
            throws InterruptedException {
        if (inFlight == 1) {
            while (tasks.hasNext()) {
                sink.accept(called(tasks.next()));
            }
            return;
        }
        new Run<>(tasks, bytes, sink).toTheEnd();
    }

    /** One run; all but {@link #ended} is the caller's thread. */
    private final class Run<T> {
        private final Iterator<? extends Callable<T>> tasks;
        private final ToLongFunction<T> bytes;
        private final Consumer<T> sink;
        private final ExecutorService workers = Executors.newFixedThreadPool(inFlight, LightThreads.FACTORY);
        private final ArrayDeque<Task> window = new ArrayDeque<>();
        private final AtomicInteger open = new AtomicInteger();
        private final AtomicLong held = new AtomicLong();
        private final Semaphore news = new Semaphore(0);
        private volatile Task first;

        Run(Iterator<? extends Callable<T>> tasks, ToLongFunction<T> bytes, Consumer<T> sink) {
            this.tasks = tasks;
            this.bytes = bytes;
            this.sink = sink;
        }

        private final class Task extends FutureTask<T> {
            private long size;

            Task(Callable<T> callable) {
                super(callable);
            }

            @Override
            protected void set(T result) {
                size = bytes.applyAsLong(result);
                held.addAndGet(size);
                super.set(result);
            }

            @Override
            protected void done() {
                ended(this);
            }
        }

        /** The one that hands on wakes only where there is something for it to do: that costs more than many a task. */
        private void ended(Task task) {
            if (open.decrementAndGet() == AHEAD * inFlight / 2 || task == first) {
                news.release();
            }
        }

        void toTheEnd() throws InterruptedException {
            try {
                while (tasks.hasNext() || !window.isEmpty()) {
                    news.drainPermits();
                    submit();
                    Task next = window.element();
                    first = next; // before looking, so that either this sees it done or it sees that it is waited for
                    if (next.isDone()) {
                        window.remove();
                        held.addAndGet(-next.size);
                        sink.accept(result(next));
                    } else {
                        news.acquire();
                    }
                }
            } finally {
                // What has not begun is dropped; what is in flight may be paid for, so its reply is awaited and kept in
                // the
                // ledger.
                window.forEach(task -> task.cancel(false));
                workers.shutdown();
                if (!workers.awaitTermination(LAST_REPLIES_SECONDS, TimeUnit.SECONDS)) {
                    workers.shutdownNow();
                }
            }
        }

        private void submit() {
            while (open.get() < AHEAD * inFlight && (window.isEmpty() || held.get() < room) && tasks.hasNext()) {
                Task task = new Task(tasks.next());
                open.incrementAndGet();
                window.add(task);
                workers.execute(task);
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
