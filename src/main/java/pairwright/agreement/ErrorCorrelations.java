package pairwright.agreement;

import java.util.OptionalDouble;

/**
 * How the errors of several judges go together. An error is z - y, y being 1, .5 or 0 as the reference prefers A, calls it a tie or
 * prefers B. Correlations are Pearson's, over the rows in which both judges of a pair gave a preference.
 *
 * <p>A jury of M jurors with equal weights whose errors have one variance and a mean correlation rho between two of them is worth
 * n_eff = M / (1 + (M - 1) rho) independent ones: the denominator is the design effect of Kish (Survey Sampling, 1965, section 5.4),
 * with the jurors as a cluster. With weights w it is (sum w)^2 / (sum over i and j of w_i w_j rho_ij), which is the same where they are equal.
 */
final class ErrorCorrelations {
    /** Quantities of a pair of judges. */
    static final int OF_PAIR = 6;

    /** Errors are in [-1, 1]; a smaller variance is rounding. */
    private static final double LEAST_VARIANCE = 1e-12;

    /** Where the errors leave less than this of the variance of a single judge, they cancel. */
    private static final double LEAST_SHARE = 1e-9;

    private final double[] weights;
    private final double[] sums;

    /**
     * The errors of as many judges as there are weights.
     *
     * @param sums for each pair of judges: rows, sums of both errors, of their squares and of their product
     */
    ErrorCorrelations(double[] weights, double[] sums) {
        this.weights = weights;
        this.sums = sums;
    }

    static int quantities(int judges) {
        return judges * (judges - 1) / 2 * OF_PAIR;
    }

    /** Place of the first quantity of a pair of judges, {@code first < second}. */
    static int place(int judges, int first, int second) {
        return (first * (2 * judges - first - 1) / 2 + second - first - 1) * OF_PAIR;
    }

    /** Rows in which both judges have an error. */
    double rows(int first, int second) {
        return sums[place(weights.length, first, second)];
    }

    /** Whether the errors of a judge are all the same in the rows that it shares with another. */
    boolean constant(int judge, int other) {
        int at = place(weights.length, Math.min(judge, other), Math.max(judge, other));
        int own = judge < other ? 0 : 1;
        return !(variance(sums[at], sums[at + 1 + own], sums[at + 3 + own]) > LEAST_VARIANCE);
    }

    private static double variance(double n, double sum, double squares) {
        return squares / n - sum / n * (sum / n);
    }

    OptionalDouble correlation(int first, int second) {
        if (!(rows(first, second) > 0) || constant(first, second) || constant(second, first)) {
            return OptionalDouble.empty();
        }
        int at = place(weights.length, first, second);
        double n = sums[at];
        double covariance = sums[at + 5] / n - sums[at + 1] / n * (sums[at + 2] / n);
        double scale = Math.sqrt(variance(n, sums[at + 1], sums[at + 3]) * variance(n, sums[at + 2], sums[at + 4]));
        return OptionalDouble.of(Math.max(-1, Math.min(1, covariance / scale)));
    }

    /** The mean over all pairs of judges; empty where one of them has no correlation. */
    OptionalDouble mean() {
        double sum = 0;
        int pairs = 0;
        for (int i = 0; i < weights.length; i++) {
            for (int j = i + 1; j < weights.length; j++) {
                OptionalDouble one = correlation(i, j);
                if (one.isEmpty()) {
                    return one;
                }
                sum += one.getAsDouble();
                pairs++;
            }
        }
        return pairs == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / pairs);
    }

    /** How many independent judges they are worth; empty where a correlation is missing or the errors cancel. */
    OptionalDouble effectiveNumber() {
        double all = 0;
        double joint = 0;
        for (int i = 0; i < weights.length; i++) {
            all += weights[i];
            joint += weights[i] * weights[i];
            for (int j = i + 1; j < weights.length; j++) {
                OptionalDouble one = correlation(i, j);
                if (one.isEmpty()) {
                    return one;
                }
                joint += 2 * weights[i] * weights[j] * one.getAsDouble();
            }
        }
        return joint > LEAST_SHARE * all * all ? OptionalDouble.of(all * all / joint) : OptionalDouble.empty();
    }
}
