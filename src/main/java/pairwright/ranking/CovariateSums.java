package pairwright.ranking;

/**
 * Gradient and Hessian of comparisons with covariates, ties as halves. They are worked on in blocks, one step after the other for all
 * of a block, since most of these steps are such that a processor does several comparisons at once.
 */
final class CovariateSums {
    private static final int BLOCK = 512;

    private final Cells cells;
    private final double[] point;
    private final double[] weight;
    private final int covariates;
    private final double[] slope = new double[BLOCK];
    private final double[] curvature = new double[BLOCK];
    /** Curvature times covariate. */
    private final double[][] side;
    /** Of the pair that is being added: slope, curvature, side. */
    private final double[] pair;

    /**
     * At one point.
     *
     * @param weight takes the curvature of each pair
     */
    CovariateSums(Cells cells, double[] point, double[] weight) {
        this.cells = cells;
        this.point = point;
        this.weight = weight;
        this.covariates = cells.covariates();
        this.side = new double[covariates][BLOCK];
        this.pair = new double[2 + covariates];
    }

    /**
     * Adds cells, those of a pair being neighbours.
     *
     * @param sums for each item gradient, diagonal and side together; behind them the gradient by covariate, and the corner by rows up to
     *     its diagonal
     */
    void add(int from, int to, double[] sums) {
        for (int start = from; start < to; start += BLOCK) {
            int size = Math.min(BLOCK, to - start);
            differences(start, size);
            derivatives(start, size);
            addBorder(start, size, sums);
            addItems(start, size, sums);
        }
    }

    private void differences(int start, int size) {
        int[] a = cells.a();
        int[] b = cells.b();
        for (int i = 0; i < size; i++) {
            slope[i] = point[a[start + i]] - point[b[start + i]];
        }
        double[] x = cells.x();
        for (int k = 0; k < covariates; k++) {
            double beta = point[cells.items() + k];
            int column = k * cells.size() + start;
            for (int i = 0; i < size; i++) {
                slope[i] += beta * x[column + i];
            }
        }
    }

    private void derivatives(int start, int size) {
        for (int i = 0; i < size; i++) {
            slope[i] = Math.exp(-slope[i]);
        }
        double[] n = cells.n();
        double[] s = cells.s();
        for (int i = 0; i < size; i++) {
            double p = 1 / (1 + slope[i]);
            double np = n[start + i] * p;
            curvature[i] = np * (1 - p);
            slope[i] = np - s[start + i];
        }
    }

    private void addBorder(int start, int size, double[] sums) {
        double[] x = cells.x();
        int behind = cells.items() * (2 + covariates);
        for (int k = 0; k < covariates; k++) {
            int column = k * cells.size() + start;
            double[] mine = side[k];
            for (int i = 0; i < size; i++) {
                mine[i] = curvature[i] * x[column + i];
            }
            sums[behind + k] += dot(slope, x, column, size);
            for (int j = 0; j <= k; j++) {
                sums[behind + covariates * (1 + k) + j] += dot(mine, x, j * cells.size() + start, size);
            }
        }
    }

    /** Four sums, so that the processor need not wait for one. */
    private static double dot(double[] a, double[] b, int from, int size) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < size; i += 4) {
            s0 += a[i] * b[from + i];
            s1 += a[i + 1] * b[from + i + 1];
            s2 += a[i + 2] * b[from + i + 2];
            s3 += a[i + 3] * b[from + i + 3];
        }
        for (; i < size; i++) {
            s0 += a[i] * b[from + i];
        }
        return s0 + s1 + (s2 + s3);
    }

    private void addItems(int start, int size, double[] sums) {
        int[] a = cells.a();
        int[] b = cells.b();
        int[] edge = cells.edge();
        for (int i = 0; i < size; ) {
            int cell = start + i;
            int first = a[cell];
            int second = b[cell];
            double g = slope[i];
            double h = curvature[i];
            int from = i++;
            while (i < size && b[start + i] == second && a[start + i] == first) {
                g += slope[i];
                h += curvature[i++];
            }
            pair[0] = g;
            pair[1] = h;
            for (int k = 0; k < covariates; k++) {
                double sum = side[k][from];
                for (int j = from + 1; j < i; j++) {
                    sum += side[k][j];
                }
                pair[2 + k] = sum;
            }
            weight[edge == null ? cell : edge[cell]] += h;
            addPair(first, second, sums);
        }
    }

    private void addPair(int first, int second, double[] sums) {
        int width = pair.length;
        int one = first * width;
        int other = second * width;
        sums[one + 1] += pair[1];
        sums[other + 1] += pair[1];
        sums[one] += pair[0];
        sums[other] -= pair[0];
        for (int k = 2; k < width; k++) {
            sums[one + k] += pair[k];
            sums[other + k] -= pair[k];
        }
    }
}
