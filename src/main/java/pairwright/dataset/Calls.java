package pairwright.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Calls of one model.
 *
 * @param calls made
 * @param promptTokens of these calls, as servers said
 * @param completionTokens of these calls
 * @param withoutTokens calls of which the server did not say both
 */
public record Calls(
        @JsonProperty("calls") long calls,
        @JsonProperty("prompt_tokens") long promptTokens,
        @JsonProperty("completion_tokens") long completionTokens,
        @JsonProperty("without_tokens") long withoutTokens) {
    /** None. */
    static final Calls NONE = new Calls(0, 0, 0, 0);

    Calls plus(Calls other) {
        return new Calls(
                calls + other.calls,
                promptTokens + other.promptTokens,
                completionTokens + other.completionTokens,
                withoutTokens + other.withoutTokens);
    }
}
