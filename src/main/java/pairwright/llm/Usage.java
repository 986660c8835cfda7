package pairwright.llm;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * Tokens that were billed; empty where the server did not say.
 *
 * @param promptTokens of the request, cached ones included
 * @param completionTokens of the reply, reasoning included
 * @param cachedTokens those of the request that the server had cached
 */
public record Usage(
        @JsonProperty("prompt_tokens") Optional<Long> promptTokens,
        @JsonProperty("completion_tokens") Optional<Long> completionTokens,
        @JsonProperty("cached_tokens") Optional<Long> cachedTokens) {
    /** The server said nothing. */
    public static final Usage UNKNOWN = new Usage(Optional.empty(), Optional.empty());

    /** Without a word about a cache. */
    public Usage(Optional<Long> promptTokens, Optional<Long> completionTokens) {
        this(promptTokens, completionTokens, Optional.empty());
    }
}
