package pairwright.llm;

import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import pairwright.jsonl.Json;

/**
 * The batches of a ledger: which were sent, and which requests each one carries. A batch stands here before it is sent, so that
 * a request which may be at a provider is never sent again. The texts of requests do not.
 */
final class BatchLedger {
    /** How often a request that brings no reply goes into a batch within one run. */
    static final int MOST_TRIES = 3;

    private static final List<String> TABLES =
            List.of("""
            CREATE TABLE IF NOT EXISTS batch (
              number INTEGER PRIMARY KEY,
              name TEXT NOT NULL UNIQUE,
              endpoint TEXT NOT NULL,
              protocol TEXT NOT NULL,
              model TEXT NOT NULL,
              requests INTEGER NOT NULL,
              state TEXT NOT NULL,
              sent_at TEXT NOT NULL,
              file TEXT,
              remote TEXT,
              closed_at TEXT,
              outcome TEXT
            )""", """
            CREATE TABLE IF NOT EXISTS batch_line (
              key TEXT PRIMARY KEY,
              batch INTEGER,
              position INTEGER NOT NULL,
              shape TEXT NOT NULL,
              tries INTEGER NOT NULL DEFAULT 0,
              final INTEGER NOT NULL DEFAULT 0,
              failure TEXT
            ) WITHOUT ROWID""", "CREATE INDEX IF NOT EXISTS batch_line_batch ON batch_line (batch, position)");
    private static final String ADD = """
            INSERT INTO batch_line (key, batch, position, shape) VALUES (?, ?, ?, ?)
            ON CONFLICT (key) DO UPDATE SET batch = excluded.batch, position = excluded.position, failure = NULL
            WHERE batch IS NULL""";
    private static final String COLUMNS =
            "number, name, endpoint, protocol, model, requests, state, sent_at, file," + " remote";

    private final Ledger ledger;
    private final LedgerFile file;

    /** On a ledger; what earlier runs gave up may be asked again. */
    BatchLedger(Ledger ledger) throws InterruptedException {
        this.ledger = ledger;
        this.file = ledger.file();
        file.write(connection -> {
            for (String table : TABLES) {
                execute(connection, table);
            }
            execute(connection, "DELETE FROM batch_line WHERE batch IS NULL");
            return null;
        });
    }

    /** How far a batch is: about to be sent or perhaps sent; known to be at the provider; done with. */
    enum State {
        SENDING,
        OPEN,
        CLOSED
    }

    /**
     * One batch.
     *
     * @param name ours, told to the provider where it keeps names
     * @param requests how many it carries
     * @param sentAt when it was about to be sent
     * @param file the provider's name of the uploaded requests, where they were uploaded apart
     * @param remote the provider's name of the batch, once it is known
     */
    record Batch(
            long number,
            String name,
            URI endpoint,
            String protocol,
            String model,
            int requests,
            State state,
            Instant sentAt,
            Optional<String> file,
            Optional<String> remote) {}

    /** A request that is to go into a batch: the key, and the request without its messages. */
    record Line(String key, Request shape) {}

    /** Whether a request may be sent. */
    sealed interface Standing {
        /** Nobody has it. */
        record Free() implements Standing {}

        /** It may be at the provider. */
        record Ordered(long batch) implements Standing {}

        /** It brought no reply, and within this run it is not asked again. */
        record GivenUp(String why) implements Standing {}
    }

    /** Something that hands out lines one by one. */
    @FunctionalInterface
    interface Lines {
        void each(Taker to) throws SQLException;

        /** Who takes them. */
        @FunctionalInterface
        interface Taker {
            void take(Line line) throws SQLException;
        }
    }

