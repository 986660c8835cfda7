package pairwright.llm;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import pairwright.jsonl.Json;

/** The requests of a round until they are sent, each once, on disk instead of in memory; the file goes when it is closed. */
final class BatchSpool implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement insert;
    private boolean empty = true;

    private BatchSpool(Connection connection) throws SQLException {
        this.connection = connection;
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = OFF");
            statement.execute("PRAGMA synchronous = OFF");
            statement.execute("PRAGMA locking_mode = EXCLUSIVE");
            statement.execute("CREATE TABLE request (n INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE,"
                    + " lane TEXT NOT NULL, shape TEXT NOT NULL, prompt_bound INTEGER NOT NULL,"
                    + " reply_bound INTEGER NOT NULL, worst INTEGER, body TEXT NOT NULL, bytes INTEGER NOT NULL)");
        }
        connection.setAutoCommit(false);
        this.insert = connection.prepareStatement(
                "INSERT OR IGNORE INTO request (key, lane, shape, prompt_bound, reply_bound, worst, body, bytes)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    }

    /** An empty one in the system's folder for temporary files. */
    static BatchSpool temporary() {
        try {
            Path file = Files.createTempFile("pairwright-", ".requests");
            Properties properties = new Properties();
            properties.setProperty("jdbc.get_generated_keys", "false");
            BatchSpool spool =
                    new BatchSpool(DriverManager.getConnection("jdbc:sqlite:" + file.toAbsolutePath(), properties));
            // Nameless where the system allows it, so that not even kill -9 leaves the requests behind.
            file.toFile().delete();
            file.toFile().deleteOnExit();
            return spool;
        } catch (SQLException e) {
            throw failed(e);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static UncheckedIOException failed(Exception e) {
        return new UncheckedIOException(
                "requests cannot be kept in the folder for temporary files: " + e.getMessage()
                        + "; make room there, or name another folder in PAIRWRIGHT_JAVA_OPTS=-Djava.io.tmpdir=FOLDER",
                new IOException(e));
    }

    /**
     * Keeps a request, once.
     *
     * @param lane those of one lane may share a batch
     * @param body as it is sent
     */
    synchronized void add(String lane, BatchLines.Line line, String body) {
        try {
            insert.setString(1, line.key());
            insert.setString(2, lane);
            insert.setString(3, Json.write(line.shape()));
            insert.setLong(4, line.bound().prompt());
            insert.setLong(5, line.bound().reply());
            insert.setObject(6, line.worst().map(Cost::nanos).orElse(null));
            insert.setString(7, body);
            insert.setLong(8, TokenBound.utf8Length(body));
            insert.executeUpdate();
            empty = false;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    synchronized boolean isEmpty() {
        return empty;
    }

    synchronized void clear() {
        try (var statement = connection.createStatement()) {
            statement.execute("DELETE FROM request");
            empty = true;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** The lanes that have requests, in order. */
    synchronized List<String> lanes() {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT DISTINCT lane FROM request ORDER BY lane")) {
            List<String> lanes = new ArrayList<>();
            while (row.next()) {
                lanes.add(row.getString(1));
            }
            return lanes;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /**
     * Requests that go into one batch.
     *
     * @param after number of the last request before them
     * @param last number of the last of them
     */
    record Part(String lane, long after, long last) {
        /** The same up to this one. */
        Part until(long n) {
            return new Part(lane, after, n);
        }
    }

    /**
     * The next requests of a lane, as many as one batch may carry.
     *
     * @param after number of the last request before them, 0 to begin
     * @return empty where there are no more
     */
    synchronized Optional<Part> part(String lane, long after, BatchForm form, int mostRequests) {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT n, key, bytes FROM request WHERE lane = ? AND n > ? ORDER BY n LIMIT ?")) {
            select.setString(1, lane);
            select.setLong(2, after);
            select.setInt(3, mostRequests);
            long bytes = (long) form.head().length + form.tail().length;
            long last = after;
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    bytes += row.getLong(3) + form.line(row.getString(2), "").length() + form.between().length;
                    if (last > after && bytes > form.mostBytes()) {
                        break;
                    }
                    last = row.getLong(1);
                }
            }
            return last == after ? Optional.empty() : Optional.of(new Part(lane, after, last));
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Hands out the lines of a part, in order. */
    synchronized void each(Part part, BatchLines.Source.Taker to) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT n, key, shape, prompt_bound, reply_bound, worst FROM request"
                        + " WHERE lane = ? AND n > ? AND n <= ? ORDER BY n")) {
            bind(select, part);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Request shape = Json.read(row.getString(3), Request.class);
                    TokenBound bound = new TokenBound(row.getLong(4), row.getLong(5));
                    long nanos = row.getLong(6);
                    Optional<Cost> worst = row.wasNull() ? Optional.empty() : Optional.of(new Cost(nanos));
                    if (!to.take(row.getLong(1), new BatchLines.Line(row.getString(2), shape, bound, worst))) {
                        return;
                    }
                }
            }
        }
    }

    /** Writes the requests of a part as a provider wants them. */
    synchronized void write(Part part, Set<String> without, BatchForm form, Path to) {
        try (PreparedStatement select = connection.prepareStatement(
                        "SELECT key, body FROM request WHERE lane = ? AND n > ? AND n <= ? ORDER BY n");
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(to), 1 << 16)) {
            bind(select, part);
            out.write(form.head());
            boolean first = true;
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    if (without.contains(row.getString(1))) {
                        continue;
                    }
                    if (!first) {
                        out.write(form.between());
                    }
                    first = false;
                    out.write(form.line(row.getString(1), row.getString(2)).getBytes(StandardCharsets.UTF_8));
                }
            }
            out.write(form.tail());
        } catch (SQLException e) {
            throw failed(e);
        } catch (IOException e) {
            throw new UncheckedIOException(to + ": cannot be written: " + e.getMessage(), e);
        }
    }

    private static void bind(PreparedStatement select, Part part) throws SQLException {
        select.setString(1, part.lane());
        select.setLong(2, part.after());
        select.setLong(3, part.last());
    }

    @Override
    public synchronized void close() {
        try {
            insert.close();
            connection.close();
        } catch (SQLException e) {
            throw failed(e);
        }
    }
}
