package pairwright.llm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.SQLiteConfig;

/**
 * One SQLite file with one writing thread. What is handed in while a commit is on its way to disk goes together into the
 * next one, so that many threads share the cost of a commit and a lone one waits for nothing.
 */
final class LedgerFile implements AutoCloseable {
    /** Work on a connection. */
    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private static final int BUSY_MILLIS = 30_000;
    private static final long BUSY_AGAIN_NANOS = 10_000_000;
    private static final long LONGEST_GROUP_NANOS = 20_000_000;

    private final Path path;
    private final Connection writer;
    private final Connection reader;
    private final LinkedBlockingQueue<Task<?>> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile LedgerBroken broken;

    /** @param last true for the one that ends the writing */
    private record Task<T>(Work<T> work, CompletableFuture<T> result, boolean last) {
        static <T> Task<T> of(Work<T> work) {
            return new Task<>(work, new CompletableFuture<>(), false);
        }

        static Task<Void> end() {
            return new Task<>(connection -> null, new CompletableFuture<>(), true);
        }

        /** Runs now; the outcome is told after the commit. */
        Runnable run(Connection connection) throws SQLException {
            T value = work.on(connection);
            return () -> result.complete(value);
        }
    }

    private LedgerFile(Path path, Connection writer, Connection reader) {
        this.path = path;
        this.writer = writer;
        this.reader = reader;
        this.thread = new Thread(this::writeGroups, "ledger");
        thread.setDaemon(true);
        thread.start();
    }

    static LedgerFile open(Path path) {
        try {
            Path parent = path.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
        } catch (IOException e) {
            throw new LedgerBroken(path + ": its folder cannot be made; name another file", e);
        }
        Connection writer = null;
        try {
            writer = connect(path);
            return new LedgerFile(path, writer, connect(path));
        } catch (SQLException e) {
            LedgerBroken cause = LedgerBroken.of(path, e);
            closeQuietly(writer, cause);
            throw cause;
        }
    }

    private static Connection connect(Path path) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        // A writer that takes the lock at the start waits its turn; one that upgrades from reading is refused.
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        long end = System.nanoTime() + BUSY_MILLIS * 1_000_000L;
        while (true) {
            try {
                return config.createConnection("jdbc:sqlite:" + path.toAbsolutePath());
            } catch (SQLException e) {
                // Where two make the file at once, SQLite refuses one's change to WAL without waiting.
                if (!LedgerBroken.busy(e) || System.nanoTime() - end > 0) {
                    throw e;
                }
                LockSupport.parkNanos(BUSY_AGAIN_NANOS);
            }
        }
    }

    Path path() {
        return path;
    }

    /** @throws LedgerBroken when the file fails, now or before */
    <T> T read(Work<T> work) {
        check();
        synchronized (reader) {
            try {
                return work.on(reader);
            } catch (SQLException e) {
                throw breakDown(e);
            }
        }
    }

    /**
     * Returns when the work is on disk. If interrupted, it is done all the same, but not waited for.
     *
     * @throws LedgerBroken when the file fails, now or before
     */
    <T> T write(Work<T> work) throws InterruptedException {
        check();
        Task<T> task = Task.of(work);
        queue.add(task);
        if (broken != null) { // the thread may have ended just before
            failQueued();
        }
        try {
            return task.result().get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    private void check() {
        LedgerBroken cause = broken;
        if (cause != null) {
            throw cause;
        }
    }

    private void writeGroups() {
        try {
            while (true) {
                Task<?> first = queue.take();
                if (first.last()) {
                    return;
                }
                if (!writeGroup(first)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            breakDown(new SQLException("the writing thread was interrupted", e));
        } finally {
            failQueued();
        }
    }

    /** Whether there is more to come. */
    private boolean writeGroup(Task<?> first) {
        List<Task<?>> group = new ArrayList<>();
        List<Runnable> outcomes = new ArrayList<>();
        boolean more = true;
        try {
            writer.setAutoCommit(false); // takes the lock, waiting for other processes
            long start = System.nanoTime();
            for (Task<?> task = first; task != null; task = queue.poll()) {
                if (task.last()) {
                    more = false;
                    break;
                }
                group.add(task);
                outcomes.add(task.run(writer));
                if (System.nanoTime() - start > LONGEST_GROUP_NANOS) {
                    break;
                }
            }
            writer.commit();
            writer.setAutoCommit(true);
            outcomes.forEach(Runnable::run);
            return more;
        } catch (SQLException | RuntimeException e) {
            LedgerBroken cause = breakDown(e);
            try {
                writer.rollback(); // other processes must not wait for this one to end
            } catch (SQLException again) {
                cause.addSuppressed(again);
            }
            group.forEach(task -> task.result().completeExceptionally(cause));
            return false;
        }
    }

    private void failQueued() {
        LedgerBroken cause = broken != null
                ? broken
                : new LedgerBroken(path + ": was closed while requests were still going on", null);
        broken = cause;
        boolean ending = false;
        for (Task<?> task = queue.poll(); task != null; task = queue.poll()) {
            ending |= task.last();
            task.result().completeExceptionally(cause);
        }
        if (ending) {
            queue.add(Task.end());
        }
    }

    private LedgerBroken breakDown(Exception e) {
        LedgerBroken cause = e instanceof LedgerBroken known ? known : LedgerBroken.of(path, e);
        broken = cause;
        return cause;
    }

    @Override
    public void close() {
        queue.add(Task.end());
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true; // what was handed in must still reach the disk
            }
        }
        LedgerBroken cause = new LedgerBroken(path + ": was closed", null);
        closeQuietly(writer, cause);
        synchronized (reader) {
            closeQuietly(reader, cause);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void closeQuietly(Connection connection, LedgerBroken cause) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            cause.addSuppressed(e); // all that matters is committed
        }
    }
}
