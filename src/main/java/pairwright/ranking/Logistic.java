package pairwright.ranking;

/** The logistic function. */
final class Logistic {
    private Logistic() {}

    static double sigma(double d) {
        return 1 / (1 + Math.exp(-d));
    }

    /** -ln sigma(d), exact at both ends. */
    static double loss(double d) {
        return d > 0 ? Math.log1p(Math.exp(-d)) : Math.log1p(Math.exp(d)) - d;
    }
}
