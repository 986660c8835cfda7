package pairwright.reward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The products on PyTorch through DJL, in float64, in large sparse batches: see {@link PaddedRows}. */
final class TorchProduct implements TextProduct {
    private final NDManager manager;
    private final PaddedRows rows;
    private final PaddedRows columns;
    private final int height;
    private final int width;
    private final ByteBuffer transfer;

    TorchProduct(Torch torch, SparseRows features) {
        manager = torch.manager();
        height = features.rows();
        width = features.width();
        rows = new PaddedRows(manager, features);
        columns = new PaddedRows(manager, features.transposed());
        // Kept for all steps: direct memory is given back only when garbage is collected.
        transfer = ByteBuffer.allocateDirect(Math.max(width, height) * Double.BYTES)
                .order(ByteOrder.nativeOrder());
    }

    @Override
    public double[] times(double[] weights) {
        return product(rows, weights);
    }

    @Override
    public double[] transposedTimes(double[] pull) {
        return product(columns, pull);
    }

    private double[] product(PaddedRows matrix, double[] vector) {
        transfer.clear();
        transfer.asDoubleBuffer().put(vector);
        try (NDManager step = manager.newSubManager()) {
            // On the CPU the array looks into the buffer itself, which is not written before this step is closed.
            NDArray there = step.create(transfer, new Shape(vector.length), DataType.FLOAT64);
            return matrix.times(step, there).toDoubleArray();
        }
    }

    @Override
    public int texts() {
        return height;
    }

    @Override
    public int columns() {
        return width;
    }

    /** Arrays that live as long as this does; a step leaves none behind. */
    int arraysHeld() {
        return manager.getManagedArrays().size();
    }

    @Override
    public void close() {
        manager.close();
    }
}
