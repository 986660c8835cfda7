package pairwright.ranking;

/** The Cholesky factor of a symmetric positive definite matrix, in plain rows. */
final class DenseCholesky {
    private final double[][] rows;

    private DenseCholesky(double[][] rows) {
        this.rows = rows;
    }

    /**
     * Factors a matrix in its own place.
     *
     * @param matrix its lower triangle is read and written over
     * @throws NotDefinite where a pivot is not above 0
     */
    static DenseCholesky of(double[][] matrix) {
        int n = matrix.length;
        for (int i = 0; i < n; i++) {
            double[] row = matrix[i];
            double before = row[i];
            for (int j = 0; j < i; j++) {
                row[j] = (row[j] - dot(row, matrix[j], j)) / matrix[j][j];
            }
            double pivot = row[i] - dot(row, row, i);
            if (!(pivot > 1e-13 * Math.abs(before))) {
                throw new NotDefinite(i);
            }
            row[i] = Math.sqrt(pivot);
        }
        return new DenseCholesky(matrix);
    }

    /** Four sums, so that the processor need not wait for one. */
    static double dot(double[] a, double[] b, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < n; i += 4) {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
        }
        for (; i < n; i++) {
            s0 += a[i] * b[i];
        }
        return s0 + s1 + (s2 + s3);
    }

    /** Solves in the place of the right side. */
    void solve(double[] right) {
        int n = rows.length;
        for (int i = 0; i < n; i++) {
            right[i] = (right[i] - dot(rows[i], right, i)) / rows[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            right[i] /= rows[i][i];
            double value = right[i];
            double[] row = rows[i];
            for (int j = 0; j < i; j++) {
                right[j] -= row[j] * value;
            }
        }
    }

    /** The inverse of the matrix that was factored. */
    double[][] inverse() {
        int n = rows.length;
        // Row j of u is column j of the inverse of the factor, from its diagonal on.
        double[][] u = new double[n][n];
        for (int j = 0; j < n; j++) {
            u[j][j] = 1 / rows[j][j];
            for (int i = j + 1; i < n; i++) {
                double sum = 0;
                double[] row = rows[i];
                double[] column = u[j];
                for (int k = j; k < i; k++) {
                    sum += row[k] * column[k];
                }
                column[i] = -sum / row[i];
            }
        }
        double[][] inverse = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int k = i; k < n; k++) {
                    sum += u[i][k] * u[j][k];
                }
                inverse[i][j] = sum;
                inverse[j][i] = sum;
            }
        }
        return inverse;
    }

    /** A matrix that is not positive definite: its parameters are not told apart by the data. */
    static final class NotDefinite extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final int row;

        NotDefinite(int row) {
            super("the matrix is not positive definite at row " + row);
            this.row = row;
        }

        int row() {
            return row;
        }
    }
}
