package pairwright.reward;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How much each of several rewards counts in their sum (stacking, Wolpert 1992): the least mean log loss of sigma(sum of w d) on pairs that none of them was
 * fitted to, plus a small penalty on leaving the average. No weight is below zero (Breiman 1996): one that would be is left out.
 */
final class StackWeights {
    private static final double PENALTY = 1e-3;
    private static final double GRADIENT = 1e-8;
    private static final int ITERATIONS = 200;

    private StackWeights() {}

    /**
     * One weight for each reward.
     *
     * @param differences of each reward, by pair
     * @param z of each pair
     */
    static double[] fitted(double[][] differences, double[] z, double[] weight) {
        List<Integer> kept =
                new ArrayList<>(IntStream.range(0, differences.length).boxed().toList());
        while (true) {
            double[] w = free(kept.stream().map(k -> differences[k]).toArray(double[][]::new), z, weight);
            int least = IntStream.range(0, w.length).reduce(0, (a, b) -> w[b] < w[a] ? b : a);
            if (w[least] >= 0 || kept.size() == 1) {
                double[] all = new double[differences.length];
                for (int k = 0; k < w.length; k++) {
                    all[kept.get(k)] = Math.max(0, w[k]);
                }
                return all;
            }
            kept.remove(least);
        }
    }

    private static double[] free(double[][] d, double[] z, double[] weight) {
        double total = Arrays.stream(weight).sum();
        double average = 1.0 / d.length;
        Objective loss = (w, gradient) -> {
            double value = 0;
            Arrays.fill(gradient, 0);
            for (int i = 0; i < z.length; i++) {
                double sum = 0;
                for (int k = 0; k < d.length; k++) {
                    sum += w[k] * d[k][i];
                }
                double share = weight[i] / total;
                value += share * SoftLoss.loss(z[i], sum);
                double slope = share * (SoftLoss.probability(sum) - z[i]);
                for (int k = 0; k < d.length; k++) {
                    gradient[k] += slope * d[k][i];
                }
            }
            for (int k = 0; k < d.length; k++) {
                value += PENALTY / 2 * (w[k] - average) * (w[k] - average);
                gradient[k] += PENALTY * (w[k] - average);
            }
            return value;
        };
        double[] start = new double[d.length];
        Arrays.fill(start, average);
        return Lbfgs.minimise(loss, start, GRADIENT, ITERATIONS, (iteration, evaluations, value, norm) -> {})
                .point();
    }
}
