package pairwright.agreement;

import org.apache.commons.rng.UniformRandomProvider;

/**
 * Draws of counts: n items that fall into cells with given chances. A cell after the other is a binomial draw of what is left
 * (Devroye 1986, chapter XI.1), so a draw costs as much as there are cells, whatever the number of items.
 */
final class Multinomial {
    /** Below this mean a binomial is drawn by counting up, above it by rejection. */
    private static final double SMALL_MEAN = 10;

    private final UniformRandomProvider random;

    Multinomial(UniformRandomProvider random) {
        this.random = random;
    }

    /** As many items as there are, each of a cell drawn by its share. */
    long[] resample(long[] cells) {
        long items = 0;
        for (long count : cells) {
            items += count;
        }
        long[] drawn = new long[cells.length];
        long left = items;
        long rest = items;
        for (int i = 0; i < cells.length && left > 0; i++) {
            if (cells[i] > 0) {
                drawn[i] = cells[i] == rest ? left : binomial(left, (double) cells[i] / rest);
                left -= drawn[i];
                rest -= cells[i];
            }
        }
        return drawn;
    }

    /** How many of n trials succeed, each with chance p. */
    long binomial(long n, double p) {
        if (p > .5) {
            return n - binomial(n, 1 - p);
        }
        return n * p < SMALL_MEAN ? countingUp(n, p) : byRejection(n, p);
    }

    private long countingUp(long n, double p) {
        double odds = p / (1 - p);
        while (true) {
            double chance = Math.exp(n * Math.log1p(-p));
            double u = random.nextDouble();
            for (long k = 0; k <= n; k++) {
                if (u < chance) {
                    return k;
                }
                u -= chance;
                chance *= odds * (n - k) / (k + 1);
            }
            // Rounding left a sliver beyond the last value: draw again.
        }
    }

    /** Transformed rejection with squeeze: BTRS of Hoermann (1993), "The generation of binomial random variates". */
    private long byRejection(long n, double p) {
        double deviation = Math.sqrt(n * p * (1 - p));
        double b = 1.15 + 2.53 * deviation;
        double a = -.0873 + .0248 * b + .01 * p;
        double centre = n * p + .5;
        double squeeze = .92 - 4.2 / b;
        double odds = p / (1 - p);
        double alpha = (2.83 + 5.1 / b) * deviation;
        double mode = Math.floor((n + 1) * p);
        while (true) {
            double u = random.nextDouble() - .5;
            double v = random.nextDouble();
            double inside = .5 - Math.abs(u);
            double k = Math.floor((2 * a / inside + b) * u + centre);
            if (inside >= .07 && v <= squeeze) {
                return (long) k;
            }
            if (k < 0 || k > n) {
                continue;
            }
            double bound = (mode + .5) * Math.log((mode + 1) / (odds * (n - mode + 1)))
                    + (n + 1) * Math.log((n - mode + 1) / (n - k + 1))
                    + (k + .5) * Math.log(odds * (n - k + 1) / (k + 1))
                    + stirling(mode)
                    + stirling(n - mode)
                    - stirling(k)
                    - stirling(n - k);
            if (Math.log(v * alpha / (a / (inside * inside) + b)) <= bound) {
                return (long) k;
            }
        }
    }

    /** What Stirling's formula leaves of the logarithm of k!. */
    private static double stirling(double k) {
        if (k < 10) {
            double factorial = 1;
            for (int i = 2; i <= k; i++) {
                factorial *= i;
            }
            return Math.log(factorial) - ((k + .5) * Math.log(k + 1) - (k + 1) + .5 * Math.log(2 * Math.PI));
        }
        double x = k + 1;
        double square = x * x;
        return (1. / 12 - (1. / 360 - 1. / 1260 / square) / square) / x;
    }
}
