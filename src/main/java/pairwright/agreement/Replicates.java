package pairwright.agreement;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;

/** Counts turned into what statistics are computed from, once for the rows and once for every bootstrap replicate. */
final class Replicates<T> {
    private final T rows;
    private final List<T> replicates;
    private final PromptCount prompts;
    private final double effectiveClusters;
    private final AgreementSettings settings;

    private Replicates(
            T rows, List<T> replicates, PromptCount prompts, double effectiveClusters, AgreementSettings settings) {
        this.rows = rows;
        this.replicates = replicates;
        this.prompts = prompts;
        this.effectiveClusters = effectiveClusters;
        this.settings = settings;
    }

    static <T> Replicates<T> of(CellCounts counts, AgreementSettings settings, Function<long[], T> table) {
        return new Replicates<>(
                table.apply(counts.rows()),
                counts.replicates().map(table).toList(),
                counts.prompts(),
                counts.effectiveClusters(),
                settings);
    }

    static <T> Replicates<T> of(WeightedSums sums, AgreementSettings settings, Function<double[], T> table) {
        return of(table.apply(sums.rows()), sums.replicates().map(table), sums.prompts(), settings);
    }

    /** Of clusters that are about equally large. */
    static <T> Replicates<T> of(T rows, Stream<T> replicates, PromptCount prompts, AgreementSettings settings) {
        return of(rows, replicates, prompts, (double) prompts.count(), settings);
    }

    /**
     * From replicates that are there.
     *
     * @param effectiveClusters how many clusters of equal size would be worth as much
     */
    static <T> Replicates<T> of(
            T rows, Stream<T> replicates, PromptCount prompts, double effectiveClusters, AgreementSettings settings) {
        return new Replicates<>(rows, replicates.toList(), prompts, effectiveClusters, settings);
    }

    T rows() {
        return rows;
    }

    PromptCount prompts() {
        return prompts;
    }

    /** An interval by formula at the level of the settings. */
    AnalyticInterval analytic(double value, double standardError, String method) {
        return AnalyticInterval.normal(value, standardError, settings.confidence(), method);
    }

    /**
     * A statistic with the standard deviation over the replicates as its standard error; empty where it, or more than one in twenty of the
     * replicates, is undefined.
     *
     * @param prompts clusters that it rests on
     */
    Optional<RobustEstimate> robust(Function<T, OptionalDouble> formula, int prompts) {
        OptionalDouble value = formula.apply(rows);
        double[] defined = replicates.stream()
                .map(formula)
                .flatMapToDouble(OptionalDouble::stream)
                .toArray();
        return value.isEmpty() || prompts < 2 || defined.length < replicates.size() * .95
                ? Optional.empty()
                : Optional.of(
                        new RobustEstimate(value.getAsDouble(), new StandardDeviation().evaluate(defined), prompts));
    }

    /** Wilson's interval of a share of independent rows. */
    AnalyticInterval wilson(double share, long n) {
        double[] interval = ShareEstimate.wilson(share, (double) n, Normal.critical(settings.confidence()));
        return new AnalyticInterval(
                Math.sqrt(share * (1 - share) / n), interval[0], interval[1], "Wilson 1927, independent rows");
    }

    /** A statistic with its interval, or the reason why there is none. */
    Statistic statistic(Function<T, OptionalDouble> formula, long n, String method, String whyUndefined) {
        OptionalDouble value = formula.apply(rows);
        if (value.isEmpty()) {
            return new Undefined(whyUndefined, n);
        }
        double point = value.getAsDouble();
        if (settings.clusters() == Clusters.PROMPT && prompts.count() < 2) {
            return new Point(point, n, method, "all rows are of one prompt, an interval needs several");
        }
        double[] defined = replicates.stream()
                .map(formula)
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .toArray();
        int undefined = replicates.size() - defined.length;
        if (undefined > replicates.size() * .05) {
            return new Point(
                    point,
                    n,
                    method,
                    "too few " + settings.clusters().words() + "s: without a value in " + undefined + " of "
                            + replicates.size() + " bootstrap replicates, at most 5% may be (" + whyUndefined + ")");
        }
        PercentileInterval interval = PercentileInterval.expanded(defined, settings.confidence(), clusters());
        return new Estimate(
                point,
                interval.low(),
                interval.high(),
                n,
                method + "; " + Percent.of(settings.confidence()) + " expanded percentile interval of " + defined.length
                        + (settings.clusters() == Clusters.PROMPT
                                ? " Poisson bootstrap replicates by prompt"
                                : " bootstrap replicates by row")
                        + ", seed " + settings.seed());
    }

    /** What the width of an interval rests on; no more than there are, and two at least. */
    private double clusters() {
        double most = settings.clusters() == Clusters.PROMPT ? prompts.count() : Double.POSITIVE_INFINITY;
        return Math.max(2, Math.min(most, effectiveClusters));
    }
}
