package pairwright.reward;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.Supplier;

/**
 * Tries settings of the fit on inner folds by log loss. On each fold the penalties are tried from the largest down, each fit
 * starting where the last one ended, and only as exactly as the choice needs.
 */
final class InnerSearch {
    /** The objective is brought this close to its minimum: with modulus l2, f - min is at most |gradient|^2 / (2 l2). */
    private static final double OBJECTIVE_TOLERANCE = 1e-5;

    /** What is tried. */
    record Candidate(double styleWeight, double l2, double noiseRate) {}

    /**
     * What came of it.
     *
     * @param logLoss mean over all pairs, each under the weights fitted without its fold
     * @param differences of each pair, likewise
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Outcome(Candidate candidate, double logLoss, double[] differences) {}

    private final TextProduct product;
    private final PairObjective.Pairs pairs;
    private final double[] labels;
    private final double[] weight;
    private final double[] measured;
    private final LossSettings loss;
    private final DoubleFunction<double[]> scales;
    private final int[] folds;
    private final int foldCount;
    private final int maxIterations;

    /**
     * @param labels z of each pair as it was given, on which the candidates are measured
     * @param weight of each pair in the fits
     * @param measured its weight in what the candidates are measured by
     * @param scales of the columns under a style weight
     * @param folds fold of each pair, from 0
     */
    InnerSearch(
            TextProduct product,
            PairObjective.Pairs pairs,
            double[] labels,
            double[] weight,
            double[] measured,
            LossSettings loss,
            DoubleFunction<double[]> scales,
            int[] folds,
            int foldCount,
            int maxIterations) {
        this.product = product;
        this.pairs = pairs;
        this.labels = labels;
        this.weight = weight;
        this.measured = measured;
        this.loss = loss;
        this.scales = scales;
        this.folds = folds;
        this.foldCount = foldCount;
        this.maxIterations = maxIterations;
    }

    /** Each candidate's outcome. Neighbours that differ in the penalty alone should stand together, the largest first. */
    List<Outcome> outcomes(List<Candidate> candidates, Supplier<Lbfgs.Listener> listeners) {
        double[] losses = new double[candidates.size()];
        double[][] differences = new double[candidates.size()][labels.length];
        for (int fold = 0; fold < foldCount; fold++) {
            double[] share = shareWithout(fold);
            double[] point = null;
            for (int c = 0; c < losses.length; c++) {
                Candidate candidate = candidates.get(c);
                PairLikelihood likelihood = loss.likelihood(candidate.noiseRate());
                PairObjective objective = new PairObjective(
                        product,
                        pairs,
                        likelihood,
                        loss.centring(),
                        share,
                        scales.apply(candidate.styleWeight()),
                        candidate.l2());
                boolean goesOn = point != null && candidates.get(c - 1).styleWeight() == candidate.styleWeight();
                point = Lbfgs.minimise(
                                objective,
                                goesOn ? point : new double[objective.dimension()],
                                Math.sqrt(2 * candidate.l2() * OBJECTIVE_TOLERANCE),
                                maxIterations,
                                listeners.get())
                        .point();
                double parameter = likelihood.hasParameter() ? point[product.columns()] : 0;
                double[] d = objective.differences(point);
                for (int i = 0; i < d.length; i++) {
                    if (folds[i] == fold) {
                        differences[c][i] = d[i];
                        losses[c] += measured[i]
                                * likelihood.at(labels[i], d[i], parameter).loss();
                    }
                }
            }
        }
        double total = Arrays.stream(measured).sum();
        List<Outcome> outcomes = new ArrayList<>();
        for (int c = 0; c < losses.length; c++) {
            outcomes.add(new Outcome(candidates.get(c), losses[c] / total, differences[c]));
        }
        return outcomes;
    }

    private double[] shareWithout(int fold) {
        double[] share = new double[weight.length];
        double kept = 0;
        for (int i = 0; i < share.length; i++) {
            share[i] = folds[i] == fold ? 0 : weight[i];
            kept += share[i];
        }
        for (int i = 0; i < share.length; i++) {
            share[i] /= kept;
        }
        return share;
    }

    /** The one with the least loss; of equals the first. */
    static Outcome best(List<Outcome> outcomes) {
        Outcome best = outcomes.get(0);
        for (Outcome outcome : outcomes) {
            best = outcome.logLoss() < best.logLoss() ? outcome : best;
        }
        return best;
    }
}
