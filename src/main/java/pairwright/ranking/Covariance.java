package pairwright.ranking;

import java.util.Arrays;

/** The covariance of all parameters, for a fit of not too many. */
final class Covariance {
    /** Parameters up to which the matrix is made: at this size it takes a few seconds and 30 MB. */
    static final int MOST = 1200;

    private Covariance() {}

    /** The inverse of the information, of strengths whose mean is 0. */
    static double[][] fisher(Likelihood at) {
        double[][] inverse;
        try {
            inverse = DenseCholesky.of(NewtonSystem.matrix(at)).inverse();
        } catch (DenseCholesky.NotDefinite e) {
            throw new Unidentified(
                    e.row() < at.items
                            ? "the strengths are not told apart by the comparisons (the information matrix is singular)"
                            : "the covariate " + (e.row() - at.items + 1)
                                    + " is not told apart from the items by the comparisons; leave it out, or give it a ridge");
        }
        centre(inverse, at.items);
        return inverse;
    }

    /** Takes the mean of the items out of rows and columns: the shift that was added for the inverse goes away with it. */
    private static void centre(double[][] matrix, int items) {
        int size = matrix.length;
        for (double[] row : matrix) {
            double sum = 0;
            for (int j = 0; j < items; j++) {
                sum += row[j];
            }
            for (int j = 0; j < items; j++) {
                row[j] -= sum / items;
            }
        }
        for (int j = 0; j < size; j++) {
            double sum = 0;
            for (int i = 0; i < items; i++) {
                sum += matrix[i][j];
            }
            for (int i = 0; i < items; i++) {
                matrix[i][j] -= sum / items;
            }
        }
    }

    /** Bread, meat, bread: {@code fisher * scores * fisher}. */
    static double[][] sandwich(double[][] fisher, double[][] scores) {
        int n = fisher.length;
        double[][] half = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < n; k++) {
                double factor = scores[i][k];
                if (factor != 0) {
                    double[] row = fisher[k];
                    double[] out = half[i];
                    for (int j = 0; j < n; j++) {
                        out[j] += factor * row[j];
                    }
                }
            }
        }
        double[][] whole = new double[n][n];
        for (int i = 0; i < n; i++) {
            double[] out = whole[i];
            for (int k = 0; k < n; k++) {
                double factor = fisher[i][k];
                double[] row = half[k];
                for (int j = 0; j < n; j++) {
                    out[j] += factor * row[j];
                }
            }
        }
        return whole;
    }

    /** Sum over the clusters of the outer products of their scores, times G/(G-1). */
    static double[][] scores(ComparisonTable table, double[] point, RankingSettings settings) {
        int size = point.length;
        double[][] sum = new double[size][size];
        double[] score = new double[size];
        int[] touched = new int[size];
        boolean[] seen = new boolean[size];
        Derivatives at = new Derivatives(settings.ties());
        int[] order = byPrompt(table);
        int clusters = 0;
        for (int from = 0; from < order.length; clusters++) {
            int prompt = table.prompt.get(order[from]);
            int count = 0;
            int i = from;
            do {
                count = addScore(table, order[i], point, settings, at, score, touched, seen, count);
                i++;
            } while (prompt >= 0 && i < order.length && table.prompt.get(order[i]) == prompt);
            Arrays.sort(touched, 0, count);
            for (int p = 0; p < count; p++) {
                double[] row = sum[touched[p]];
                double value = score[touched[p]];
                for (int q = 0; q <= p; q++) {
                    row[touched[q]] += value * score[touched[q]];
                }
            }
            for (int p = 0; p < count; p++) {
                score[touched[p]] = 0;
                seen[touched[p]] = false;
            }
            from = i;
        }
        if (clusters < 2) {
            throw new Unidentified(
                    "all comparisons are of one prompt, so nothing is known of how prompts differ; take Fisher"
                            + " errors, or more prompts");
        }
        double factor = clusters / (clusters - 1.0);
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                sum[i][j] *= factor;
                sum[j][i] = sum[i][j];
            }
        }
        return sum;
    }

    private static int addScore(
            ComparisonTable table,
            int row,
            double[] point,
            RankingSettings settings,
            Derivatives at,
            double[] score,
            int[] touched,
            boolean[] seen,
            int before) {
        int items = table.items().size();
        int a = table.first.get(row);
        int b = table.second.get(row);
        int k = items;
        double d = point[a] - point[b];
        double order = 0;
        if (settings.order()) {
            order = table.shown.get(row);
            d += order * point[k++];
        }
        int styleAt = k;
        for (int i = 0; settings.style() && i < table.styles().size(); i++) {
            d += table.style(row, i) * point[k++];
        }
        double w = table.weight.get(row);
        double z = table.z.get(row);
        Ties ties = settings.ties();
        at.of(
                w,
                w * ties.outcome(z, settings.tieBand()),
                ties.counted() && ties.isTie(z, settings.tieBand()) ? w : 0,
                d,
                ties.counted() ? point[k] : 0);
        int count = touch(a, at.slope, score, touched, seen, before);
        count = touch(b, -at.slope, score, touched, seen, count);
        if (settings.order()) {
            count = touch(items, at.slope * order, score, touched, seen, count);
        }
        for (int i = styleAt; i < k; i++) {
            count = touch(i, at.slope * table.style(row, i - styleAt), score, touched, seen, count);
        }
        return ties.counted() ? touch(k, at.tieSlope, score, touched, seen, count) : count;
    }

    private static int touch(int at, double value, double[] score, int[] touched, boolean[] seen, int count) {
        score[at] += value;
        if (seen[at]) {
            return count;
        }
        seen[at] = true;
        touched[count] = at;
        return count + 1;
    }

    /** The rows, those of a prompt together, those without one by themselves. */
    private static int[] byPrompt(ComparisonTable table) {
        int rows = table.byPair().size();
        int[] start = new int[table.prompts() + 2];
        for (int row = 0; row < rows; row++) {
            start[table.prompt.get(row) + 2]++;
        }
        for (int i = 0; i <= table.prompts(); i++) {
            start[i + 1] += start[i];
        }
        int[] sorted = new int[rows];
        for (int row = 0; row < rows; row++) {
            sorted[start[table.prompt.get(row) + 1]++] = row;
        }
        return sorted;
    }
}
