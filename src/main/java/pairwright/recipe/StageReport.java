package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import pairwright.jsonl.BadRows;

/**
 * What came of a stage.
 *
 * @param numbers a record or map, written as JSON on request
 * @param headline the same in a line or a few for people
 * @param lines more for people who look at this stage alone
 * @param notes what people must not miss: bad rows, limits passed
 * @param files what was written, by what it is
 * @param badRows rows that were set aside
 * @param shortfall true when abstentions or bad rows are above the limit that was set
 */
public record StageReport(
        @JsonProperty("stage") String stage,
        @JsonProperty("numbers") Object numbers,
        @JsonIgnore String headline,
        @JsonIgnore List<String> lines,
        @JsonProperty("notes") List<String> notes,
        @JsonProperty("files") Map<String, String> files,
        @JsonProperty("bad_rows") long badRows,
        @JsonProperty("shortfall") boolean shortfall) {
    public StageReport {
        lines = List.copyOf(lines);
        notes = List.copyOf(notes);
        files = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(files));
    }

    /** How many of a thing, in words: {@code 1 row}, {@code 2 rows}. */
    static String counted(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }

    /** What to tell about bad rows: how many, the first few, where they are. */
    static List<String> aboutBadRows(BadRows bad) {
        if (bad.count() == 0) {
            return List.of();
        }
        List<String> lines = new java.util.ArrayList<>();
        lines.add(bad.count() + (bad.count() == 1 ? " bad row was" : " bad rows were")
                + bad.file().map(f -> " set aside in " + f).orElse(" left out")
                + "; the other rows were used. Mend and run again:");
        bad.firstMessages().forEach(message -> lines.add("  " + message));
        if (bad.count() > bad.firstMessages().size()) {
            lines.add("  and " + (bad.count() - bad.firstMessages().size()) + " more");
        }
        return lines;
    }
}
