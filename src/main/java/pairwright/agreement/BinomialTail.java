package pairwright.agreement;

import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.distribution.BinomialDistribution;

/** Exact statements about a share, from how often something happened among independent rows. */
final class BinomialTail {
    private BinomialTail() {}

    /** P(X &lt;= k) for X the number among {@code n} at the share {@code p}. */
    static double atMost(long k, long n, double p) {
        return k >= n ? 1 : law(n, p).cumulativeProbability(Math.toIntExact(k));
    }

    private static BinomialDistribution law(long n, double p) {
        return new BinomialDistribution(null, Math.toIntExact(n), p);
    }

    /** The one-sided upper bound of Clopper and Pearson (1934) at this confidence; 1 where there are no rows. */
    static double upper(long k, long n, double confidence) {
        return k >= n
                ? 1
                : new BetaDistribution(null, k + 1., (double) (n - k)).inverseCumulativeProbability(confidence);
    }

    /** The one-sided lower bound of Clopper and Pearson. */
    static double lower(long k, long n, double confidence) {
        return k <= 0
                ? 0
                : new BetaDistribution(null, (double) k, n - k + 1.).inverseCumulativeProbability(1 - confidence);
    }

    /**
     * Fewest rows without an error after which the share of errors is at most {@code alpha} at confidence 1 - {@code delta}: the
     * least n with (1 - alpha)^n &lt;= delta.
     */
    static int zeroErrorRows(double alpha, double delta) {
        int n = Math.max(1, (int) Math.floor(Math.log(delta) / Math.log1p(-alpha)));
        while (Math.pow(1 - alpha, n) > delta) {
            n++;
        }
        return n;
    }

    /** The interval of Wilson (1927), two-sided: low and high end. */
    static double[] wilson(long k, long n, double confidence) {
        double z = Normal.critical(confidence);
        double p = (double) k / n;
        double middle = (p + z * z / (2 * n)) / (1 + z * z / n);
        double half = z / (1 + z * z / n) * Math.sqrt(p * (1 - p) / n + z * z / (4. * n * n));
        return new double[] {middle - half, middle + half};
    }

    /**
     * The exact two-sided test of McNemar (1947): of the rows that only one of two got right, is it a coin that says which of
     * the two?
     */
    static double mcNemar(long onlyFirst, long onlySecond) {
        long n = onlyFirst + onlySecond;
        return n == 0 ? 1 : Math.min(1, 2 * atMost(Math.min(onlyFirst, onlySecond), n, .5));
    }
}
