package pairwright.agreement;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * A mean of people's labels when few rows have one and a judge has said something of all: PPI++ (Angelopoulos, Duchi and Zrnic 2023,
 * Algorithm 1 for a mean). With labels Y on n rows, predictions F on these and on N others,
 *
 * <pre>theta = mean(Y) - lambda (mean of F on the n rows - mean of F on the N others)</pre>
 *
 * It is right whatever the judge is worth, as long as the labelled rows are a random part of all; a good judge makes the interval
 * shorter. lambda = 0 takes people alone; the tuned lambda makes the variance least, and is kept within [0, 1].
 *
 * <p>Rows of one prompt depend on each other, so the variance is the sum over prompts of the square of each prompt's part in theta;
 * with one row a prompt it is the paper's var(Y - lambda F) / n + lambda^2 var(F) / N. The interval takes Student's t with one
 * degree of freedom less than there are labelled prompts, and divides by that number too.
 */
final class PredictionPowered {
    private static final int Y = 0;
    private static final int F = 1;
    private static final int ROWS = 2;
    private static final int OTHER_F = 3;
    private static final int OTHER_ROWS = 4;

    private final Map<Long, double[]> prompts = new HashMap<>();
    private long labelled;
    private long unlabelled;

    private double[] y = {};
    private double[] own = {};
    private double[] ownRows = {};
    private double[] other = {};
    private double[] otherRows = {};
    private double sumY;
    private double sumF;
    private double sumOther;

    /** A row with a label. */
    void add(long prompt, double label, double prediction) {
        double[] sums = prompts.computeIfAbsent(prompt, p -> new double[5]);
        sums[Y] += label;
        sums[F] += prediction;
        sums[ROWS]++;
        labelled++;
    }

    /** A row without one. */
    void add(long prompt, double prediction) {
        double[] sums = prompts.computeIfAbsent(prompt, p -> new double[5]);
        sums[OTHER_F] += prediction;
        sums[OTHER_ROWS]++;
        unlabelled++;
    }

    long labelled() {
        return labelled;
    }

    long unlabelled() {
        return unlabelled;
    }

    /** Prompts with a labelled row. */
    long labelledPrompts() {
        return prompts.values().stream().filter(sums -> sums[ROWS] > 0).count();
    }

    /**
     * A mean with its standard error.
     *
     * @param lambda how much the judge counts, in [0, 1]
     */
    record Mean(double lambda, double value, double standardError) {}

    /** Prompts in an order of their own, so that sums do not depend on the order of the rows. */
    private void gather() {
        long[] keys =
                prompts.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
        y = column(keys, Y);
        own = column(keys, F);
        ownRows = column(keys, ROWS);
        other = column(keys, OTHER_F);
        otherRows = column(keys, OTHER_ROWS);
        sumY = Arrays.stream(y).sum();
        sumF = Arrays.stream(own).sum();
        sumOther = Arrays.stream(other).sum();
    }

    private double[] column(long[] keys, int column) {
        return Arrays.stream(keys).mapToDouble(key -> prompts.get(key)[column]).toArray();
    }

    private double meanF() {
        return sumF / labelled;
    }

    private double meanOther() {
        return unlabelled == 0 ? meanF() : sumOther / unlabelled;
    }

    /** The prompt's part in mean(Y). */
    private double partOfLabels(int prompt) {
        return (y[prompt] - ownRows[prompt] * sumY / labelled) / labelled;
    }

    /** The prompt's part in the difference of the two means of F. */
    private double partOfPredictions(int prompt) {
        double labelledPart = (own[prompt] - ownRows[prompt] * meanF()) / labelled;
        return unlabelled == 0
                ? labelledPart
                : labelledPart - (other[prompt] - otherRows[prompt] * meanOther()) / unlabelled;
    }

    /** At a given lambda; needs a labelled row. */
    Mean at(double lambda) {
        gather();
        double value = sumY / labelled - lambda * (meanF() - meanOther());
        double variance = 0;
        for (int prompt = 0; prompt < y.length; prompt++) {
            double part = partOfLabels(prompt) - lambda * partOfPredictions(prompt);
            variance += part * part;
        }
        return new Mean(lambda, value, Math.sqrt(variance));
    }

    /** At the lambda that makes the variance least. */
    Mean tuned() {
        return at(lambda());
    }

    /**
     * cov(Y, F) / ((1 + n/N) var(F)), the variance over all rows, which is known best (the form of the paper's equation 10). Where a
     * prompt has rows of both kinds, the two means of F move together; then the least variance is found directly.
     */
    private double lambda() {
        gather();
        if (unlabelled == 0) {
            return 0;
        }
        double both = 0;
        double direct = 0;
        double spread = 0;
        boolean mixed = false;
        double meanOfAll = (sumF + sumOther) / (labelled + unlabelled);
        for (int prompt = 0; prompt < y.length; prompt++) {
            double part = partOfPredictions(prompt);
            both += partOfLabels(prompt) * part;
            direct += part * part;
            mixed |= ownRows[prompt] > 0 && otherRows[prompt] > 0;
            double all = own[prompt] + other[prompt] - (ownRows[prompt] + otherRows[prompt]) * meanOfAll;
            spread += all * all;
        }
        double rows = labelled + unlabelled;
        double pooled = spread / rows * y.length / (y.length - 1) * (1. / labelled + 1. / unlabelled);
        double variance = mixed ? direct : pooled;
        return variance > 0 ? Math.min(1, Math.max(0, both / variance)) : 0;
    }

    /** The half-width of the interval for one standard error; for people alone it is that of the usual t interval. */
    double critical(double confidence) {
        double prompts = labelledPrompts();
        return Math.sqrt(prompts / (prompts - 1))
                * new TDistribution(null, prompts - 1).inverseCumulativeProbability((1 + confidence) / 2);
    }
}
