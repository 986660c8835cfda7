package pairwright.agreement;

import org.apache.commons.math3.distribution.NormalDistribution;

/** The standard normal law. */
final class Normal {
    private static final NormalDistribution LAW = new NormalDistribution(null, 0, 1);

    private Normal() {}

    /** How many standard deviations to both sides hold so much: 1.96 for .95. */
    static double critical(double confidence) {
        return LAW.inverseCumulativeProbability((1 + confidence) / 2);
    }

    static double quantile(double probability) {
        return LAW.inverseCumulativeProbability(probability);
    }

    static double cumulative(double x) {
        return LAW.cumulativeProbability(x);
    }
}
