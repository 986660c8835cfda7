package pairwright.agreement;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Sums over the rows of each cluster, so that a statistic which is made of sums needs one pass over the clusters in every bootstrap
 * replicate, not over the rows.
 */
final class ClusterSums {
    private final int width;
    private final AgreementSettings settings;
    private final Map<Long, Cluster> clusters = new HashMap<>();
    private long rows;

    private static final class Cluster {
        private final double[] sums;
        private long rows;

        Cluster(int width) {
            this.sums = new double[width];
        }
    }

    /** Of rows that have so many numbers each. */
    ClusterSums(int width, AgreementSettings settings) {
        this.width = width;
        this.settings = settings;
    }

    /** The sums of the cluster of this prompt, to be added to; where the settings resample rows, of a new cluster. */
    double[] of(long prompt) {
        rows++;
        long cluster = settings.clusters() == Clusters.ROW ? PoissonWeights.hash("row " + rows) : prompt;
        Cluster of = clusters.computeIfAbsent(cluster, hash -> new Cluster(width));
        of.rows++;
        return of.sums;
    }

    Replicates<double[]> replicates() {
        PoissonWeights weights = new PoissonWeights(settings.seed(), settings.bootstrapRounds());
        long[] hashes =
                clusters.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
        double[][] sums = new double[hashes.length][];
        double[] all = new double[width];
        double[][] drawn = new double[settings.bootstrapRounds()][width];
        for (int c = 0; c < hashes.length; c++) {
            sums[c] = clusters.get(hashes[c]).sums;
            for (int k = 0; k < width; k++) {
                all[k] += sums[c][k];
            }
            int[] of = weights.draws(hashes[c]);
            for (int r = 0; r < drawn.length; r++) {
                int weight = of[r];
                for (int k = 0; weight > 0 && k < width; k++) {
                    drawn[r][k] += weight * sums[c][k];
                }
            }
        }
        return Replicates.of(
                all,
                IntStream.range(0, drawn.length).mapToObj(r -> drawn[r]),
                new PromptCount(hashes.length, true),
                effectiveClusters(),
                settings);
    }

    /** As in {@link CellCounts#effectiveClusters}. */
    private double effectiveClusters() {
        double squares = clusters.values().stream()
                .mapToDouble(c -> (double) c.rows * c.rows)
                .sum();
        return squares > 0 ? (double) rows * rows / squares : 0;
    }
}
