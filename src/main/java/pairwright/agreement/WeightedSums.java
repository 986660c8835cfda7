package pairwright.agreement;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Sums of a few quantities over the rows, once as they are and once per bootstrap replicate. Memory is quantities times replicates,
 * whatever the number of rows.
 */
final class WeightedSums {
    private final double[] rows;
    private final double[][] weighted;
    private final int replicates;
    private final DistinctPrompts prompts = new DistinctPrompts();

    WeightedSums(int quantities, int replicates) {
        this.rows = new double[quantities];
        this.weighted = new double[quantities][];
        this.replicates = replicates;
    }

    /** Adds the value of one quantity in one row. */
    void add(int quantity, double value, WeightedPrompt prompt) {
        rows[quantity] += value;
        if (weighted[quantity] == null) {
            weighted[quantity] = new double[replicates];
        }
        prompt.addTo(weighted[quantity], value);
        prompts.add(prompt.hash());
    }

    /** The sums over the rows. */
    double[] rows() {
        return rows.clone();
    }

    /** The sums, replicate by replicate. */
    Stream<double[]> replicates() {
        return IntStream.range(0, replicates).mapToObj(replicate -> {
            double[] sums = new double[weighted.length];
            for (int quantity = 0; quantity < sums.length; quantity++) {
                sums[quantity] = weighted[quantity] == null ? 0 : weighted[quantity][replicate];
            }
            return sums;
        });
    }

    PromptCount prompts() {
        return prompts.count();
    }
}
