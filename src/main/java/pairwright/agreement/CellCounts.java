package pairwright.agreement;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Rows counted in cells, once as they are and once per bootstrap replicate. Memory is cells in use times replicates,
 * whatever the number of rows.
 */
final class CellCounts {
    /** A replicate's sum of weights must stay within an int; its chance to be twice the rows is nil. */
    private static final long MAX_ROWS = 1L << 30;

    private final AgreementSettings settings;
    private final long[] rows;
    private final int[][] weighted;
    private final DistinctPrompts prompts = new DistinctPrompts();
    private long total;

    CellCounts(int cells, AgreementSettings settings) {
        this.settings = settings;
        this.rows = new long[cells];
        this.weighted = new int[cells][];
    }

    void add(int cell, WeightedPrompt prompt) {
        if (++total > MAX_ROWS) {
            throw new IllegalStateException("more than " + MAX_ROWS + " rows, must be split into several studies");
        }
        rows[cell]++;
        prompts.add(prompt.hash());
        if (settings.clusters() == Clusters.ROW) {
            return;
        }
        int[] sums = weighted[cell];
        if (sums == null) {
            sums = new int[settings.bootstrapRounds()];
            weighted[cell] = sums;
        }
        prompt.addTo(sums);
    }

    /** How many rows each cell holds. */
    long[] rows() {
        return rows.clone();
    }

    /** How much weight each cell holds, replicate by replicate. */
    Stream<long[]> replicates() {
        if (settings.clusters() == Clusters.ROW) {
            return TableBootstrap.resamples(rows, settings.bootstrapRounds(), settings.seed());
        }
        return IntStream.range(0, settings.bootstrapRounds()).mapToObj(replicate -> {
            long[] weights = new long[weighted.length];
            for (int cell = 0; cell < weights.length; cell++) {
                weights[cell] = weighted[cell] == null ? 0 : weighted[cell][replicate];
            }
            return weights;
        });
    }

    PromptCount prompts() {
        return prompts.count();
    }

    /**
     * How many clusters of equal size would be worth as much: (sum of sizes)^2 / sum of squares (Kish 1965; Carter, Schnepel and
     * Steigerwald 2017). The sum of squares is the variance of the replicates' totals, so no cluster need be remembered.
     */
    double effectiveClusters() {
        if (settings.clusters() == Clusters.ROW) {
            return total;
        }
        double squares = 0;
        for (int replicate = 0; replicate < settings.bootstrapRounds(); replicate++) {
            double apart = -total;
            for (int[] sums : weighted) {
                apart += sums == null ? 0 : sums[replicate];
            }
            squares += apart * apart;
        }
        return squares > 0 ? (double) total * total / (squares / settings.bootstrapRounds()) : 0;
    }
}
