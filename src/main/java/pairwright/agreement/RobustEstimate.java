package pairwright.agreement;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * A number with the standard error that holds where rows of one prompt depend on each other: the influences of the rows are summed by
 * prompt first (Liang and Zeger 1986), times G / (G - 1) for G prompts, and compared with Student's t of G - 1 degrees of freedom.
 *
 * @param value finite
 * @param standardError at least 0
 * @param prompts clusters, at least 2
 */
record RobustEstimate(double value, double standardError, int prompts) {
    /** Fewest prompts for a test; with fewer the standard error itself is too uncertain. */
    static final int FEWEST_PROMPTS = 10;

    private static final String METHOD = "; t interval, standard error by prompt";

    /**
     * From the influence of each row on the value.
     *
     * @param clusters of the rows, see {@link JudgedRows#cluster}
     * @return empty for fewer than two clusters
     */
    static Optional<RobustEstimate> of(double value, long[] clusters, double[] influences) {
        Map<Long, Double> sums = new HashMap<>();
        for (int i = 0; i < clusters.length; i++) {
            sums.merge(clusters[i], influences[i], Double::sum);
        }
        int g = sums.size();
        if (g < 2) {
            return Optional.empty();
        }
        double squares = 0;
        for (double sum : new TreeMap<>(sums).values()) {
            squares += sum * sum;
        }
        return Optional.of(new RobustEstimate(value, Math.sqrt(squares * g / (g - 1.)), g));
    }

    /** Of a mean of rows; empty for fewer than two clusters. */
    static Optional<RobustEstimate> mean(long[] clusters, double[] values) {
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        double[] influences = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            influences[i] = (values[i] - mean) / values.length;
        }
        return of(mean, clusters, influences);
    }

    /** Of the hypothesis that the truth is 0, against both sides; a value without any error is certain. */
    double pValue() {
        if (!(standardError > 0)) {
            return value == 0 ? 1 : 0;
        }
        return 2 * new TDistribution(null, prompts - 1.).cumulativeProbability(-Math.abs(value) / standardError);
    }

    /** With its interval. */
    Statistic statistic(long n, String method, AgreementSettings settings) {
        double half =
                new TDistribution(null, prompts - 1.).inverseCumulativeProbability((1 + settings.confidence()) / 2)
                        * standardError;
        return new Estimate(value, value - half, value + half, n, method + METHOD);
    }
}
