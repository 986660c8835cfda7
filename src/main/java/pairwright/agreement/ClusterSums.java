package pairwright.agreement;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Sums over the rows, once as they are and once per bootstrap replicate. Rows of a cluster come together, so only one cluster is
 * remembered, and the replicates are added to once a cluster and quantity that is not 0.
 */
final class ClusterSums {
    private final AgreementSettings settings;
    private final PoissonWeights weights;
    private final double[] cluster;
    private final double[] all;
    private final double[][] drawn;
    private long hash;
    private long rowsOfCluster;
    private long rows;
    private int clusters;
    private double squares;

    /** Of rows that have so many numbers each. */
    ClusterSums(int width, AgreementSettings settings) {
        this.settings = settings;
        this.weights = new PoissonWeights(settings.seed(), settings.bootstrapRounds());
        this.cluster = new double[width];
        this.all = new double[width];
        this.drawn = new double[width][];
    }

    /**
     * The sums of the cluster of the next row, to be added to.
     *
     * @param prompt of the row; rows of one prompt come together. Where the settings resample rows, each is a cluster of its own
     */
    double[] of(long prompt) {
        long next = settings.clusters() == Clusters.ROW ? PoissonWeights.hash("row " + (rows + 1)) : prompt;
        if (rows > 0 && next != hash) {
            close();
        }
        hash = next;
        rows++;
        rowsOfCluster++;
        return cluster;
    }

    private void close() {
        WeightedPrompt drawnWeights = weights.of(hash);
        for (int k = 0; k < cluster.length; k++) {
            if (cluster[k] != 0) {
                all[k] += cluster[k];
                if (drawn[k] == null) {
                    drawn[k] = new double[settings.bootstrapRounds()];
                }
                drawnWeights.addTo(drawn[k], cluster[k]);
            }
        }
        Arrays.fill(cluster, 0);
        squares += (double) rowsOfCluster * rowsOfCluster;
        rowsOfCluster = 0;
        clusters++;
    }

    /** When all rows were added. */
    Replicates<double[]> replicates() {
        if (rowsOfCluster > 0) {
            close();
        }
        return Replicates.of(
                all.clone(),
                IntStream.range(0, settings.bootstrapRounds()).mapToObj(this::replicate),
                new PromptCount(clusters, true),
                squares > 0 ? (double) rows * rows / squares : 0,
                settings);
    }

    private double[] replicate(int replicate) {
        return Arrays.stream(drawn)
                .mapToDouble(sums -> sums == null ? 0 : sums[replicate])
                .toArray();
    }
}
