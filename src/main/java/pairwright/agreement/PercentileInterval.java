package pairwright.agreement;

import java.util.Arrays;

/**
 * The middle share of bootstrap replicates (Efron's percentile interval), with quantiles of type 7 (Hyndman and Fan
 * 1996: linear between order statistics).
 */
record PercentileInterval(double low, double high) {
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
