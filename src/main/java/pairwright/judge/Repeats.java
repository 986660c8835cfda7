package pairwright.judge;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import pairwright.pair.Order;

/** What a judge says when it is asked the same several times, over the judgments of a run. */
public final class Repeats {
    private long pairs;
    private long inConflict;
    private double spreads;
    private double variances;

    /**
     * The sum of it.
     *
     * @param pairs with a preference that were asked more than once in every order
     * @param inConflict those whose samples in one order have different labels
     * @param meanSpread mean over these pairs of the standard deviation of p within an order
     * @param noiseFloor root of the mean square of the change of z if all were asked again in the same way, by the variances within the
     *     orders, these pooled by their mean: sqrt(2 mean of (sum over the orders of s^2 / k) / orders^2), k samples an order
     */
    public record Counts(
            @JsonProperty("pairs") long pairs,
            @JsonProperty("in_conflict") long inConflict,
            @JsonProperty("mean_spread") double meanSpread,
            @JsonProperty("noise_floor") double noiseFloor) {}

    public void add(Judgment judgment) {
        Spread.of(judgment).ifPresent(found -> {
            pairs++;
            inConflict += found.inConflict() ? 1 : 0;
            spreads += found.within();
            variances += found.variance();
        });
    }

    /** Empty where nothing was asked more than once. */
    public Optional<Counts> counts() {
        return pairs == 0
                ? Optional.empty()
                : Optional.of(new Counts(pairs, inConflict, spreads / pairs, Math.sqrt(2 * variances / pairs)));
    }

    /**
     * The samples of one judgment.
     *
     * @param inConflict whether samples of one order have different labels
     * @param within standard deviation of p within an order, mean over the orders
     * @param variance of z
     */
    public record Spread(boolean inConflict, double within, double variance) {
        /** Empty without a preference, and where something that z rests on was asked once only in an order. */
        public static Optional<Spread> of(Judgment judgment) {
            return judgment.verdict() instanceof Preference ? of(judgment.evidence()) : Optional.empty();
        }

        static Optional<Spread> of(Evidence evidence) {
            List<JurorVerdict> jurors = evidence.jurors();
            if (jurors.isEmpty()) {
                return ofTrials(evidence);
            }
            if (jurors.get(0).weight().isEmpty()) {
                return jurors.get(jurors.size() - 1).evidence().flatMap(Spread::of);
            }
            List<Spread> parts = new ArrayList<>();
            List<Double> weights = new ArrayList<>();
            for (JurorVerdict juror : jurors) {
                if (juror.z().isPresent()) {
                    Optional<Spread> one = juror.evidence().flatMap(Spread::of);
                    if (one.isEmpty()) {
                        return one;
                    }
                    parts.add(one.get());
                    weights.add(juror.weight().orElseThrow());
                }
            }
            return Optional.of(mean(parts, weights));
        }

        private static Optional<Spread> ofTrials(Evidence evidence) {
            if (evidence.overall().filter(Overall.WEIGHTED_MEAN::equals).isEmpty()) {
                return ofTrials(evidence.trials(), Optional.empty());
            }
            List<Spread> parts = new ArrayList<>();
            List<Double> weights = new ArrayList<>();
            for (CriterionVerdict criterion : evidence.criteria()) {
                Optional<Spread> one = ofTrials(evidence.trials(), Optional.of(criterion.criterion()));
                if (one.isEmpty()) {
                    return one;
                }
                parts.add(one.get());
                weights.add(criterion.weight());
            }
            return Optional.of(mean(parts, weights));
        }

        /** Of a weighted mean of independent parts. */
        private static Spread mean(List<Spread> parts, List<Double> weights) {
            double all = weights.stream().mapToDouble(Double::doubleValue).sum();
            double within = 0;
            double variance = 0;
            for (int i = 0; i < parts.size(); i++) {
                double share = weights.get(i) / all;
                within += share * parts.get(i).within();
                variance += share * share * parts.get(i).variance();
            }
            return new Spread(parts.stream().anyMatch(Spread::inConflict), within, variance);
        }

        private static Optional<Spread> ofTrials(List<Trial> trials, Optional<String> criterion) {
            boolean conflict = false;
            double within = 0;
            double variance = 0;
            int orders = 0;
            for (Order order : Order.values()) {
                List<Double> p = trials.stream()
                        .filter(t -> t.order() == order && t.criterion().equals(criterion))
                        .flatMap(t -> t.pFirst().stream())
                        .toList();
                if (p.isEmpty()) {
                    continue;
                }
                OptionalDouble squared = squaredDeviation(p);
                if (squared.isEmpty()) {
                    return Optional.empty();
                }
                orders++;
                within += Math.sqrt(squared.getAsDouble());
                variance += squared.getAsDouble() / p.size();
                conflict |= p.stream()
                                .map(value -> new Preference(value).label(Preference.DEFAULT_TIE_BAND))
                                .distinct()
                                .count()
                        > 1;
            }
            return orders == 0
                    ? Optional.empty()
                    : Optional.of(new Spread(conflict, within / orders, variance / orders / orders));
        }

        /** Of a sample, n - 1 below; empty for a single value. */
        private static OptionalDouble squaredDeviation(List<Double> p) {
            if (p.size() < 2) {
                return OptionalDouble.empty();
            }
            double mean = p.stream().mapToDouble(Double::doubleValue).sum() / p.size();
            double squares =
                    p.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
            return OptionalDouble.of(squares / (p.size() - 1));
        }
    }
}
