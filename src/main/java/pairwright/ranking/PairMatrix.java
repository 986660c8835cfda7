package pairwright.ranking;

import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Counts in a triangle of all pairs, where there are few enough items: comparisons in any order. Only for whole and half wins of weight 1,
 * whose sums are exact in any order.
 */
final class PairMatrix {
    private static final int MOST_ITEMS = 2048;
    /** Each part of the rows is counted in a triangle of its own, and each part of the triangle becomes cells by itself. */
    private static final int PARTS = 2;

    /** A count and its half wins share a number: one place in memory for each comparison. */
    private static final int ONE = 1 << 17;

    private static final int HALVES = ONE - 1;

    private final int items;
    /** Pairs of the same first item stand together: (first, second) has the place {@code row[first] + second}. */
    private final int[] row;

    private final Counts[] counts = new Counts[PARTS];

    private PairMatrix(ComparisonTable table) {
        items = table.items().size();
        row = new int[items];
        for (int first = 0, at = -1; first < items; first++) {
            row[first] = at - first;
            at += items - 1 - first;
        }
        int size = table.size();
        each(part -> {
            counts[part] = new Counts(places());
            counts[part].count(table, row, bound(size, part), bound(size, part + 1));
        });
    }

    /** Whether the triangle is not much larger than what it counts, and every sum exact. */
    static boolean fits(ComparisonTable table) {
        int items = table.items().size();
        return items <= MOST_ITEMS && (long) items * items <= 4L * table.size() && table.exact();
    }

    /** The cells of a model with neither order nor style, ties as halves. */
    static Cells cells(ComparisonTable table) {
        return new PairMatrix(table).cells();
    }

    private int places() {
        return items * (items - 1) / 2;
    }

    private static int bound(int size, int part) {
        return (int) ((long) size * part / PARTS);
    }

    private static void each(IntConsumer work) {
        IntStream.range(0, PARTS).parallel().forEach(work);
    }

    private Cells cells() {
        int[] sizes = new int[PARTS + 1];
        each(part -> sizes[part + 1] = pairs(firstItem(part), firstItem(part + 1)));
        for (int part = 0; part < PARTS; part++) {
            sizes[part + 1] += sizes[part];
        }
        int size = sizes[PARTS];
        int[] a = new int[size];
        int[] b = new int[size];
        double[] n = new double[size];
        double[] s = new double[size];
        each(part -> {
            int cell = sizes[part];
            for (int first = firstItem(part); first < firstItem(part + 1); first++) {
                for (int second = first + 1; second < items; second++) {
                    long count = at(row[first] + second);
                    if (count != 0) {
                        a[cell] = first;
                        b[cell] = second;
                        n[cell] = count >> 32;
                        s[cell++] = (int) count / 2.0;
                    }
                }
            }
        });
        return new Cells(items, a, b, n, s, new double[0], new double[0], null, a, b);
    }

    /** The item with which a part of the triangle begins. */
    private int firstItem(int part) {
        int first = part == PARTS ? items : 0;
        while (first < items && row[first] + first + 1 < bound(places(), part)) {
            first++;
        }
        return first;
    }

    private int pairs(int from, int to) {
        int pairs = 0;
        for (int first = from; first < to; first++) {
            for (int second = first + 1; second < items; second++) {
                pairs += at(row[first] + second) != 0 ? 1 : 0;
            }
        }
        return pairs;
    }

    /** Comparisons above half wins, 32 bits each. */
    private long at(int place) {
        long sum = 0;
        for (Counts part : counts) {
            sum += part.at(place);
        }
        return sum;
    }

    /** What a part of the rows holds of each pair. */
    private static final class Counts {
        private final int[] counts;
        /** What did not fit, number of comparisons above half wins; null while all does. */
        private long[] more;

        Counts(int places) {
            this.counts = new int[places];
        }

        void count(ComparisonTable table, int[] row, int from, int to) {
            int[] first = table.first.raw();
            int[] second = table.second.raw();
            byte[] halves = table.z.rawHalves();
            int[] mine = counts;
            for (int i = from; i < to; i++) {
                int place = row[first[i]] + second[i];
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

        long at(int place) {
            return wide(counts[place]) + (more == null ? 0 : more[place]);
        }
    }
}
