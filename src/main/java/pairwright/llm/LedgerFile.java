package pairwright.llm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.SQLiteConfig;

/**
 * One SQLite file with one writing thread. What is handed in while a commit is being written goes together into the next one,
 * and commits that were written while the disk was busy are forced to it together, so that many threads share the cost and a
 * lone one waits for nothing. Nothing counts before it is on disk.
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
    /** Pages of the log (64 MiB) after which they are brought to their places, which stops the writing for a moment. */
    private static final int LONGEST_LOG_PAGES = 16_384;

    /** Page cache of each connection, outside the Java heap: keys are digests, so every call is another page. */
    private static final int CACHE_KIB = 16 * 1024;

    /** Ends the writing. */
    private static final Handed<?> END = new Handed<>(connection -> null);

    private final Path path;
    private final Connection writer;
    private final Connection reader;
    private final Map<Connection, Map<String, PreparedStatement>> prepared;
    private final Optional<ForcedLog> log;
    private final LinkedBlockingQueue<Handed<?>> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile LedgerBroken broken;

    /** Work that was handed in. It is done whether or not somebody waits for it. */
    static final class Handed<T> {
        private final Work<T> work;
        private final CompletableFuture<Void> written = new CompletableFuture<>();
        private final CompletableFuture<T> onDisk = new CompletableFuture<>();

        private Handed(Work<T> work) {
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
        private Done<T> run(Connection connection) throws SQLException {
            return new Done<>(this, work.on(connection));
        }

        private void fail(LedgerBroken cause) {
            written.completeExceptionally(cause);
            onDisk.completeExceptionally(cause);
        }
    }

    private record Done<T>(Handed<T> handed, T value) {
        void written() {
            handed.written.complete(null);
        }

        void onDisk() {
            handed.onDisk.complete(value);
        }
    }

    private LedgerFile(Path path, Connection writer, Connection reader, Optional<ForcedLog> log) {
        this.path = path;
        this.writer = writer;
        this.reader = reader;
        this.prepared = Map.of(writer, new HashMap<>(), reader, new HashMap<>());
        this.log = log;
        this.thread = new Thread(this::writeGroups, "ledger");
        thread.setDaemon(true);
        thread.start();
    }

    static LedgerFile open(Path path) {
        return open(path, ForcedLog.Disk.SYSTEM);
    }

    static LedgerFile open(Path path, ForcedLog.Disk disk) {
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
            Connection reader = connect(path);
            return new LedgerFile(path, writer, reader, forcedLog(path, writer, disk));
        } catch (SQLException | IOException e) {
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
        config.setWalAutocheckpoint(LONGEST_LOG_PAGES);
        config.setCacheSize(-CACHE_KIB);
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

    /**
     * Takes the forcing over from SQLite, whose commit (synchronous = FULL) would wait for the disk before the next can be
     * written: with NORMAL it writes in the same order and forces where it must for the file to stay whole. Empty where the file
     * cannot have a log, as on some network drives; there SQLite forces.
     */
    private static Optional<ForcedLog> forcedLog(Path path, Connection writer, ForcedLog.Disk disk)
            throws SQLException, IOException {
        try (var statement = writer.createStatement()) {
            try (ResultSet mode = statement.executeQuery("PRAGMA journal_mode")) {
                if (!mode.next() || !mode.getString(1).equals("wal")) {
                    return Optional.empty();
                }
            }
            statement.execute("PRAGMA synchronous = NORMAL");
        }
        Path real = path.toRealPath();
        return Optional.of(new ForcedLog(real.resolveSibling(real.getFileName() + "-wal"), disk));
    }

    Path path() {
        return path;
    }

    /** A statement that is kept for the life of the connection, which must be one that this file gave; it is not to be closed. */
    PreparedStatement prepared(Connection connection, String sql) throws SQLException {
        Map<String, PreparedStatement> kept = prepared.get(connection);
        PreparedStatement statement = kept.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            kept.put(sql, statement);
        }
        return statement;
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
        return hand(work).onDisk();
    }

    /**
     * Has the work done, in the order in which it is handed in.
     *
     * @throws LedgerBroken when the file failed before
     */
    <T> Handed<T> hand(Work<T> work) {
        check();
        Handed<T> handed = new Handed<>(work);
        queue.add(handed);
        if (broken != null) { // the thread may have ended just before
            failQueued();
        }
        return handed;
    }

    private void check() {
        LedgerBroken cause = broken;
        if (cause != null) {
            throw cause;
        }
    }

    private void writeGroups() {
        try {
            while (broken == null) {
                Handed<?> first = queue.take();
                if (first == END || !writeGroup(first)) {
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
    private boolean writeGroup(Handed<?> first) {
        List<Handed<?>> group = new ArrayList<>();
        List<Done<?>> done = new ArrayList<>();
        boolean more = true;
        try {
            writer.setAutoCommit(false); // takes the lock, waiting for other processes
            long start = System.nanoTime();
            for (Handed<?> next = first; next != null; next = queue.poll()) {
                if (next == END) {
                    more = false;
                    break;
                }
                group.add(next);
                done.add(next.run(writer));
                if (System.nanoTime() - start > LONGEST_GROUP_NANOS) {
                    break;
                }
            }
            writer.setAutoCommit(true); // commits; commit() would take the lock once more
        } catch (SQLException | RuntimeException e) {
            LedgerBroken cause = breakDown(e);
            try (var statement = writer.createStatement()) {
                statement.execute("ROLLBACK"); // other processes must not wait for this one to end
            } catch (SQLException again) {
                cause.addSuppressed(again);
            }
            group.forEach(handed -> handed.fail(cause));
            return false;
        }
        done.forEach(Done::written);
        Runnable onDisk = () -> done.forEach(Done::onDisk);
        if (log.isEmpty()) {
            onDisk.run();
        } else {
            log.get().add(onDisk, e -> {
                LedgerBroken cause = breakDown(e);
                group.forEach(handed -> handed.fail(cause));
            });
        }
        return more;
    }

    private void failQueued() {
        LedgerBroken cause = broken != null
                ? broken
                : new LedgerBroken(path + ": was closed while requests were still going on", null);
        broken = cause;
        boolean ending = false;
        for (Handed<?> handed = queue.poll(); handed != null; handed = queue.poll()) {
            if (handed == END) {
                ending = true;
            } else {
                handed.fail(cause);
            }
        }
        if (ending) {
            queue.add(END);
        }
    }

    private LedgerBroken breakDown(Exception e) {
        LedgerBroken cause = e instanceof LedgerBroken known ? known : LedgerBroken.of(path, e);
        broken = cause;
        return cause;
    }

    @Override
    public void close() {
        queue.add(END);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true; // what was handed in must still reach the disk
            }
        }
        log.ifPresent(ForcedLog::close);
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
