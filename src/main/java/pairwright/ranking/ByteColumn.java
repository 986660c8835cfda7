package pairwright.ranking;

import java.util.Arrays;

/** Small whole numbers of a growing table; while all are the same default they take no memory. */
final class ByteColumn {
    private final byte usual;
    private byte[] values;
    private int size;

    ByteColumn(int usual) {
        this.usual = (byte) usual;
    }

    void add(int value) {
        if (values == null && value == usual) {
            size++;
            return;
        }
        room(1);
        values[size++] = (byte) value;
    }

    /** Adds the same value so many times. */
    void add(int value, int times) {
        if (values == null && value == usual) {
            size += times;
            return;
        }
        room(times);
        Arrays.fill(values, size, size + times, (byte) value);
        size += times;
    }

    /** Adds the values of an array from one place to before another. */
    void add(byte[] more, int from, int to) {
        room(to - from);
        System.arraycopy(more, from, values, size, to - from);
        size += to - from;
    }

    private void room(int more) {
        if (values == null) {
            values = new byte[Math.max(64, size + (size >> 1) + more)];
            Arrays.fill(values, 0, size, usual);
        } else if (size + more > values.length) {
            values = Arrays.copyOf(values, size + (size >> 1) + more);
        }
    }

    int get(int row) {
        return values == null ? usual : values[row];
    }

    /** Of a column that is not {@link #uniform}. */
    void set(int row, int value) {
        values[row] = (byte) value;
    }

    /** The values themselves, for loops over many; longer than the column. Not of a column that is {@link #uniform}. */
    byte[] raw() {
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
        byte[] arranged = new byte[size];
        RowParts.each(size, (from, to) -> {
            for (int i = from; i < to; i++) {
                arranged[i] = values[order[i]];
            }
        });
        values = arranged;
    }
}
