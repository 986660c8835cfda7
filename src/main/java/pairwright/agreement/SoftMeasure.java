package pairwright.agreement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** {@link SoftScores} of some rows, with z as it is or through a calibrator. */
final class SoftMeasure {
    static final int BINS = 10;

    /** z is kept this far from 0 and 1 where its logarithm is taken. */
    static final double CLAMP = .001;

    private static final int N = 0;
    private static final int LOG_LOSS = 1;
    private static final int SQUARES = 2;
    private static final int MARGINS = 3;
    private static final int FIXED = 4;
    private static final int ADAPTIVE = FIXED + 3 * BINS;
    private static final int WIDTH = ADAPTIVE + 3 * BINS;

    private final double[] edges;
    private final Replicates<double[]> sums;
    private final double ifCalibrated;

    private SoftMeasure(double[] edges, Replicates<double[]> sums, double ifCalibrated) {
        this.edges = edges;
        this.sums = sums;
        this.ifCalibrated = ifCalibrated;
    }

    /**
     * The rows that count: with z and a label, ties as the settings say. They come in an order of their own, since a sum of
     * fractions ends in other digits where it is made in another order.
     */
    static int[] rows(JudgedRows rows, AgreementSettings settings) {
        return IntStream.of(rows.sorted())
                .filter(i -> rows.hasZ(i) && rows.reference(i).isLabel())
                .filter(i -> settings.ties() != TiesAs.DROPPED || rows.reference(i) != Outcome.TIE)
                .toArray();
    }

    /** What the reference said: 1 for A, 0 for B, one half for a tie. */
    static double target(Outcome reference) {
        return reference == Outcome.A ? 1 : reference == Outcome.B ? 0 : .5;
    }

    static double logLoss(double z, double target) {
        double p = Math.min(1 - CLAMP, Math.max(CLAMP, z));
        return -target * Math.log(p) - (1 - target) * Math.log(1 - p);
    }

    static SoftMeasure of(JudgedRows rows, int[] used, DoubleUnaryOperator calibrator, AgreementSettings settings) {
        double[] z = IntStream.of(used)
                .mapToDouble(row -> calibrator.applyAsDouble(rows.z(row)))
                .toArray();
        double[] edges = edges(z);
        ClusterSums clusters = new ClusterSums(WIDTH, settings);
        for (int i = 0; i < used.length; i++) {
            double[] sums = clusters.of(rows.prompt(used[i]));
            double target = target(rows.reference(used[i]));
            sums[N]++;
            sums[LOG_LOSS] += logLoss(z[i], target);
            sums[SQUARES] += (z[i] - target) * (z[i] - target);
            sums[MARGINS] += Math.abs(2 * z[i] - 1);
            bin(sums, FIXED, Math.min(BINS - 1, (int) (z[i] * BINS)), z[i], target);
            bin(sums, ADAPTIVE, above(edges, z[i]), z[i], target);
        }
        return new SoftMeasure(edges, clusters.replicates(), ifCalibrated(z));
    }

    private static void bin(double[] sums, int from, int bin, double z, double target) {
        sums[from + 3 * bin]++;
        sums[from + 3 * bin + 1] += z;
        sums[from + 3 * bin + 2] += target;
    }

    /** Where one bin of equal numbers ends and the next begins; equal z stay together. */
    private static double[] edges(double[] z) {
        double[] sorted = z.clone();
        Arrays.sort(sorted);
        return sorted.length == 0
                ? new double[0]
                : IntStream.range(1, BINS)
                        .mapToDouble(b -> sorted[(int) ((long) b * sorted.length / BINS)])
                        .distinct()
                        .toArray();
    }

    private static int above(double[] edges, double z) {
        int bin = 0;
        while (bin < edges.length && z >= edges[bin]) {
            bin++;
        }
        return bin;
    }

    /** The mean of |error| is sqrt(2/pi) of its standard deviation, bin by bin, rows taken for independent. */
    private static double ifCalibrated(double[] z) {
        double[] n = new double[BINS];
        double[] variance = new double[BINS];
        for (double value : z) {
            int bin = Math.min(BINS - 1, (int) (value * BINS));
            n[bin]++;
            variance[bin] += value * (1 - value);
        }
        double sum = 0;
        for (double v : variance) {
            sum += Math.sqrt(2 / Math.PI * v);
        }
        return z.length == 0 ? 0 : sum / z.length;
    }

    SoftScores scores(String reference) {
        return new SoftScores(
                reference,
                (long) sums.rows()[N],
                sums.prompts(),
                logLoss(),
                brier(),
                ece(),
                statistic(
                        s -> error(s, ADAPTIVE),
                        "adaptive expected calibration error, " + (edges.length + 1) + " bins of equal numbers"),
                ifCalibrated,
                statistic(s -> mean(s, MARGINS), "mean of |2z - 1|"),
                reliability());
    }

    Statistic logLoss() {
        return statistic(s -> mean(s, LOG_LOSS), "log loss in nats, z clamped to [" + CLAMP + ", " + (1 - CLAMP) + "]");
    }

    Statistic brier() {
        return statistic(s -> mean(s, SQUARES), "Brier score, mean of (z - reference)^2");
    }

    Statistic ece() {
        return statistic(s -> error(s, FIXED), "expected calibration error, " + BINS + " bins of equal width");
    }

    private Statistic statistic(java.util.function.Function<double[], OptionalDouble> formula, String method) {
        return sums.statistic(formula, (long) sums.rows()[N], method, "no row has a z and a label of the reference");
    }

    private static OptionalDouble mean(double[] sums, int column) {
        return sums[N] > 0 ? OptionalDouble.of(sums[column] / sums[N]) : OptionalDouble.empty();
    }

    private static OptionalDouble error(double[] sums, int from) {
        double error = 0;
        for (int bin = 0; bin < BINS; bin++) {
            error += Math.abs(sums[from + 3 * bin + 1] - sums[from + 3 * bin + 2]);
        }
        return sums[N] > 0 ? OptionalDouble.of(error / sums[N]) : OptionalDouble.empty();
    }

    private List<Reliability> reliability() {
        List<Reliability> bins = new ArrayList<>();
        for (int bin = 0; bin < BINS; bin++) {
            int at = FIXED + 3 * bin;
            double n = sums.rows()[at];
            if (n > 0) {
                bins.add(new Reliability(
                        (double) bin / BINS,
                        (bin + 1.) / BINS,
                        (long) n,
                        sums.rows()[at + 1] / n,
                        sums.statistic(
                                s -> s[at] > 0 ? OptionalDouble.of(s[at + 2] / s[at]) : OptionalDouble.empty(),
                                (long) n,
                                "share of A of the reference",
                                "no row in the bin")));
            }
        }
        return bins;
    }
}
