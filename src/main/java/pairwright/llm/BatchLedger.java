package pairwright.llm;

import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
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
              prompt_bound INTEGER NOT NULL,
              reply_bound INTEGER NOT NULL,
              worst INTEGER,
              tries INTEGER NOT NULL DEFAULT 0,
              final INTEGER NOT NULL DEFAULT 0,
              unbilled INTEGER NOT NULL DEFAULT 0,
              failure TEXT
            ) WITHOUT ROWID""", "CREATE INDEX IF NOT EXISTS batch_line_batch ON batch_line (batch, position)");
    private static final String ADD = """
            INSERT INTO batch_line (key, batch, position, shape, prompt_bound, reply_bound, worst)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (key) DO UPDATE SET batch = excluded.batch, position = excluded.position, failure = NULL,
              unbilled = 0, worst = excluded.worst
            WHERE batch IS NULL""";
    /** What is known not to be billed gives back what was reserved for it; the other calls stay at risk. */
    private static final String PARK = """
            UPDATE call SET holder = NULL, attempts = COALESCE(attempts, 0) + 1, at_risk = at_risk - COALESCE(
              (SELECT worst FROM batch_line WHERE batch_line.key = call.key AND unbilled = 1), 0)
            WHERE outcome IS NULL AND key IN (SELECT key FROM batch_line WHERE batch = ?)""";

    private static final String RESERVED =
            "SELECT COALESCE(SUM(worst), 0) FROM batch_line WHERE batch = ? AND unbilled = 1";
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
            Holder.enterBatches(connection);
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

    /**
     * A request that is to go into a batch.
     *
     * @param shape the request without its messages
     * @param worst the most that it can cost; empty where the price is unknown
     */
    record Line(String key, Request shape, TokenBound bound, Optional<Cost> worst) {}

    /**
     * A batch that is about to be sent.
     *
     * @param requests how many it carries, which may be none: then it is no batch
     * @param last number of the last line that is in it
     * @param skipped keys of lines before that which are not: somebody else has or is getting their replies
     * @param tooLittle why the lines after the last have to wait, where there is no room for them in the budget
     */
    record Intended(long number, int requests, long last, Set<String> skipped, Optional<Leave.TooLittle> tooLittle) {}

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
            /** @return whether to go on */
            boolean take(long n, Line line) throws SQLException;
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

    /** Notes, on disk, that these requests are about to be sent, with leave for each and its worst cost reserved. */
    Intended intend(String name, Endpoint endpoint, String model, Lines lines) throws InterruptedException {
        return file.write(connection -> {
            long number = insert(connection, name, endpoint, model);
            int[] position = {0};
            long[] last = {0};
            Set<String> skipped = new HashSet<>();
            AtomicReference<Optional<Leave.TooLittle>> tooLittle = new AtomicReference<>(Optional.empty());
            lines.each((n, line) -> {
                CallTerms terms = new CallTerms(line.key(), endpoint.base(), line.shape(), line.bound(), line.worst());
                Leave leave = ledger.sending(connection, terms, Holder.BATCHES);
                if (leave instanceof Leave.TooLittle no) {
                    tooLittle.set(Optional.of(no));
                    return false;
                }
                last[0] = n;
                if (leave instanceof Leave.Granted) {
                    add(connection, number, ++position[0], line);
                } else {
                    skipped.add(line.key());
                }
                return true;
            });
            update(
                    connection,
                    position[0] == 0
                            ? "DELETE FROM batch WHERE ?1 = 0 AND number = ?2"
                            : "UPDATE batch SET requests = ?1 WHERE number = ?2",
                    position[0],
                    number);
            return new Intended(number, position[0], last[0], skipped, tooLittle.get());
        });
    }

    private static long insert(Connection connection, String name, Endpoint endpoint, String model)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO batch (name, endpoint, protocol, model, requests, state,"
                                + " sent_at) VALUES (?, ?, ?, ?, 0, 'SENDING', ?)");
                PreparedStatement last = connection.prepareStatement("SELECT last_insert_rowid()")) {
            bind(
                    insert,
                    name,
                    endpoint.base().toString(),
                    endpoint.protocol().prefix(),
                    model,
                    Instant.now().toString());
            insert.executeUpdate();
            try (ResultSet row = last.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static void add(Connection connection, long number, int position, Line line) throws SQLException {
        try (PreparedStatement add = connection.prepareStatement(ADD)) {
            bind(
                    add,
                    line.key(),
                    number,
                    position,
                    Json.write(line.shape()),
                    line.bound().prompt(),
                    line.bound().reply(),
                    line.worst().map(Cost::nanos).orElse(null));
            if (add.executeUpdate() != 1) {
                throw new IllegalStateException("request " + line.key() + " is already in a batch");
            }
        }
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
     * The batch is not at the provider, or nothing of it was done: its requests may be sent again, and none is billed.
     *
     * @param why for the records
     */
    void dropped(long number, String why) throws InterruptedException {
        file.write(connection -> {
            close(connection, number, why);
            update(connection, "UPDATE batch_line SET unbilled = 1 WHERE batch = ?", number);
            park(connection, number);
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
            park(connection, number);
            update(
                    connection,
                    "UPDATE batch_line SET batch = NULL, tries = tries + 1, failure = COALESCE(failure, ?) WHERE batch = ?",
                    why,
                    number);
            return null;
        });
    }

    private void park(Connection connection, long number) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(RESERVED)) {
            bind(select, number);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                ledger.account().end(connection, new Cost(row.getLong(1)), Optional.empty());
            }
        }
        update(connection, PARK, number);
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

    /** The line that stands under this key in the batch, as long as its result is not kept. */
    Optional<Line> line(long batch, String key) {
        return file.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT shape, prompt_bound, reply_bound, worst FROM batch_line WHERE batch = ? AND key = ?")) {
                bind(select, batch, key);
                try (ResultSet row = select.executeQuery()) {
                    if (!row.next()) {
                        return Optional.empty();
                    }
                    TokenBound bound = new TokenBound(row.getLong(2), row.getLong(3));
                    long nanos = row.getLong(4);
                    Optional<Cost> worst = row.wasNull() ? Optional.empty() : Optional.of(new Cost(nanos));
                    return Optional.of(new Line(key, Json.read(row.getString(1), Request.class), bound, worst));
                }
            }
        });
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
     * @param cost of the reply; empty where the price is unknown
     */
    record Result(Line line, Reply reply, Optional<Cost> cost) {}

    /** Keeps results, all in one commit. */
    void keep(long batch, List<Result> results) throws InterruptedException {
        List<Result> kept = List.copyOf(results);
        file.write(connection -> {
            for (Result result : kept) {
                String key = result.line().key();
                if (result.reply() instanceof Failure failure && !failure.kind().isFact()) {
                    update(
                            connection,
                            "UPDATE batch_line SET failure = ?, final = ?, unbilled = ? WHERE batch = ? AND key = ?",
                            failure.detail(),
                            failure.retry().isEmpty() ? 1 : 0,
                            failure.reach() == Reach.LOST ? 0 : 1,
                            batch,
                            key);
                } else {
                    Cost reserved = result.line().worst().orElse(Cost.ZERO);
                    ledger.record(
                            connection, key, result.reply(), new CallEnd(1, reserved, result.cost(), Optional.empty()));
                    update(connection, "DELETE FROM batch_line WHERE batch = ? AND key = ?", batch, key);
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
