package pairwright.ranking;

import java.util.Arrays;

/** Whole numbers of a growing table; while all are the same default they take no memory. */
final class IntColumn {
    private final int usual;
    private int[] values;
    private int size;

    IntColumn(int usual) {
        this.usual = usual;
    }

    void add(int value) {
        if (values == null) {
            if (value == usual) {
                size++;
                return;
            }
            values = new int[Math.max(64, size + (size >> 1) + 1)];
            Arrays.fill(values, 0, size, usual);
        } else if (size == values.length) {
            values = Arrays.copyOf(values, size + (size >> 1) + 1);
        }
        values[size++] = value;
    }

    int get(int row) {
        return values == null ? usual : values[row];
    }

    void set(int row, int value) {
        if (values == null) {
            values = new int[size];
            Arrays.fill(values, usual);
        }
        values[row] = value;
    }

    int size() {
        return size;
    }

    /** Whether every value is the default. */
    boolean uniform() {
        return values == null;
    }

    /** Puts the values into another order. */
    void arrange(int[] order) {
        arrange(order, 1);
    }

    /** The same for groups of so many neighbours. */
    void arrange(int[] order, int width) {
        if (values == null) {
            return;
        }
        int[] arranged = new int[size];
        for (int i = 0; i < order.length; i++) {
            for (int k = 0; k < width; k++) {
                arranged[i * width + k] = values[order[i] * width + k];
            }
        }
        values = arranged;
    }
}
