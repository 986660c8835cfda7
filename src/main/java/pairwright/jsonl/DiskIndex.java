package pairwright.jsonl;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;

/**
 * A map from text to text that lies in a temporary file instead of in memory: for finding an id that was seen a million
 * rows ago, and for joining two files by id. Keys and values may be any text. Closing deletes the file. For one
 * thread.
 */
public final class DiskIndex implements Closeable {
    /** Page cache in KiB, outside the Java heap; what does not fit is read from the file. */
    private static final int CACHE_KIB = 64 * 1024;

    private final Path file;
    private final Connection connection;
    private final PreparedStatement insert;
    private final PreparedStatement select;
    private long size;

    private DiskIndex(Path file) throws SQLException {
        this.file = file;
        // The driver would look up the last row number after every insert, which costs as much as the insert.
        Properties properties = new Properties();
        properties.setProperty("jdbc.get_generated_keys", "false");
        this.connection = DriverManager.getConnection("jdbc:sqlite:" + file.toAbsolutePath(), properties);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = OFF");
            statement.execute("PRAGMA synchronous = OFF");
            statement.execute("PRAGMA locking_mode = EXCLUSIVE");
            statement.execute("PRAGMA cache_size = -" + CACHE_KIB);
            statement.execute("CREATE TABLE entry (k BLOB PRIMARY KEY, v BLOB NOT NULL) WITHOUT ROWID");
        }
        // One transaction for the whole life: nobody else reads the file, and it is thrown away.
        connection.setAutoCommit(false);
        this.insert = connection.prepareStatement("INSERT OR IGNORE INTO entry (k, v) VALUES (?, ?)");
        this.select = connection.prepareStatement("SELECT v FROM entry WHERE k = ?");
    }

    /** An empty index in the system's folder for temporary files. */
    public static DiskIndex temporary() {
        Path file = null;
        try {
            file = Files.createTempFile("pairwright-", ".index");
            DiskIndex index = new DiskIndex(file);
            // Nameless where the system allows it, so that not even kill -9 leaves it behind.
            file.toFile().delete();
            return index;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "a temporary index cannot be made in the folder for temporary files: " + e.getMessage()
                            + "; make room there, or name another folder in PAIRWRIGHT_JAVA_OPTS=-Djava.io.tmpdir=FOLDER",
                    e);
        } catch (SQLException e) {
            deleted(file);
            throw failed("be made", e);
        }
    }

    /**
     * Keeps the value unless the key already has one.
     *
     * @return the value that the key had before, empty when this one was kept
     */
    public Optional<String> putIfAbsent(String key, String value) {
        byte[] packedKey = packed(key);
        try {
            insert.setBytes(1, packedKey);
            insert.setBytes(2, packed(value));
            if (insert.executeUpdate() == 1) {
                size++;
                return Optional.empty();
            }
            return found(packedKey);
        } catch (SQLException e) {
            throw failed("be written", e);
        }
    }

    /** The value of the key, if it has one. */
    public Optional<String> get(String key) {
        try {
            return found(packed(key));
        } catch (SQLException e) {
            throw failed("be read", e);
        }
    }

    /** Hands over all values, in no order that means anything. */
    public void forEachValue(Consumer<String> sink) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT v FROM entry")) {
            while (rows.next()) {
                sink.accept(unpacked(rows.getBytes(1)));
            }
        } catch (SQLException e) {
            throw failed("be read", e);
        }
    }

    /** How many keys it holds. */
    public long size() {
        return size;
    }

    Path file() {
        return file;
    }

    private Optional<String> found(byte[] key) throws SQLException {
        select.setBytes(1, key);
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? Optional.of(unpacked(row.getBytes(1))) : Optional.empty();
        }
    }

    /** UTF-8 behind a 'u'; text with a lone surrogate, which UTF-8 cannot hold, as JSON behind a 'j'. */
    private static byte[] packed(String text) {
        boolean plain = Digests.isUnicode(text);
        byte[] body = (plain ? text : Json.write(text)).getBytes(StandardCharsets.UTF_8);
        byte[] packed = new byte[body.length + 1];
        packed[0] = (byte) (plain ? 'u' : 'j');
        System.arraycopy(body, 0, packed, 1, body.length);
        return packed;
    }

    private static String unpacked(byte[] packed) {
        String body = new String(Arrays.copyOfRange(packed, 1, packed.length), StandardCharsets.UTF_8);
        return packed[0] == 'u' ? body : Json.read(body, String.class);
    }

    private static UncheckedIOException failed(String what, SQLException e) {
        return new UncheckedIOException(
                "the temporary index cannot " + what + ": " + e.getMessage()
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
            select.close();
            connection.close();
        } catch (SQLException e) {
            throw failed("be closed", e);
        } finally {
            deleted(file);
        }
    }
}
