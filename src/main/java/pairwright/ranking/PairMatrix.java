package pairwright.ranking;

/**
 * Counts in a matrix of all pairs, where there are few enough items: one pass over the comparisons in any order. Only for whole
 * and half wins of weight 1, whose sums are exact in any order.
 */
final class PairMatrix {
    private static final int MOST_ITEMS = 2048;

    private PairMatrix() {}

    /** Whether a matrix is smaller than what it counts, and every sum exact. */
    static boolean fits(ComparisonTable table) {
        int items = table.items().size();
        return items <= MOST_ITEMS && (long) items * items <= 4L * table.size() && exact(table);
    }

    /** Whether all comparisons are whole or half wins of weight 1: their sums are the same in any order. */
    static boolean exact(ComparisonTable table) {
        if (!table.weight.uniform()) {
            return false;
        }
        for (int row = 0; row < table.size(); row++) {
            double z = table.z.get(row);
            if (z != 0 && z != .5 && z != 1) {
                return false;
            }
        }
        return true;
    }

    /** The cells of a model with neither order nor style, ties as halves. */
    static Cells cells(ComparisonTable table) {
        int items = table.items().size();
        // The number of comparisons in the upper half, of half wins in the lower: one place in memory for each
        // comparison.
        long[] count = new long[items * items];
        for (int row = 0; row < table.size(); row++) {
            int at = table.first.get(row) * items + table.second.get(row);
            count[at] += 1L << 32 | (int) (2 * table.z.get(row));
        }
        int size = 0;
        for (long pair : count) {
            size += pair != 0 ? 1 : 0;
        }
        int[] a = new int[size];
        int[] b = new int[size];
        double[] n = new double[size];
        double[] s = new double[size];
        int cells = 0;
        for (int first = 0, at = 0; first < items; first++) {
            for (int second = 0; second < items; second++, at++) {
                if (count[at] != 0) {
                    a[cells] = first;
                    b[cells] = second;
                    n[cells] = count[at] >> 32;
                    s[cells++] = (int) count[at] / 2.0;
                }
            }
        }
        return new Cells(items, a, b, n, s, new double[0], new double[0], null, a, b);
    }
}
