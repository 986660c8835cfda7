package pairwright.jsonl;

/**
 * A value and where it stood.
 *
 * @param file name as the user gave it
 * @param line from 1
 */
public record Row<T>(T value, String file, long line) {
    /** {@code file:line}, the start of every message about this row. */
    public String where() {
        return file + ":" + line;
    }
}
