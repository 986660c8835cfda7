package pairwright.ranking;

import java.util.Arrays;

/**
 * An incomplete Cholesky factor of the items' Laplacian, without fill (Meijerink and van der Vorst 1977), items of few neighbours first.
 * It exists for every such matrix, and on a tree it is the whole factor.
 */
final class IncompleteCholesky {
    private final int items;
    /** The place of an item in the order of elimination. */
    private final int[] place;
    /** For each place the earlier places that it is linked to, rising: {@code column[start[i]] .. column[start[i + 1] - 1]}. */
    private final int[] start;

    private final int[] column;
    /** The pair that an entry comes from. */
    private final int[] edge;

    private final double[] entry;
    private final double[] pivot;
    private final double[] work;

    IncompleteCholesky(Cells cells) {
        items = cells.items();
        place = DegeneracyOrder.of(items, cells.edgeA(), cells.edgeB());
        int n = cells.edges();
        long[] keys = new long[n];
        start = new int[items + 1];
        for (int e = 0; e < n; e++) {
            int p = place[cells.edgeA()[e]];
            int q = place[cells.edgeB()[e]];
            keys[e] = (long) Math.max(p, q) << 32 | Math.min(p, q);
            start[Math.max(p, q) + 1]++;
        }
        for (int i = 0; i < items; i++) {
            start[i + 1] += start[i];
        }
        long[] sorted = keys.clone();
        Arrays.sort(sorted);
        column = new int[n];
        edge = new int[n];
        for (int i = 0; i < n; i++) {
            column[i] = (int) sorted[i];
        }
        for (int e = 0; e < n; e++) {
            edge[Arrays.binarySearch(sorted, keys[e])] = e;
        }
        entry = new double[n];
        pivot = new double[items];
        work = new double[items];
    }

    void factor(Likelihood at) {
        double[] diagonal = new double[items];
        for (int i = 0; i < items; i++) {
            diagonal[place[i]] = at.diagonal[i];
        }
        for (int i = 0; i < items; i++) {
            double rest = diagonal[i];
            for (int k = start[i]; k < start[i + 1]; k++) {
                int j = column[k];
                double value = (-at.weight[edge[k]] - common(i, k, j)) / pivot[j];
                entry[k] = value;
                rest -= value * value;
            }
            // The last item of a graph without a ridge has nothing left: it stands for the direction that nothing
            // tells.
            pivot[i] = rest > 1e-10 * diagonal[i] ? Math.sqrt(rest) : Math.sqrt(diagonal[i]);
        }
    }

    /** What rows i, up to its entry k, and j have in common. */
    private double common(int i, int k, int j) {
        double sum = 0;
        int p = start[i];
        int q = start[j];
        while (p < k && q < start[j + 1]) {
            if (column[p] == column[q]) {
                sum += entry[p++] * entry[q++];
            } else if (column[p] < column[q]) {
                p++;
            } else {
                q++;
            }
        }
        return sum;
    }

    void solve(double[] right, double[] solution) {
        for (int i = 0; i < items; i++) {
            work[place[i]] = right[i];
        }
        for (int i = 0; i < items; i++) {
            double sum = work[i];
            for (int k = start[i]; k < start[i + 1]; k++) {
                sum -= entry[k] * work[column[k]];
            }
            work[i] = sum / pivot[i];
        }
        for (int i = items - 1; i >= 0; i--) {
            double value = work[i] / pivot[i];
            work[i] = value;
            for (int k = start[i]; k < start[i + 1]; k++) {
                work[column[k]] -= entry[k] * value;
            }
        }
        for (int i = 0; i < items; i++) {
            solution[i] = work[place[i]];
        }
    }
}
