package pairwright.ranking;

import java.util.Arrays;

/**
 * Preconditioned conjugate gradients (Hestenes and Stiefel 1952) on the Hessian of the strengths and its border. Where the graph of
 * comparisons is sparse, the preconditioner is an incomplete Cholesky factor, which is exact on chains and trees; else the diagonal,
 * since a well-connected graph then needs only a handful of products.
 */
final class ConjugateGradients {
    private static final int SPARSE_DEGREE = 16;

    private final Likelihood at;
    private final int size;
    private final int items;
    private final double[] residual;
    private final double[] direction;
    private final double[] product;
    private final double[] scaled;
    private final IncompleteCholesky incomplete;
    private final Chunks chunks;
    private DenseCholesky corner;

    ConjugateGradients(Likelihood at) {
        this.at = at;
        this.items = at.items;
        this.size = at.parameters();
        chunks = new Chunks(at.cells.edges(), items);
        residual = new double[size];
        direction = new double[size];
        product = new double[size];
        scaled = new double[size];
        incomplete = at.cells.edges() <= SPARSE_DEGREE / 2L * items ? new IncompleteCholesky(at.cells) : null;
    }

    /** Makes ready for the Hessian where the likelihood stands now. */
    void stand() {
        if (incomplete != null) {
            incomplete.factor(at);
        }
        corner = at.border == 0 ? null : DenseCholesky.of(copy(at.corner));
    }

    /** Solves H step = right from 0; returns the number of products. */
    int solve(double[] right, double[] step, double precision) {
        Arrays.fill(step, 0);
        System.arraycopy(right, 0, residual, 0, size);
        balance(residual);
        double goal = precision * precision * DenseCholesky.dot(residual, residual, size);
        precondition();
        System.arraycopy(scaled, 0, direction, 0, size);
        double energy = DenseCholesky.dot(residual, scaled, size);
        int most = 20 * size + 100;
        int products = 0;
        while (products < most && energy > 0) {
            multiply(direction, product);
            products++;
            double curvature = DenseCholesky.dot(direction, product, size);
            if (!(curvature > 0)) {
                break;
            }
            double length = energy / curvature;
            for (int i = 0; i < size; i++) {
                step[i] += length * direction[i];
                residual[i] -= length * product[i];
            }
            balance(residual);
            if (DenseCholesky.dot(residual, residual, size) <= goal) {
                break;
            }
            precondition();
            double next = DenseCholesky.dot(residual, scaled, size);
            double factor = next / energy;
            for (int i = 0; i < size; i++) {
                direction[i] = scaled[i] + factor * direction[i];
            }
            energy = next;
        }
        return products;
    }

    private static double[][] copy(double[][] matrix) {
        double[][] copy = matrix.clone();
        Arrays.setAll(copy, i -> matrix[i].clone());
        return copy;
    }

    /** Without a ridge the residual has no part along the direction that nothing tells; rounding must not bring one in. */
    private void balance(double[] vector) {
        if (at.ridge() > 0) {
            return;
        }
        double sum = 0;
        for (int i = 0; i < items; i++) {
            sum += vector[i];
        }
        double mean = sum / items;
        for (int i = 0; i < items; i++) {
            vector[i] -= mean;
        }
    }

    private void precondition() {
        if (incomplete == null) {
            for (int i = 0; i < items; i++) {
                scaled[i] = residual[i] / at.diagonal[i];
            }
        } else {
            incomplete.solve(residual, scaled);
        }
        if (corner != null) {
            double[] rest = Arrays.copyOfRange(residual, items, size);
            corner.solve(rest);
            System.arraycopy(rest, 0, scaled, items, rest.length);
        }
    }

    private void multiply(double[] in, double[] out) {
        for (int i = 0; i < items; i++) {
            out[i] = at.diagonal[i] * in[i];
        }
        chunks.add(out, (from, to, sums) -> multiplyEdges(from, to, in, sums));
        int border = at.border;
        if (border == 0) {
            return;
        }
        for (int k = 0; k < border; k++) {
            double sum = 0;
            for (int j = 0; j < border; j++) {
                sum += at.corner[k][j] * in[items + j];
            }
            out[items + k] = sum;
        }
        for (int i = 0; i < items; i++) {
            for (int k = 0; k < border; k++) {
                double entry = at.side[i * border + k];
                out[i] += entry * in[items + k];
                out[items + k] += entry * in[i];
            }
        }
    }

    private void multiplyEdges(int from, int to, double[] in, double[] out) {
        int[] a = at.cells.edgeA();
        int[] b = at.cells.edgeB();
        double[] weight = at.weight;
        for (int edge = from; edge < to; ) {
            int first = a[edge];
            double value = in[first];
            double sum = 0;
            for (; edge < to && a[edge] == first; edge++) {
                int second = b[edge];
                double w = weight[edge];
                sum += w * in[second];
                out[second] -= w * value;
            }
            out[first] -= sum;
        }
    }
}
