package pairwright.ranking;

import java.util.Arrays;

/** The z of a growing table: a byte each while all are whole or half wins, eight bytes each from the first soft one on. */
final class PreferenceColumn {
    /** In halves: 0, 1 or 2. */
    private ByteColumn halves = new ByteColumn(-1);

    private double[] soft;
    private int size;

    void add(double z) {
        if (soft == null) {
            int half = (int) (2 * z);
            if (half == 2 * z) {
                halves.add(half);
                size++;
                return;
            }
            soften();
        }
        if (size == soft.length) {
            soft = Arrays.copyOf(soft, size + (size >> 1) + 1);
        }
        soft[size++] = z;
    }

    /** Adds whole and half wins, those from one place to before another. */
    void add(byte[] inHalves, int from, int to) {
        if (soft == null) {
            halves.add(inHalves, from, to);
            size += to - from;
            return;
        }
        for (int i = from; i < to; i++) {
            add(inHalves[i] / 2.0);
        }
    }

    private void soften() {
        soft = new double[Math.max(64, size + (size >> 1) + 1)];
        for (int row = 0; row < size; row++) {
            soft[row] = halves.get(row) / 2.0;
        }
        halves = null;
    }

    double get(int row) {
        return soft == null ? halves.get(row) / 2.0 : soft[row];
    }

    /** Whether all are whole or half wins: their sums are the same in any order. */
    boolean exact() {
        return soft == null;
    }

    /** In halves, where all are {@link #exact}. */
    int halves(int row) {
        return halves.get(row);
    }

    /** The same of all rows, for loops over many. */
    byte[] rawHalves() {
        return halves.raw();
    }

    void setHalves(int row, int value) {
        halves.set(row, value);
    }

    void set(int row, double z) {
        soft[row] = z;
    }

    /** The same comparison with its items the other way round. */
    void turn(int row) {
        if (soft == null) {
            halves.set(row, 2 - halves.get(row));
        } else {
            soft[row] = 1 - soft[row];
        }
    }

    int size() {
        return size;
    }

    /** Puts the values into another order. */
    void arrange(int[] order) {
        if (soft == null) {
            halves.arrange(order);
            return;
        }
        double[] arranged = new double[size];
        RowParts.each(size, (from, to) -> {
            for (int i = from; i < to; i++) {
                arranged[i] = soft[order[i]];
            }
        });
        soft = arranged;
    }
}
