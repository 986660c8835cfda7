package pairwright.ranking;

import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;

/** What one more judgment is expected to tell of two items whose difference in strength has a normal posterior. */
final class OrderInformation {
    /** The middles of equally probable slices of the standard normal law, lowest first. */
    private static final double[] SLICES = IntStream.range(0, 32)
            .mapToDouble(k -> new NormalDistribution(null, 0, 1).inverseCumulativeProbability((k + .5) / 32))
            .toArray();

    private OrderInformation() {}

    /**
     * The mutual information of the outcome and of which item is stronger, in nats: the entropy of the outcome less its mean entropy once
     * the stronger one is known (Lindley 1956's measure, for the sign of the difference).
     *
     * @param variance above 0
     */
    static double nats(double mean, double variance) {
        double deviation = Math.sqrt(variance);
        double above = 0;
        double below = 0;
        int countAbove = 0;
        for (double slice : SLICES) {
            double difference = mean + deviation * slice;
            double wins = Logistic.sigma(difference);
            if (difference > 0) {
                above += wins;
                countAbove++;
            } else {
                below += wins;
            }
        }
        int all = SLICES.length;
        int countBelow = all - countAbove;
        double known = (countAbove == 0 ? 0 : countAbove * entropy(above / countAbove))
                + (countBelow == 0 ? 0 : countBelow * entropy(below / countBelow));
        return entropy((above + below) / all) - known / all;
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

    private static double entropy(double p) {
        return p <= 0 || p >= 1 ? 0 : -p * Math.log(p) - (1 - p) * Math.log1p(-p);
    }
}
