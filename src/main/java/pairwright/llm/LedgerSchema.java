package pairwright.llm;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The tables of a ledger; makes them, and brings those of an earlier version up to date in place. */
final class LedgerSchema {
    /** In the file's header, so that other SQLite files are not taken for ledgers: "PWLG". */
    private static final int APPLICATION_ID = 0x50574c47;

    /**
     * Counts up when the tables change; version 1 had no account, version 2 kept the calls in the order of their keys, version 3 no
     * runs that are done.
     */
    private static final int VERSION = 4;

    /**
     * In the order in which they were sent: keys are digests, so in the order of keys every call would be written to, and read from,
     * another page of the file. holder: the process that is asking; prompt_bound, reply_bound: most tokens of one attempt; cost,
     * at_risk: billionths of the currency, null where there was no price; latency: microseconds of the attempt that brought the reply.
     */
    private static final String CALL = """
            CREATE TABLE call (
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
              completion_tokens INTEGER,
              holder INTEGER,
              prompt_bound INTEGER,
              reply_bound INTEGER,
              attempts INTEGER,
              cost INTEGER,
              at_risk INTEGER,
              latency INTEGER
            )""";

    private static final List<String> ACCOUNT =
            List.of("""
            CREATE TABLE account (
              id INTEGER PRIMARY KEY CHECK (id = 1),
              currency TEXT,
              spent INTEGER NOT NULL,
              at_risk INTEGER NOT NULL,
              unpriced INTEGER NOT NULL
            )""", "INSERT INTO account SELECT 1, NULL, 0, 0, EXISTS (SELECT 1 FROM call)", """
            CREATE TABLE holder (
              id INTEGER PRIMARY KEY AUTOINCREMENT,
              pid INTEGER NOT NULL,
              started INTEGER NOT NULL,
              place TEXT NOT NULL,
              alive_until INTEGER NOT NULL
            )""");

    private static final String DONE = "CREATE TABLE done (run TEXT PRIMARY KEY, report TEXT NOT NULL)";

    /** What a call had not in version 1. */
    private static final List<String> SECOND = List.of(
            "ALTER TABLE call ADD COLUMN holder INTEGER",
            "ALTER TABLE call ADD COLUMN prompt_bound INTEGER",
            "ALTER TABLE call ADD COLUMN reply_bound INTEGER",
            "ALTER TABLE call ADD COLUMN attempts INTEGER",
            "ALTER TABLE call ADD COLUMN cost INTEGER",
            "ALTER TABLE call ADD COLUMN at_risk INTEGER",
            "ALTER TABLE call ADD COLUMN latency INTEGER");

    private static final List<String> THIRD = List.of(
            "ALTER TABLE call RENAME TO call_by_key",
            CALL,
            "INSERT INTO call SELECT * FROM call_by_key ORDER BY sent_at, key",
            "DROP TABLE call_by_key");

    private LedgerSchema() {}

    /** @throws LedgerBroken when the file is no ledger, or one of a newer version */
    static void prepare(Connection connection, Path path) throws SQLException {
        int application = pragma(connection, "application_id");
        int version = pragma(connection, "user_version");
        boolean empty = application == 0 && version == 0 && pragma(connection, "schema_version") == 0;
        if (!empty && application != APPLICATION_ID) {
            throw new LedgerBroken(path + ": is an SQLite file but no ledger; name another file", null);
        }
        if (version > VERSION) {
            throw new LedgerBroken(
                    path + ": is a ledger of version " + version + ", this program reads version " + VERSION
                            + "; use the program that wrote it, or name another file",
                    null);
        }
        try (var statement = connection.createStatement()) {
            if (empty) {
                statement.execute("PRAGMA application_id = " + APPLICATION_ID);
                statement.execute(CALL);
                run(statement, ACCOUNT);
                statement.execute(DONE);
            } else {
                if (version < 2) {
                    run(statement, SECOND);
                    run(statement, ACCOUNT);
                }
                if (version < 3) {
                    run(statement, THIRD);
                }
                if (version < 4) {
                    statement.execute(DONE);
                }
            }
            // Written each time: SQLite opens a read-only file without a word and fails at the first write.
            statement.execute("PRAGMA user_version = " + VERSION);
        }
    }

    private static void run(Statement statement, List<String> changes) throws SQLException {
        for (String change : changes) {
            statement.execute(change);
        }
    }

    private static int pragma(Connection connection, String name) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA " + name)) {
            return row.next() ? row.getInt(1) : 0;
        }
    }
}
