package pairwright.jsonl;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Rows that wait on disk until all of them are known, and are then read as often as needed, in the order in which they came. The file is
 * temporary and gone when closed. For one thread.
 */
public final class Spool<T> implements Closeable {
    private final TemporaryFile file = new TemporaryFile();
    private final Class<T> type;
    private long count;

    public Spool(Class<T> type) {
        this.type = type;
    }

    /**
     * Adds a row; none after the first {@link #forEach}.
     *
     * @param row written as the JSON that is later read as the rows' type
     */
    public void add(Object row) {
        try {
            file.stream().write(Json.bytes(row));
            file.stream().write('\n');
        } catch (IOException e) {
            throw failed("written", e);
        }
        count++;
    }

    /** Hands over all rows from the first. */
    public void forEach(Consumer<T> sink) {
        try {
            InputStream in = file.read();
            LineReader lines = new LineReader(in, Integer.MAX_VALUE - 16);
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                sink.accept(Json.read(new String(line, StandardCharsets.UTF_8), type));
            }
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    /** How many rows it holds. */
    public long count() {
        return count;
    }

    private static UncheckedIOException failed(String what, IOException e) {
        return new UncheckedIOException(
                "a temporary file of rows cannot be " + what + ": " + e.getMessage()
                        + "; is there space in the folder for temporary files?",
                e);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw failed("closed", e);
        }
    }
}
