package pairwright.reward;

import pairwright.judge.Preference;

/** How likely a preference z is under a difference of rewards d = r(a) - r(b): the negative logarithm in nats, and its slopes. */
sealed interface PairLikelihood {
    /** Loss, its slope by d and its slope by the fitted parameter. */
    record Terms(double loss, double slope, double parameterSlope) {}

    /**
     * At one pair.
     *
     * @param z in [0, 1]
     * @param parameter of the likelihood, unused where it has none
     */
    Terms at(double z, double d, double parameter);

    /** Whether a parameter is fitted along with the weights; it starts at 0. */
    default boolean hasParameter() {
        return false;
    }

    /** The parameter as its source names it: nu of Davidson, theta of Rao and Kupper. */
    default double named(double parameter) {
        throw new IllegalStateException("this likelihood has no parameter");
    }

    /** ln(1 + exp(x)) without overflow. */
    static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    private static boolean isTie(double z) {
        return Math.abs(z - .5) <= Preference.DEFAULT_TIE_BAND;
    }

    /**
     * Bradley and Terry (1952) with soft z: -z log sigma(d - m) - (1 - z) log sigma(-d - m), m the margin by which the better one is to win
     * (as the reward trainer of TRL subtracts it).
     *
     * @param margin in nats, at least 0
     */
    record Soft(double margin) implements PairLikelihood {
        @Override
        public Terms at(double z, double d, double parameter) {
            return new Terms(
                    z * softplus(margin - d) + (1 - z) * softplus(margin + d),
                    (1 - z) * SoftLoss.probability(d + margin) - z * SoftLoss.probability(margin - d),
                    0);
        }
    }

    /**
     * Labels of which a share is turned over by chance, the same for both sides: P = rate + (1 - 2 rate) sigma(d) (as the
     * conservative DPO loss has it for a model that is noisy itself).
     *
     * @param rate in [0, .5)
     */
    record Flipped(double rate) implements PairLikelihood {
        @Override
        public Terms at(double z, double d, double parameter) {
            double sigma = SoftLoss.probability(d);
            double first = rate + (1 - 2 * rate) * sigma;
            double second = rate + (1 - 2 * rate) * SoftLoss.probability(-d);
            double turn = (1 - 2 * rate) * sigma * SoftLoss.probability(-d);
            return new Terms(
                    -z * Math.log(first) - (1 - z) * Math.log(second), turn * ((1 - z) / second - z / first), 0);
        }
    }

    /**
     * Ties as an outcome of their own, P(tie) proportional to nu sqrt(pi_a pi_b) (Davidson 1970); the parameter is ln nu. A z within the tie
     * band is a tie, any other is shared between the sides.
     */
    record Davidson() implements PairLikelihood {
        @Override
        public Terms at(double z, double d, double parameter) {
            double half = d / 2;
            double most = Math.max(Math.abs(half), parameter);
            double total = Math.exp(half - most) + Math.exp(-half - most) + Math.exp(parameter - most);
            double logTotal = most + Math.log(total);
            double tie = Math.exp(parameter - logTotal);
            double lean = (Math.exp(half - logTotal) - Math.exp(-half - logTotal)) / 2;
            return isTie(z)
                    ? new Terms(logTotal - parameter, lean, tie - 1)
                    : new Terms(logTotal - (2 * z - 1) * half, lean - (2 * z - 1) / 2, tie);
        }

        @Override
        public boolean hasParameter() {
            return true;
        }

        @Override
        public double named(double parameter) {
            return Math.exp(parameter);
        }
    }

    /**
     * Ties where the difference is too small to be noticed: P(a) = pi_a / (pi_a + theta pi_b), theta at least 1 (Rao and Kupper 1967); the
     * parameter is that of ln theta = ln(1 + exp(parameter)).
     */
    record RaoKupper() implements PairLikelihood {
        @Override
        public Terms at(double z, double d, double parameter) {
            double threshold = softplus(parameter);
            double below = SoftLoss.probability(threshold - d);
            double above = SoftLoss.probability(threshold + d);
            double turn = SoftLoss.probability(parameter);
            if (isTie(z)) {
                double loss = softplus(d - threshold)
                        + softplus(threshold + d)
                        + threshold
                        - d
                        - Math.log(Math.expm1(2 * threshold));
                double byThreshold = above - (1 - below) + 1 - 2 / -Math.expm1(-2 * threshold);
                return new Terms(loss, (1 - below) + above - 1, turn * byThreshold);
            }
            return new Terms(
                    z * softplus(threshold - d) + (1 - z) * softplus(threshold + d),
                    (1 - z) * above - z * below,
                    turn * (z * below + (1 - z) * above));
        }

        @Override
        public boolean hasParameter() {
            return true;
        }

        @Override
        public double named(double parameter) {
            return Math.exp(softplus(parameter));
        }
    }
}
