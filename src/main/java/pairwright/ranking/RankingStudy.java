package pairwright.ranking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** From fitted strengths to the report of a ranking. */
public final class RankingStudy {
    private static final int FEW_PROMPTS = 40;
    private static final double MANY_LOST = .05;
    /** Up to so many items all pairs are in the report. */
    private static final int MOST_MATRIX = 100;

    private final Strengths strengths;
    private final StudySettings study;
    private final int[] order;
    private final Optional<RankIntervals> intervals;
    private final Optional<Bootstrap> bootstrap;

    private RankingStudy(Strengths strengths, StudySettings study) {
        this.strengths = strengths;
        this.study = study;
        this.order = IntStream.range(0, strengths.items().size())
                .boxed()
                .sorted(Comparator.comparingDouble(item -> -strengths.strength(item)))
                .mapToInt(i -> i)
                .toArray();
        this.intervals =
                strengths.hasErrors() ? Optional.of(RankIntervals.of(strengths, study.seed())) : Optional.empty();
        this.bootstrap = study.bootstrapRounds() == 0
                ? Optional.empty()
                : Optional.of(Bootstrap.of(strengths, study.bootstrapRounds(), study.seed()));
    }

    /**
     * Studies fitted strengths.
     *
     * @throws IllegalArgumentException where something is asked that the comparisons do not hold, such as slices without categories
     */
    public static Ranking of(Strengths strengths, StudySettings study) {
        return new RankingStudy(strengths, study).ranking();
    }

    /** The strengths alone, with their intervals and ranks. */
    public static Ranking of(Strengths strengths) {
        return of(strengths, StudySettings.PLAIN);
    }

    private Ranking ranking() {
        ComparisonTable table = strengths.comparisons();
        return new Ranking(
                table.size(),
                table.prompts(),
                clusters(),
                strengths.settings(),
                study,
                strengths.convergence(),
                items(),
                intervals.map(i -> i.method() + String.format(java.util.Locale.ROOT, ", q %.3f", i.critical())),
                groups(),
                neighbours(),
                strengths.parameters(),
                strengths.goodness(),
                bootstrap.map(b -> new BootstrapReport(b.rounds(), b.lost(), b.clusters(), study.seed())),
                study.slices() ? Optional.of(Slices.of(strengths, study.shrink())) : Optional.empty(),
                study.raters() ? Optional.of(RaterNoise.of(strengths)) : Optional.empty(),
                Optional.empty(),
                pairs(),
                notes());
    }

    private String clusters() {
        if (strengths.settings().errors() == Errors.FISHER) {
            return "comparisons, by the information matrix";
        }
        return strengths.comparisons().prompts() > 0 ? "prompts" : "comparisons";
    }

    private List<RankedItem> items() {
        OutcomeCounts counts =
                OutcomeCounts.of(strengths.comparisons(), strengths.settings().tieBand());
        Optional<double[]> running =
                study.elo() ? Optional.of(Elo.ARENA.ratings(strengths.comparisons())) : Optional.empty();
        List<RankedItem> ranked = new ArrayList<>();
        int rank = 0;
        double before = Double.POSITIVE_INFINITY;
        for (int item : order) {
            double strength = strengths.strength(item);
            if (strength < before) {
                rank = ranked.size() + 1;
            }
            before = strength;
            ranked.add(new RankedItem(
                    rank,
                    strengths.items().get(item),
                    strength,
                    strengths.hasErrors() || strengths.hasSingleErrors()
                            ? Optional.of(strengths.estimate(item))
                            : Optional.empty(),
                    intervals.map(i -> new RankRange(i.best(item), i.worst(item))),
                    RankedItem.ELO_CENTRE + strength * RankedItem.ELO_SCALE,
                    counts.wins()[item],
                    counts.ties()[item],
                    counts.losses()[item],
                    bootstrap.filter(b -> b.rounds() > 0).map(b -> resampled(b, item)),
                    running.map(r -> r[item])));
        }
        return ranked;
    }

