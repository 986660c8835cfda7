package pairwright.ranking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import pairwright.pair.ModelPair;

/**
 * Which items to compare next, given what is known of their strengths: a normal posterior around the Bradley-Terry fit, its variance the
 * inverse of the information with the prior in it. It takes judgments for independent.
 */
public final class ComparisonPlan {
    /** The prior on a strength is normal with this standard deviation, in log-odds: the best of ten items mostly beats the worst 99 to 1. */
    public static final double PRIOR_SD = 1.5;

    /** Comparisons are planned in at most about this many steps; after each the variance is brought up to date. */
    private static final int STEPS = 500;

    private static final int LEAST_STEPS = 20;
    /** Some seconds of work. */
    private static final double MULTIPLICATIONS = 4e9;

    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

    private final List<String> items;
    private final double[] strengths;
    private final double[][] variance;

    private ComparisonPlan(List<String> items, double[] strengths, double[][] variance) {
        this.items = List.copyOf(items);
        this.strengths = strengths;
        this.variance = variance;
    }

    /**
     * After the comparisons of a table, which may be none; every item that the table knows takes part, compared or not.
     *
     * @throws IllegalArgumentException for more items than a covariance is made for
     */
    public static ComparisonPlan after(ComparisonTableBuilder table, List<String> items) {
        items.forEach(table::item);
        if (table.size() == 0) {
            double[][] prior = new double[items.size()][items.size()];
            for (int i = 0; i < items.size(); i++) {
                prior[i][i] = PRIOR_SD * PRIOR_SD;
            }
            return new ComparisonPlan(items.stream().sorted().toList(), new double[items.size()], prior);
        }
        Strengths fit = Strengths.fit(
                table.build(),
                RankingSettings.DEFAULT.withRidge(1 / (PRIOR_SD * PRIOR_SD)).withErrors(Errors.FISHER));
        if (!fit.hasErrors()) {
            throw new IllegalArgumentException(
                    "there are " + fit.items().size() + " models, must be at most " + Covariance.MOST + " to plan for");
        }
        double[] strengths = IntStream.range(0, fit.items().size())
                .mapToDouble(fit::strength)
                .toArray();
        return new ComparisonPlan(fit.items(), strengths, fit.covarianceOfStrengths());
    }

    /** The items by falling strength, equal ones by name. */
    public List<String> ranking() {
        return order().stream().map(items::get).toList();
    }

