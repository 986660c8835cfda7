package pairwright.agreement;

import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;

/** The mean of a number over rows, with an interval that resamples prompts. */
final class PromptMean {
    private final AgreementSettings settings;
    private final WeightedSums sums;
    private long rows;

    PromptMean(AgreementSettings settings) {
        this.settings = settings;
        this.sums = new WeightedSums(2, settings.bootstrapRounds());
    }

    void add(double value, WeightedPrompt prompt) {
        rows++;
        sums.add(0, 1, prompt);
        sums.add(1, value, prompt);
    }

    Statistic statistic(String method) {
        return statistic(method, mean -> mean);
    }

    /** A function of the mean, such as its root. */
    Statistic statistic(String method, DoubleUnaryOperator of) {
        return Replicates.of(sums, settings, row -> row)
                .statistic(
                        row -> row[0] > 0
                                ? OptionalDouble.of(of.applyAsDouble(row[1] / row[0]))
                                : OptionalDouble.empty(),
                        rows,
                        method,
                        "no pair with a preference both times");
    }
}
