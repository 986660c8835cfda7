package pairwright.pair;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import pairwright.jsonl.Spool;

/**
 * Pairs that wait on disk until it is known which of them are kept: the control's lowest numbers, then the policy's lowest among the rest.
 * Memory is 8 bytes for each pair that is kept.
 */
final class LimitedPairs implements AutoCloseable {
    /** A pair with the number that it drew in each arm that wants it. */
    record Offer(Pair pair, Optional<Double> policy, Optional<Double> control) {}

    private final PairLimits limits;
    private final Spool<Offer> offers = new Spool<>(Offer.class);
    private final LowestNumbers policy;
    private final LowestNumbers control;
    private long controlled;

    LimitedPairs(PairLimits limits) {
        this.limits = limits;
        this.policy = new LowestNumbers(limits.most().orElse(Long.MAX_VALUE));
        this.control = new LowestNumbers(limits.control());
    }

    /** Takes a pair, unless enough of lower numbers are there. */
    void offer(Offer offer) {
        boolean wanted = offer.policy().filter(policy::admits).isPresent();
        boolean drawn = offer.control().filter(control::admits).isPresent();
        offer.policy().ifPresent(policy::add);
        offer.control().ifPresent(number -> {
            control.add(number);
            controlled++;
        });
        if (wanted || drawn) {
            offers.add(offer);
        }
    }

    /** Whether the control still wants a pair of this number. */
    boolean controlAdmits(double number) {
        return control.admits(number);
    }

    /** Hands over what is kept, in the order of the prompts. */
    void keep(Consumer<Pair> sink) {
        long drawn = Math.min(controlled, limits.control());
        long room = limits.most().map(most -> most - drawn).orElse(Long.MAX_VALUE);
        LowestNumbers rest = new LowestNumbers(room);
        offers.forEach(offer -> {
            if (!isControl(offer)) {
                offer.policy().ifPresent(rest::add);
            }
        });
        offers.forEach(offer -> {
            boolean isControl = isControl(offer);
            boolean chosen = offer.policy().isPresent();
            if (isControl) {
                sink.accept(marked(offer.pair(), chosen ? Arm.BOTH : Arm.CONTROL));
            } else if (offer.policy().filter(rest::admits).isPresent()) {
                sink.accept(marked(offer.pair(), Arm.POLICY));
            }
        });
    }

    private boolean isControl(Offer offer) {
        return limits.control() > 0 && offer.control().filter(control::admits).isPresent();
    }

    private Pair marked(Pair pair, Arm arm) {
        if (limits.control() == 0) {
            return pair;
        }
        Map<String, Object> fields = new TreeMap<>(pair.fields());
        fields.put(Arm.FIELD, arm.toString());
        return pair.withFields(fields);
    }

    @Override
    public void close() {
        offers.close();
    }
}
