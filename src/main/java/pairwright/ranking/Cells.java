package pairwright.ranking;

/** The sufficient statistics of a fit: comparisons of two items under the same covariates are one cell. */
final class Cells {
    private final int items;
    private final int[] a;
    private final int[] b;
    private final double[] n;
    private final double[] s;
    private final double[] t;
    private final double[] x;
    private final int covariates;
    private final int[] edge;
    private final int[] edgeA;
    private final int[] edgeB;
    private double[] scale;

    Cells(
            int items,
            int[] a,
            int[] b,
            double[] n,
            double[] s,
            double[] t,
            double[] x,
            int[] edge,
            int[] edgeA,
            int[] edgeB) {
        this.items = items;
        this.a = a;
        this.b = b;
        this.n = n;
        this.s = s;
        this.t = t;
        this.x = x;
        this.covariates = a.length == 0 ? 0 : x.length / a.length;
        this.edge = edge;
        this.edgeA = edgeA;
        this.edgeB = edgeB;
    }

    /** How many items there are, numbered from 0. */
    int items() {
        return items;
    }

    /** Each cell's item of lower number; cells stand in its order. */
    int[] a() {
        return a;
    }

    /** The other item. */
    int[] b() {
        return b;
    }

    /** Weight of the comparisons. */
    double[] n() {
        return n;
    }

    /** Weight that a won, a tie counting half. */
    double[] s() {
        return s;
    }

    /** Weight of the ties; empty where the model has none. */
    double[] t() {
        return t;
    }

    /** Covariates, for a against b, one after the other: {@code x[k * size + cell]}. */
    double[] x() {
        return x;
    }

    /** How many covariates each cell has. */
    int covariates() {
        return covariates;
    }

    /** The pair of items that a cell belongs to, cells of one pair being neighbours; null where each cell is a pair of its own. */
    int[] edge() {
        return edge;
    }

    /** For each pair its item of lower number. */
    int[] edgeA() {
        return edgeA;
    }

    /** For each pair the other item. */
    int[] edgeB() {
        return edgeB;
    }

    int size() {
        return a.length;
    }

    int edges() {
        return edgeA.length;
    }

    /** What the difference of the strengths is multiplied with in each cell, null where that is 1 everywhere. */
    double[] scale() {
        return scale;
    }

    /** The same with a scale for each cell: how sharply its rater tells strengths apart. */
    Cells scaled(double[] factors) {
        Cells scaled = withCounts(n, s, t);
        scaled.scale = factors;
        return scaled;
    }

    /** The same comparisons with other counts, as a bootstrap draws them. */
    Cells withCounts(double[] weight, double[] won, double[] tied) {
        return new Cells(items, a, b, weight, won, tied, x, edge, edgeA, edgeB);
    }

    double total() {
        double sum = 0;
        for (double weight : n) {
            sum += weight;
        }
        return sum;
    }
}
