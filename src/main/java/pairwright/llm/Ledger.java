package pairwright.llm;

import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;

/**
 * Every call that was sent and every reply that is a fact, in one SQLite file: cache, journal and account at once. It holds
 * no key and no request's text, only the request's digest. Many threads and several processes may use one file.
 */
public final class Ledger implements AutoCloseable {
    /** In the file's header, so that other SQLite files are not taken for ledgers: "PWLG". */
    private static final int APPLICATION_ID = 0x50574c47;

    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS call (
              key TEXT PRIMARY KEY,
              endpoint TEXT NOT NULL,
              model TEXT NOT NULL,
              sample INTEGER NOT NULL,
              sent INTEGER NOT NULL,
              sent_at TEXT NOT NULL,
              answered_at TEXT,
              outcome TEXT,
              reply TEXT,
              prompt_tokens INTEGER,
              completion_tokens INTEGER
            ) WITHOUT ROWID""";
    private static final String SENDING = """
            INSERT INTO call (key, endpoint, model, sample, sent, sent_at) VALUES (?, ?, ?, ?, 1, ?)
            ON CONFLICT (key) DO UPDATE SET sent = sent + 1, sent_at = excluded.sent_at""";
    private static final String RECORD = """
            UPDATE call SET answered_at = ?, outcome = ?, reply = ?, prompt_tokens = ?, completion_tokens = ?
            WHERE key = ? AND outcome IS NULL""";
    private static final String FIND = "SELECT outcome, reply FROM call WHERE key = ? AND outcome IS NOT NULL";
    private static final String COMPLETION = "COMPLETION";

    private final LedgerFile file;

    private Ledger(LedgerFile file) {
        this.file = file;
    }

    /**
     * Opens the file, or makes it.
     *
     * @throws LedgerBroken when it cannot be written, is damaged, is no ledger or one of a newer version
     */
    public static Ledger open(Path path) {
        return on(LedgerFile.open(path));
    }

    static Ledger on(LedgerFile file) {
        try {
            file.write(connection -> {
                prepare(connection, file.path());
                return null;
            });
            return new Ledger(file);
        } catch (InterruptedException e) {
            file.close();
            Thread.currentThread().interrupt();
            throw new LedgerBroken(file.path() + ": interrupted while it was being opened; run again", e);
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static void prepare(Connection connection, Path path) throws SQLException {
        int application = pragma(connection, "application_id");
        int version = pragma(connection, "user_version");
        try (var statement = connection.createStatement()) {
            if (application == 0 && version == 0 && pragma(connection, "schema_version") == 0) {
                statement.execute("PRAGMA application_id = " + APPLICATION_ID);
                statement.execute(TABLE);
            } else if (application != APPLICATION_ID) {
                throw new LedgerBroken(path + ": is an SQLite file but no ledger; name another file", null);
            } else if (version != LedgerKey.SCHEMA) {
                throw new LedgerBroken(
                        path + ": is a ledger of version " + version + ", this program reads version "
                                + LedgerKey.SCHEMA + "; use the program that wrote it, or name another file",
                        null);
            }
            // Written each time: SQLite opens a read-only file without a word and fails at the first write.
            statement.execute("PRAGMA user_version = " + LedgerKey.SCHEMA);
        }
    }

    private static int pragma(Connection connection, String name) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA " + name)) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    /** The reply that is known. */
    Optional<Reply> find(String key) {
        return file.read(connection -> find(connection, key));
    }

    /** Notes, on disk, that the request is about to be sent. */
    void sending(String key, URI endpoint, Request request) throws InterruptedException {
        String now = Instant.now().toString();
        file.write(connection -> {
            PreparedStatement insert = file.prepared(connection, SENDING);
            insert.setString(1, key);
            insert.setString(2, endpoint.toString());
            insert.setString(3, request.model());
            insert.setInt(4, request.sample());
            insert.setString(5, now);
            insert.executeUpdate();
            return null;
        });
    }

    /**
     * Keeps the reply, on disk. Where another process was first, its reply stands and comes back.
     *
     * @param written told as soon as an end of this process could not lose the reply
     */
    Reply record(String key, Reply reply, Runnable written) throws InterruptedException {
        String now = Instant.now().toString();
        boolean completed = reply instanceof Completion;
        String outcome = completed ? COMPLETION : ((Failure) reply).kind().name();
        String json = Json.write(completed ? reply : ((Failure) reply).detail());
        Optional<Usage> usage = completed ? Optional.of(((Completion) reply).usage()) : Optional.empty();
        return file.write(
                connection -> {
                    PreparedStatement update = file.prepared(connection, RECORD);
                    update.setString(1, now);
                    update.setString(2, outcome);
                    update.setString(3, json);
                    update.setObject(4, usage.flatMap(Usage::promptTokens).orElse(null));
                    update.setObject(5, usage.flatMap(Usage::completionTokens).orElse(null));
                    update.setString(6, key);
                    return update.executeUpdate() == 1
                            ? reply
                            : find(connection, key).orElse(reply);
                },
                written);
    }

    private Optional<Reply> find(Connection connection, String key) throws SQLException {
        PreparedStatement select = file.prepared(connection, FIND);
        select.setString(1, key);
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? Optional.of(reply(row.getString(1), row.getString(2))) : Optional.empty();
        }
    }

    private Reply reply(String outcome, String json) {
        try {
            return outcome.equals(COMPLETION)
                    ? Json.read(json, Completion.class)
                    : new Failure(Failure.Kind.valueOf(outcome), Json.read(json, String.class));
        } catch (BadInput | IllegalArgumentException e) {
            throw new LedgerBroken(file.path() + ": holds a reply that cannot be read; restore it from a copy", e);
        }
    }

    /**
     * What the ledger holds, over all runs.
     *
     * @param answered calls whose reply is kept
     * @param open calls that were sent and have no reply that is kept: they are asked again
     * @param promptTokens billed for the replies kept, where servers said
     * @param completionTokens billed for the replies kept, where servers said
     */
    public record Contents(long answered, long open, long promptTokens, long completionTokens) {}

    /** @throws LedgerBroken when it cannot be read */
    public Contents contents() {
        return file.read(connection -> {
            try (var statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT COUNT(outcome), COUNT(*) - COUNT(outcome),"
                            + " COALESCE(SUM(prompt_tokens), 0), COALESCE(SUM(completion_tokens), 0) FROM call")) {
                row.next();
                return new Contents(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
            }
        });
    }

    /** Waits until all that was handed in is on disk. */
    @Override
    public void close() {
        file.close();
    }
}
