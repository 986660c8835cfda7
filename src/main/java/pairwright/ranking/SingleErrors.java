package pairwright.ranking;

/**
 * The variance of one parameter at a time, for fits of more parameters than a covariance is made for. With c the contrast of an item and
 * the mean or the anchor, H x = c is solved by conjugate gradients to a residual of 1e-9; then the variance is c'x by the information, and
 * the sum over the clusters of the square of their score along x, times G/(G-1), by the spread.
 */
final class SingleErrors {
    private static final double PRECISION = 1e-9;
    /** What a solution mostly takes. */
    private static final double PRODUCTS = 20;
    /** Multiplications for all items together, some seconds. */
    private static final double MOST = 5e9;

    private SingleErrors() {}

    /** Whether the errors of all items take seconds and not hours. */
    static boolean affordable(Likelihood at, ComparisonTable table) {
        return (double) at.parameters() * (PRODUCTS * at.cells.edges() + table.size()) <= MOST;
    }

    /**
     * The variance of every parameter.
     *
     * @param anchor what the items are compared with, below 0 for their mean
     */
    static double[] of(Likelihood at, ComparisonTable table, double[] point, RankingSettings settings, int anchor) {
        ConjugateGradients solver = new ConjugateGradients(at);
        solver.stand();
        boolean spread = settings.errors() == Errors.SANDWICH;
        RowScores scores = spread ? new RowScores(table, point, settings) : null;
        int[] byPrompt = spread ? Covariance.byPrompt(table) : null;
        double[] variances = new double[at.parameters()];
        double[] contrast = new double[variances.length];
        double[] solution = new double[variances.length];
        for (int k = 0; k < variances.length; k++) {
            java.util.Arrays.fill(contrast, 0);
            for (int i = 0; k < at.items && anchor < 0 && i < at.items; i++) {
                contrast[i] = -1.0 / at.items;
            }
            contrast[k] += 1;
            if (k < at.items && anchor >= 0) {
                contrast[anchor] -= 1;
            }
            solver.solve(contrast, solution, PRECISION);
            variances[k] = spread
                    ? alongClusters(table, scores, byPrompt, solution)
                    : DenseCholesky.dot(contrast, solution, solution.length);
        }
        return variances;
    }

    private static double alongClusters(ComparisonTable table, RowScores scores, int[] order, double[] vector) {
        double sum = 0;
        int clusters = 0;
        for (int i = 0; i < order.length; clusters++) {
            int prompt = table.prompt.get(order[i]);
            double score = 0;
            do {
                score += scores.along(order[i++], vector);
            } while (prompt >= 0 && i < order.length && table.prompt.get(order[i]) == prompt);
            sum += score * score;
        }
        return sum * Covariance.clusterFactor(clusters);
    }
}
