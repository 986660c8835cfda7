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
        RowScores rows = new RowScores(table, point, settings);
        int[] order = byPrompt(table);
        int clusters = 0;
        for (int from = 0; from < order.length; clusters++) {
            int prompt = table.prompt.get(order[from]);
            int count = 0;
            int i = from;
            do {
                count = addScore(table, order[i], settings, rows, score, touched, seen, count);
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
        double factor = clusterFactor(clusters);
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                sum[i][j] *= factor;
                sum[j][i] = sum[i][j];
            }
        }
        return sum;
    }

    /** G/(G-1). */
    static double clusterFactor(int clusters) {
        if (clusters < 2) {
            throw new Unidentified(
                    "all comparisons are of one prompt, so nothing is known of how prompts differ; take Fisher"
                            + " errors, or more prompts");
        }
        return clusters / (clusters - 1.0);
    }

    private static int addScore(
            ComparisonTable table,
            int row,
            RankingSettings settings,
            RowScores rows,
            double[] score,
            int[] touched,
            boolean[] seen,
            int before) {
        double slope = rows.slope(row);
        int k = table.items().size();
        int count = touch(table.first.get(row), slope, score, touched, seen, before);
        count = touch(table.second.get(row), -slope, score, touched, seen, count);
        if (settings.order()) {
            count = touch(k++, slope * table.shown.get(row), score, touched, seen, count);
        }
        for (int i = 0; settings.style() && i < table.styles().size(); i++) {
            count = touch(k++, slope * table.style(row, i), score, touched, seen, count);
        }
        return settings.ties().counted() ? touch(k, rows.tieSlope(row), score, touched, seen, count) : count;
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
    static int[] byPrompt(ComparisonTable table) {
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
