package pairwright.jsonl;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;

/**
 * Small values gathered under keys in a temporary file instead of in memory, then handed back group by group: for what can only be
 * said of all rows that belong together, wherever they stood. Closing deletes the file. For one thread.
 */
public final class DiskGroups implements Closeable {
    /** Page cache in KiB, outside the Java heap. */
    private static final int CACHE_KIB = 16 * 1024;

    private final Path file;
    private final Connection connection;
    private final PreparedStatement insert;

    private DiskGroups(Path file) throws SQLException {
        this.file = file;
        Properties properties = new Properties();
        properties.setProperty("jdbc.get_generated_keys", "false");
        this.connection = DriverManager.getConnection("jdbc:sqlite:" + file.toAbsolutePath(), properties);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = OFF");
            statement.execute("PRAGMA synchronous = OFF");
            statement.execute("PRAGMA locking_mode = EXCLUSIVE");
            statement.execute("PRAGMA cache_size = -" + CACHE_KIB);
            // Rows are appended in order; they are sorted once, at the end, which is faster than keeping an index.
            statement.execute("CREATE TABLE entry (n INTEGER PRIMARY KEY, k BLOB NOT NULL, v BLOB NOT NULL)");
        }
        connection.setAutoCommit(false);
        this.insert = connection.prepareStatement("INSERT INTO entry (k, v) VALUES (?, ?)");
    }

    /** No groups yet, in the system's folder for temporary files. */
    public static DiskGroups temporary() {
        Path file = null;
        try {
            file = Files.createTempFile("pairwright-", ".groups");
            DiskGroups groups = new DiskGroups(file);
            // Nameless where the system allows it, so that not even kill -9 leaves it behind.
            file.toFile().delete();
            return groups;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "a temporary file cannot be made in the folder for temporary files: " + e.getMessage()
                            + "; make room there, or name another folder in PAIRWRIGHT_JAVA_OPTS=-Djava.io.tmpdir=FOLDER",
                    e);
        } catch (SQLException e) {
            deleted(file);
            throw failed("be made", e);
        }
    }

    /** Adds a value to the group of a key. */
    public void add(byte[] key, byte[] value) {
        try {
            insert.setBytes(1, key);
            insert.setBytes(2, value);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw failed("be written", e);
        }
    }

    /** Hands over every group, its values in the order in which they came. */
    public void forEach(Consumer<List<byte[]>> sink) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT k, v FROM entry ORDER BY k, n")) {
            byte[] key = null;
            List<byte[]> group = new ArrayList<>();
            while (rows.next()) {
                byte[] next = rows.getBytes(1);
                if (!Arrays.equals(key, next)) {
                    if (!group.isEmpty()) {
                        sink.accept(group);
                    }
                    group = new ArrayList<>();
                    key = next;
                }
                group.add(rows.getBytes(2));
            }
            if (!group.isEmpty()) {
                sink.accept(group);
            }
        } catch (SQLException e) {
            throw failed("be read", e);
        }
    }

    private static UncheckedIOException failed(String what, SQLException e) {
        return new UncheckedIOException(
                "a temporary file of groups cannot " + what + ": " + e.getMessage()
                        + "; is there space in the folder for temporary files?",
                new IOException(e));
    }

    private static void deleted(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": temporary file cannot be deleted", e);
        }
    }

    @Override
    public void close() {
        try {
            insert.close();
            connection.close();
        } catch (SQLException e) {
            throw failed("be closed", e);
        } finally {
            deleted(file);
        }
    }
}
