package pairwright.ranking;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a tie is to the model. With d the difference of the strengths and sigma the logistic function:
 *
 * <ul>
 *   <li>{@link #HALF}: half a win for each, so z may be any number in [0, 1]; P(first) = sigma(d) (Bradley and Terry 1952).
 *   <li>{@link #DAVIDSON}: P(first) : P(tie) : P(second) = e^(d/2) : nu : e^(-d/2) (Davidson 1970), nu above 0.
 *   <li>{@link #RAO_KUPPER}: P(first) = sigma(d - ln theta), P(second) = sigma(-d - ln theta), the rest ties (Rao and Kupper
 *       1967), theta above 1.
 * </ul>
 *
 * <p>The last two know three outcomes; z within the tie band of one half is a tie, else a win.
 */
public enum Ties {
    @JsonProperty("half")
    HALF,
    @JsonProperty("davidson")
    DAVIDSON,
    @JsonProperty("rao_kupper")
    RAO_KUPPER;

    /** Whether ties are an outcome of their own. */
    boolean counted() {
        return this != HALF;
    }

    boolean isTie(double z, double tieBand) {
        return Math.abs(z - .5) <= tieBand;
    }

    /** 1, 0.5 or 0 for a win, a tie, a loss of the first item; z itself where ties are halves. */
    double outcome(double z, double tieBand) {
        return this == HALF ? z : isTie(z, tieBand) ? .5 : z > .5 ? 1 : 0;
    }

    /**
     * The probabilities of the three outcomes.
     *
     * @param d strength of the first less that of the second, with all covariates
     * @param tie ln nu or ln theta; not read where ties are halves
     */
    public Outcomes outcomes(double d, double tie) {
        return switch (this) {
            case HALF -> new Outcomes(Logistic.sigma(d), 0, Logistic.sigma(-d));
            case DAVIDSON -> {
                double half = Math.abs(d) / 2;
                // All three divided by the largest, so that nothing overflows.
                double most = Math.max(half, tie);
                double stronger = Math.exp(half - most);
                double weaker = Math.exp(-half - most);
                double drawn = Math.exp(tie - most);
                double sum = stronger + weaker + drawn;
                yield d >= 0
                        ? new Outcomes(stronger / sum, drawn / sum, weaker / sum)
                        : new Outcomes(weaker / sum, drawn / sum, stronger / sum);
            }
            case RAO_KUPPER -> {
                double first = Logistic.sigma(d - tie);
                double second = Logistic.sigma(-d - tie);
                yield new Outcomes(first, Math.expm1(2 * tie) * first * second, second);
            }
        };
    }

    /** Probabilities that sum to 1. */
    public record Outcomes(double first, double tie, double second) {}
}
