package pairwright.ranking;

import java.util.Arrays;

/**
 * The penalised negative log-likelihood around one point: gradient and Hessian. Parameters are the items' strengths, then the
 * covariates, then the tie parameter where there is one. The Hessian over the items is a weighted graph's Laplacian and stays a weight
 * for each pair; the few columns of the other parameters are its border.
 */
final class Likelihood {
    /** Strengths farther out than this take the slower way, whose numbers do not run over. */
    private static final double FAR = 300;

    final Cells cells;
    final int items;
    final int border;
    /** Of the negative log-likelihood. */
    final double[] gradient;
    /** Hessian: for each pair minus the entry of its two items. */
    final double[] weight;
    /** Hessian: diagonal of the items. */
    final double[] diagonal;
    /** Hessian: {@code side[item * border + k]}. */
    final double[] side;
    /** Hessian: among the border's parameters. */
    final double[][] corner;

    private final Ties ties;
    private final double ridge;
    private final double covariateRidge;
    private final int covariates;
    private final double[] centre;
    private final double[] work;
    private final Chunks chunks;
    private final double[] odds;

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
        this.covariates = cells.covariates();
        this.border = covariates + (ties.counted() ? 1 : 0);
        gradient = new double[items + border];
        weight = new double[cells.edges()];
        diagonal = new double[items];
        side = new double[items * border];
        work = new double[items * (2 + covariates) + covariates * (1 + covariates)];
        chunks = new Chunks(cells.size(), work.length, cells.edge());
        corner = new double[border][border];
        odds = new double[items];
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
        if (cells.edge() != null || covariates > 0) {
            Arrays.fill(weight, 0);
        }
        Arrays.fill(side, 0);
        for (double[] row : corner) {
            Arrays.fill(row, 0);
        }
        if (ties == Ties.HALF && covariates == 0 && cells.scale() == null && takeOdds(point)) {
            Arrays.fill(work, 0);
            chunks.add(work, this::plain);
            System.arraycopy(work, 0, gradient, 0, items);
            System.arraycopy(work, items, diagonal, 0, items);
        } else if (ties == Ties.HALF && covariates > 0 && cells.scale() == null) {
            Arrays.fill(work, 0);
            chunks.add(work, (from, to, sums) -> new CovariateSums(cells, point, weight).add(from, to, sums));
            takeCovariates();
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

    /** exp(strength) of each item; false where they are too far apart for products of them. */
    private boolean takeOdds(double[] point) {
        for (int i = 0; i < items; i++) {
            if (!(Math.abs(point[i]) < FAR)) {
                return false;
            }
            odds[i] = Math.exp(point[i]);
        }
        return true;
    }

    /**
     * The loop that most of the time goes into: one division a pair, in the form of Zermelo (1929), p = odds of a over the odds of both.
     *
     * @param sums the gradient by item, and behind it the diagonal
     */
    private void plain(int from, int to, double[] sums) {
        int[] a = cells.a();
        int[] b = cells.b();
        double[] n = cells.n();
        double[] s = cells.s();
        for (int cell = from; cell < to; ) {
            int first = a[cell];
            double mine = odds[first];
            double slope = 0;
            double curvature = 0;
            for (; cell < to && a[cell] == first; cell++) {
                int second = b[cell];
                double theirs = odds[second];
                double both = 1 / (mine + theirs);
                double np = n[cell] * (mine * both);
                double g = np - s[cell];
                double h = np * (theirs * both);
                slope += g;
                curvature += h;
                sums[second] -= g;
                sums[items + second] += h;
                weight[cell] = h;
            }
            sums[first] += slope;
            sums[items + first] += curvature;
        }
    }

    private void takeCovariates() {
        int k = covariates;
        int width = 2 + k;
        int behind = items * width;
        for (int i = 0; i < items; i++) {
            gradient[i] = work[i * width];
            diagonal[i] = work[i * width + 1];
            System.arraycopy(work, i * width + 2, side, i * k, k);
        }
        System.arraycopy(work, behind, gradient, items, k);
        for (int i = 0; i < k; i++) {
            System.arraycopy(work, behind + k + i * k, corner[i], 0, k);
        }
        mirrorCorner();
    }

    private void mirrorCorner() {
        for (int k = 0; k < border; k++) {
            for (int j = 0; j < k; j++) {
                corner[j][k] = corner[k][j];
            }
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
                x[k] = cells.x()[k * cells.size() + cell];
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
                side[first * border + k] += scale * entry;
                side[second * border + k] -= scale * entry;
                for (int j = 0; j <= k; j++) {
                    corner[k][j] += entry * x[j];
                }
            }
            if (ties.counted()) {
                gradient[items + covariates] += at.tieSlope;
                side[first * border + covariates] += scale * at.cross;
                side[second * border + covariates] -= scale * at.cross;
                for (int k = 0; k < covariates; k++) {
                    corner[covariates][k] += at.cross * x[k];
                }
                corner[covariates][covariates] += at.tieCurvature;
            }
        }
        mirrorCorner();
    }

    /** The negative log-likelihood without the penalty. */
    double loss(double[] point) {
        double tie = ties.counted() ? point[items + covariates] : 0;
        double sum = 0;
        for (int cell = 0; cell < cells.size(); cell++) {
            double d = (cells.scale() == null ? 1 : cells.scale()[cell])
                    * (point[cells.a()[cell]] - point[cells.b()[cell]]);
            for (int k = 0; k < covariates; k++) {
                d += point[items + k] * cells.x()[k * cells.size() + cell];
            }
            sum += Derivatives.loss(
                    ties, cells.n()[cell], cells.s()[cell], ties.counted() ? cells.t()[cell] : 0, d, tie);
        }
        return sum;
    }
}
