package pairwright.reward;

import java.util.Arrays;

/**
 * The mean loss of the pairs plus l2/2 |u|^2 over u, the weights in units of their columns' scales, and, where the likelihood has a parameter,
 * over that parameter, which bears no penalty.
 */
final class PairObjective implements Objective {
    /**
     * The pairs of a fit.
     *
     * @param first row of the text of response A, for each pair
     * @param z in [0, 1]
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    record Pairs(int[] first, int[] second, double[] z) {}

    private final TextProduct product;
    private final Pairs pairs;
    private final PairLikelihood likelihood;
    private final double centring;
    private final double[] share;
    private final double[] scale;
    private final double l2;

    /**
     * @param share each pair's part of the mean, zero for one that is left out
     * @param scale of each column; a larger one lets its weight grow under the same penalty
     */
    PairObjective(
            TextProduct product,
            Pairs pairs,
            PairLikelihood likelihood,
            double centring,
            double[] share,
            double[] scale,
            double l2) {
        this.product = product;
        this.pairs = pairs;
        this.likelihood = likelihood;
        this.centring = centring;
        this.share = share;
        this.scale = scale;
        this.l2 = l2;
    }

    int dimension() {
        return product.columns() + (likelihood.hasParameter() ? 1 : 0);
    }

    @Override
    public double at(double[] point, double[] gradient) {
        double[] rewards = product.times(weights(point));
        double parameter = likelihood.hasParameter() ? point[product.columns()] : 0;
        double[] pull = new double[rewards.length];
        double loss = 0;
        double parameterSlope = 0;
        for (int i = 0; i < share.length; i++) {
            if (share[i] == 0) {
                continue;
            }
            double a = rewards[pairs.first[i]];
            double b = rewards[pairs.second[i]];
            PairLikelihood.Terms terms = likelihood.at(pairs.z[i], a - b, parameter);
            double centre = centring * (a + b);
            loss += share[i] * (terms.loss() + centre * (a + b));
            pull[pairs.first[i]] += share[i] * (terms.slope() + 2 * centre);
            pull[pairs.second[i]] += share[i] * (2 * centre - terms.slope());
            parameterSlope += share[i] * terms.parameterSlope();
        }
        double[] slopes = product.transposedTimes(pull);
        double squares = 0;
        for (int k = 0; k < slopes.length; k++) {
            squares += point[k] * point[k];
            gradient[k] = scale[k] * slopes[k] + l2 * point[k];
        }
        if (likelihood.hasParameter()) {
            gradient[product.columns()] = parameterSlope;
        }
        return loss + l2 / 2 * squares;
    }

    /** The weights themselves at {@code point}. */
    double[] weights(double[] point) {
        double[] weights = new double[scale.length];
        Arrays.setAll(weights, k -> scale[k] * point[k]);
        return weights;
    }

    /** d of every pair at {@code point}. */
    double[] differences(double[] point) {
        double[] rewards = product.times(weights(point));
        double[] d = new double[share.length];
        Arrays.setAll(d, i -> rewards[pairs.first[i]] - rewards[pairs.second[i]]);
        return d;
    }
}
