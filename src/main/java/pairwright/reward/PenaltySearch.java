package pairwright.reward;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Chooses the L2 penalty by log loss on inner folds. On each fold the penalties are tried from the largest down, each fit
 * starting where the last one ended, and only as exactly as the choice needs.
 */
final class PenaltySearch {
    /** The objective is brought this close to its minimum: with modulus l2, f - min is at most |gradient|^2 / (2 l2). */
    private static final double OBJECTIVE_TOLERANCE = 1e-5;

    private final PairwiseLoss loss;
    private final double[] z;
    private final int[] folds;
    private final int foldCount;

    /**
     * @param z of each pair
     * @param folds fold of each pair, from 0
     */
    PenaltySearch(PairwiseLoss loss, double[] z, int[] folds, int foldCount) {
        this.loss = loss;
        this.z = z;
        this.folds = folds;
        this.foldCount = foldCount;
    }

    /** Mean log loss over all pairs, each under the weights fitted without its fold, in the order of the penalties. */
    List<FitReport.Penalty> losses(
            List<Double> penalties, int columns, int maxIterations, Supplier<Lbfgs.Listener> listeners) {
        double[] sums = new double[penalties.size()];
        for (int fold = 0; fold < foldCount; fold++) {
            double[] weight = weightsWithout(fold);
            double[] point = new double[columns];
            for (int p = penalties.size() - 1; p >= 0; p--) {
                double l2 = penalties.get(p);
                point = Lbfgs.minimise(
                                loss.penalised(weight, l2),
                                point,
                                Math.sqrt(2 * l2 * OBJECTIVE_TOLERANCE),
                                maxIterations,
                                listeners.get())
                        .point();
                double[] d = loss.differences(point);
                for (int i = 0; i < z.length; i++) {
                    sums[p] += folds[i] == fold ? SoftLoss.loss(z[i], d[i]) : 0;
                }
            }
        }
        List<FitReport.Penalty> losses = new ArrayList<>();
        for (int p = 0; p < sums.length; p++) {
            losses.add(new FitReport.Penalty(penalties.get(p), sums[p] / z.length));
        }
        return losses;
    }

    private double[] weightsWithout(int fold) {
        long kept = Arrays.stream(folds).filter(f -> f != fold).count();
        return Arrays.stream(folds).mapToDouble(f -> f == fold ? 0 : 1.0 / kept).toArray();
    }

    /** The penalty with the least loss; of equals the larger, which trusts the data less. */
    static double best(List<FitReport.Penalty> losses) {
        FitReport.Penalty best = losses.get(0);
        for (FitReport.Penalty penalty : losses) {
            best = penalty.logLoss() <= best.logLoss() ? penalty : best;
        }
        return best.l2();
    }
}
