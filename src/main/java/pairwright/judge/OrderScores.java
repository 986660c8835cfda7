package pairwright.judge;

import java.util.List;
import java.util.Optional;
import pairwright.pair.Order;

/**
 * The preference score that each of the two orders gave alone.
 *
 * @param ab mean over the samples that showed {@code response_a} first, in [0, 1]
 * @param ba mean over those that showed {@code response_b} first; also the probability that {@code response_a} is preferred
 */
public record OrderScores(double ab, double ba) {
    /**
     * Of a judgment that has both. A jury's are the weighted means over the jurors that gave a preference, a cascade's those of the step
     * that decided; empty where one of these was not asked in both orders, or where there is no preference.
     */
    public static Optional<OrderScores> of(Judgment judgment) {
        return judgment.verdict() instanceof Preference ? of(judgment.evidence()) : Optional.empty();
    }

    static Optional<OrderScores> of(Evidence evidence) {
        List<JurorVerdict> jurors = evidence.jurors();
        if (jurors.isEmpty()) {
            return ofTrials(evidence);
        }
        if (jurors.get(0).weight().isEmpty()) {
            return jurors.get(jurors.size() - 1).evidence().flatMap(OrderScores::of);
        }
        return ofJurors(jurors);
    }

    static Optional<OrderScores> ofJurors(List<JurorVerdict> jurors) {
        double ab = 0;
        double ba = 0;
        double weights = 0;
        for (JurorVerdict juror : jurors) {
            if (juror.z().isPresent()) {
                Optional<OrderScores> scores = juror.evidence().flatMap(OrderScores::of);
                if (scores.isEmpty()) {
                    return Optional.empty();
                }
                double weight = juror.weight().orElseThrow();
                ab += weight * scores.get().ab();
                ba += weight * scores.get().ba();
                weights += weight;
            }
        }
        return weights > 0 ? Optional.of(new OrderScores(ab / weights, ba / weights)) : Optional.empty();
    }

    /** Where criteria were asked by themselves, of the overall question or of their weighted mean: of that which made z. */
    static Optional<OrderScores> ofTrials(Evidence evidence) {
        List<Trial> trials = evidence.trials();
        if (evidence.overall().filter(Overall.WEIGHTED_MEAN::equals).isEmpty()) {
            return ofTrials(trials, Optional.empty());
        }
        double ab = 0;
        double ba = 0;
        double weights = 0;
        for (CriterionVerdict criterion : evidence.criteria()) {
            Optional<OrderScores> scores = ofTrials(trials, Optional.of(criterion.criterion()));
            if (scores.isEmpty()) {
                return Optional.empty();
            }
            ab += criterion.weight() * scores.get().ab();
            ba += criterion.weight() * scores.get().ba();
            weights += criterion.weight();
        }
        return weights > 0 ? Optional.of(new OrderScores(ab / weights, ba / weights)) : Optional.empty();
    }

    private static Optional<OrderScores> ofTrials(List<Trial> trials, Optional<String> criterion) {
        Optional<Double> ab = mean(trials, criterion, Order.AB);
        Optional<Double> ba = mean(trials, criterion, Order.BA);
        return ab.isPresent() && ba.isPresent() ? Optional.of(new OrderScores(ab.get(), ba.get())) : Optional.empty();
    }

    private static Optional<Double> mean(List<Trial> trials, Optional<String> criterion, Order order) {
        double sum = 0;
        int n = 0;
        for (Trial trial : trials) {
            if (trial.order() == order
                    && trial.criterion().equals(criterion)
                    && trial.pFirst().isPresent()) {
                sum += trial.pFirst().get();
                n++;
            }
        }
        return n == 0 ? Optional.empty() : Optional.of(sum / n);
    }

    /** How far the orders lie apart, {@code ab - ba}, in [-1, 1]. */
    public double gap() {
        return ab - ba;
    }

    /** The position effect on the logit scale, clamped at 1e-3; positive favours the slot shown first. */
    public double logitEffect() {
        return (Pooling.logit(ab) - Pooling.logit(ba)) / 2;
    }

    /** Whether the two orders give different labels under the default tie band. */
    public boolean inConflict() {
        return inConflict(Preference.DEFAULT_TIE_BAND);
    }

    /** Whether the two orders give different labels. */
    boolean inConflict(double tieBand) {
        return new Preference(ab).label(tieBand) != new Preference(ba).label(tieBand);
    }
}
