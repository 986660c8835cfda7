package pairwright.llm;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** The tables of batches in a ledger's file, beside that of its calls, and changes to them. */
final class BatchTables {
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

    private BatchTables() {}

    /** Makes them where they are not there; what earlier runs gave up may be asked again. */
    static void prepare(Connection connection) throws SQLException {
        for (String table : TABLES) {
            execute(connection, table);
        }
        Holder.enterBatches(connection);
        execute(connection, "DELETE FROM batch_line WHERE batch IS NULL");
    }

    static void update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            bind(update, values);
            update.executeUpdate();
        }
    }

    static void bind(PreparedStatement statement, Object... values) throws SQLException {
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