    private List<Integer> order() {
        return IntStream.range(0, items.size())
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> -strengths[i]).thenComparing(items::get))
                .toList();
    }

    /**
     * A lower bound on the probability that the whole ranking is the true order: one less the sum of the probabilities that two neighbours
     * stand the wrong way round (Boole's inequality), in [0, 1].
     */
    public double orderProbability() {
        List<Integer> order = order();
        double wrong = 0;
        for (int place = 1; place < order.size(); place++) {
            int above = order.get(place - 1);
            int below = order.get(place);
            wrong += NORMAL.cumulativeProbability(
                    -(strengths[above] - strengths[below]) / Math.sqrt(difference(variance, above, below)));
        }
        return Math.max(0, 1 - wrong);
    }

    private static double difference(double[][] v, int one, int other) {
        return v[one][one] + v[other][other] - 2 * v[one][other];
    }

    /** The probability that one item is stronger than another, in [0, 1]. */
    public double probabilityAbove(String one, String other) {
        int i = items.indexOf(one);
        int j = items.indexOf(other);
        return NORMAL.cumulativeProbability((strengths[i] - strengths[j]) / Math.sqrt(difference(variance, i, j)));
    }

    /**
     * How often each two should meet so that the judgments close most of what is open of the order ({@link OpenOrder}): again and again the
     * two whose next judgment is expected to close most, the variance shrinking as if it had been made.
     *
     * @param budget comparisons in all; fewer come out only where fewer are available
     * @param available how often two can meet at most
     */
    public Map<ModelPair, Long> mostInformative(long budget, Map<ModelPair, Long> available) {
        double[][] v = new double[items.size()][];
        for (int i = 0; i < v.length; i++) {
            v[i] = variance[i].clone();
        }
        List<Match> open = new ArrayList<>();
        new TreeMap<>(available).forEach((models, times) -> {
            if (times > 0) {
                open.add(new Match(models, items.indexOf(models.lower()), items.indexOf(models.higher()), times));
            }
        });
        Map<ModelPair, Long> plan = new TreeMap<>();
        long step = Math.max(1, budget / steps());
        for (long left = budget; left > 0 && !open.isEmpty(); ) {
            OpenOrder order = new OpenOrder(strengths, v);
            Match best = open.get(0);
            double most = -1;
            for (Match match : open) {
                double information = OpenOrder.fisher(
                        strengths[match.one] - strengths[match.other], order.variance(match.one, match.other));
                double closed = order.closedBy(match.one, match.other, information);
                if (closed > most) {
                    most = closed;
                    best = match;
                }
            }
            long times = Math.min(step, Math.min(left, best.left));
            plan.merge(best.models, times, Long::sum);
            best.left -= times;
            left -= times;
            if (best.left == 0) {
                open.remove(best);
            }
            learn(v, best.one, best.other, times);
        }
        return plan;
    }

    /** Fewer for many items, whose matrices take longer. */
    private long steps() {
        double size = items.size();
        return Math.max(LEAST_STEPS, Math.min(STEPS, Math.round(MULTIPLICATIONS / (size * size * size))));
    }

    /** The variance after so many comparisons of two, by the formula of Sherman and Morrison. */
    private void learn(double[][] v, int one, int other, long times) {
        int n = v.length;
        double[] column = new double[n];
        for (int i = 0; i < n; i++) {
            column[i] = v[i][one] - v[i][other];
        }
        double of = column[one] - column[other];
        double information = times * OpenOrder.fisher(strengths[one] - strengths[other], of);
        double factor = information / (1 + information * of);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                v[i][j] -= factor * column[i] * column[j];
            }
        }
    }

    /**
     * One Swiss round: from the top of the ranking down, each item meets the next lower one that it has met least; of an odd number the one
     * left over meets its nearest neighbour. The budget is spread evenly over the meetings.
     *
     * @param met how often two have met so far
     */
    public Map<ModelPair, Long> swissRound(long budget, Map<ModelPair, Long> available, Map<ModelPair, Long> met) {
        List<String> waiting = new ArrayList<>(ranking());
        List<ModelPair> round = new ArrayList<>();
        while (!waiting.isEmpty()) {
            String item = waiting.remove(0);
            List<String> others = waiting.isEmpty() ? fromTheBottom(item) : waiting;
            others.stream()
                    .filter(other -> available.getOrDefault(ModelPair.of(item, other), 0L) > 0)
                    .min(Comparator.comparingLong(other -> met.getOrDefault(ModelPair.of(item, other), 0L)))
                    .ifPresent(opponent -> {
                        round.add(ModelPair.of(item, opponent));
                        waiting.remove(opponent);
                    });
        }
        return evenly(budget, round, available);
    }

    private List<String> fromTheBottom(String item) {
        List<String> others = new ArrayList<>(ranking());
        others.remove(item);
        java.util.Collections.reverse(others);
        return others;
    }

    private static Map<ModelPair, Long> evenly(long budget, List<ModelPair> round, Map<ModelPair, Long> available) {
        Map<ModelPair, Long> plan = new TreeMap<>();
        long left = budget;
        List<ModelPair> open = new ArrayList<>(new java.util.LinkedHashSet<>(round));
        while (left > 0 && !open.isEmpty()) {
            long each = Math.max(1, left / open.size());
            for (ModelPair models : List.copyOf(open)) {
                long room = available.get(models) - plan.getOrDefault(models, 0L);
                long times = Math.min(left, Math.min(each, room));
                if (times > 0) {
                    plan.merge(models, times, Long::sum);
                }
                left -= times;
                if (times == room) {
                    open.remove(models);
                }
            }
        }
        return plan;
    }

    private static final class Match {
        private final ModelPair models;
        private final int one;
        private final int other;
        private long left;

        Match(ModelPair models, int one, int other, long left) {
            this.models = models;
            this.one = one;
            this.other = other;
            this.left = left;
        }
    }
}
