package pairwright.judge;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import pairwright.jsonl.Row;
import pairwright.pair.Pair;

/** Judges row after row, several at once, and hands the judgments on in the order of the rows; holds a bounded window of them. */
public final class JudgingPass {
    private static final long LAST_REPLIES_SECONDS = 60;

    private final Judge judge;
    private final int inFlight;

    /**
     * A pass.
     *
     * @param inFlight how many pairs are judged at once, 1 or more; 1 uses the caller's thread
     */
    public JudgingPass(Judge judge, int inFlight) {
        if (!(inFlight >= 1)) {
            throw new IllegalArgumentException("in flight is " + inFlight + ", must be 1 or more");
        }
        this.judge = judge;
        this.inFlight = inFlight;
    }

    /** A row and what was said of it, or why it cannot be judged at all. */
    public sealed interface Outcome {
        /** A judgment, which may be an abstention. */
        record Judged(Row<Pair> row, Judgment judgment) implements Outcome {}

        /** A row whose fields the judge cannot use. */
        record Refused(Row<Pair> row, String why) implements Outcome {}
    }

    /** Judges all rows. What a judge throws to stop the run stops it here too, after calls in flight have ended. */
    public void run(Iterator<Row<Pair>> rows, Consumer<Outcome> sink) throws InterruptedException {
        if (inFlight == 1) {
            while (rows.hasNext()) {
                sink.accept(outcome(rows.next()));
            }
            return;
        }
        ExecutorService workers = Executors.newFixedThreadPool(inFlight, task -> {
            Thread thread = new Thread(task, "judge");
            thread.setDaemon(true);
            return thread;
        });
        ArrayDeque<Future<Outcome>> window = new ArrayDeque<>();
        try {
            // Four windows of work keep the workers busy while one slow pair holds up the order of the output.
            while (rows.hasNext() || !window.isEmpty()) {
                while (rows.hasNext() && window.size() < 4L * inFlight) {
                    Row<Pair> row = rows.next();
                    window.add(workers.submit(() -> outcome(row)));
                }
                sink.accept(result(window.remove()));
            }
        } finally {
            // What has not begun is dropped; what is in flight may be paid for, so its reply is awaited and kept in the
            // ledger.
            window.forEach(future -> future.cancel(false));
            workers.shutdown();
            workers.awaitTermination(LAST_REPLIES_SECONDS, TimeUnit.SECONDS);
            workers.shutdownNow();
        }
    }

    private Outcome outcome(Row<Pair> row) throws InterruptedException {
        try {
            return new Outcome.Judged(row, judge.judge(row.value()));
        } catch (IllegalArgumentException e) {
            return new Outcome.Refused(row, e.getMessage());
        }
    }

    private static Outcome result(Future<Outcome> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            if (e.getCause() instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
