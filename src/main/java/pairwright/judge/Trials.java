package pairwright.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import pairwright.pair.Label;
import pairwright.pair.Order;

/** From trials to a verdict: a pure function, so another pooling never costs a call. */
final class Trials {
    private Trials() {}

    /** A verdict with what lies behind it. */
    record Pooled(Verdict verdict, Evidence evidence) {}

    /**
     * Pools the trials of one pair. An order that was asked and brought no probability makes the whole judgment abstain, since one order
     * alone would carry the position bias that asking both is there to cancel.
     *
     * @param trials not empty; of one order only when one order was asked
     */
    static Pooled pool(List<Trial> trials, Pooling pooling, List<String> flags) {
        boolean half = trials.stream().map(Trial::order).distinct().count() == 1;
        List<Order> asked = half ? List.of(trials.get(0).order()) : List.of(Order.AB, Order.BA);
        double[] p = new double[Order.values().length];
        for (Order order : asked) {
            OptionalDouble mean = meanFirst(trials, order);
            if (mean.isEmpty()) {
                Abstention why = trials.stream()
                        .filter(t -> t.order() == order)
                        .findFirst()
                        .flatMap(Trial::abstention)
                        .orElseThrow();
                return new Pooled(
                        new Abstention(why.reason(), "order " + order + ": " + why.detail()),
                        evidence(trials, half, Optional.empty(), flags));
            }
            p[order.ordinal()] = mean.getAsDouble();
        }
        if (half) {
            return new Pooled(
                    new Preference(p[asked.get(0).ordinal()]), evidence(trials, true, Optional.empty(), flags));
        }
        double z = pooling.pool(p[0], p[1]);
        return new Pooled(new Preference(z), evidence(trials, false, Optional.of(p), flags));
    }

    /** Mean probability that {@code response_a} is better, over the samples of an order; empty where none said anything. */
    private static OptionalDouble meanFirst(List<Trial> trials, Order order) {
        return trials.stream()
                .filter(t -> t.order() == order)
                .flatMap(t -> t.pFirst().stream())
                .mapToDouble(Double::doubleValue)
                .average();
    }

    private static Evidence evidence(List<Trial> trials, boolean half, Optional<double[]> both, List<String> flags) {
        List<String> conflicts = new ArrayList<>();
        if (both.isPresent() && label(both.get()[0]) != label(both.get()[1])) {
            conflicts.add("position");
        }
        if (samplesDisagree(trials)) {
            conflicts.add("sample");
        }
        boolean withMass = trials.stream().anyMatch(t -> t.mass().isPresent());
        return new Evidence(
                half,
                false,
                both.map(p -> p[0] - p[1]),
                // p is for response_a, which is shown second in order BA: there the first slot has 1 - p, and logit(1 -
                // p) = -logit(p).
                both.map(p -> (Pooling.logit(p[0]) - Pooling.logit(p[1])) / 2),
                mean(trials.stream().flatMap(t -> t.tieMass().stream()).toList()),
                withMass ? mean(bounds(trials, false)) : Optional.empty(),
                withMass ? mean(bounds(trials, true)) : Optional.empty(),
                spread(trials),
                conflicts,
                flags,
                Optional.empty(),
                Optional.empty(),
                trials);
    }

    private static Label label(double p) {
        return new Preference(p).label(Preference.DEFAULT_TIE_BAND);
    }

    private static boolean samplesDisagree(List<Trial> trials) {
        for (Order order : Order.values()) {
            long labels = trials.stream()
                    .filter(t -> t.order() == order)
                    .flatMap(t -> t.pFirst().stream())
                    .map(Trials::label)
                    .distinct()
                    .count();
            if (labels > 1) {
                return true;
            }
        }
        return false;
    }

    /** p for response_a if the mass that no label caught had all gone one way. */
    private static List<Double> bounds(List<Trial> trials, boolean high) {
        List<Double> bounds = new ArrayList<>();
        for (Trial trial : trials) {
            if (trial.pFirst().isPresent()) {
                double mass = trial.mass().orElse(1.0);
                bounds.add(trial.pFirst().get() * mass + (high ? 1 - mass : 0));
            }
        }
        return bounds;
    }

    private static Optional<Double> mean(List<Double> values) {
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(values.stream().mapToDouble(Double::doubleValue).sum() / values.size());
    }

    private static Optional<Double> spread(List<Trial> trials) {
        List<Double> spreads = new ArrayList<>();
        for (Order order : Order.values()) {
            List<Double> p = trials.stream()
                    .filter(t -> t.order() == order)
                    .flatMap(t -> t.p().stream())
                    .toList();
            if (p.size() > 1) {
                double mean = mean(p).orElseThrow();
                double squares =
                        p.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
                spreads.add(Math.sqrt(squares / (p.size() - 1)));
            }
        }
        return mean(spreads);
    }
}
