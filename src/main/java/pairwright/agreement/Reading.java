package pairwright.agreement;

import java.util.List;
import java.util.Optional;
import pairwright.judge.Abstention;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;
import pairwright.judge.Trial;
import pairwright.pair.Order;

/**
 * One judgment as agreement reads it.
 *
 * @param label by the settings
 * @param vote in the sense of MT-Bench: a tie where the orders disagree, abstained where one of them gave no label
 * @param orders the labels by order, where both were asked and count
 * @param abstention why there is no label, present exactly when {@code label} is abstained
 * @param z the score, of the orders that count; empty where there is none
 * @param seen what is compared with a reference, one or, in the frame shown, one for each order
 */
record Reading(
        Outcome label,
        Outcome vote,
        Optional<BothOrders> orders,
        Optional<Abstention.Reason> abstention,
        Optional<Double> z,
        List<Seen> seen) {

    /**
     * One comparison.
     *
     * @param label in the row's frame
     * @param turned whether the row's frame is turned round before it is compared
     * @param abstention why there is no label
     */
    record Seen(Outcome label, boolean turned, Optional<Abstention.Reason> abstention) {}

    /** The judge. */
    static Reading of(Judgment judgment, AgreementSettings settings) {
        if (settings.orders().only().isPresent()
                && !judgment.evidence().trials().isEmpty()) {
            return inOneOrder(judgment, settings.orders().only().get(), settings);
        }
        Reading reading = ofReference(judgment, settings);
        return settings.frame() == Frame.ITEM
                ? reading
                : new Reading(
                        reading.label(),
                        reading.vote(),
                        reading.orders(),
                        reading.abstention(),
                        reading.z(),
                        shown(judgment, reading, settings));
    }

    /** The reference, which is never turned by itself and always read as it stands. */
    static Reading ofReference(Judgment judgment, AgreementSettings settings) {
        Optional<BothOrders> orders = BothOrders.of(judgment, settings.tieBand());
        Outcome ofZ = Outcome.of(judgment.verdict(), settings.tieBand());
        Outcome vote = ofZ == Outcome.ABSTAINED
                ? ofZ
                : orders.map(BothOrders::consistent).orElse(ofZ);
        boolean both = orders.isPresent() && vote != Outcome.ABSTAINED;
        Outcome label = both
                ? settings.conflictingOrders().of(orders.get(), ofZ)
                : settings.conflictingOrders() == ConflictingOrders.Z_MEAN ? ofZ : vote;
        Optional<Abstention.Reason> why = label == Outcome.ABSTAINED ? reason(judgment) : Optional.empty();
        Optional<Double> z =
                judgment.verdict() instanceof Preference preference ? Optional.of(preference.z()) : Optional.empty();
        return new Reading(label, vote, orders, why, z, List.of(new Seen(label, false, why)));
    }

    private static Reading inOneOrder(Judgment judgment, Order order, AgreementSettings settings) {
        Optional<Double> z = BothOrders.mean(judgment.evidence().trials(), order);
        Outcome label =
                z.map(p -> Outcome.of(new Preference(p), settings.tieBand())).orElse(Outcome.ABSTAINED);
        Optional<Abstention.Reason> why = label == Outcome.ABSTAINED ? reason(judgment, order) : Optional.empty();
        boolean turned = settings.frame() == Frame.SHOWN && order == Order.BA;
        return new Reading(label, label, Optional.empty(), why, z, List.of(new Seen(label, turned, why)));
    }

    private static List<Seen> shown(Judgment judgment, Reading reading, AgreementSettings settings) {
        List<Order> asked = judgment.evidence().trials().stream()
                .map(Trial::order)
                .distinct()
                .sorted()
                .toList();
        return asked.isEmpty()
                ? reading.seen()
                : asked.stream()
                        .flatMap(order -> inOneOrder(judgment, order, settings).seen().stream())
                        .toList();
    }

    private static Optional<Abstention.Reason> reason(Judgment judgment) {
        return judgment.verdict() instanceof Abstention abstention
                ? Optional.of(abstention.reason())
                : judgment.evidence().trials().stream()
                        .map(Trial::abstention)
                        .flatMap(Optional::stream)
                        .map(Abstention::reason)
                        .findFirst();
    }

    /** Why an order has no label; one that was not asked is absent. */
    private static Optional<Abstention.Reason> reason(Judgment judgment, Order order) {
        return Optional.of(judgment.evidence().trials().stream()
                .filter(trial -> trial.order() == order)
                .map(Trial::abstention)
                .flatMap(Optional::stream)
                .map(Abstention::reason)
                .findFirst()
                .orElse(Abstention.Reason.ABSENT));
    }
}
