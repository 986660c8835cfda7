package pairwright.ranking;

/** First and second derivatives of one cell's negative log-likelihood, by the difference d and by the tie parameter. */
final class Derivatives {
    private final Ties ties;
    /** By d. */
    double slope;
    /** By d twice. */
    double curvature;
    /** By the tie parameter. */
    double tieSlope;
    /** By d and the tie parameter. */
    double cross;
    /** By the tie parameter twice. */
    double tieCurvature;

    Derivatives(Ties ties) {
        this.ties = ties;
    }

    /**
     * Moves to one cell.
     *
     * @param n weight of its comparisons
     * @param s weight won by the first, ties half
     * @param t weight of ties
     * @param d difference of the strengths, with the covariates
     * @param tie ln nu or ln theta
     */
    void of(double n, double s, double t, double d, double tie) {
        switch (ties) {
            case HALF -> {
                double p = Logistic.sigma(d);
                slope = n * p - s;
                curvature = n * p * (1 - p);
            }
            case DAVIDSON -> {
                Ties.Outcomes p = ties.outcomes(d, tie);
                double mean = (p.first() - p.second()) / 2;
                slope = n * mean - (s - n / 2);
                curvature = n * ((p.first() + p.second()) / 4 - mean * mean);
                tieSlope = n * p.tie() - t;
                cross = -n * mean * p.tie();
                tieCurvature = n * p.tie() * (1 - p.tie());
            }
            case RAO_KUPPER -> {
                // ln P(tie) = ln(theta^2 - 1) + ln sigma(d - ln theta) + ln sigma(-d - ln theta): a tie counts on both
                // sides.
                double first = Logistic.sigma(d - tie);
                double second = Logistic.sigma(-d - tie);
                double upper = s + t / 2;
                double lower = n - s + t / 2;
                double square = Math.expm1(2 * tie);
                slope = -upper * (1 - first) + lower * (1 - second);
                tieSlope = upper * (1 - first) + lower * (1 - second) - 2 * t * (1 + 1 / square);
                double one = upper * first * (1 - first);
                double two = lower * second * (1 - second);
                curvature = one + two;
                cross = two - one;
                tieCurvature = one + two + 4 * t * (1 + 1 / square) / square;
            }
        }
    }

    /** The negative log-likelihood of one cell. */
    static double loss(Ties ties, double n, double s, double t, double d, double tie) {
        return switch (ties) {
            case HALF -> s * Logistic.loss(d) + (n - s) * Logistic.loss(-d);
            case DAVIDSON -> {
                double most = Math.max(Math.abs(d) / 2, tie);
                double sum = Math.exp(d / 2 - most) + Math.exp(-d / 2 - most) + Math.exp(tie - most);
                yield n * (most + Math.log(sum)) - (s - n / 2) * d - t * tie;
            }
            case RAO_KUPPER ->
                (s + t / 2) * Logistic.loss(d - tie)
                        + (n - s + t / 2) * Logistic.loss(-d - tie)
                        - (t > 0 ? t * Math.log(Math.expm1(2 * tie)) : 0);
        };
    }
}
