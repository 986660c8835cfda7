package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * Whether a judge says the same when it is asked the same again in the same order, over the rows with several samples of every order asked.
 *
 * @param rows with repeated samples
 * @param prompts clusters
 * @param contradicted share of them in which samples of one order have different labels
 * @param spread mean over them of the standard deviation of p within an order
 * @param noise root mean square of the change of z if all were asked again in the same way, by the variances within the orders
 */
public record Stability(
        @JsonProperty("rows") long rows,
        @JsonProperty("prompts") PromptCount prompts,
        @JsonProperty("contradicted") Statistic contradicted,
        @JsonProperty("spread") Statistic spread,
        @JsonProperty("noise") Statistic noise) {
    private static final String NONE = "all rows are of one prompt, an interval needs several";

    /** Empty where nothing was asked more than once. */
    static Optional<Stability> of(JudgedRows rows, int[] sorted, AgreementSettings settings) {
        int[] used = IntStream.of(sorted).filter(rows::repeated).toArray();
        if (used.length == 0) {
            return Optional.empty();
        }
        ShareEstimate contradicted = new ShareEstimate(settings);
        long[] clusters =
                IntStream.of(used).mapToLong(row -> rows.cluster(row, settings)).toArray();
        for (int i = 0; i < used.length; i++) {
            contradicted.add(clusters[i], rows.contradicted(used[i]) ? 1 : 0);
        }
        return Optional.of(new Stability(
                used.length,
                new PromptCount(Arrays.stream(clusters).distinct().count(), true),
                contradicted.statistic("share of rows whose samples in one order have different labels", NONE),
                mean(
                        clusters,
                        IntStream.of(used).mapToDouble(rows::spread).toArray(),
                        x -> x,
                        "mean standard deviation of p over the samples of an order",
                        settings),
                mean(
                        clusters,
                        IntStream.of(used).mapToDouble(rows::variance).toArray(),
                        x -> Math.sqrt(2 * Math.max(0, x)),
                        "root mean square of the change of z if asked again",
                        settings)));
    }

    /** An increasing function of a mean. */
    private static Statistic mean(
            long[] clusters, double[] values, DoubleUnaryOperator of, String method, AgreementSettings settings) {
        Optional<RobustEstimate> mean = RobustEstimate.mean(clusters, values);
        if (mean.isEmpty()) {
            return new Undefined(NONE, values.length);
        }
        Estimate estimate = (Estimate) mean.get().statistic(values.length, method, settings);
        return new Estimate(
                of.applyAsDouble(estimate.value()),
                of.applyAsDouble(estimate.low()),
                of.applyAsDouble(estimate.high()),
                values.length,
                estimate.method());
    }
}
