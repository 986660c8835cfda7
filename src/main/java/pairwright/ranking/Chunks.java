package pairwright.ranking;

import java.util.stream.IntStream;

/**
 * A loop over many pairs in a fixed number of parts, which may run at the same time. Each part adds into sums of its own, and these are
 * added in the order of the parts, so the result is the same to the last bit however many threads there are.
 */
final class Chunks {
    private static final int PARTS = 4;
    private static final int FEWEST = 1 << 16;

    private final int[] bounds;
    private final double[][] sums;

    Chunks(int size, int width) {
        this(size, width, null);
    }

    /** Numbers of one group stay in one part; groups are neighbours, and null where each number is its own. */
    Chunks(int size, int width, int[] group) {
        int parts = size < FEWEST ? 1 : PARTS;
        bounds = new int[parts + 1];
        for (int p = 1; p <= parts; p++) {
            int bound = (int) ((long) size * p / parts);
            while (group != null && bound > 0 && bound < size && group[bound] == group[bound - 1]) {
                bound++;
            }
            bounds[p] = bound;
        }
        sums = parts == 1 ? null : new double[parts][width];
    }

    /** What adds the pairs from one number to before another into sums. */
    interface Part {
        void add(int from, int to, double[] sums);
    }

    /** Adds all pairs to the first entries of the total. */
    void add(double[] total, Part part) {
        if (sums == null) {
            part.add(0, bounds[1], total);
            return;
        }
        IntStream.range(0, sums.length).parallel().forEach(p -> {
            java.util.Arrays.fill(sums[p], 0);
            part.add(bounds[p], bounds[p + 1], sums[p]);
        });
        for (double[] one : sums) {
            for (int i = 0; i < one.length; i++) {
                total[i] += one[i];
            }
        }
    }
}
