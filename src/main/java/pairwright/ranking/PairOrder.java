package pairwright.ranking;

import java.util.Arrays;

/**
 * The rows of a table, sorted so that those of one pair of items stand together, and in an order among them that does not depend on the
 * order of the table: then a sum over them does not either, to the last bit.
 */
final class PairOrder {
    private static final int FEW = 24;

    private final ComparisonTable table;
    private final int[] rows;

    private PairOrder(ComparisonTable table, int[] rows) {
        this.table = table;
        this.rows = rows;
    }

    /** The order of the rows, by two passes of counting sort, by the second item and by the first, and within a pair by what they hold. */
    static int[] of(ComparisonTable table) {
        int n = table.size();
        int items = table.items().size();
        int[] bySecond = new int[n];
        int[] next = starts(table.second, items);
        for (int row = 0; row < n; row++) {
            bySecond[next[table.second.get(row)]++] = row;
        }
        int[] rows = new int[n];
        next = starts(table.first, items);
        for (int row : bySecond) {
            rows[next[table.first.get(row)]++] = row;
        }
        // Sums of whole and half numbers are exact in any order, so rows that hold nothing else stay as they are.
        if (!PairMatrix.exact(table) || !table.styles().isEmpty()) {
            new PairOrder(table, rows).settle();
        }
        return rows;
    }

    private static int[] starts(IntColumn key, int items) {
        int[] starts = new int[items + 1];
        for (int row = 0; row < key.size(); row++) {
            starts[key.get(row) + 1]++;
        }
        for (int i = 0; i < items; i++) {
            starts[i + 1] += starts[i];
        }
        return starts;
    }

    private void settle() {
        for (int start = 0; start < rows.length; ) {
            int first = table.first.get(rows[start]);
            int second = table.second.get(rows[start]);
            int end = start + 1;
            while (end < rows.length
                    && table.first.get(rows[end]) == first
                    && table.second.get(rows[end]) == second) {
                end++;
            }
            settle(start, end);
            start = end;
        }
    }

    private void settle(int start, int end) {
        if (end - start <= FEW) {
            for (int i = start + 1; i < end; i++) {
                int row = rows[i];
                int j = i;
                for (; j > start && compare(rows[j - 1], row) > 0; j--) {
                    rows[j] = rows[j - 1];
                }
                rows[j] = row;
            }
            return;
        }
        Integer[] boxed = new Integer[end - start];
        Arrays.setAll(boxed, i -> rows[start + i]);
        Arrays.sort(boxed, this::compare);
        for (int i = 0; i < boxed.length; i++) {
            rows[start + i] = boxed[i];
        }
    }

    private int compare(int one, int other) {
        int order = Integer.compare(table.shown.get(one), table.shown.get(other));
        if (order == 0) {
            order = Double.compare(table.z.get(one), table.z.get(other));
        }
        if (order == 0) {
            order = Double.compare(table.weight.get(one), table.weight.get(other));
        }
        int styles = table.styles().size();
        for (int k = 0; order == 0 && k < styles; k++) {
            order = Double.compare(table.style(one, k), table.style(other, k));
        }
        return order;
    }
}
