package pairwright.jsonl;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.function.UnaryOperator;

/** Writes records as JSONL, plain or packed; a file appears only when committed, whole. */
public final class RowWriter implements RowSink {
    private static final int BUFFER = 1 << 16;

    private final AtomicFile file;
    private final FileType type;
    private final OutputStream stream;
    private TemporaryFile held;
    private OutputStream out;
    private long count;

    private RowWriter(AtomicFile file, FileType type, OutputStream stream, TemporaryFile held) {
        this.file = file;
        this.type = type;
        this.stream = stream;
        this.held = held;
        this.out = file != null ? type.packed(file.stream()) : held != null ? held.stream() : stream;
    }

    public static RowWriter to(Path target) {
        return to(target, FileType.JSONL);
    }

    /** Rows to a file of lines, packed where its type says so. */
    static RowWriter to(Path target, FileType type) {
        return new RowWriter(new AtomicFile(target), type, null, null);
    }

    /** Rows to a stream that somebody else owns, such as standard output. */
    public static RowWriter to(OutputStream stream) {
        return new RowWriter(null, FileType.JSONL, stream, null);
    }

    /** As {@link #to(OutputStream)}, but the rows wait in a temporary file until they are committed, so that they can be amended. */
    public static RowWriter holding(OutputStream stream) {
        return new RowWriter(null, FileType.JSONL, stream, new TemporaryFile());
    }

    @Override
    public void write(Object row) {
        write(Json.bytes(row));
    }

    /** Lines that are composed already, each with its line feed. */
    void writeLines(byte[] lines, int length, long rows) {
        try {
            out.write(lines, 0, length);
        } catch (IOException e) {
            throw new UncheckedIOException(where() + "row " + (count + 1) + " cannot be written: " + e.getMessage(), e);
        }
        count += rows;
    }

    private void write(byte[] line) {
        try {
            out.write(line);
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(where() + "row " + (count + 1) + " cannot be written: " + e.getMessage(), e);
        }
        count++;
    }

    private String where() {
        return file == null ? "standard output: " : file.target() + ": ";
    }

    @Override
    public long count() {
        return count;
    }

    /** Forces all rows to disk without putting the file in its place yet; see {@link AtomicFile#finish}. */
    @Override
    public void finish() {
        if (file != null) {
            try {
                out.close(); // the packing only; the file is closed by itself
            } catch (IOException e) {
                throw new UncheckedIOException(where() + "cannot be written: " + e.getMessage(), e);
            }
            file.finish();
        }
    }

    @Override
    public void commit() {
        if (file != null) {
            finish();
            file.commit();
            return;
        }
        try {
            if (held != null) {
                held.read().transferTo(stream);
            }
            stream.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("standard output cannot be written: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            if (file != null) {
                file.close();
            } else if (held != null) {
                held.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Changes some of the rows written so far; the others keep their bytes. Costs one pass over all of them.
     *
     * @param rows numbers of the rows to change, from 0
     * @param change from the row's line to the new one, without line feeds; called in the order of the rows
     * @throws IllegalStateException when the rows went straight to a stream, or are packed
     */
    public void amend(BitSet rows, UnaryOperator<String> change) {
        if ((file == null && held == null) || type != FileType.JSONL) {
            throw new IllegalStateException("rows that went to a stream or are packed cannot be amended");
        }
        try {
            TemporaryFile amended = new TemporaryFile();
            try {
                try (InputStream written = file == null ? held.read() : file.written()) {
                    copy(written, amended.stream(), rows, change);
                }
                if (file != null) {
                    file.replace(amended.read());
                    amended.close();
                } else {
                    held = amended;
                    out = amended.stream();
                }
            } catch (IOException | RuntimeException e) {
                amended.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(where() + "rows cannot be amended: " + e.getMessage(), e);
        }
    }

    private static void copy(InputStream written, OutputStream out, BitSet rows, UnaryOperator<String> change)
            throws IOException {
        byte[] buffer = new byte[BUFFER];
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int row = 0;
        for (int n = written.read(buffer); n > 0; n = written.read(buffer)) {
            for (int from = 0; from < n; ) {
                int end = from;
                while (end < n && buffer[end] != '\n') {
                    end++;
                }
                boolean whole = end < n;
                (rows.get(row) ? line : out).write(buffer, from, (whole ? end + 1 : end) - from);
                if (whole) {
                    if (rows.get(row)) {
                        String before = line.toString(StandardCharsets.UTF_8);
                        out.write(change.apply(before.substring(0, before.length() - 1))
                                .getBytes(StandardCharsets.UTF_8));
                        out.write('\n');
                        line.reset();
                    }
                    row++;
                }
                from = end + 1;
            }
        }
    }
}
