package pairwright.curation;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the rows; {@code read} is the sum of all that were kept and dropped.
 *
 * @param read rows that could be read
 * @param kept rows written
 * @param masked rows in which personal data was masked
 * @param dropped rows by the reason for which they were left out
 * @param personal findings of personal data by kind, in prompts and responses of all rows that passed the other checks
 * @param contaminated rows by the benchmark that they matched first
 * @param uncompared comparisons of texts that were left out because too many different ones agreed in one band
 */
public record CleaningCounts(
        @JsonProperty("read") long read,
        @JsonProperty("kept") long kept,
        @JsonProperty("masked") long masked,
        @JsonProperty("dropped") Map<String, Long> dropped,
        @JsonProperty("personal") Map<String, Long> personal,
        @JsonProperty("contaminated") Map<String, Long> contaminated,
        @JsonProperty("uncompared") long uncompared) {
    public CleaningCounts {
        dropped = Collections.unmodifiableMap(new TreeMap<>(dropped));
        personal = Collections.unmodifiableMap(new TreeMap<>(personal));
        contaminated = Collections.unmodifiableMap(new TreeMap<>(contaminated));
        long sum = kept + dropped.values().stream().mapToLong(Long::longValue).sum();
        if (read != sum) {
            throw new IllegalArgumentException("read is " + read + ", must be the sum of kept and dropped, " + sum);
        }
    }

    /** All rows left out. */
    public long droppedTotal() {
        return read - kept;
    }
}
