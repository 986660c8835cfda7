package pairwright.jsonl;

import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the rows of a file are written. */
public enum RowForm {
    /** JSON objects, one a line or in one list, packed or not; or Parquet. */
    JSON,
    /** Comma-separated values under a line of column names (RFC 4180), all of them text. */
    CSV,
    /** The same with tabs for commas. */
    TSV,
    /** A prompt a line. */
    LINES;

    /**
     * A form by its name on the command line.
     *
     * @throws BadInput if there is none of that name
     */
    public static RowForm named(String name) {
        return Arrays.stream(values())
                .filter(form -> form.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new BadInput("form is \"" + name + "\", must be one of "
                        + Arrays.stream(values()).map(RowForm::toString).collect(Collectors.joining(", "))));
    }

    /** What the ending of a file's name says, packed or not: .csv, .tsv and .txt; JSON unless it says otherwise. */
    public static RowForm of(String file) {
        String plain = file.toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|zst)$", "");
        return plain.endsWith(".csv") ? CSV : plain.endsWith(".tsv") ? TSV : plain.endsWith(".txt") ? LINES : JSON;
    }

    /** The rows as lines of JSON; for JSON itself see {@link RowReader}. */
    Lines lines(InputStream in) {
        return switch (this) {
            case CSV -> new SeparatedLines(in, ',');
            case TSV -> new SeparatedLines(in, '\t');
            case LINES -> new PlainLines(in);
            case JSON -> new LineReader(in, RowReader.MAX_LINE_BYTES);
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
