package pairwright.reward;

/** The Bradley-Terry model of one pair, d = r(a) - r(b). */
final class SoftLoss {
    private SoftLoss() {}

    /** sigma(d), the probability that the first response is preferred. */
    static double probability(double d) {
        return 1 / (1 + Math.exp(-d));
    }

    /** -z log sigma(d) - (1 - z) log sigma(-d), in nats. */
    static double loss(double z, double d) {
        return Math.max(d, 0) - z * d + Math.log1p(Math.exp(-Math.abs(d)));
    }

    /** Its derivative, sigma(d) - z. */
    static double slope(double z, double d) {
        return probability(d) - z;
    }
}
