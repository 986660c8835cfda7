package pairwright.llm;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/** Tokens that were billed; empty where the server did not say. */
public record Usage(
        @JsonProperty("prompt_tokens") Optional<Long> promptTokens,
        @JsonProperty("completion_tokens") Optional<Long> completionTokens) {}
