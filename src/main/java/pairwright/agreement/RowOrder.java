package pairwright.agreement;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/** Numbers of rows in an order of their own, in 12 bytes a row: numbers as objects would take several times as much. */
final class RowOrder {
    private RowOrder() {}

    /**
     * Rows by a key, rows of one key by the comparator.
     *
     * @param rows how many, numbered from 0
     * @param key by which rows are grouped, mostly few rows a key
     * @param within order of the rows of one key; rows that are equal stay in their order
     */
    static int[] grouped(int rows, IntToLongFunction key, Comparator<Integer> within) {
        long[] keys = IntStream.range(0, rows).mapToLong(key).sorted().toArray();
        int distinct = 0;
        for (int i = 0; i < rows; i++) {
            if (i == 0 || keys[i] != keys[i - 1]) {
                keys[distinct++] = keys[i];
            }
        }
        // How many rows come before each key's, then where its next row goes.
        int[] next = new int[distinct + 1];
        for (int row = 0; row < rows; row++) {
            next[Arrays.binarySearch(keys, 0, distinct, key.applyAsLong(row)) + 1]++;
        }
        Arrays.parallelPrefix(next, Integer::sum);
        int[] order = new int[rows];
        for (int row = 0; row < rows; row++) {
            order[next[Arrays.binarySearch(keys, 0, distinct, key.applyAsLong(row))]++] = row;
        }
        int from = 0;
        for (int group = 0; group < distinct; group++) {
            sort(order, from, next[group], within);
            from = next[group];
        }
        return order;
    }

    private static void sort(int[] order, int from, int to, Comparator<Integer> within) {
        Integer[] group = new Integer[to - from];
        for (int i = from; i < to; i++) {
            group[i - from] = order[i];
        }
        Arrays.sort(group, within);
        for (int i = from; i < to; i++) {
            order[i] = group[i - from];
        }
    }
}
