package pairwright.ranking;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Two neighbours in a ranking, and what it would take to tell them apart.
 *
 * @param stronger the one of the higher strength
 * @param weaker the next one
 * @param probabilityStronger that the first is truly stronger, by the normal law of the estimates
 * @param moreJudgments further judgments of these two, if their true difference is as estimated, after which an interval of their
 *     difference leaves out 0 with a chance of 80%; empty where the difference is 0, or so small that it is more than a thousand million
 */
public record Separating(
        @JsonProperty("stronger") String stronger,
        @JsonProperty("weaker") String weaker,
        @JsonProperty("probability_stronger") double probabilityStronger,
        @JsonProperty("more_judgments") Optional<Long> moreJudgments) {
    static final double POWER = .8;
    static final double MOST = 1e9;

    static Separating of(Strengths strengths, int one, int other) {
        return new Separating(
                strengths.items().get(one),
                strengths.items().get(other),
                strengths.probabilityStronger(one, other),
                more(strengths, one, other));
    }

    /**
     * m more judgments of the two add m p (1 - p) to the information of their difference; where prompts make the errors wider than the
     * information says, they make these judgments worth less by the same factor.
     */
    private static Optional<Long> more(Strengths strengths, int one, int other) {
        StrengthEstimate difference = strengths.difference(one, other);
        double needed =
                strengths.criticalValue() + new NormalDistribution(null, 0, 1).inverseCumulativeProbability(POWER);
        double wanted = Math.pow(difference.value() / needed, 2);
        double variance = Math.pow(difference.standardError(), 2);
        if (variance <= wanted) {
            return Optional.of(0L);
        }
        if (wanted == 0) {
            return Optional.empty();
        }
        double p = Logistic.sigma(difference.value());
        double more = strengths.designEffect(one, other) * (1 / wanted - 1 / variance) / (p * (1 - p));
        return more <= MOST ? Optional.of((long) Math.ceil(more)) : Optional.empty();
    }
}
