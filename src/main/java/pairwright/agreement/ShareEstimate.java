package pairwright.agreement;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * A share of rows with Wilson's interval (1927), which is never empty and never leaves [0, 1], over as many independent rows as the prompts are
 * worth: the variance of the share between prompts says how many (Korn and Graubard 1998, with Wilson's interval for theirs of
 * Clopper and Pearson), never more than there are rows, and the number of prompts where all rows are alike.
 */
final class ShareEstimate {
    private static final String METHOD = "; Wilson's interval, effective number of rows by prompt";

    private final AgreementSettings settings;
    private final Map<Long, double[]> clusters = new HashMap<>();
    private double part;
    private long rows;

    ShareEstimate(AgreementSettings settings) {
        this.settings = settings;
    }

    /**
     * One row.
     *
     * @param cluster see {@link JudgedRows#cluster}
     * @param value 0, 1 or, for half a row, between
     */
    void add(long cluster, double value) {
        double[] sums = clusters.computeIfAbsent(cluster, c -> new double[2]);
        sums[0] += value;
        sums[1]++;
        part += value;
        rows++;
    }

    long rows() {
        return rows;
    }

    Statistic statistic(String method, String whyUndefined) {
        if (rows == 0) {
            return new Undefined(whyUndefined, 0);
        }
        double share = part / rows;
        int g = clusters.size();
        if (g < 2) {
            return new Point(share, rows, method, "all rows are of one prompt, an interval needs several");
        }
        double[] interval = wilson(
                share,
                effective(share, g),
                new TDistribution(null, g - 1.).inverseCumulativeProbability((1 + settings.confidence()) / 2));
        return new Estimate(share, interval[0], interval[1], rows, method + METHOD);
    }

    private double effective(double share, int g) {
        double squares = 0;
        for (double[] sums : new TreeMap<>(clusters).values()) {
            double rest = sums[0] - share * sums[1];
            squares += rest * rest;
        }
        double variance = squares * g / (g - 1.) / rows / rows;
        return variance > 0 ? Math.min((double) rows, share * (1 - share) / variance) : (double) g;
    }

    /** The ends of Wilson's interval. */
    static double[] wilson(double share, double n, double critical) {
        double square = critical * critical;
        double middle = (share + square / (2 * n)) / (1 + square / n);
        double half = critical / (1 + square / n) * Math.sqrt(share * (1 - share) / n + square / (4 * n * n));
        return new double[] {Math.max(0, middle - half), Math.min(1, middle + half)};
    }
}
