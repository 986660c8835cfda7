package pairwright.jsonl;

import java.io.Closeable;

/** Rows on their way into a file that appears only when committed, whole. */
public interface RowSink extends Closeable {
    /** Writes one row. */
    void write(Object row);

    /** How many rows were written. */
    long count();

    /** Forces all rows to disk without putting the file in its place yet; no row is written after this. */
    void finish();

    /** Puts the file in its place. */
    void commit();

    /** Without a commit before, the old file stays as it was. */
    @Override
    void close();
}