    Standing standing(String key) {
        return file.read(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT batch, tries, final, failure FROM batch_line WHERE key = ?")) {
                select.setString(1, key);
                try (ResultSet row = select.executeQuery()) {
                    if (!row.next()) {
                        return new Standing.Free();
                    }
                    long batch = row.getLong(1);
                    if (!row.wasNull()) {
                        return new Standing.Ordered(batch);
                    }
                    int tries = row.getInt(2);
                    String failure = row.getString(4);
                    if (row.getBoolean(3)) {
                        return new Standing.GivenUp(failure);
                    }
                    return tries >= MOST_TRIES
                            ? new Standing.GivenUp(failure + " (gave up after " + tries + " batches)")
                            : new Standing.Free();
                }
            }
        });
    }

    /** Notes, on disk, that these requests are about to be sent; returns the number of the batch. */
    long intend(String name, Endpoint endpoint, String model, int requests, Lines lines) throws InterruptedException {
        return file.write(connection -> {
            long number = insert(connection, name, endpoint, model, requests);
            try (PreparedStatement add = connection.prepareStatement(ADD)) {
                int[] position = {0};
                lines.each(line -> add(connection, add, number, ++position[0], endpoint, line));
            }
            return number;
        });
    }

    private static long insert(Connection connection, String name, Endpoint endpoint, String model, int requests)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO batch (name, endpoint, protocol, model, requests, state,"
                                + " sent_at) VALUES (?, ?, ?, ?, ?, 'SENDING', ?)");
                PreparedStatement last = connection.prepareStatement("SELECT last_insert_rowid()")) {
            insert.setString(1, name);
            insert.setString(2, endpoint.base().toString());
            insert.setString(3, endpoint.protocol().prefix());
            insert.setString(4, model);
            insert.setInt(5, requests);
            insert.setString(6, Instant.now().toString());
            insert.executeUpdate();
            try (ResultSet row = last.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static void add(
            Connection connection, PreparedStatement add, long number, int position, Endpoint endpoint, Line line)
            throws SQLException {
        add.setString(1, line.key());
        add.setLong(2, number);
        add.setInt(3, position);
        add.setString(4, Json.write(line.shape()));
        if (add.executeUpdate() != 1) {
            throw new IllegalStateException("request " + line.key() + " is already in a batch");
        }
        Ledger.sending(connection, line.key(), endpoint.base(), line.shape());
    }

    /** The requests lie at the provider under this name. */
    void uploaded(long number, String name) throws InterruptedException {
        update("UPDATE batch SET file = ? WHERE number = ?", name, number);
    }

    /** The batch is at the provider under this name. */
    void opened(long number, String remote) throws InterruptedException {
        update("UPDATE batch SET remote = ?, state = 'OPEN' WHERE number = ?", remote, number);
    }

    /**
     * The batch is not at the provider, or nothing of it was done: its requests may be sent again.
     *
     * @param why for the records
     */
    void dropped(long number, String why) throws InterruptedException {
        file.write(connection -> {
            close(connection, number, why);
            update(connection, "UPDATE batch_line SET batch = NULL WHERE batch = ?", number);
            return null;
        });
    }

    /**
     * The batch has ended and its results are kept: what is left of it brought no reply.
     *
     * @param why of requests of which nothing is said
     */
    void ended(long number, String outcome, String why) throws InterruptedException {
        file.write(connection -> {
            close(connection, number, outcome);
            update(
                    connection,
                    "UPDATE batch_line SET batch = NULL, tries = tries + 1, failure = COALESCE(failure, ?) WHERE batch = ?",
                    why,
                    number);
            return null;
        });
    }

    private static void close(Connection connection, long number, String outcome) throws SQLException {
        update(
                connection,
                "UPDATE batch SET state = 'CLOSED', closed_at = ?, outcome = ? WHERE number = ?",
                Instant.now().toString(),
                outcome,
                number);
    }

    Batch batch(long number) {
        return file.read(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT " + COLUMNS + " FROM batch WHERE number = ?")) {
                select.setLong(1, number);
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    return batch(row);
                }
            }
        });
    }

    /** The provider's names of all batches that this ledger knows. */
    Set<String> remotes() {
        return file.read(connection -> {
            Set<String> remotes = new HashSet<>();
            try (PreparedStatement select =
                            connection.prepareStatement("SELECT remote FROM batch WHERE remote IS NOT NULL");
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    remotes.add(row.getString(1));
                }
            }
            return remotes;
        });
    }

    private static Batch batch(ResultSet row) throws SQLException {
        return new Batch(
                row.getLong(1),
                row.getString(2),
                URI.create(row.getString(3)),
                row.getString(4),
                row.getString(5),
                row.getInt(6),
                State.valueOf(row.getString(7)),
                Instant.parse(row.getString(8)),
                Optional.ofNullable(row.getString(9)),
                Optional.ofNullable(row.getString(10)));
    }

    /** The request, without its messages, that stands under this key in the batch. */
    Optional<Request> shape(long batch, String key) {
        return one("SELECT shape FROM batch_line WHERE batch = ? AND key = ?", batch, key)
                .map(json -> Json.read(json, Request.class));
    }

    /** The key at this place of the batch, from 1. */
    Optional<String> keyAt(long batch, long position) {
        return one("SELECT key FROM batch_line WHERE batch = ? AND position = ?", batch, position);
    }

    private Optional<String> one(String sql, Object... values) {
        return file.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                bind(select, values);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
                }
            }
        });
    }

    /**
     * What came of one request of a batch.
     *
     * @param reply a completion or a fact is kept for good; other failures leave the request to the next batch
     * @param last true when the same request would fail again, so that it is given up in this run
     */
    record Result(String key, Reply reply, boolean last) {}

    /** Keeps results, all in one commit. */
    void keep(long batch, List<Result> results) throws InterruptedException {
        List<Result> kept = new ArrayList<>(results);
        file.write(connection -> {
            for (Result result : kept) {
                if (result.reply() instanceof Failure failure && !failure.kind().isFact()) {
                    update(
                            connection,
                            "UPDATE batch_line SET failure = ?, final = ? WHERE batch = ? AND key = ?",
                            failure.detail(),
                            result.last() ? 1 : 0,
                            batch,
                            result.key());
                } else {
                    ledger.record(connection, result.key(), result.reply());
                    update(connection, "DELETE FROM batch_line WHERE batch = ? AND key = ?", batch, result.key());
                }
            }
            return null;
        });
    }

    private void update(String sql, Object... values) throws InterruptedException {
        file.write(connection -> {
            update(connection, sql, values);
            return null;
        });
    }

    private static void update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            bind(update, values);
            update.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
