package pairwright.reward;

import java.util.Arrays;
import java.util.stream.IntStream;

/** How often each column was met in one group of features: an open-addressing table that is used again for the next text. */
final class TermCounts {
    // StrictMath gives the same bits on every platform; most counts are small.
    private static final double[] LOGS =
            IntStream.range(0, 64).mapToDouble(StrictMath::log1p).toArray();

    private int[] keys = new int[1 << 10];
    private int[] counts = new int[1 << 10];
    private int size;

    void add(int column) {
        if (size * 2 >= keys.length) {
            grow();
        }
        int at = slot(keys, column);
        if (counts[at]++ == 0) {
            keys[at] = column;
            size++;
        }
    }

    private int slot(int[] table, int column) {
        int mask = table.length - 1;
        int at = ((column * 0x9e3779b1) >>> 7) & mask;
        while (counts[at] != 0 && table[at] != column) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private void grow() {
        int[] oldKeys = keys;
        int[] oldCounts = counts;
        keys = new int[oldKeys.length * 2];
        counts = new int[oldKeys.length * 2];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldCounts[i] > 0) {
                int at = slot(keys, oldKeys[i]);
                keys[at] = oldKeys[i];
                counts[at] = oldCounts[i];
            }
        }
    }

    int size() {
        return size;
    }

    /**
     * Appends each column with ln(1 + count), scaled so that the group has length one, in rising order of columns, and
     * empties the table. The order matters: the sum of squares, and with it every last bit, must not depend on the texts
     * before this one.
     *
     * @param entries receives column in the high and float bits in the low half
     * @return where the next entry goes
     */
    int drainTo(long[] entries, int from) {
        int to = from;
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                entries[to++] = ((long) keys[i] << 32) | counts[i];
            }
        }
        Arrays.sort(entries, from, to);
        double squares = 0;
        for (int k = from; k < to; k++) {
            double value = logOnePlus((int) entries[k]);
            squares += value * value;
        }
        double scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
        for (int k = from; k < to; k++) {
            float value = (float) (logOnePlus((int) entries[k]) * scale);
            entries[k] = entry((int) (entries[k] >>> 32), value);
        }
        Arrays.fill(counts, 0);
        size = 0;
        return to;
    }

    /** Column in the high half, the value's bits in the low. */
    static long entry(int column, float value) {
        return ((long) column << 32) | Integer.toUnsignedLong(Float.floatToRawIntBits(value));
    }

    private static double logOnePlus(int count) {
        return count < LOGS.length ? LOGS[count] : StrictMath.log1p(count);
    }
}