    private BootstrapItem resampled(Bootstrap rounds, int item) {
        double[] ends = rounds.percentiles(
                item, strengths.anchor(), strengths.settings().confidence());
        return new BootstrapItem(
                ends[0], ends[1], Arrays.stream(rounds.ranks(item)).boxed().toList());
    }

    /** From each item on, as far down as no two are told apart; a run within another one is left out. */
    private List<List<String>> groups() {
        List<List<String>> groups = new ArrayList<>();
        int reached = 0;
        for (int from = 0; intervals.isPresent() && from < order.length; from++) {
            int to = from + 1;
            while (to < order.length && noneApart(from, to)) {
                to++;
            }
            if (to > reached && to > from + 1) {
                groups.add(Arrays.stream(order, from, to)
                        .mapToObj(strengths.items()::get)
                        .toList());
            }
            reached = Math.max(reached, to);
        }
        return groups;
    }

    private boolean noneApart(int from, int to) {
        for (int i = from; i < to; i++) {
            if (intervals.orElseThrow().apart(order[i], order[to])) {
                return false;
            }
        }
        return true;
    }

    private List<Separating> neighbours() {
        List<Separating> neighbours = new ArrayList<>();
        for (int i = 0; strengths.hasErrors() && i + 1 < order.length; i++) {
            neighbours.add(Separating.of(strengths, order[i], order[i + 1]));
        }
        return neighbours;
    }

    private List<PairCount> pairs() {
        List<String> names = strengths.items();
        if (names.size() > MOST_MATRIX) {
            return List.of();
        }
        int n = names.size();
        long[] count = new long[n * n];
        ComparisonTable table = strengths.comparisons();
        table.byPair();
        double[] sum = new double[n * n];
        for (int row = 0; row < table.size(); row++) {
            int at = table.first.get(row) * n + table.second.get(row);
            count[at]++;
            sum[at] += table.z.get(row);
        }
        List<PairCount> pairs = new ArrayList<>();
        for (int at = 0; at < count.length; at++) {
            if (count[at] > 0) {
                pairs.add(new PairCount(names.get(at / n), names.get(at % n), count[at], sum[at]));
            }
        }
        return pairs;
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        Convergence convergence = strengths.convergence();
        if (!convergence.converged()) {
            notes.add("the fit did not converge: after " + convergence.iterations()
                    + " Newton steps the gradient norm is " + convergence.gradientNorm()
                    + " a comparison, must be at most "
                    + strengths.settings().tolerance() + "; these are not the best strengths");
        }
        if (!(strengths.connection() instanceof Connection.Connected)) {
            notes.add(Unidentified.words(strengths.connection()) + "; what the comparisons do not tell, the ridge of "
                    + strengths.settings().ridge() + " decided");
        }
        long prompts = strengths.comparisons().prompts();
        if (strengths.settings().errors() == Errors.SANDWICH && prompts > 0 && prompts < FEW_PROMPTS) {
            notes.add("the standard errors rest on " + prompts + " prompts only; below " + FEW_PROMPTS
                    + " they are themselves uncertain, and mostly too small");
        }
        if (!strengths.hasErrors()) {
            notes.add((strengths.hasSingleErrors()
                            ? "each item has a standard error of its own, but there are none of differences, and so no ranges of"
                                    + " ranks, groups or neighbours, for so many parameters ("
                            : "there are no standard errors for so many parameters and comparisons (")
                    + strengths.maximum().point().length + ", at most " + Covariance.MOST
                    + "); a bootstrap tells the uncertainty");
        }
        bootstrap
                .filter(b -> b.lost() > MANY_LOST * (b.lost() + b.rounds()))
                .ifPresent(b -> notes.add(b.lost() + " of " + (b.lost() + b.rounds())
                        + " bootstrap rounds had no finite best strengths and are left out: the comparisons barely join the items,"
                        + " and the intervals of the bootstrap are too narrow; declare a ridge"));
        if (study.elo()) {
            notes.add(
                    "running Elo depends on the order of the rows and weighs the last ones most; it is for comparison only");
        }
        return notes;
    }
}
