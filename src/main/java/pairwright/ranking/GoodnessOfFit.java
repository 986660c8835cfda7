package pairwright.ranking;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

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
        SaturatedFit best = SaturatedFit.of(table, settings);
        boolean counted = settings.ties().counted();
        long parameters = point.length - 1L;
        double fair = table.totalWeight() * Math.log(2);
        return new GoodnessOfFit(
                -loss,
                Optional.of(2 * (loss - best.loss())),
                counted ? Optional.empty() : Optional.of(2 * (fair - best.loss())),
                Optional.of((counted ? 2L : 1L) * best.cells() - parameters),
                best.coefficients().map(c -> 2 * (loss - c + parameters)));
    }
}
