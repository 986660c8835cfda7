package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How many different prompts there were; they are the clusters that intervals resample.
 *
 * @param count exact, or rounded from an estimate
 * @param exact false when there were too many to remember each; then the standard error is about 1.3%
 */
public record PromptCount(
        @JsonProperty("count") long count,
        @JsonProperty("exact") boolean exact) {
    @Override
    public String toString() {
        return exact ? Long.toString(count) : "about " + count;
    }
}
