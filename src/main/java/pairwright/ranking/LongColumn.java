package pairwright.ranking;

import java.util.Arrays;

/** Long whole numbers of a growing table; while all are the same default they take no memory. */
final class LongColumn {
    private final long usual;
    private long[] values;
    private int size;

    LongColumn(long usual) {
        this.usual = usual;
    }

    void add(long value) {
        if (values == null) {
            if (value == usual) {
                size++;
                return;
            }
            values = new long[Math.max(64, size + (size >> 1) + 1)];
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

    long get(int row) {
        return values == null ? usual : values[row];
    }

    void set(int row, long value) {
        if (values == null) {
            values = new long[size];
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
}
