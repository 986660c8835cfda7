package pairwright.judge;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the two orders become one z. Both keep z(x1, x2) + z(x2, x1) = 1. */
public enum Pooling {
    /** Arithmetic mean of the two probabilities (RLAIF, Lee et al. 2023, section 2.1). */
    @JsonProperty("mean")
    MEAN {
        @Override
        double pool(double p12, double p21) {
            return (p12 + p21) / 2;
        }
    },
    /** Mean of the log-odds, clamped: a position bias that adds to the log-odds cancels exactly. */
    @JsonProperty("logit")
    LOGIT {
        @Override
        double pool(double p12, double p21) {
            double half = (logit(p12) + logit(p21)) / 2;
            return 1 / (1 + Math.exp(-half));
        }
    };

    /** Probabilities are kept this far from 0 and 1 before a logarithm is taken. */
    static final double CLAMP = 1e-3;

    abstract double pool(double p12, double p21);

    static double logit(double p) {
        double clamped = Math.min(1 - CLAMP, Math.max(CLAMP, p));
        return Math.log(clamped / (1 - clamped));
    }
}
