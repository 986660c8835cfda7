package pairwright.llm;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The table of a ledger's calls: which were sent, by whom, and what came of each. Changed together with the account. */
final class LedgerCalls {
    private static final String SENDING = """
            INSERT INTO call (key, endpoint, model, sample, sent, sent_at, holder, prompt_bound, reply_bound, at_risk)
            VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, ?)
            ON CONFLICT (key) DO UPDATE SET sent = sent + 1, sent_at = excluded.sent_at, holder = excluded.holder,
              prompt_bound = excluded.prompt_bound, reply_bound = excluded.reply_bound,
              at_risk = CASE WHEN excluded.at_risk IS NULL THEN at_risk ELSE COALESCE(at_risk, 0) + excluded.at_risk END
            WHERE outcome IS NULL AND (holder IS NULL OR holder = excluded.holder
              OR holder NOT IN (SELECT id FROM holder WHERE alive_until > ?))""";
    private static final String RECORD = """
            UPDATE call SET answered_at = ?, outcome = ?, reply = ?, prompt_tokens = ?, completion_tokens = ?, cost = ?,
              latency = ?, attempts = COALESCE(attempts, 0) + ?, at_risk = at_risk - ?, holder = NULL
            WHERE key = ? AND outcome IS NULL""";
    /** Also for a reply that came second: it was paid all the same. */
    private static final String END = """
            UPDATE call SET cost = CASE WHEN ? IS NULL THEN cost ELSE COALESCE(cost, 0) + ? END,
              attempts = COALESCE(attempts, 0) + ?, at_risk = at_risk - ?, holder = NULL
            WHERE key = ?""";

    private static final String FIND = "SELECT outcome, reply FROM call WHERE key = ? AND outcome IS NOT NULL";

    private final LedgerFile file;
    private final LedgerAccount account;
    private final Time time;

    LedgerCalls(LedgerFile file, LedgerAccount account, Time time) {
        this.file = file;
        this.account = account;
        this.time = time;
    }

    /** Within the writer's transaction: asks for leave to send, once; it is noted, the worst cost reserved with it. */
    Leave sending(Connection connection, CallTerms terms, Holder whom) throws SQLException {
        Optional<Leave.TooLittle> no = account.reserve(connection, terms.key(), terms.worst());
        if (no.isPresent()) {
            return no.get();
        }
        PreparedStatement insert = file.prepared(connection, SENDING);
        insert.setString(1, terms.key());
        insert.setString(2, terms.endpoint().toString());
        insert.setString(3, terms.request().model());
        insert.setInt(4, terms.request().sample());
        insert.setString(5, time.now().toString());
        insert.setLong(6, whom.id());
        insert.setLong(7, terms.bound().prompt());
        insert.setLong(8, terms.bound().reply());
        set(insert, 9, terms.worst().map(Cost::nanos));
        insert.setLong(10, time.now().toEpochMilli());
        if (insert.executeUpdate() == 1) {
            return new Leave.Granted();
        }
        account.end(connection, terms.worst().orElse(Cost.ZERO), Optional.empty());
        Optional<Reply> known = find(connection, terms.key());
        if (known.isPresent()) {
            return new Leave.Known(known.get());
        }
        return isHeldBy(connection, terms.key(), Holder.BATCHES) ? new Leave.Ordered() : new Leave.Held();
    }

    private static boolean isHeldBy(Connection connection, String key, Holder whom) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT 1 FROM call WHERE key = ? AND holder = ?")) {
            select.setString(1, key);
            select.setLong(2, whom.id());
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    /** Within the writer's transaction: keeps the reply. Where another process was first, its reply stands and comes back. */
    Reply record(Connection connection, String key, Reply reply, KeptReply kept, CallEnd end) throws SQLException {
        account.end(connection, end.released(), end.cost());
        PreparedStatement update = file.prepared(connection, RECORD);
        update.setString(1, time.now().toString());
        update.setString(2, kept.outcome());
        update.setString(3, kept.json());
        set(update, 4, kept.usage().flatMap(Usage::promptTokens));
        set(update, 5, kept.usage().flatMap(Usage::completionTokens));
        set(update, 6, end.cost().map(Cost::nanos));
        set(update, 7, end.latency().map(latency -> TimeUnit.NANOSECONDS.toMicros(latency.toNanos())));
        update.setInt(8, end.attempts());
        update.setLong(9, end.released().nanos());
        update.setString(10, key);
        if (update.executeUpdate() == 1) {
            return reply;
        }
        end(connection, key, end);
        return find(connection, key).orElse(reply);
    }

    /** Within the writer's transaction: no reply that could be kept; the call stays open, to be asked again by a later run. */
    void park(Connection connection, String key, CallEnd end) throws SQLException {
        account.end(connection, end.released(), end.cost());
        end(connection, key, end);
    }

    private void end(Connection connection, String key, CallEnd end) throws SQLException {
        PreparedStatement update = file.prepared(connection, END);
        set(update, 1, end.cost().map(Cost::nanos));
        set(update, 2, end.cost().map(Cost::nanos));
        update.setInt(3, end.attempts());
        update.setLong(4, end.released().nanos());
        update.setString(5, key);
        update.executeUpdate();
    }

    /** Whether any reply is kept. */
    static boolean anyAnswered(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT EXISTS (SELECT 1 FROM call WHERE outcome IS NOT NULL)")) {
            return row.next() && row.getBoolean(1);
        }
    }

    /** The reply that is known. */
    Optional<Reply> find(Connection connection, String key) throws SQLException {
        PreparedStatement select = file.prepared(connection, FIND);
        select.setString(1, key);
        try (ResultSet row = select.executeQuery()) {
            return row.next()
                    ? Optional.of(KeptReply.read(file.path(), row.getString(1), row.getString(2)))
                    : Optional.empty();
        }
    }

    static Ledger.Contents contents(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(outcome), COUNT(*) - COUNT(outcome),"
                        + " COALESCE(SUM(prompt_tokens), 0), COALESCE(SUM(completion_tokens), 0) FROM call")) {
            row.next();
            return new Ledger.Contents(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
        }
    }

    private static void set(PreparedStatement statement, int index, Optional<Long> value) throws SQLException {
        if (value.isPresent()) {
            statement.setLong(index, value.get());
        } else {
            statement.setNull(index, Types.INTEGER);
        }
    }
}
