package pairwright.ranking;

import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.distribution.NormalDistribution;

/** Fitted strengths, in log-odds: an item that is ln 3 above another wins three comparisons of four. */
public final class Strengths {
    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

    private final ComparisonTable table;
    private final RankingSettings settings;
    private final MaximumLikelihood.Maximum maximum;
    private final Connection connection;
    private final int anchor;
    private double[][] fisher;
    private double[][] sandwich;
    private double[] single;

    private Strengths(
            ComparisonTable table,
            RankingSettings settings,
            MaximumLikelihood.Maximum maximum,
            Connection connection,
            int anchor) {
        this.table = table;
        this.settings = settings;
        this.maximum = maximum;
        this.connection = connection;
        this.anchor = anchor;
    }

    /**
     * Fits strengths by maximum likelihood.
     *
     * @throws Unidentified before anything is fitted, where the comparisons do not tell the strengths and no ridge does
     * @throws IllegalArgumentException where the settings ask for what the table does not have
     */
    public static Strengths fit(ComparisonTable table, RankingSettings settings) {
        int anchor = settings.anchor().map(table.items()::indexOf).orElse(-1);
        if (settings.anchor().isPresent() && anchor < 0) {
            throw new IllegalArgumentException("anchor is " + settings.anchor().get() + ", must be one of the items "
                    + table.items().stream().limit(20).toList());
        }
        if (table.size() == 0) {
            throw new Unidentified("there is no comparison");
        }
        Cells cells = CellCounts.of(table, settings);
        Connection connection = ComparisonGraph.joinedBothWays(cells)
                ? new Connection.Connected()
                : ComparisonGraph.of(cells).connection(table.items()::get);
        if (settings.ridge() == 0 && !(connection instanceof Connection.Connected)) {
            throw Unidentified.because(connection);
        }
        Separation.check(cells, table, settings);
        return new Strengths(table, settings, MaximumLikelihood.of(cells, settings), connection, anchor);
    }

    /** The items, in the order of their names. */
    public List<String> items() {
        return table.items();
    }

    public RankingSettings settings() {
        return settings;
    }

    /** What was fitted to. */
    public ComparisonTable comparisons() {
        return table;
    }

    /** How the fit ended. */
    public Convergence convergence() {
        return maximum.convergence();
    }

    /** Whether the comparisons alone told the strengths, or a ridge had to. */
    public Connection connection() {
        return connection;
    }

    /** The strength of an item by its number; of mean 0 over the items, or against the anchor. */
    public double strength(int item) {
        return maximum.point()[item] - (anchor < 0 ? 0 : maximum.point()[anchor]);
    }

    /** The other parameters: order, style, ties. */
    public List<Parameter> parameters() {
        List<String> names = parameterNames();
        return java.util.stream.IntStream.range(0, names.size())
                .mapToObj(k -> {
                    int at = items().size() + k;
                    double value = maximum.point()[at];
                    return new Parameter(
                            names.get(k),
                            value,
                            hasErrors() || hasSingleErrors()
                                    ? Optional.of(StrengthEstimate.of(
                                            value, hasErrors() ? covariance()[at][at] : single()[at], criticalValue()))
                                    : Optional.empty());
                })
                .toList();
    }

    private List<String> parameterNames() {
        List<String> names = new java.util.ArrayList<>();
        if (settings.order()) {
            names.add("order");
        }
        if (settings.style()) {
            names.addAll(table.styles());
        }
        switch (settings.ties()) {
            case HALF -> {}
            case DAVIDSON -> names.add("ln nu");
            case RAO_KUPPER -> names.add("ln theta");
        }
        return names;
    }

    /**
     * Whether there are few enough parameters for their covariance, which differences and ranks need; else a bootstrap tells their
     * uncertainty.
     */
    public boolean hasErrors() {
        return maximum.point().length <= Covariance.MOST;
    }

    /** Whether, without a covariance, there are few enough pairs and comparisons to find the error of each item by itself. */
    public boolean hasSingleErrors() {
        return !hasErrors() && SingleErrors.affordable(maximum.at(), table);
    }

    private double[] single() {
        if (single == null) {
            single = SingleErrors.of(maximum.at(), table, maximum.point(), settings, anchor);
        }
        return single;
    }

    /** The strength with its interval. */
    public StrengthEstimate estimate(int item) {
        if (hasSingleErrors()) {
            return StrengthEstimate.of(strength(item), single()[item], criticalValue());
        }
        double variance = anchor < 0 ? covariance()[item][item] : varianceOfDifference(item, anchor);
        return StrengthEstimate.of(strength(item), variance, criticalValue());
    }

    /** How far one item is above another, with its interval. */
    public StrengthEstimate difference(int one, int other) {
        return StrengthEstimate.of(strength(one) - strength(other), varianceOfDifference(one, other), criticalValue());
    }

    /** The probability that one item is truly stronger than another, by the normal law of the estimates. */
    public double probabilityStronger(int one, int other) {
        double error = Math.sqrt(varianceOfDifference(one, other));
        return error > 0 ? NORMAL.cumulativeProbability((strength(one) - strength(other)) / error) : .5;
    }

    private double varianceOfDifference(int one, int other) {
        double[][] v = covariance();
        return one == other ? 0 : v[one][one] + v[other][other] - 2 * v[one][other];
    }

    double criticalValue() {
        return NORMAL.inverseCumulativeProbability((1 + settings.confidence()) / 2);
    }

    /** How well the strengths describe the comparisons. */
    public GoodnessOfFit goodness() {
        return GoodnessOfFit.of(table, settings, maximum.point(), maximum.at().loss(maximum.point()));
    }

    /** The covariance of all parameters, of strengths of mean 0. */
    private double[][] covariance() {
        if (!hasErrors()) {
            throw new IllegalStateException(maximum.point().length + " parameters, errors are made for at most "
                    + Covariance.MOST + "; take a bootstrap");
        }
        if (fisher == null) {
            fisher = Covariance.fisher(maximum.at());
        }
        if (settings.errors() == Errors.FISHER) {
            return fisher;
        }
        if (sandwich == null) {
            sandwich = Covariance.sandwich(fisher, Covariance.scores(table, maximum.point(), settings));
        }
        return sandwich;
    }

    /** The covariance of the strengths alone. */
    double[][] covarianceOfStrengths() {
        int items = items().size();
        double[][] all = covariance();
        double[][] block = new double[items][];
        for (int i = 0; i < items; i++) {
            block[i] = java.util.Arrays.copyOf(all[i], items);
        }
        return block;
    }

    /** How much wider the variance of a difference is than the information says. */
    double designEffect(int one, int other) {
        double[][] v = covariance();
        double information = fisher[one][one] + fisher[other][other] - 2 * fisher[one][other];
        double actual = v[one][one] + v[other][other] - 2 * v[one][other];
        return information > 0 ? actual / information : 1;
    }

    int anchor() {
        return anchor;
    }

    MaximumLikelihood.Maximum maximum() {
        return maximum;
    }
}
