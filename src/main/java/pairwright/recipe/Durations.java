package pairwright.recipe;

import java.util.List;
import java.util.Optional;
import pairwright.agreement.Estimate;
import pairwright.llm.Endpoint;
import pairwright.llm.SeenReplies;

/** How long calls take: their latency over what is in flight, and no less than the rates allow. */
final class Durations {
    private static final int ENOUGH_SEEN = 20;
    private static final double MICROS = 1e6;

    private Durations() {}

    /** In seconds; empty where no latency was seen. */
    static Optional<Estimate> of(
            Estimate calls, Estimate prompt, Estimate completion, Endpoint.Limits limits, SeenReplies seen) {
        List<Long> micros = seen.latencyMicros();
        if (micros.isEmpty()) {
            return Optional.empty();
        }
        double mean = micros.stream().mapToLong(Long::longValue).average().orElse(0) / MICROS;
        boolean few = micros.size() < ENOUGH_SEEN;
        double low = few ? mean / 2 : micros.get(micros.size() / 10) / MICROS;
        double high = few ? mean * 2 : micros.get(micros.size() * 9 / 10) / MICROS;
        return Optional.of(new Estimate(
                seconds(calls.value(), mean, prompt.value() + completion.value(), limits),
                seconds(calls.low(), Math.min(low, mean), prompt.low() + completion.low(), limits),
                seconds(calls.high(), Math.max(high, mean), prompt.high() + completion.high(), limits),
                micros.size(),
                "calls times the mean latency of " + micros.size() + " replies in the ledger, over "
                        + limits.maxInFlight() + " in flight, no faster than the rates; "
                        + (few ? "half to twice that" : "with the latencies' 10th and 90th percentile")));
    }

    private static double seconds(double calls, double latency, double tokens, Endpoint.Limits limits) {
        double time = calls * latency / Math.min(limits.maxInFlight(), Math.max(1, calls));
        double requests =
                limits.requestsPerMinute().map(rate -> calls * 60 / rate).orElse(0.0);
        double flow = limits.tokensPerMinute().map(rate -> tokens * 60 / rate).orElse(0.0);
        return Math.max(time, Math.max(requests, flow));
    }
}
