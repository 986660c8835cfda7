package pairwright.llm;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Work that was handed to a {@link GroupCommit}. It is done whether or not somebody waits for it. */
final class Handed<T> {
    private final LedgerFile.Work<T> work;
    private final CompletableFuture<Void> written = new CompletableFuture<>();
    private final CompletableFuture<T> onDisk = new CompletableFuture<>();

    Handed(LedgerFile.Work<T> work) {
        this.work = work;
    }

    /** Has it run as soon as an end of this process, though not yet one of the machine, could not lose the work; or fails. */
    void whenWritten(Runnable then) {
        var unused = written.whenComplete((done, failure) -> then.run());
    }

    /**
     * Returns when the work is on disk.
     *
     * @throws LedgerBroken when the file fails, now or before
     */
    T onDisk() throws InterruptedException {
        try {
            return onDisk.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    /** Runs now; what comes back is to be told after the commit. */
    Done<T> run(Connection connection) throws SQLException {
        return new Done<>(this, work.on(connection));
    }

    void fail(LedgerBroken cause) {
        written.completeExceptionally(cause);
        onDisk.completeExceptionally(cause);
    }

    /** Work that has run, and what came of it. */
    record Done<T>(Handed<T> handed, T value) {
        void written() {
            handed.written.complete(null);
        }

        void onDisk() {
            handed.onDisk.complete(value);
        }
    }
}
