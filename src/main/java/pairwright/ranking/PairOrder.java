package pairwright.ranking;

import java.util.Arrays;

/**
 * The rows of a table, sorted so that those of one pair of items stand together, and in an order among them that does not depend on the
 * order of the table: then a sum over them does not either, to the last bit.
 */
final class PairOrder {
    private static final int FEW = 24;
    /** The lowest bits of a key hold what an exact row says: in halves what the first won, and the order shown. */
    private static final int SAYS = 4;

    private final ComparisonTable table;
    private final boolean exact;
    private long[] keys;
    private int[] rows;

    private PairOrder(ComparisonTable table) {
        this.table = table;
        // Sums of whole and half numbers are exact in any order, so rows that hold nothing else stay as they are.
        this.exact = PairMatrix.exact(table) && table.styles().isEmpty();
    }

    /**
     * Puts the rows of a table into this order.
     *
     * @return for each row where it stood before
     */
    static int[] arrange(ComparisonTable table) {
        PairOrder order = new PairOrder(table);
        order.sort();
        if (!order.exact) {
            order.settle();
        }
        order.write();
        return order.rows;
    }

    /**
     * Two passes of counting sort, by the second item and by the first. Each reads memory in its order and writes to as many places as there
     * are items, which a processor's cache holds; rows that were only numbered would be looked up all over memory.
     */
    private void sort() {
        int n = table.size();
        int items = table.items().size();
        int[] bySecond = starts(table.second, items);
        int[] byFirst = starts(table.first, items);
        long[] halfway = new long[n];
        int[] rowHalfway = new int[n];
        for (int row = 0; row < n; row++) {
            int second = table.second.get(row);
            int says = exact ? (table.shown.get(row) + 1) << 2 | (int) (2 * table.z.get(row)) : 0;
            int place = bySecond[second]++;
            halfway[place] = (long) table.first.get(row) << 32 | (long) second << SAYS | says;
            rowHalfway[place] = row;
        }
        keys = new long[n];
        rows = new int[n];
        for (int i = 0; i < n; i++) {
            int place = byFirst[(int) (halfway[i] >> 32)]++;
            keys[place] = halfway[i];
            rows[place] = rowHalfway[i];
        }
    }

    private void write() {
        for (int i = 0; i < keys.length; i++) {
            table.first.set(i, (int) (keys[i] >> 32));
            table.second.set(i, (int) keys[i] >>> SAYS);
        }
        if (exact) {
            for (int i = 0; i < keys.length; i++) {
                table.z.set(i, (keys[i] & 3) / 2.0);
            }
            for (int i = 0; i < keys.length && !table.shown.uniform(); i++) {
                table.shown.set(i, (int) (keys[i] >> 2 & 3) - 1);
            }
        } else {
            table.z.arrange(rows);
            table.shown.arrange(rows);
        }
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
            int end = start + 1;
            while (end < rows.length && keys[end] == keys[start]) {
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
