package pairwright.agreement;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** The rows in which one of the two responses is of a kind, turned so that it stands first. */
final class LeaningRows {
    private static final String NONE = "no such row with a label of both";

    private final String toward;
    private final AgreementSettings settings;
    private final long[] clusters;
    private final double[] judge;
    private final double[] reference;
    private final double[] x;
    private Optional<RobustEstimate> logOdds = Optional.empty();

    private LeaningRows(String toward, int n, AgreementSettings settings) {
        this.toward = toward;
        this.settings = settings;
        this.clusters = new long[n];
        this.judge = new double[n];
        this.reference = new double[n];
        this.x = new double[n];
    }

    /**
     * Chooses the rows.
     *
     * @param of from a row to a number: positive where {@code response_a} is of the kind, negative where {@code response_b} is, 0 for a row
     *     that is not asked; its size is x of the regression
     */
    static LeaningRows of(
            String toward, JudgedRows rows, int[] candidates, IntToDoubleFunction of, AgreementSettings settings) {
        int[] used = IntStream.of(candidates)
                .filter(row -> rows.judged(row).isLabel() && rows.reference(row).isLabel())
                .filter(row -> of.applyAsDouble(row) != 0)
                .toArray();
        LeaningRows leaning = new LeaningRows(toward, used.length, settings);
        for (int i = 0; i < used.length; i++) {
            double kind = of.applyAsDouble(used[i]);
            leaning.put(
                    i,
                    rows.cluster(used[i], settings),
                    turned(SoftMeasure.target(rows.judged(used[i])), kind),
                    turned(SoftMeasure.target(rows.reference(used[i])), kind),
                    Math.abs(kind));
        }
        return leaning;
    }

    private static double turned(double share, double kind) {
        return kind > 0 ? share : 1 - share;
    }

    private void put(int i, long cluster, double judged, double given, double size) {
        clusters[i] = cluster;
        judge[i] = judged;
        reference[i] = given;
        x[i] = size;
    }

    int size() {
        return judge.length;
    }

    Leaning leaning() {
        return new Leaning(
                toward,
                size(),
                new PromptCount(Arrays.stream(clusters).distinct().count(), true),
                share(i -> true, i -> judge[i], "share of rows in which the judge takes " + toward),
                share(i -> true, i -> reference[i], "share of rows in which the reference takes " + toward),
                robust(difference(), "the judge's less the reference's share"),
                share(i -> reference[i] == 1, this::right, "accuracy where the reference prefers " + toward),
                share(i -> reference[i] == 0, this::right, "accuracy where the reference prefers the other"),
                robust(logOdds(), "logit P(judge takes " + toward + ") = r label + c x, c at a label of 0"));
    }

    private double right(int i) {
        return judge[i] == reference[i] ? 1 : 0;
    }

    private Statistic share(IntPredicate of, IntToDoubleFunction value, String method) {
        ShareEstimate share = new ShareEstimate(settings);
        IntStream.range(0, size()).filter(of).forEach(i -> share.add(clusters[i], value.applyAsDouble(i)));
        return share.statistic(method, NONE);
    }

    private Statistic robust(Optional<RobustEstimate> estimate, String method) {
        return estimate.map(found -> found.statistic(size(), method, settings))
                .orElseGet(() -> new Undefined(size() == 0 ? NONE : "all rows are of one prompt", size()));
    }

    /** The judge's less the reference's share. */
    Optional<RobustEstimate> difference() {
        double[] differences = new double[size()];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = judge[i] - reference[i];
        }
        return RobustEstimate.mean(clusters, differences);
    }

    private Optional<RobustEstimate> logOdds() {
        if (size() == 0 || logOdds.isPresent()) {
            return logOdds;
        }
        double[][] covariates = new double[size()][];
        for (int i = 0; i < covariates.length; i++) {
            covariates[i] = new double[] {2 * reference[i] - 1, x[i]};
        }
        LogisticFit fit = LogisticFit.of(covariates, judge);
        logOdds = RobustEstimate.of(fit.coefficient(1), clusters, fit.influences(1));
        return logOdds;
    }

    /** How the log odds of taking it rise with x, of the judge and of the reference, each by itself. */
    Slopes slopes() {
        double[][] covariates = new double[size()][];
        for (int i = 0; i < covariates.length; i++) {
            covariates[i] = new double[] {x[i]};
        }
        if (size() == 0) {
            Undefined none = new Undefined(NONE, 0);
            return new Slopes(none, none, none);
        }
        LogisticFit ofJudge = LogisticFit.of(covariates, judge);
        LogisticFit ofReference = LogisticFit.of(covariates, reference);
        double[] judges = ofJudge.influences(0);
        double[] references = ofReference.influences(0);
        double[] differences = new double[size()];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = judges[i] - references[i];
        }
        return new Slopes(
                slope(ofJudge.coefficient(0), judges, "logit P(judge takes " + toward + ") = c x"),
                slope(ofReference.coefficient(0), references, "logit P(reference takes " + toward + ") = c x"),
                slope(
                        ofJudge.coefficient(0) - ofReference.coefficient(0),
                        differences,
                        "the judge's less the reference's c"));
    }

    /** Slopes of the log odds. */
    record Slopes(Statistic judge, Statistic reference, Statistic difference) {}

    private Statistic slope(double value, double[] influences, String method) {
        return robust(RobustEstimate.of(value, clusters, influences), method);
    }

    /**
     * Of the hypothesis that the judge does not lean beyond its reference. Both the difference of the shares and the odds given the
     * reference's label must reject it, in the same direction (an intersection-union test, Berger 1982), so it is at most as easily
     * rejected as each.
     *
     * @return empty where there are too few prompts
     */
    Optional<Double> pValue() {
        Optional<RobustEstimate> difference = difference();
        Optional<RobustEstimate> odds = logOdds();
        if (difference.isEmpty() || odds.isEmpty() || difference.get().prompts() < RobustEstimate.FEWEST_PROMPTS) {
            return Optional.empty();
        }
        return Optional.of(
                opposed() ? 1. : Math.max(difference.get().pValue(), odds.get().pValue()));
    }

    /** Whether the difference of the shares and the odds given the reference's label point opposite ways. */
    boolean opposed() {
        return difference().map(d -> Math.signum(d.value())).equals(logOdds().map(o -> -Math.signum(o.value())));
    }
}
