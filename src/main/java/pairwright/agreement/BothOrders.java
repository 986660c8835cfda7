package pairwright.agreement;

import java.util.List;
import java.util.Optional;
import pairwright.judge.Judgment;
import pairwright.judge.OrderScores;
import pairwright.judge.Preference;
import pairwright.judge.Trial;
import pairwright.pair.Order;

/**
 * The labels of one judgment by the order shown, both in the row's frame. An order's label is that of the mean of its
 * samples; without any readable sample it abstained.
 */
record BothOrders(Outcome ab, Outcome ba) {
    /** Empty when the judge was not asked in both orders, or keeps no trials. */
    static Optional<BothOrders> of(Judgment judgment, double tieBand) {
        // Criteria that were asked by themselves, and jurors, have trials that are not of one question.
        Optional<OrderScores> scores = OrderScores.of(judgment);
        if (scores.isPresent()) {
            return Optional.of(new BothOrders(
                    Outcome.of(new Preference(scores.get().ab()), tieBand),
                    Outcome.of(new Preference(scores.get().ba()), tieBand)));
        }
        List<Trial> trials = judgment.evidence().trials();
        int asked = 0;
        for (Trial trial : trials) {
            asked |= trial.order() == Order.AB ? 1 : 2;
        }
        return asked == 3
                ? Optional.of(new BothOrders(label(trials, Order.AB, tieBand), label(trials, Order.BA, tieBand)))
                : Optional.empty();
    }

    private static Outcome label(List<Trial> trials, Order order, double tieBand) {
        return mean(trials, order)
                .map(p -> Outcome.of(new Preference(p), tieBand))
                .orElse(Outcome.ABSTAINED);
    }

    /** Of what the samples of one order give {@code response_a}; empty where none was readable. */
    static Optional<Double> mean(List<Trial> trials, Order order) {
        double sum = 0;
        int samples = 0;
        for (Trial trial : trials) {
            if (trial.order() == order && trial.pFirst().isPresent()) {
                sum += trial.pFirst().get();
                samples++;
            }
        }
        return samples == 0 ? Optional.empty() : Optional.of(sum / samples);
    }

    /** Where the two labels lean together, none where one of them is missing. */
    Outcome sum() {
        if (ab == Outcome.ABSTAINED || ba == Outcome.ABSTAINED) {
            return Outcome.ABSTAINED;
        }
        int sum = side(ab) + side(ba);
        return sum > 0 ? Outcome.A : sum < 0 ? Outcome.B : Outcome.TIE;
    }

    private static int side(Outcome label) {
        return label == Outcome.A ? 1 : label == Outcome.B ? -1 : 0;
    }

    /** The label that both orders gave, a tie where they differ, none where one of them abstained. */
    Outcome consistent() {
        if (ab == Outcome.ABSTAINED || ba == Outcome.ABSTAINED) {
            return Outcome.ABSTAINED;
        }
        return ab == ba ? ab : Outcome.TIE;
    }
}
