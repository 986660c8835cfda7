package pairwright.agreement;

import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;

/** How many independent rows show a difference, two-sided at .05 with power .8; and what difference a number of rows can show. */
final class SampleSize {
    static final double SIGNIFICANCE = .05;
    static final double POWER = .8;

    private static final double CRITICAL = Normal.quantile(1 - SIGNIFICANCE / 2);
    private static final double BETA = Normal.quantile(POWER);
    private static final double TOLERANCE = 1e-9;

    private SampleSize() {}

    /**
     * Rows that tell an accuracy from a fixed one.
     *
     * @param fixed the accuracy of the hypothesis, in (0, 1)
     * @param other the true one, in [0, 1]
     */
    static double accuracy(double fixed, double other) {
        double root = CRITICAL * Math.sqrt(fixed * (1 - fixed)) + BETA * Math.sqrt(other * (1 - other));
        return root * root / ((other - fixed) * (other - fixed));
    }

    /**
     * Rows that tell the accuracies of two judges who label the same rows (Connor 1987).
     *
     * @param discordant share of rows that only one of them gets right
     * @param difference between the accuracies, above 0 and at most {@code discordant}
     */
    static double paired(double discordant, double difference) {
        double root = CRITICAL * Math.sqrt(discordant) + BETA * Math.sqrt(discordant - difference * difference);
        return root * root / (difference * difference);
    }

    /**
     * Rows that tell a kappa of two raters and two labels from another: Donner and Eliasziw (1992), the chi-square test of fit
     * against the three cells that the kappa and the share of one label give.
     *
     * @param kappa of the hypothesis
     * @param other the true one
     * @param share of one of the two labels, in (0, 1)
     */
    static double kappa(double kappa, double other, double share) {
        double spread = share * (1 - share) * (other - kappa);
        double both = share * share + share * (1 - share) * kappa;
        double neither = (1 - share) * (1 - share) + share * (1 - share) * kappa;
        double apart = 2 * share * (1 - share) * (1 - kappa);
        double noncentrality = (CRITICAL + BETA) * (CRITICAL + BETA);
        return noncentrality / (spread * spread * (1 / both + 1 / neither + 4 / apart));
    }

    /** Rounded up, without the last digits of a root that should be whole. */
    static long whole(double rows) {
        return (long) Math.ceil(rows - TOLERANCE);
    }

    /** The least difference in (0, most] that so many rows show, where the rows needed fall as the difference grows. */
    static OptionalDouble difference(double rows, double most, DoubleUnaryOperator rowsNeeded) {
        if (!(most > 0) || !(rowsNeeded.applyAsDouble(most) <= rows)) {
            return OptionalDouble.empty();
        }
        double low = 0;
        double high = most;
        while (high - low > TOLERANCE) {
            double middle = (low + high) / 2;
            if (rowsNeeded.applyAsDouble(middle) <= rows) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return OptionalDouble.of(high);
    }
}
