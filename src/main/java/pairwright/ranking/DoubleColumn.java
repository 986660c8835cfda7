package pairwright.ranking;

import java.util.Arrays;

/** Numbers of a growing table; while all are the same default they take no memory. */
final class DoubleColumn {
    private final double usual;
    private double[] values;
    private int size;

    DoubleColumn(double usual) {
        this.usual = usual;
    }

    void add(double value) {
        if (values == null) {
            if (value == usual) {
                size++;
                return;
            }
            values = new double[Math.max(64, size + (size >> 1) + 1)];
            Arrays.fill(values, 0, size, usual);
        } else if (size == values.length) {
            values = Arrays.copyOf(values, size + (size >> 1) + 1);
        }
        values[size++] = value;
    }

    /** Adds the default so many times. */
    void addUsual(int times) {
        if (values == null) {
            size += times;
            return;
        }
        if (size + times > values.length) {
            values = Arrays.copyOf(values, size + (size >> 1) + times);
        }
        Arrays.fill(values, size, size + times, usual);
        size += times;
    }

    double get(int row) {
        return values == null ? usual : values[row];
    }

    void set(int row, double value) {
        if (values == null) {
            values = new double[size];
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
        double[] arranged = new double[size];
        RowParts.each(order.length, (from, to) -> {
            for (int i = from; i < to; i++) {
                for (int k = 0; k < width; k++) {
                    arranged[i * width + k] = values[order[i] * width + k];
                }
            }
        });
        values = arranged;
    }
}
