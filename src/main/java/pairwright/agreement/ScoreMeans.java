package pairwright.agreement;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** How high a judge's and a reference's scores are, over the rows that have both. */
final class ScoreMeans {
    private final List<ScoreStudy.Scored> scored;
    private final AgreementSettings settings;
    private final PromptCount prompts;
    private final Replicates<double[]> weights;

    private ScoreMeans(List<ScoreStudy.Scored> scored, AgreementSettings settings) {
        ClusterWeights clusters = new ClusterWeights(
                scored.stream().map(ScoreStudy.Scored::prompt).toList(), settings);
        double[] ones = scored.stream().mapToDouble(row -> 1).toArray();
        this.scored = scored;
        this.settings = settings;
        this.prompts = clusters.count();
        this.weights = Replicates.of(
                ones, IntStream.range(0, settings.bootstrapRounds()).mapToObj(clusters::rowWeights), prompts, settings);
    }

    static List<CoefficientEstimate> of(List<ScoreStudy.Scored> scored, AgreementSettings settings) {
        ScoreMeans means = new ScoreMeans(scored, settings);
        return List.of(
                means.mean("the judge", ScoreStudy.Scored::judged),
                means.mean("the reference", ScoreStudy.Scored::reference),
                means.mean("the judge less the reference", row -> row.judged() - row.reference()));
    }

    private CoefficientEstimate mean(String name, ToDoubleFunction<ScoreStudy.Scored> of) {
        double[] values = scored.stream().mapToDouble(of).toArray();
        Statistic estimate =
                weights.statistic(w -> mean(values, w), values.length, "mean", "no row has scores of both");
        return new CoefficientEstimate(
                name,
                estimate,
                prompts,
                Optional.empty(),
                estimate.number()
                        .filter(mean -> values.length > 1)
                        .map(mean -> AnalyticInterval.normal(
                                mean,
                                standardError(values, mean),
                                settings.confidence(),
                                "standard error of a mean, independent rows")));
    }

    private static OptionalDouble mean(double[] values, double[] weights) {
        double sum = 0;
        double n = 0;
        for (int i = 0; i < values.length; i++) {
            sum += weights[i] * values[i];
            n += weights[i];
        }
        return n > 0 ? OptionalDouble.of(sum / n) : OptionalDouble.empty();
    }

    private static double standardError(double[] values, double mean) {
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / (values.length - 1) / values.length);
    }
}
