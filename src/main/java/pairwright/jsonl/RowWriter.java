package pairwright.jsonl;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Writes records as JSONL; a file appears only when committed, whole. */
public final class RowWriter implements Closeable {
    private final AtomicFile file;
    private final OutputStream out;
    private long count;

    private RowWriter(AtomicFile file, OutputStream out) {
        this.file = file;
        this.out = out;
    }

    public static RowWriter to(Path target) {
        AtomicFile file = new AtomicFile(target);
        return new RowWriter(file, file.stream());
    }

    /** Rows to a stream that somebody else owns, such as standard output. */
    public static RowWriter to(OutputStream stream) {
        return new RowWriter(null, stream);
    }

    public void write(Object row) {
        try {
            out.write(Json.write(row).getBytes(StandardCharsets.UTF_8));
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(where() + "row " + (count + 1) + " cannot be written: " + e.getMessage(), e);
        }
        count++;
    }

    private String where() {
        return file == null ? "standard output: " : file.target() + ": ";
    }

    public long count() {
        return count;
    }

    /** Forces all rows to disk without putting the file in its place yet; see {@link AtomicFile#finish}. */
    public void finish() {
        if (file != null) {
            file.finish();
        }
    }

    public void commit() {
        if (file != null) {
            file.commit();
            return;
        }
        try {
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("standard output cannot be written: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        if (file != null) {
            file.close();
        }
    }
}
