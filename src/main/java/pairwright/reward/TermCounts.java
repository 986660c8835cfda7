package pairwright.reward;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How often each column was met in one group of features. Columns are gathered as they come, sorted digit by digit and
 * then counted, which takes a third of the time of a hash table that must be sorted too. Used again for the next text.
 */
final class TermCounts {
    // StrictMath gives the same bits on every platform; most counts are small.
    private static final double[] LOGS =
            IntStream.range(0, 64).mapToDouble(StrictMath::log1p).toArray();

    /** More than these are counted before the next is gathered, so that memory is bounded by the columns, not by the text. */
    private static final int MOST_GATHERED = 1 << 16;
    /** Fewer than these are sorted faster by comparing. */
    private static final int FEW = 128;
    /** Two digits hold the default number of columns. */
    private static final int DIGIT_BITS = 9;

    private int[] gathered = new int[1 << 10];
    private int gatheredSize;
    private int[] columns = new int[0];
    private int[] counts = new int[0];
    private int size;

    void add(int column) {
        if (gatheredSize == gathered.length) {
            if (gathered.length < MOST_GATHERED) {
                gathered = Arrays.copyOf(gathered, gathered.length * 2);
            } else {
                count();
            }
        }
        gathered[gatheredSize++] = column;
    }

    /** How many different columns were added. */
    int size() {
        count();
        return size;
    }

    /** Adds what was gathered to the counts, which stay in rising order of columns. */
    private void count() {
        if (gatheredSize == 0) {
            return;
        }
        sort();
        int[] allColumns = new int[size + gatheredSize];
        int[] allCounts = new int[size + gatheredSize];
        int to = 0;
        int old = 0;
        for (int k = 0; k < gatheredSize; to++) {
            int column = gathered[k];
            int from = k;
            while (k < gatheredSize && gathered[k] == column) {
                k++;
            }
            while (old < size && columns[old] < column) {
                allColumns[to] = columns[old];
                allCounts[to++] = counts[old++];
            }
            allColumns[to] = column;
            allCounts[to] = k - from + (old < size && columns[old] == column ? counts[old++] : 0);
        }
        System.arraycopy(columns, old, allColumns, to, size - old);
        System.arraycopy(counts, old, allCounts, to, size - old);
        size = to + size - old;
        columns = allColumns;
        counts = allCounts;
        gatheredSize = 0;
    }

    /** Sorts by the lowest digit first, each pass keeping the order of the one before. */
    private void sort() {
        if (gatheredSize < FEW) {
            Arrays.sort(gathered, 0, gatheredSize);
            return;
        }
        int used = 0;
        for (int k = 0; k < gatheredSize; k++) {
            used |= gathered[k];
        }
        int[] from = gathered;
        int[] to = new int[gathered.length];
        for (int shift = 0; shift < Integer.SIZE && used >>> shift != 0; shift += DIGIT_BITS) {
            int[] starts = new int[(1 << DIGIT_BITS) + 1];
            int mask = (1 << DIGIT_BITS) - 1;
            for (int k = 0; k < gatheredSize; k++) {
                starts[(from[k] >>> shift & mask) + 1]++;
            }
            for (int digit = 0; digit < mask; digit++) {
                starts[digit + 1] += starts[digit];
            }
            for (int k = 0; k < gatheredSize; k++) {
                to[starts[from[k] >>> shift & mask]++] = from[k];
            }
            int[] sorted = to;
            to = from;
            from = sorted;
        }
        gathered = from;
    }

    /**
     * Appends each column with ln(1 + count), scaled so that the group has length one, in rising order of columns, and
     * begins anew. The order matters: the sum of squares, and with it every last bit, must not depend on the texts
     * before this one.
     *
     * @param entries receives column in the high and float bits in the low half
     * @return where the next entry goes
     */
    int drainTo(long[] entries, int from) {
        count();
        double squares = 0;
        for (int k = 0; k < size; k++) {
            double value = logOnePlus(counts[k]);
            squares += value * value;
        }
        double scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
        for (int k = 0; k < size; k++) {
            entries[from + k] = entry(columns[k], (float) (logOnePlus(counts[k]) * scale));
        }
        int to = from + size;
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
