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
    private final Quota policy;
    private final LowestNumbers control;
    private long controlled;

    LimitedPairs(PairLimits limits) {
        this.limits = limits;
        this.policy = new Quota(limits.most().orElse(Long.MAX_VALUE));
        this.control = new LowestNumbers(limits.control());
    }

    /** The policy's lowest numbers: in all, or for every two models that are to meet. */
    private final class Quota {
        private final LowestNumbers all;
        private final Map<ModelPair, LowestNumbers> meetings = new TreeMap<>();

        Quota(long most) {
            this.all = new LowestNumbers(most);
            limits.meetings()
                    .orElse(Map.of())
                    .forEach((models, times) -> meetings.put(models, new LowestNumbers(times)));
        }

        private Optional<LowestNumbers> of(Offer offer) {
            return limits.meetings().isEmpty()
                    ? Optional.of(all)
                    : ModelPair.of(offer.pair().modelA(), offer.pair().modelB()).map(meetings::get);
        }

        boolean admits(Offer offer) {
            return offer.policy()
                    .filter(number ->
                            of(offer).filter(lowest -> lowest.admits(number)).isPresent())
                    .isPresent();
        }

        void add(Offer offer) {
            offer.policy().ifPresent(number -> of(offer).ifPresent(lowest -> lowest.add(number)));
        }
    }

    /** Takes a pair, unless enough of lower numbers are there. */
    void offer(Offer offer) {
        boolean wanted = policy.admits(offer);
        boolean drawn = offer.control().filter(control::admits).isPresent();
        policy.add(offer);
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
        Quota rest = new Quota(room);
        offers.forEach(offer -> {
            if (!isControl(offer)) {
                rest.add(offer);
            }
        });
        offers.forEach(offer -> {
            boolean isControl = isControl(offer);
            boolean chosen = offer.policy().isPresent();
            if (isControl) {
                sink.accept(marked(offer.pair(), chosen && limits.meetings().isEmpty() ? Arm.BOTH : Arm.CONTROL));
            } else if (rest.admits(offer)) {
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
