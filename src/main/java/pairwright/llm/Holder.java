package pairwright.llm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * This process in a ledger that several share: what it is asking is not asked by the others. A process that is gone holds
 * nothing: where the same system runs it, its number is looked up; elsewhere, as in another container, it is taken for gone
 * when it has not signed for half a minute.
 */
record Holder(long id) {
    static final Duration SIGNED_EVERY = Duration.ofSeconds(10);
    private static final Duration SIGNATURE_HOLDS = Duration.ofSeconds(30);
    /** The start of a process is computed from the boot's time, which other processes may see a little off. */
    private static final long START_TOLERANCE_MILLIS = 3000;

    private static final String PLACE = place();

    /** Holds what is in a batch that is under way, whether a process waits for it or not. */
    static final Holder BATCHES = new Holder(0);

    static Holder enter(Connection connection, Instant now) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO holder (pid, started, place, alive_until) VALUES (?, ?, ?, ?) RETURNING id")) {
            ProcessHandle self = ProcessHandle.current();
            insert.setLong(1, self.pid());
            insert.setLong(2, started(self));
            insert.setString(3, PLACE);
            insert.setLong(4, holdsUntil(now));
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                return new Holder(row.getLong(1));
            }
        }
    }

    /** {@link #BATCHES} never dies. */
    static void enterBatches(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT OR IGNORE INTO holder (id, pid, started, place, alive_until) VALUES (?, 0, 0, 'batches', ?)")) {
            insert.setLong(1, BATCHES.id());
            insert.setLong(2, Long.MAX_VALUE);
            insert.executeUpdate();
        }
    }

    /** Still here. A row that was taken for a dead one's comes back. */
    void sign(Connection connection, Instant now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "INSERT INTO holder (id, pid, started, place, alive_until)"
                        + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET alive_until = excluded.alive_until")) {
            ProcessHandle self = ProcessHandle.current();
            update.setLong(1, id);
            update.setLong(2, self.pid());
            update.setLong(3, started(self));
            update.setString(4, PLACE);
            update.setLong(5, holdsUntil(now));
            update.executeUpdate();
        }
    }

    /** Gone. */
    void leave(Connection connection) throws SQLException {
        remove(connection, id);
    }

    /** Removes those that are surely gone. */
    static void buryTheDead(Connection connection, Instant now) throws SQLException {
        List<Long> dead = new ArrayList<>();
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT id, pid, started, place, alive_until FROM holder")) {
            while (row.next()) {
                boolean silent = row.getLong(5) <= now.toEpochMilli();
                boolean ended = row.getString(4).equals(PLACE) && !runs(row.getLong(2), row.getLong(3));
                if (silent || ended) {
                    dead.add(row.getLong(1));
                }
            }
        }
        for (long gone : dead) {
            remove(connection, gone);
        }
    }

    private static void remove(Connection connection, long id) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM holder WHERE id = ?")) {
            delete.setLong(1, id);
            delete.executeUpdate();
        }
    }

    private static long holdsUntil(Instant now) {
        return now.plus(SIGNATURE_HOLDS).toEpochMilli();
    }

    private static boolean runs(long pid, long started) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(handle -> Math.abs(started(handle) - started) <= START_TOLERANCE_MILLIS)
                .isPresent();
    }

    private static long started(ProcessHandle handle) {
        return handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    /** Within one place a process number means one process. */
    private static String place() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip() + " "
                    + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
        } catch (IOException | UnsupportedOperationException e) {
            return "this machine"; // without containers: SQLite's WAL keeps a file to one machine
        }
    }
}
