package pairwright.ranking;

import java.util.Arrays;

/**
 * The linear system of one Newton step, H step = -gradient: densely by Cholesky where there are few items, else by conjugate gradients on
 * the pairs.
 */
final class NewtonSystem {
    /** Up to so many parameters a dense factor is the faster one. */
    static final int DENSE = 160;

    private final Likelihood at;
    private final boolean dense;
    private final double[] step;
    private final double[] right;
    private ConjugateGradients gradients;
    private long products;

    NewtonSystem(Likelihood at) {
        this.at = at;
        this.dense = at.parameters() <= DENSE;
        this.step = new double[at.parameters()];
        this.right = new double[dense ? 0 : step.length];
        if (!dense) {
            gradients = new ConjugateGradients(at);
        }
    }

    /**
     * The step from the point where the likelihood stands; good until the next call.
     *
     * @param precision of the solution, relative to the gradient, where it is found by iteration
     */
    double[] step(double precision) {
        if (!dense) {
            for (int i = 0; i < step.length; i++) {
                right[i] = -at.gradient[i];
            }
            gradients.stand();
            products += gradients.solve(right, step, precision);
            return step;
        }
        for (int i = 0; i < step.length; i++) {
            step[i] = -at.gradient[i];
        }
        DenseCholesky.of(matrix(at)).solve(step);
        return step;
    }

    /** How often the Hessian was multiplied with a vector. */
    long products() {
        return products;
    }

    /**
     * The whole Hessian. Adding one number to all strengths changes no comparison; without a ridge that direction is given the curvature of
     * an average item, which changes no contrast of strengths.
     */
    static double[][] matrix(Likelihood at) {
        int items = at.items;
        double[][] matrix = new double[at.parameters()][at.parameters()];
        double shift = at.ridge() > 0 ? 0 : shift(at);
        for (int i = 0; i < items; i++) {
            Arrays.fill(matrix[i], 0, items, shift);
            matrix[i][i] += at.diagonal[i];
        }
        int[] a = at.cells.edgeA();
        int[] b = at.cells.edgeB();
        for (int edge = 0; edge < a.length; edge++) {
            matrix[a[edge]][b[edge]] -= at.weight[edge];
            matrix[b[edge]][a[edge]] -= at.weight[edge];
        }
        for (int k = 0; k < at.border; k++) {
            for (int i = 0; i < items; i++) {
                matrix[items + k][i] = at.side[i * at.border + k];
                matrix[i][items + k] = matrix[items + k][i];
            }
            System.arraycopy(at.corner[k], 0, matrix[items + k], items, at.border);
        }
        return matrix;
    }

    private static double shift(Likelihood at) {
        double sum = 0;
        for (double entry : at.diagonal) {
            sum += entry;
        }
        return sum / at.items / at.items;
    }
}
