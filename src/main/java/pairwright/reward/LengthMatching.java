package pairwright.reward;

import java.util.Arrays;

/**
 * Weights under which length tells nothing: pairs fall into bins of the ratio of their lengths, and in each bin the pairs won by the longer
 * text weigh as much together as those won by the shorter one. Bins where only one of them ever wins weigh nothing.
 */
final class LengthMatching {
    private static final double BINS_PER_NAT = 4;
    private static final int MOST_BINS = 12;

    private LengthMatching() {}

    /**
     * The weights, times those given.
     *
     * @param z of each pair
     * @param logRatio ln of response A's length over B's
     */
    static double[] weights(double[] z, double[] logRatio, double[] given) {
        double[] longer = new double[MOST_BINS];
        double[] shorter = new double[MOST_BINS];
        for (int i = 0; i < z.length; i++) {
            double lean = (2 * z[i] - 1) * Math.signum(logRatio[i]) * given[i];
            (lean > 0 ? longer : shorter)[bin(logRatio[i])] += Math.abs(lean);
        }
        double[] weights = given.clone();
        for (int i = 0; i < z.length; i++) {
            double lean = (2 * z[i] - 1) * Math.signum(logRatio[i]);
            if (lean != 0) {
                int bin = bin(logRatio[i]);
                double least = Math.min(longer[bin], shorter[bin]);
                weights[i] *= least / (lean > 0 ? longer : shorter)[bin];
            }
        }
        return Arrays.stream(weights).sum() > 0 ? weights : given;
    }

    private static int bin(double logRatio) {
        return (int) Math.min(MOST_BINS - 1, Math.floor(BINS_PER_NAT * Math.abs(logRatio)));
    }
}
