package pairwright.agreement;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Two scores for each of some items, sorted once, so that correlations of many bootstrap draws need no more sorting. Immutable. */
public final class PairedScores {
    private final double[] x;
    private final double[] y;
    private final int[] rankX;
    private final int[] rankY;
    private final int[] byXThenY;

    /**
     * Items in any order.
     *
     * @throws IllegalArgumentException if there are not as many of one as of the other, or one is no finite number
     */
    public PairedScores(double[] x, double[] y) {
        if (x.length != y.length) {
            throw new IllegalArgumentException("there are " + x.length + " and " + y.length + " scores, must be pairs");
        }
        for (int i = 0; i < x.length; i++) {
            if (!Double.isFinite(x[i]) || !Double.isFinite(y[i])) {
                throw new IllegalArgumentException(
                        "the scores of item " + i + " are " + x[i] + " and " + y[i] + ", must be finite");
            }
        }
        this.x = x.clone();
        this.y = y.clone();
        this.rankX = ranks(x);
        this.rankY = ranks(y);
        this.byXThenY = IntStream.range(0, x.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(i -> rankX[i]).thenComparingInt(i -> rankY[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Number of the score among the different scores, rising. */
    private static int[] ranks(double[] scores) {
        double[] distinct =
                Arrays.stream(scores).map(s -> s + 0.0).sorted().distinct().toArray();
        return Arrays.stream(scores)
                .mapToInt(s -> Arrays.binarySearch(distinct, s + 0.0))
                .toArray();
    }

    public int size() {
        return x.length;
    }

    double[] x() {
        return x;
    }

    double[] y() {
        return y;
    }

    int[] rankX() {
        return rankX;
    }

    int[] rankY() {
        return rankY;
    }

    int[] byXThenY() {
        return byXThenY;
    }

    /** Every item once. */
    double[] ones() {
        double[] ones = new double[x.length];
        Arrays.fill(ones, 1);
        return ones;
    }
}
