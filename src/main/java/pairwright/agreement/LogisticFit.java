package pairwright.agreement;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/**
 * Logistic regression without an intercept, P = sigma(b x), of answers in [0, 1] (a tie is one half), by Newton's method. A normal prior with
 * a standard deviation of {@value #PRIOR} on each coefficient keeps them finite where an answer is certain; beside some dozen rows
 * it weighs nothing.
 */
final class LogisticFit {
    static final double PRIOR = 3;

    private static final int MOST_STEPS = 100;
    private static final double TOLERANCE = 1e-10;

    private final double[][] x;
    private final double[] y;
    private final int k;
    private RealVector coefficients;
    private CholeskyDecomposition information;

    private LogisticFit(double[][] x, double[] y) {
        this.x = x;
        this.y = y;
        this.k = x.length == 0 ? 0 : x[0].length;
    }

    /** Of rows with as many numbers each. */
    static LogisticFit of(double[][] x, double[] y) {
        LogisticFit fit = new LogisticFit(x, y);
        fit.coefficients = new ArrayRealVector(fit.k);
        double loss = fit.loss(fit.coefficients);
        for (int step = 0; step < MOST_STEPS; step++) {
            fit.information = fit.information();
            RealVector move = fit.information.getSolver().solve(fit.gradient());
            // The loss is convex: a step that does not lower it is too long.
            double length = 1;
            RealVector next = fit.coefficients.add(move);
            double nextLoss = fit.loss(next);
            while (nextLoss > loss && length > 1e-6) {
                length /= 2;
                next = fit.coefficients.add(move.mapMultiply(length));
                nextLoss = fit.loss(next);
            }
            fit.coefficients = next;
            loss = nextLoss;
            if (move.getNorm() * length < TOLERANCE) {
                break;
            }
        }
        fit.information = fit.information();
        return fit;
    }

    double coefficient(int j) {
        return coefficients.getEntry(j);
    }

    /** How far each row moves a coefficient: the inverse information times the row's gradient. */
    double[] influences(int j) {
        RealVector unit = new ArrayRealVector(k);
        unit.setEntry(j, 1);
        RealVector row = information.getSolver().solve(unit);
        double[] influences = new double[y.length];
        for (int i = 0; i < influences.length; i++) {
            double p = Calibrator.sigma(linear(coefficients, i));
            for (int c = 0; c < k; c++) {
                influences[i] += row.getEntry(c) * x[i][c] * (y[i] - p);
            }
        }
        return influences;
    }

    private double linear(RealVector b, int i) {
        double sum = 0;
        for (int c = 0; c < k; c++) {
            sum += b.getEntry(c) * x[i][c];
        }
        return sum;
    }

    private double loss(RealVector b) {
        double loss = b.dotProduct(b) / (2 * PRIOR * PRIOR);
        for (int i = 0; i < y.length; i++) {
            double l = linear(b, i);
            // -y ln sigma(l) - (1 - y) ln sigma(-l)
            loss += Math.max(l, 0) - y[i] * l + Math.log1p(Math.exp(-Math.abs(l)));
        }
        return loss;
    }

    private RealVector gradient() {
        double[] sum = coefficients.mapMultiply(-1 / (PRIOR * PRIOR)).toArray();
        for (int i = 0; i < y.length; i++) {
            double rest = y[i] - Calibrator.sigma(linear(coefficients, i));
            for (int c = 0; c < k; c++) {
                sum[c] += rest * x[i][c];
            }
        }
        return new ArrayRealVector(sum, false);
    }

    private CholeskyDecomposition information() {
        double[][] sum = new double[k][k];
        for (int i = 0; i < y.length; i++) {
            double p = Calibrator.sigma(linear(coefficients, i));
            for (int c = 0; c < k; c++) {
                for (int d = 0; d <= c; d++) {
                    sum[c][d] += p * (1 - p) * x[i][c] * x[i][d];
                }
            }
        }
        RealMatrix matrix = new Array2DRowRealMatrix(sum, false);
        for (int c = 0; c < k; c++) {
            matrix.addToEntry(c, c, 1 / (PRIOR * PRIOR));
            for (int d = 0; d < c; d++) {
                matrix.setEntry(d, c, matrix.getEntry(c, d));
            }
        }
        return new CholeskyDecomposition(matrix);
    }
}
