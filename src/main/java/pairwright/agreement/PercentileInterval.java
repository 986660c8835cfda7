package pairwright.agreement;

import java.util.Arrays;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * The middle share of bootstrap replicates (Efron's percentile interval), with quantiles of type 7 (Hyndman and Fan
 * 1996: linear between order statistics).
 */
record PercentileInterval(double low, double high) {
    private static final NormalDistribution NORMAL = new NormalDistribution();

    /**
     * The expanded percentile interval (Hesterberg 2015, "What teachers should know about the bootstrap", section 5.3): a bootstrap of few
     * clusters is too narrow, by sqrt((n - 1) / n) and because it knows their spread only from themselves; so the quantiles lie as
     * far out as Student's t with n - 1 degrees of freedom says.
     *
     * @param clusters that were resampled, at least 2; of unequal ones how many equal ones are worth as much
     */
    static PercentileInterval expanded(double[] replicates, double confidence, double clusters) {
        double t = new TDistribution(clusters - 1).inverseCumulativeProbability((1 + confidence) / 2);
        double tail = NORMAL.cumulativeProbability(-t * Math.sqrt(clusters / (clusters - 1)));
        return of(replicates, 1 - 2 * tail);
    }

    static PercentileInterval of(double[] replicates, double confidence) {
        double[] sorted = replicates.clone();
        Arrays.sort(sorted);
        double tail = (1 - confidence) / 2;
        return new PercentileInterval(quantile(sorted, tail), quantile(sorted, 1 - tail));
    }

    static double quantile(double[] sorted, double probability) {
        double position = probability * (sorted.length - 1);
        int below = (int) Math.floor(position);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
