package pairwright.agreement;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How often each row counts in each replicate: as often as its cluster is drawn, for rows that are all in memory. */
final class ClusterWeights {
    private final PoissonWeights weights;
    private final long[] clusters;
    private final int[] clusterOfRow;

    /**
     * Rows in their order.
     *
     * @param prompts of the rows; where the settings resample rows, every row is a cluster of its own
     */
    ClusterWeights(List<String> prompts, AgreementSettings settings) {
        this.weights = new PoissonWeights(settings.seed(), settings.bootstrapRounds());
        this.clusterOfRow = new int[prompts.size()];
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < clusterOfRow.length; i++) {
            String name = settings.clusters() == Clusters.ROW ? "row " + i : prompts.get(i);
            clusterOfRow[i] = numbers.computeIfAbsent(name, n -> numbers.size());
        }
        this.clusters = new long[numbers.size()];
        numbers.forEach((name, number) -> clusters[number] = PoissonWeights.hash(name));
    }

    PromptCount count() {
        return new PromptCount(clusters.length, true);
    }

    /** The weights of all rows in one replicate. */
    double[] rowWeights(int replicate) {
        byte[] drawn = new byte[clusters.length];
        for (int c = 0; c < drawn.length; c++) {
            drawn[c] = weights.weight(clusters[c], replicate);
        }
        double[] rows = new double[clusterOfRow.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = drawn[clusterOfRow[i]];
        }
        return rows;
    }
}
