package pairwright.jsonl;

import java.nio.file.Path;
import java.util.List;

/** Takes rows of texts also as they lie in a buffer of JSON. */
public interface TextSink extends RowSink {
    /**
     * Writes one row, a text for each field of the row's record.
     *
     * @param slices where each text begins and ends in the buffer, between its quotes, escaped as {@link Json#write} does
     * @param at where the row's first one stands in {@code slices}
     */
    void write(byte[] buffer, int[] slices, int at);

    /**
     * Opens a file of rows that hold nothing but texts.
     *
     * @param fields names of the fields, all of them texts, in the order of the record's
     */
    static TextSink create(Path target, FileType type, List<String> fields) {
        return type == FileType.PARQUET ? new TextColumns(target, fields) : new TextLines(target, type, fields);
    }
}
