package pairwright.ranking;

import java.util.stream.IntStream;

/**
 * Counts in a triangle of all pairs, where there are few enough items: comparisons in any order. Only for whole and half wins of weight 1,
 * whose sums are exact in any order.
 */
final class PairMatrix {
    private static final int MOST_ITEMS = 2048;
    /** The triangle is counted in strips, each by one pass over all rows: a strip stays in a processor's cache. */
    private static final int STRIPS = 2;

    /** A count and its half wins share a number: one place in memory for each comparison. */
    private static final int ONE = 1 << 17;

    private static final int HALVES = ONE - 1;

    private PairMatrix() {}

    /** Whether the triangle is not much larger than what it counts, and every sum exact. */
    static boolean fits(ComparisonTable table) {
        int items = table.items().size();
        return items <= MOST_ITEMS && (long) items * items <= 4L * table.size() && table.exact();
    }

    /** The cells of a model with neither order nor style, ties as halves. */
    static Cells cells(ComparisonTable table) {
        int items = table.items().size();
        int[] row = new int[items];
        for (int first = 0, at = -1; first < items; first++) {
            // Pairs of the same first item stand together: (first, second) has the place row[first] + second.
            row[first] = at - first;
            at += items - 1 - first;
        }
        Counts[] strips = new Counts[STRIPS];
        int places = items * (items - 1) / 2;
        IntStream.range(0, STRIPS).parallel().forEach(strip -> {
            int from = (int) ((long) places * strip / STRIPS);
            int to = (int) ((long) places * (strip + 1) / STRIPS);
            strips[strip] = new Counts(from, to);
            strips[strip].count(table, row);
        });
        return cells(items, strips);
    }

    private static Cells cells(int items, Counts[] strips) {
        int size = 0;
        for (Counts strip : strips) {
            size += strip.pairs();
        }
        int[] a = new int[size];
        int[] b = new int[size];
        double[] n = new double[size];
        double[] s = new double[size];
        int cells = 0;
        int strip = 0;
        for (int first = 0, at = 0; first < items; first++) {
            for (int second = first + 1; second < items; second++, at++) {
                strip += at == strips[strip].to ? 1 : 0;
                long count = strips[strip].at(at);
                if (count != 0) {
                    a[cells] = first;
                    b[cells] = second;
                    n[cells] = count >> 32;
                    s[cells++] = (int) count / 2.0;
                }
            }
        }
        return new Cells(items, a, b, n, s, new double[0], new double[0], null, a, b);
    }

    /** The places from one to before another. */
    private static final class Counts {
        private final int from;
        private final int to;
        /** One place more, for what other strips count. */
        private final int[] counts;
        /** What did not fit, number of comparisons above half wins; null while all does. */
        private long[] more;

        Counts(int from, int to) {
            this.from = from;
            this.to = to;
            this.counts = new int[to - from + 1];
        }

        void count(ComparisonTable table, int[] row) {
            int size = table.size();
            int[] first = table.first.raw();
            int[] second = table.second.raw();
            byte[] halves = table.z.rawHalves();
            int[] mine = counts;
            int others = to - from;
            for (int i = 0; i < size; i++) {
                int at = row[first[i]] + second[i] - from;
                // Bits tell whether the place is in the strip: a branch would be guessed wrong half of the time.
                int outside = (at | others - 1 - at) >> 31;
                int place = (at & ~outside) | (others & outside);
                int count = mine[place] + ONE + halves[i];
                mine[place] = count;
                if (count < 0) {
                    spill(place);
                }
            }
        }

        /** After 16,384 comparisons of a pair, before its half wins can run over. */
        private void spill(int place) {
            if (more == null) {
                more = new long[counts.length];
            }
            more[place] += wide(counts[place]);
            counts[place] = 0;
        }

        private static long wide(int count) {
            return ((long) (count >>> 17) << 32) | (count & HALVES);
        }

        /** Comparisons above half wins, 32 bits each. */
        long at(int place) {
            return wide(counts[place - from]) + (more == null ? 0 : more[place - from]);
        }

        int pairs() {
            int pairs = 0;
            for (int place = from; place < to; place++) {
                pairs += at(place) != 0 ? 1 : 0;
            }
            return pairs;
        }
    }
}
