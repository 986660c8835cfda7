package pairwright.ranking;

/**
 * The sufficient statistics of a fit: comparisons of two items under the same covariates are one cell.
 *
 * @param items how many items there are, numbered from 0
 * @param a the cell's item of lower number
 * @param b the other one
 * @param n weight of its comparisons
 * @param s weight that a won, a tie counting half
 * @param t weight of ties; empty where the model has no ties
 * @param x covariates, for a against b: {@code x[k][cell]}
 * @param edge the pair of items that a cell belongs to, cells of one pair being neighbours; null where each cell is a pair of its own
 * @param edgeA for each pair its item of lower number
 * @param edgeB the other one
 */
record Cells(
        int items,
        int[] a,
        int[] b,
        double[] n,
        double[] s,
        double[] t,
        double[][] x,
        int[] edge,
        int[] edgeA,
        int[] edgeB) {
    int size() {
        return a.length;
    }

    int edges() {
        return edgeA.length;
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
