package pairwright.ranking;

import java.util.Arrays;

/**
 * The penalised negative log-likelihood around one point: gradient and Hessian. Parameters are the items' strengths, then the
 * covariates, then the tie parameter where there is one. The Hessian over the items is a weighted graph's Laplacian and stays a weight
 * for each pair; the few columns of the other parameters are its border.
 */
final class Likelihood {
    final Cells cells;
    final int items;
    final int border;
    /** Of the negative log-likelihood. */
    final double[] gradient;
    /** Hessian: for each pair minus the entry of its two items. */
    final double[] weight;
    /** Hessian: diagonal of the items. */
    final double[] diagonal;
    /** Hessian: {@code side[k][item]}. */
    final double[][] side;
    /** Hessian: among the border's parameters. */
    final double[][] corner;

    private final Ties ties;
    private final double ridge;
    private final double covariateRidge;
    private final int covariates;
    private final double[] centre;

    Likelihood(Cells cells, RankingSettings settings) {
        this(cells, settings, null);
    }

    /** With the ridge on how far each parameter is from a centre. */
    Likelihood(Cells cells, RankingSettings settings, double[] centre) {
        this.centre = centre;
        this.cells = cells;
        this.ties = settings.ties();
        this.ridge = settings.ridge();
        this.covariateRidge = settings.covariateRidge();
        this.items = cells.items();
        this.covariates = cells.x().length;
        this.border = covariates + (ties.counted() ? 1 : 0);
        gradient = new double[items + border];
        weight = new double[cells.edges()];
        diagonal = new double[items];
        side = new double[border][items];
        corner = new double[border][border];
    }

    double ridge() {
        return ridge;
    }

    int parameters() {
        return items + border;
    }

    /** Moves to another point. */
    void at(double[] point) {
        Arrays.fill(gradient, 0);
        Arrays.fill(diagonal, 0);
        if (cells.edge() != null) {
            Arrays.fill(weight, 0);
        }
        for (int k = 0; k < border; k++) {
            Arrays.fill(side[k], 0);
            Arrays.fill(corner[k], 0);
        }
        if (ties == Ties.HALF && covariates == 0 && cells.scale() == null) {
            plain(point);
        } else {
            general(point);
        }
        for (int i = 0; i < items; i++) {
            gradient[i] += ridge * (centre == null ? point[i] : point[i] - centre[i]);
            diagonal[i] += ridge;
        }
        for (int k = 0; k < border; k++) {
            // Around a centre all parameters are held, else only the covariates.
            double penalty = centre != null ? ridge : k < covariates ? covariateRidge : 0;
            gradient[items + k] += penalty * (point[items + k] - (centre == null ? 0 : centre[items + k]));
            corner[k][k] += penalty;
        }
    }

    /** The loop that most of the time goes into: one exponential a pair. */
    private void plain(double[] point) {
        int[] a = cells.a();
        int[] b = cells.b();
        double[] n = cells.n();
        double[] s = cells.s();
        for (int from = 0; from < a.length; ) {
            int first = a[from];
            double strength = point[first];
            double slope = 0;
            double curvature = 0;
            int cell = from;
            for (; cell < a.length && a[cell] == first; cell++) {
                int second = b[cell];
                double p = 1 / (1 + Math.exp(point[second] - strength));
                double np = n[cell] * p;
                double g = np - s[cell];
                double h = np * (1 - p);
                slope += g;
                curvature += h;
                gradient[second] -= g;
                diagonal[second] += h;
                weight[cell] = h;
            }
            gradient[first] += slope;
            diagonal[first] += curvature;
            from = cell;
        }
    }

    private void general(double[] point) {
        Derivatives at = new Derivatives(ties);
        double tie = ties.counted() ? point[items + covariates] : 0;
        double[] x = new double[covariates];
        for (int cell = 0; cell < cells.size(); cell++) {
            int first = cells.a()[cell];
            int second = cells.b()[cell];
            double scale = cells.scale() == null ? 1 : cells.scale()[cell];
            double d = scale * (point[first] - point[second]);
            for (int k = 0; k < covariates; k++) {
                x[k] = cells.x()[k][cell];
                d += point[items + k] * x[k];
            }
            at.of(cells.n()[cell], cells.s()[cell], ties.counted() ? cells.t()[cell] : 0, d, tie);
            double slope = scale * at.slope;
            double curvature = scale * scale * at.curvature;
            gradient[first] += slope;
            gradient[second] -= slope;
            diagonal[first] += curvature;
            diagonal[second] += curvature;
            if (cells.edge() == null) {
                weight[cell] = curvature;
            } else {
                weight[cells.edge()[cell]] += curvature;
            }
            for (int k = 0; k < covariates; k++) {
                gradient[items + k] += at.slope * x[k];
                double entry = at.curvature * x[k];
                side[k][first] += scale * entry;
                side[k][second] -= scale * entry;
                for (int j = 0; j <= k; j++) {
                    corner[k][j] += entry * x[j];
                }
            }
            if (ties.counted()) {
                gradient[items + covariates] += at.tieSlope;
                side[covariates][first] += scale * at.cross;
                side[covariates][second] -= scale * at.cross;
                for (int k = 0; k < covariates; k++) {
                    corner[covariates][k] += at.cross * x[k];
                }
                corner[covariates][covariates] += at.tieCurvature;
            }
        }
        for (int k = 0; k < border; k++) {
            for (int j = 0; j < k; j++) {
                corner[j][k] = corner[k][j];
            }
        }
    }

    /** The negative log-likelihood without the penalty. */
    double loss(double[] point) {
        double tie = ties.counted() ? point[items + covariates] : 0;
        double sum = 0;
        for (int cell = 0; cell < cells.size(); cell++) {
            double d = (cells.scale() == null ? 1 : cells.scale()[cell])
                    * (point[cells.a()[cell]] - point[cells.b()[cell]]);
            for (int k = 0; k < covariates; k++) {
                d += point[items + k] * cells.x()[k][cell];
            }
            sum += Derivatives.loss(
                    ties, cells.n()[cell], cells.s()[cell], ties.counted() ? cells.t()[cell] : 0, d, tie);
        }
        return sum;
    }
}
