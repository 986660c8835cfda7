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
                    + " lane TEXT NOT NULL, shape TEXT NOT NULL, body TEXT NOT NULL)");
        }
        connection.setAutoCommit(false);
        this.insert = connection.prepareStatement(
                "INSERT OR IGNORE INTO request (key, lane, shape, body) VALUES (?, ?, ?, ?)");
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
    synchronized void add(String lane, BatchLedger.Line line, String body) {
        try {
            insert.setString(1, line.key());
            insert.setString(2, lane);
            insert.setString(3, Json.write(line.shape()));
            insert.setString(4, body);
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
    record Part(String lane, long after, long last, int requests) {}

    /**
     * Writes the next requests of a lane as a provider wants them, as many as one batch may carry.
     *
     * @param after number of the last request that was written before, 0 to begin
     * @return empty where there are no more
     */
    synchronized Optional<Part> write(String lane, long after, BatchForm form, int mostRequests, Path to) {
        try (PreparedStatement select = connection.prepareStatement(
                        "SELECT n, key, body FROM request WHERE lane = ? AND n > ? ORDER BY n");
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(to), 1 << 16)) {
            select.setString(1, lane);
            select.setLong(2, after);
            out.write(form.head());
            long bytes = (long) form.head().length + form.tail().length;
            long last = after;
            int requests = 0;
            try (ResultSet row = select.executeQuery()) {
                while (requests < mostRequests && row.next()) {
                    byte[] line = form.line(row.getString(2), row.getString(3)).getBytes(StandardCharsets.UTF_8);
                    bytes += line.length + form.between().length;
                    if (requests > 0 && bytes > form.mostBytes()) {
                        break;
                    }
                    if (requests > 0) {
                        out.write(form.between());
                    }
                    out.write(line);
                    last = row.getLong(1);
                    requests++;
                }
            }
            out.write(form.tail());
            return requests == 0 ? Optional.empty() : Optional.of(new Part(lane, after, last, requests));
        } catch (SQLException e) {
            throw failed(e);
        } catch (IOException e) {
            throw new UncheckedIOException(to + ": cannot be written: " + e.getMessage(), e);
        }
    }

    /** Hands out what {@link #write} wrote, in its order. */
    synchronized void each(Part part, BatchLedger.Lines.Taker to) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT key, shape FROM request WHERE lane = ? AND n > ? AND n <= ? ORDER BY n")) {
            select.setString(1, part.lane());
            select.setLong(2, part.after());
            select.setLong(3, part.last());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    to.take(new BatchLedger.Line(row.getString(1), Json.read(row.getString(2), Request.class)));
                }
            }
        }
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
