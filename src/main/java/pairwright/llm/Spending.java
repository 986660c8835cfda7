package pairwright.llm;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * What asking has cost so far.
 *
 * @param sent attempts that went out, retries counted
 * @param paid completions that came back from the endpoint
 * @param replayed replies that the ledger (or an equal request in flight) had already
 * @param failed requests that ended without a completion
 * @param promptTokens tokens of the paid requests, where the server said
 * @param completionTokens tokens of the paid replies, where the server said
 * @param withoutUsage paid completions whose tokens the server did not say, so that {@code cost} is too low
 * @param cost in the currency of the prices; empty where no prices were given
 * @param trouble why the last attempt failed that is being retried; empty while replies come
 */
public record Spending(
        @JsonProperty("sent") long sent,
        @JsonProperty("paid") long paid,
        @JsonProperty("replayed") long replayed,
        @JsonProperty("failed") long failed,
        @JsonProperty("prompt_tokens") long promptTokens,
        @JsonProperty("completion_tokens") long completionTokens,
        @JsonProperty("without_usage") long withoutUsage,
        @JsonProperty("cost") Optional<Double> cost,
        @JsonProperty("trouble") Optional<String> trouble) {}
