package pairwright.agreement;

import java.util.Arrays;

/**
 * Items counted by the category that each of two raters gave them: rows are the first rater's, columns the second's, in
 * the order of the categories where there is one. Immutable.
 */
public final class ContingencyTable {
    private final double[][] counts;
    private final double[] rows;
    private final double[] columns;
    private final double total;

    private ContingencyTable(double[][] counts) {
        this.counts = counts;
        this.rows = new double[counts.length];
        this.columns = new double[counts.length];
        double sum = 0;
        for (int i = 0; i < counts.length; i++) {
            for (int j = 0; j < counts.length; j++) {
                rows[i] += counts[i][j];
                columns[j] += counts[i][j];
                sum += counts[i][j];
            }
        }
        this.total = sum;
    }

    /**
     * From counts.
     *
     * @throws IllegalArgumentException if they are not square, or one is negative or no finite number
     */
    public static ContingencyTable of(double[][] counts) {
        double[][] copy = new double[counts.length][];
        for (int i = 0; i < counts.length; i++) {
            copy[i] = counts[i].clone();
            if (copy[i].length != counts.length) {
                throw new IllegalArgumentException("row " + i + " has " + copy[i].length + " columns, must have "
                        + counts.length + " as there are rows");
            }
            for (double count : copy[i]) {
                if (!(count >= 0 && count < Double.POSITIVE_INFINITY)) {
                    throw new IllegalArgumentException("a count is " + count + ", must be finite and at least 0");
                }
            }
        }
        return new ContingencyTable(copy);
    }

    /**
     * Counts the labels of two raters in one pass.
     *
     * @param categories how many there are; a label is from 0 to one below it
     */
    public static ContingencyTable of(int[] first, int[] second, int categories) {
        if (first.length != second.length) {
            throw new IllegalArgumentException(
                    "the raters gave " + first.length + " and " + second.length + " labels, must give equally many");
        }
        long[] cells = new long[categories * categories];
        for (int i = 0; i < first.length; i++) {
            int a = first[i];
            int b = second[i];
            if (a < 0 || a >= categories || b < 0 || b >= categories) {
                throw new IllegalArgumentException("the labels of item " + i + " are " + a + " and " + b
                        + ", must be in [0, " + (categories - 1) + "]");
            }
            cells[a * categories + b]++;
        }
        return ofCells(cells, categories);
    }

    /** From counts that stand row after row. */
    static ContingencyTable ofCells(long[] cells, int categories) {
        double[][] counts = new double[categories][categories];
        for (int i = 0; i < cells.length; i++) {
            counts[i / categories][i % categories] = cells[i];
        }
        return new ContingencyTable(counts);
    }

    /** Categories, in use or not. */
    public int categories() {
        return counts.length;
    }

    /** Items. */
    public double total() {
        return total;
    }

    double count(int first, int second) {
        return counts[first][second];
    }

    /** Items to which the first rater gave the category. */
    double row(int category) {
        return rows[category];
    }

    /** Items to which the second rater gave the category. */
    double column(int category) {
        return columns[category];
    }

    /** Whether both raters gave one and the same category to all items, so that nothing could have differed. */
    boolean oneCategory() {
        for (int i = 0; i < counts.length; i++) {
            if (counts[i][i] == total) {
                return true;
            }
        }
        return false;
    }

    /** Which categories one of the two gave. */
    int[] inUse() {
        int[] used = new int[counts.length];
        int n = 0;
        for (int i = 0; i < counts.length; i++) {
            if (rows[i] + columns[i] > 0) {
                used[n++] = i;
            }
        }
        return Arrays.copyOf(used, n);
    }

    /** The part of these categories, in this order. */
    ContingencyTable of(int[] categories) {
        double[][] part = new double[categories.length][categories.length];
        for (int i = 0; i < categories.length; i++) {
            for (int j = 0; j < categories.length; j++) {
                part[i][j] = counts[categories[i]][categories[j]];
            }
        }
        return new ContingencyTable(part);
    }
}
