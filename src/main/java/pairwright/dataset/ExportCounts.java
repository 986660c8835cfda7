package pairwright.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the judgments; {@code read} is the sum of all that was exported and dropped.
 *
 * @param read judgments that could be read
 * @param train examples on the train side
 * @param test examples on the test side
 * @param trainPrompts different prompts on the train side
 * @param testPrompts different prompts on the test side
 * @param longerChosen exported examples whose chosen response is the longer one, in characters
 * @param dropped judgments by the reason for which they were left out
 * @param judges exported examples by judge and rubric
 * @param facts what the card tells beside these
 */
public record ExportCounts(
        @JsonProperty("read") long read,
        @JsonProperty("train") long train,
        @JsonProperty("test") long test,
        @JsonProperty("train_prompts") long trainPrompts,
        @JsonProperty("test_prompts") long testPrompts,
        @JsonProperty("longer_chosen") long longerChosen,
        @JsonProperty("dropped") Map<String, Long> dropped,
        @JsonProperty("judges") Map<String, Long> judges,
        @JsonProperty("facts") DatasetFacts facts) {
    public ExportCounts {
        dropped = Collections.unmodifiableMap(new TreeMap<>(dropped));
        judges = Collections.unmodifiableMap(new TreeMap<>(judges));
        long sum = train
                + test
                + dropped.values().stream().mapToLong(Long::longValue).sum();
        if (read != sum) {
            throw new IllegalArgumentException("read is " + read + ", must be the sum of exported and dropped, " + sum);
        }
    }

    /** All examples written. */
    public long exported() {
        return train + test;
    }

    /** All judgments left out. */
    public long droppedTotal() {
        return read - exported();
    }
}
