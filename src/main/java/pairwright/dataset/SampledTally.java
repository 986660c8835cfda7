package pairwright.dataset;

import java.io.Closeable;
import java.math.BigDecimal;
import java.util.Optional;
import pairwright.jsonl.DiskIndex;
import pairwright.pair.Pair;

/** Adds up what the sampling of the candidates took; which were counted lies on disk. */
final class SampledTally implements Closeable {
    private static final String IN = "prompt_tokens_";
    private static final String OUT = "completion_tokens_";
    private static final String COST = "cost_";

    private Optional<DiskIndex> seen = Optional.empty();
    private Calls calls = Calls.NONE;
    private BigDecimal cost = BigDecimal.ZERO;
    private long priced;

    void add(Pair pair) {
        side(pair, "a", 0);
        side(pair, "b", 1);
    }

    private void side(Pair pair, String side, int half) {
        Optional<BigDecimal> in = number(pair, IN + side);
        Optional<BigDecimal> out = number(pair, OUT + side);
        if (in.isEmpty() && out.isEmpty()) {
            return;
        }
        // The id of a pair is made of those of its candidates; a pair that was not made here counts by itself.
        String[] ids = pair.id().split("~", -1);
        String candidate = ids.length == 2 ? ids[half] : pair.id() + "~" + side;
        if (seen.isEmpty()) {
            seen = Optional.of(DiskIndex.temporary());
        }
        if (seen.get().putIfAbsent(candidate, "").isPresent()) {
            return;
        }
        calls = calls.plus(new Calls(1, whole(in), whole(out), in.isEmpty() || out.isEmpty() ? 1 : 0));
        number(pair, COST + side).ifPresent(value -> {
            cost = cost.add(value);
            priced++;
        });
    }

    private static long whole(Optional<BigDecimal> tokens) {
        return tokens.map(BigDecimal::longValue).orElse(0L);
    }

    /** A number of 0 or more that a bill can hold. */
    private static Optional<BigDecimal> number(Pair pair, String field) {
        return Optional.ofNullable(pair.fields().get(field))
                .filter(Number.class::isInstance)
                .map(value -> new BigDecimal(value.toString()))
                .filter(value -> value.signum() >= 0 && value.scale() <= 30 && value.precision() - value.scale() <= 15);
    }

    Sampled sums() {
        return new Sampled(calls, priced == 0 ? Optional.empty() : Optional.of(cost), priced);
    }

    @Override
    public void close() {
        seen.ifPresent(DiskIndex::close);
    }
}
