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

    /** Adds the values of an array from one place to before another. */
    void add(int[] more, int from, int to) {
        int times = to - from;
        if (values == null) {
            values = new int[Math.max(64, size + (size >> 1) + times)];
            Arrays.fill(values, 0, size, usual);
        } else if (size + times > values.length) {
            values = Arrays.copyOf(values, size + (size >> 1) + times);
        }
        System.arraycopy(more, from, values, size, times);
        size += times;
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

    /** The values themselves, for loops over many; longer than the column. Not of a column that is {@link #uniform}. */
    int[] raw() {
        return values;
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
        if (values == null) {
            return;
        }
        int[] arranged = new int[size];
        RowParts.each(size, (from, to) -> {
            for (int i = from; i < to; i++) {
                arranged[i] = values[order[i]];
            }
        });
        values = arranged;
    }
}
