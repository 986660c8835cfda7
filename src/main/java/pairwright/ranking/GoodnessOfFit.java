package pairwright.ranking;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import org.apache.commons.math3.util.CombinatoricsUtils;

/**
 * How well the strengths describe the comparisons.
 *
 * @param logLikelihood of all comparisons in nats, without binomial coefficients and without the penalty
 * @param deviance twice the distance to the best that any model could do on the counts of each pair and order; empty where style
 *     covariates make each comparison a case of its own
 * @param nullDeviance the same for items of equal strength, where ties are halves
 * @param degreesOfFreedom cells less parameters
 * @param aic with the binomial coefficients, as R's {@code glm} has it; where ties are halves and all counts are whole
 */
public record GoodnessOfFit(
        @JsonProperty("log_likelihood") double logLikelihood,
        @JsonProperty("deviance") Optional<Double> deviance,
        @JsonProperty("null_deviance") Optional<Double> nullDeviance,
        @JsonProperty("degrees_of_freedom") Optional<Long> degreesOfFreedom,
        @JsonProperty("aic") Optional<Double> aic) {
    static GoodnessOfFit of(ComparisonTable table, RankingSettings settings, double[] point, double loss) {
        if (settings.style()) {
            return new GoodnessOfFit(-loss, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        }
        Cells cells = CellCounts.byOrder(table, settings);
        boolean counted = settings.ties().counted();
        long parameters = point.length - 1L;
        double best = 0;
        double coefficients = 0;
        boolean whole = !counted;
        for (int cell = 0; cell < cells.size(); cell++) {
            double n = cells.n()[cell];
            double s = cells.s()[cell];
            double t = counted ? cells.t()[cell] : 0;
            best -= entropy(s - t / 2, n) + entropy(t, n) + entropy(n - s - t / 2, n);
            whole = whole && s == Math.rint(s) && n == Math.rint(n) && n <= Integer.MAX_VALUE;
            if (whole) {
                coefficients += CombinatoricsUtils.binomialCoefficientLog((int) n, (int) s);
            }
        }
        double fair = cells.total() * Math.log(2);
        return new GoodnessOfFit(
                -loss,
                Optional.of(2 * (loss - best)),
                counted ? Optional.empty() : Optional.of(2 * (fair - best)),
                Optional.of((counted ? 2L : 1L) * cells.size() - parameters),
                whole ? Optional.of(2 * (loss - coefficients + parameters)) : Optional.empty());
    }

    /** x ln(x/n), 0 where x is 0. */
    private static double entropy(double x, double n) {
        return x > 0 ? x * Math.log(x / n) : 0;
    }
}
