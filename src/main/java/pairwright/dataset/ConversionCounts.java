package pairwright.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the rows of a file that was converted.
 *
 * @param from the form that was read, told or found
 * @param to the form that was written
 * @param read rows that could be read
 * @param comparisons in them; a row of several responses holds several
 * @param written comparisons that are in the new file
 * @param dropped comparisons left out, by reason
 * @param lost what the new form cannot hold of those that were written, with the number of them that had it
 */
public record ConversionCounts(
        @JsonProperty("from") String from,
        @JsonProperty("to") String to,
        @JsonProperty("read") long read,
        @JsonProperty("comparisons") long comparisons,
        @JsonProperty("written") long written,
        @JsonProperty("dropped") Map<String, Long> dropped,
        @JsonProperty("lost") Map<String, Long> lost) {
    public ConversionCounts {
        dropped = Collections.unmodifiableMap(new TreeMap<>(dropped));
        lost = Collections.unmodifiableMap(new TreeMap<>(lost));
    }
}
