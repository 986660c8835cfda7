package pairwright.llm;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
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
 * @param withoutUsage paid completions whose tokens the server did not say; their cost is counted as the most it can be
 * @param aboveBound completions that the server billed above the most that their request can use, counted as billed
 * @param cost of this run's completions; empty where some had no price
 * @param currency of the cost, where the prices name one
 * @param latency of the completions; empty while there are none
 * @param pause how long nothing is sent because the server asked for that; empty while requests go out
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
        @JsonProperty("above_bound") long aboveBound,
        @JsonProperty("cost") Optional<Cost> cost,
        @JsonProperty("currency") Optional<String> currency,
        @JsonProperty("latency") Optional<Latency> latency,
        @JsonIgnore Optional<Duration> pause,
        @JsonProperty("trouble") Optional<String> trouble) {
    /** Attempts for each request that was not in the ledger; empty where there was none. */
    @JsonProperty("attempts_per_call")
    public Optional<Double> attemptsPerCall() {
        long calls = paid + failed;
        return calls == 0 ? Optional.empty() : Optional.of((double) sent / calls);
    }

    /** Share of the requests that cost nothing because their reply was known, in [0, 1]; empty where nothing was asked. */
    @JsonProperty("ledger_share")
    public Optional<Double> ledgerShare() {
        long all = paid + failed + replayed;
        return all == 0 ? Optional.empty() : Optional.of((double) replayed / all);
    }

    /**
     * Of two connections together. Latencies of different servers are no one distribution, so there is none where both have some; a cost
     * is unknown where one of them made calls without a price.
     */
    public Spending plus(Spending other) {
        boolean known = (cost.isPresent() || paid == 0) && (other.cost.isPresent() || other.paid == 0);
        return new Spending(
                sent + other.sent,
                paid + other.paid,
                replayed + other.replayed,
                failed + other.failed,
                promptTokens + other.promptTokens,
                completionTokens + other.completionTokens,
                withoutUsage + other.withoutUsage,
                aboveBound + other.aboveBound,
                known
                        ? cost.map(mine -> mine.plus(other.cost.orElse(Cost.ZERO)))
                                .or(other::cost)
                        : Optional.empty(),
                currency.or(other::currency),
                latency.isPresent() && other.latency.isPresent() ? Optional.empty() : latency.or(other::latency),
                pause.or(other::pause),
                trouble.or(other::trouble));
    }
}
