package pairwright.jsonl;

import java.io.Closeable;
import java.util.Map;
import java.util.Optional;

/** Rows that are parsed one by one, each a line that somebody else found in a file. */
public final class HandedLines implements Closeable {
    private final RowReader<Map<String, Object>> reader;
    private byte[] line;
    private long number;
    private boolean overlong;

    /**
     * Over lines of a file.
     *
     * @param name of the file, for messages
     */
    @SuppressWarnings({"unchecked", "rawtypes"})
    public HandedLines(String name, BadRows bad) {
        reader = (RowReader<Map<String, Object>>) (RowReader) RowReader.of(name, new One(), Map.class, bad);
    }

    /** The row, empty when the line is bad and was set aside, or blank. */
    public Optional<Row<Map<String, Object>>> parsed(byte[] bytes, long lineNumber) {
        line = bytes;
        overlong = bytes.length > RowReader.MAX_LINE_BYTES;
        number = lineNumber;
        return reader.hasNext() ? Optional.of(reader.next()) : Optional.empty();
    }

    /** Sets aside a row that was parsed but that a later check refuses. */
    public void refuse(Row<Map<String, Object>> row, String error) {
        reader.refuse(row, error);
    }

    private final class One implements Lines {
        @Override
        public byte[] next() {
            byte[] next = line;
            line = null;
            return next;
        }

        @Override
        public long number() {
            return number;
        }

        @Override
        public boolean overlong() {
            return overlong;
        }

        @Override
        public long bytesRead() {
            return 0;
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
