package pairwright.jsonl;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A row that could not be used and why.
 *
 * @param row the line as read, cut after 65,536 characters; the input file itself is never changed
 */
public record BadRow(
        @JsonProperty("file") String file,
        @JsonProperty("line") long line,
        @JsonProperty("error") String error,
        @JsonProperty("row") String row) {
    static final int MAX_KEPT = 65_536;

    public BadRow {
        row = row.length() <= MAX_KEPT ? row : row.substring(0, MAX_KEPT);
    }

    /** {@code file:line: error}. */
    public String message() {
        return file + ":" + line + ": " + error;
    }
}
