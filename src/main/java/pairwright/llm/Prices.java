package pairwright.llm;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigInteger;
import java.util.Optional;

/**
 * What tokens of one model cost, in one currency.
 *
 * @param promptPerMillion price of a million tokens of requests, in [0, 1e6]
 * @param completionPerMillion price of a million tokens of replies, in [0, 1e6]
 * @param cachedPerMillion price of a million tokens of requests that the server had cached; the full one unless said
 * @param batchFactor what a batch costs of the full price, in [0, 1]; 1 unless said
 */
public record Prices(
        @JsonProperty("prompt") double promptPerMillion,
        @JsonProperty("completion") double completionPerMillion,
        @JsonProperty("cached") Optional<Double> cachedPerMillion,
        @JsonProperty("batch") Optional<Double> batchFactor) {
    private static final double HIGHEST = 1e6;
    private static final long MILLION = 1_000_000;

    public Prices {
        check("prompt", promptPerMillion, HIGHEST);
        check("completion", completionPerMillion, HIGHEST);
        cachedPerMillion.ifPresent(price -> check("cached", price, HIGHEST));
        batchFactor.ifPresent(factor -> check("batch", factor, 1));
    }

    /** Without a price of its own for cached tokens and for batches. */
    public Prices(double promptPerMillion, double completionPerMillion) {
        this(promptPerMillion, completionPerMillion, Optional.empty(), Optional.empty());
    }

    private static void check(String name, double value, double highest) {
        if (!(value >= 0 && value <= highest)) {
            throw new IllegalArgumentException(
                    "the price " + name + " is " + value + ", must be in [0, " + (long) highest + "]");
        }
    }

    /** The prices of a batch. */
    public Prices batched() {
        double factor = batchFactor.orElse(1.0);
        return new Prices(
                promptPerMillion * factor,
                completionPerMillion * factor,
                cachedPerMillion.map(price -> price * factor),
                Optional.empty());
    }

    /** What a call cost: where the server did not say how many tokens, the most that they can have been. Rounded up. */
    Cost of(Usage usage, TokenBound bound) {
        long prompt = usage.promptTokens().orElse(bound.prompt());
        long cached = Math.min(prompt, usage.cachedTokens().orElse(0L));
        return sum(prompt - cached, cached, usage.completionTokens().orElse(bound.reply()));
    }

    /** What a call cost, rounded up; empty where the server did not say how many tokens. */
    public Optional<Cost> of(Usage usage) {
        return usage.promptTokens()
                .flatMap(prompt -> usage.completionTokens().map(reply -> {
                    long cached = Math.min(prompt, usage.cachedTokens().orElse(0L));
                    return sum(prompt - cached, cached, reply);
                }));
    }

    /** The most that one attempt can cost: nothing cached, a reply of full length. Rounded up. */
    Cost worst(TokenBound bound) {
        Cost plain = sum(bound.prompt(), 0, bound.reply());
        Cost cached = sum(0, bound.prompt(), bound.reply());
        return plain.compareTo(cached) >= 0 ? plain : cached;
    }

    private Cost sum(long prompt, long cached, long completion) {
        long promptNanos = nanos(promptPerMillion);
        long cachedNanos = nanos(cachedPerMillion.orElse(promptPerMillion));
        long completionNanos = nanos(completionPerMillion);
        long total;
        try {
            total = Math.addExact(
                    Math.addExact(Math.multiplyExact(prompt, promptNanos), Math.multiplyExact(cached, cachedNanos)),
                    Math.addExact(Math.multiplyExact(completion, completionNanos), MILLION - 1));
        } catch (ArithmeticException e) {
            BigInteger exact = product(prompt, promptNanos)
                    .add(product(cached, cachedNanos))
                    .add(product(completion, completionNanos))
                    .divide(BigInteger.valueOf(MILLION));
            return new Cost(exact.min(BigInteger.valueOf(Cost.LARGEST)).longValueExact());
        }
        return new Cost(Math.min(Cost.LARGEST, total / MILLION));
    }

    private static BigInteger product(long tokens, long price) {
        return BigInteger.valueOf(tokens).multiply(BigInteger.valueOf(price));
    }

    /** Billionths for a million tokens. */
    private static long nanos(double price) {
        return Math.round(price * 1e9);
    }

    /** Billionths for a million tokens of a request, for sums in the ledger. */
    long promptNanos() {
        return nanos(Math.max(promptPerMillion, cachedPerMillion.orElse(0.0)));
    }

    /** Billionths for a million tokens of a reply. */
    long completionNanos() {
        return nanos(completionPerMillion);
    }
}
