package pairwright.reward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A sparse float64 matrix on a device, as slices of padded rows (the sliced ELLPACK format). Its product with a vector is a
 * gather, a product and a sum along rows. On the CPU that is about seven times as fast as DJL's COO format, and the
 * order of the additions is fixed, on a GPU too.
 *
 * <p>The arrays belong to the manager given and are closed with it.
 */
final class PaddedRows {
    /** Rows of one slice are of similar length: padding makes them longer by this factor at most. */
    private static final double WORST_PADDING = 1.25;

    /** Entries of one slice at most, padding included, unless one row alone has more. */
    private static final int LARGEST_SLICE = 1 << 16;

    private record Slice(NDArray columns, NDArray values) {}

    private final List<Slice> slices = new ArrayList<>();
    private final NDArray place;

    /** Loads {@code matrix} onto the manager's device. */
    PaddedRows(NDManager manager, SparseRows matrix) {
        int rows = matrix.rows();
        int[] order = IntStream.range(0, rows)
                .boxed()
                .sorted((a, b) -> Integer.compare(matrix.length(b), matrix.length(a)))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int from = 0; from < rows; ) {
            int width = Math.max(1, matrix.length(order[from]));
            int to = from + 1;
            while (to < rows
                    && width <= WORST_PADDING * Math.max(1, matrix.length(order[to]))
                    && (long) (to + 1 - from) * width <= LARGEST_SLICE) {
                to++;
            }
            slices.add(slice(manager, matrix, order, from, to, width));
            from = to;
        }
        long[] inverse = new long[rows];
        for (int k = 0; k < rows; k++) {
            inverse[order[k]] = k;
        }
        place = manager.create(inverse);
    }

    private static Slice slice(NDManager manager, SparseRows matrix, int[] order, int from, int to, int width) {
        long[] columns = new long[(to - from) * width];
        double[] values = new double[columns.length];
        for (int k = from; k < to; k++) {
            int at = (k - from) * width;
            int start = matrix.start(order[k]);
            for (int j = 0; j < matrix.length(order[k]); j++) {
                columns[at + j] = matrix.column(start + j);
                values[at + j] = matrix.value(start + j);
            }
        }
        Shape shape = new Shape(to - from, width);
        return new Slice(manager.create(columns, shape), manager.create(values, shape));
    }

    /** The product with a vector; the result lives in {@code manager}. */
    NDArray times(NDManager manager, NDArray vector) {
        NDList parts = new NDList(slices.size());
        for (Slice slice : slices) {
            try (NDArray taken = vector.take(manager, slice.columns)) {
                parts.add(taken.muli(slice.values).sum(new int[] {1}));
            }
        }
        NDArray joined = parts.size() == 1 ? parts.get(0) : NDArrays.concat(parts);
        return joined.take(manager, place);
    }
}
