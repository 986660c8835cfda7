package pairwright.agreement;

import java.util.Optional;
import pairwright.judge.Abstention;
import pairwright.judge.Judgment;
import pairwright.judge.Trial;

/**
 * One judgment as agreement reads it.
 *
 * @param label by the settings
 * @param vote in the sense of MT-Bench: a tie where the orders disagree, abstained where one of them gave no label
 * @param orders the labels by order, where both were asked
 * @param abstention why there is no label, present exactly when {@code label} is abstained
 */
record Reading(Outcome label, Outcome vote, Optional<BothOrders> orders, Optional<Abstention.Reason> abstention) {
    static Reading of(Judgment judgment, AgreementSettings settings) {
        Optional<BothOrders> orders = BothOrders.of(judgment, settings.tieBand());
        Outcome ofZ = Outcome.of(judgment.verdict(), settings.tieBand());
        Outcome vote = ofZ == Outcome.ABSTAINED
                ? ofZ
                : orders.map(BothOrders::consistent).orElse(ofZ);
        Outcome label = settings.conflictingOrders() == ConflictingOrders.TIE ? vote : ofZ;
        return new Reading(label, vote, orders, label == Outcome.ABSTAINED ? reason(judgment) : Optional.empty());
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
}
