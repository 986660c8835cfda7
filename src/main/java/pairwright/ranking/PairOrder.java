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
        this.exact = table.exact() && table.styles().isEmpty();
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
        keys = new long[n];
        RowParts.each(n, (from, to) -> {
            for (int row = from; row < to; row++) {
                int says = exact ? ((table.shown.get(row) + 1) << 2) | table.z.halves(row) : 0;
                keys[row] = ((long) table.first.get(row) << 32) | ((long) table.second.get(row) << SAYS) | says;
            }
        });
        long[] halfway = new long[n];
        int[] rowHalfway = new int[n];
        pass(false, keys, null, halfway, rowHalfway);
        rows = new int[n];
        pass(true, halfway, rowHalfway, keys, rows);
    }

    private static int second(long key) {
        return (int) key >>> SAYS;
    }

    private static int first(long key) {
        return (int) (key >>> 32);
    }

    /** A stable counting sort whose parts know beforehand where their rows go, so they may run at the same time. */
    private void pass(boolean byFirst, long[] in, int[] rowsIn, long[] out, int[] rowsOut) {
        int n = in.length;
        int[][] places = new int[RowParts.count(n)][table.items().size()];
        RowParts.each(n, (part, from, to) -> {
            int[] counts = places[part];
            for (int i = from; i < to; i++) {
                counts[byFirst ? first(in[i]) : second(in[i])]++;
            }
        });
        int place = 0;
        for (int item = 0; item < table.items().size(); item++) {
            for (int[] part : places) {
                int count = part[item];
                part[item] = place;
                place += count;
            }
        }
        RowParts.each(n, (part, from, to) -> {
            int[] next = places[part];
            for (int i = from; i < to; i++) {
                int at = next[byFirst ? first(in[i]) : second(in[i])]++;
                out[at] = in[i];
                rowsOut[at] = rowsIn == null ? i : rowsIn[i];
            }
        });
    }

    private void write() {
        RowParts.each(keys.length, (from, to) -> {
            for (int i = from; i < to; i++) {
                table.first.set(i, first(keys[i]));
                table.second.set(i, second(keys[i]));
            }
        });
        if (!exact) {
            table.arrange(rows);
            return;
        }
        boolean orders = !table.shown.uniform();
        RowParts.each(keys.length, (from, to) -> {
            for (int i = from; i < to; i++) {
                table.z.setHalves(i, (int) keys[i] & 3);
                if (orders) {
                    table.shown.set(i, (((int) keys[i] >> 2) & 3) - 1);
                }
            }
        });
        table.arrangeNames(rows);
    }

    /** Sorts within the pairs before anything is moved, so that each column is moved once. */
    private void settle() {
        RowParts.each(rows.length, (begin, end) -> {
            int to = pairFrom(end);
            for (int start = pairFrom(begin); start < to; ) {
                int behind = start + 1;
                while (behind < to && keys[behind] == keys[start]) {
                    behind++;
                }
                settle(start, behind);
                start = behind;
            }
        });
    }

    /** The first row from here on that begins a pair. */
    private int pairFrom(int row) {
        int start = row;
        while (start > 0 && start < keys.length && keys[start] == keys[start - 1]) {
            start++;
        }
        return start;
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
