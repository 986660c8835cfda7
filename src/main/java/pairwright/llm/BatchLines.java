package pairwright.llm;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import pairwright.jsonl.Json;

/** The requests that batches of a ledger carry, line by line, until their replies are kept. Their texts do not stand here. */
final class BatchLines {
    /** How often a request that brings no reply goes into a batch within one run. */
    static final int MOST_TRIES = 3;

    private static final String ADD = """
            INSERT INTO batch_line (key, batch, position, shape, prompt_bound, reply_bound, worst)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (key) DO UPDATE SET batch = excluded.batch, position = excluded.position, failure = NULL,
              unbilled = 0, worst = excluded.worst
            WHERE batch IS NULL""";

    private final Ledger ledger;
    private final LedgerFile file;

    /** On a ledger whose {@link BatchTables} are there. */
    BatchLines(Ledger ledger) {
        this.ledger = ledger;
        this.file = ledger.file();
    }

    /**
     * A request that is to go into a batch.
     *
     * @param shape the request without its messages
     * @param worst the most that it can cost; empty where the price is unknown
     */
    record Line(String key, Request shape, TokenBound bound, Optional<Cost> worst) {}

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
    interface Source {
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

    /** Within the writer's transaction. */
    static void add(Connection connection, long number, int position, Line line) throws SQLException {
        try (PreparedStatement add = connection.prepareStatement(ADD)) {
            BatchTables.bind(
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

    /** The line that stands under this key in the batch, as long as its result is not kept. */
    Optional<Line> line(long batch, String key) {
        return file.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT shape, prompt_bound, reply_bound, worst FROM batch_line WHERE batch = ? AND key = ?")) {
                BatchTables.bind(select, batch, key);
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
                BatchTables.bind(select, values);
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
                    BatchTables.update(
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
                    BatchTables.update(connection, "DELETE FROM batch_line WHERE batch = ? AND key = ?", batch, key);
                }
            }
            return null;
        });
    }
}
