package pairwright.llm;

import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The batches of a ledger, and what became of each. A batch stands here, with the requests that it carries, before it is sent, so
 * that a request which may be at a provider is never sent again.
 */
final class BatchLedger {
    /** What is known not to be billed gives back what was reserved for it; the other calls stay at risk. */
    private static final String PARK = """
            UPDATE call SET holder = NULL, attempts = COALESCE(attempts, 0) + 1, at_risk = at_risk - COALESCE(
              (SELECT worst FROM batch_line WHERE batch_line.key = call.key AND unbilled = 1), 0)
            WHERE outcome IS NULL AND key IN (SELECT key FROM batch_line WHERE batch = ?)""";

    private static final String RESERVED =
            "SELECT COALESCE(SUM(worst), 0) FROM batch_line WHERE batch = ? AND unbilled = 1";
    private static final String COLUMNS =
            "number, name, endpoint, protocol, model, requests, state, sent_at, file, remote";

    private final Ledger ledger;
    private final LedgerFile file;
    private final BatchLines lines;

    /** On a ledger; what earlier runs gave up may be asked again. */
    BatchLedger(Ledger ledger) throws InterruptedException {
        this.ledger = ledger;
        this.file = ledger.file();
        this.lines = new BatchLines(ledger);
        file.write(connection -> {
            BatchTables.prepare(connection);
            return null;
        });
    }

    /** The requests that they carry. */
    BatchLines lines() {
        return lines;
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
     * A batch that is about to be sent.
     *
     * @param requests how many it carries, which may be none: then it is no batch
     * @param last number of the last line that is in it
     * @param skipped keys of lines before that which are not: somebody else has or is getting their replies
     * @param tooLittle why the lines after the last have to wait, where there is no room for them in the budget
     */
    record Intended(long number, int requests, long last, Set<String> skipped, Optional<Leave.TooLittle> tooLittle) {}

    /** Notes, on disk, that these requests are about to be sent, with leave for each and its worst cost reserved. */
    Intended intend(String name, Endpoint endpoint, String model, BatchLines.Source requests)
            throws InterruptedException {
        return file.write(connection -> {
            long number = insert(connection, name, endpoint, model);
            int[] position = {0};
            long[] last = {0};
            Set<String> skipped = new HashSet<>();
            AtomicReference<Optional<Leave.TooLittle>> tooLittle = new AtomicReference<>(Optional.empty());
            requests.each((n, line) -> {
                CallTerms terms = new CallTerms(line.key(), endpoint.base(), line.shape(), line.bound(), line.worst());
                Leave leave = ledger.sending(connection, terms, Holder.BATCHES);
                if (leave instanceof Leave.TooLittle no) {
                    tooLittle.set(Optional.of(no));
                    return false;
                }
                last[0] = n;
                if (leave instanceof Leave.Granted) {
                    BatchLines.add(connection, number, ++position[0], line);
                } else {
                    skipped.add(line.key());
                }
                return true;
            });
            BatchTables.update(
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
            BatchTables.bind(
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
            BatchTables.update(connection, "UPDATE batch_line SET unbilled = 1 WHERE batch = ?", number);
            park(connection, number);
            BatchTables.update(connection, "UPDATE batch_line SET batch = NULL WHERE batch = ?", number);
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
            BatchTables.update(
                    connection,
                    "UPDATE batch_line SET batch = NULL, tries = tries + 1, failure = COALESCE(failure, ?) WHERE batch = ?",
                    why,
                    number);
            return null;
        });
    }

    private void park(Connection connection, long number) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(RESERVED)) {
            BatchTables.bind(select, number);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                ledger.account().end(connection, new Cost(row.getLong(1)), Optional.empty());
            }
        }
        BatchTables.update(connection, PARK, number);
    }

    private static void close(Connection connection, long number, String outcome) throws SQLException {
        BatchTables.update(
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

    private void update(String sql, Object... values) throws InterruptedException {
        file.write(connection -> {
            BatchTables.update(connection, sql, values);
            return null;
        });
    }
}
