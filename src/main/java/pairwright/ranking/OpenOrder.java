package pairwright.ranking;

import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * What is open of the order of some items, and how much of it a judgment is expected to close. Open is the sum over all two items of the
 * variance of their difference, in units of that variance now, times exp(-t^2/2), t being the difference in its standard deviations: two that
 * are far apart for what is known of them hardly count. A judgment of two closes what it takes from that sum, which is a linear criterion of
 * optimal design (Fedorov 1972), by the rank-one update of the variance (Sherman and Morrison).
 */
final class OpenOrder {
    /** The middles of equally probable slices of the standard normal law, lowest first. */
    private static final double[] SLICES = IntStream.range(0, 32)
            .mapToDouble(k -> new NormalDistribution(null, 0, 1).inverseCumulativeProbability((k + .5) / 32))
            .toArray();

    private final double[][] v;
    /** V L V, where L is the Laplacian of the weights of all two items: e' V L V e is what e takes from the sum. */
    private final double[][] taken;

    /**
     * For strengths with a normal posterior.
     *
     * @param v their variance, symmetric
     */
    OpenOrder(double[] strengths, double[][] v) {
        this.v = v;
        int n = v.length;
        double[][] laplacian = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double variance = variance(i, j);
                double difference = strengths[i] - strengths[j];
                double weight = Math.exp(-difference * difference / (2 * variance)) / variance;
                laplacian[i][j] = -weight;
                laplacian[j][i] = -weight;
                laplacian[i][i] += weight;
                laplacian[j][j] += weight;
            }
        }
        this.taken = product(product(v, laplacian), v);
    }

    /** All matrices here are symmetric, so that the rows of the second are its columns. */
    private static double[][] product(double[][] one, double[][] symmetric) {
        int n = one.length;
        double[][] product = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                product[i][j] = DenseCholesky.dot(one[i], symmetric[j], n);
            }
        }
        return product;
    }

    /** The variance of the difference of two. */
    double variance(int one, int other) {
        return v[one][one] + v[other][other] - 2 * v[one][other];
    }

    /**
     * How much of the sum a judgment closes.
     *
     * @param information that it brings about the difference of the two, see {@link #fisher}
     */
    double closedBy(int one, int other, double information) {
        double sum = taken[one][one] + taken[other][other] - taken[one][other] - taken[other][one];
        return information / (1 + information * variance(one, other)) * sum;
    }

    /** The Fisher information of a judgment about the difference, p (1 - p), in its mean over the posterior. */
    static double fisher(double mean, double variance) {
        double deviation = Math.sqrt(variance);
        double sum = 0;
        for (double slice : SLICES) {
            double p = Logistic.sigma(mean + deviation * slice);
            sum += p * (1 - p);
        }
        return sum / SLICES.length;
    }
}
