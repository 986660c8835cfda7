package pairwright.ranking;

/** A lower triangular root of a covariance that may be singular, as that of strengths whose mean is 0 is. */
final class SemidefiniteRoot {
    private SemidefiniteRoot() {}

    /** Rows of the root; a direction that has no variance left gives a column of zeros. */
    static double[][] of(double[][] matrix) {
        int n = matrix.length;
        double[][] root = new double[n][n];
        double largest = 0;
        for (int i = 0; i < n; i++) {
            largest = Math.max(largest, matrix[i][i]);
        }
        for (int j = 0; j < n; j++) {
            double pivot = matrix[j][j] - DenseCholesky.dot(root[j], root[j], j);
            if (pivot > 1e-10 * largest) {
                root[j][j] = Math.sqrt(pivot);
                for (int i = j + 1; i < n; i++) {
                    root[i][j] = (matrix[i][j] - DenseCholesky.dot(root[i], root[j], j)) / root[j][j];
                }
            }
        }
        return root;
    }
}
