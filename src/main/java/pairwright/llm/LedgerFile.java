package pairwright.llm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.SQLiteConfig;

/** One SQLite file, with one connection that writes and one that reads. Nothing counts before it is on disk. */
final class LedgerFile implements AutoCloseable {
    /** Work on a connection. */
    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private static final int BUSY_MILLIS = 30_000;
    private static final long BUSY_AGAIN_NANOS = 10_000_000;
    /** Pages of the log (64 MiB) after which they are brought to their places, which stops the writing for a moment. */
    private static final int LONGEST_LOG_PAGES = 16_384;

    /** Page cache of each connection, outside the Java heap: keys are digests, so every call is another page. */
    private static final int CACHE_KIB = 16 * 1024;

    private final Path path;
    private final Connection writer;
    private final Connection reader;
    private final Map<Connection, Map<String, PreparedStatement>> prepared;
    private final GroupCommit commits;

    private LedgerFile(Path path, Connection writer, Connection reader, Optional<ForcedLog> log) {
        this.path = path;
        this.writer = writer;
        this.reader = reader;
        this.prepared = Map.of(writer, new HashMap<>(), reader, new HashMap<>());
        this.commits = new GroupCommit(path, writer, log);
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
        // The driver would look up the last row number after every insert.
        config.setGetGeneratedKeys(false);
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

    /** @throws LedgerBroken when the file failed before */
    void check() {
        commits.check();
    }

    /** @throws LedgerBroken when the file fails, now or before */
    <T> T read(Work<T> work) {
        commits.check();
        synchronized (reader) {
            try {
                return work.on(reader);
            } catch (SQLException e) {
                throw commits.breakDown(e);
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
        return commits.hand(work);
    }

    @Override
    public void close() {
        commits.close();
        LedgerBroken cause = new LedgerBroken(path + ": was closed", null);
        closeQuietly(writer, cause);
        synchronized (reader) {
            closeQuietly(reader, cause);
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
