package pairwright.reward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The Bradley-Terry loss of soft preferences and its gradient, computed by DJL in float64. With texts' features Phi and the
 * matrix P that has +1 at a pair's first text and -1 at its second, d = P Phi w and
 *
 * <pre>
 * loss(w) = sum of weight (-z log sigma(d) - (1 - z) log sigma(-d)) + l2/2 |w|^2
 * gradient = Phi' P' (weight (sigma(d) - z)) + l2 w
 * </pre>
 *
 * so a text that stands in many pairs is read once. The logarithm is taken as max(d, 0) - z d + log(1 + exp(-|d|)),
 * which neither overflows nor loses its small values.
 */
final class PairwiseLoss implements AutoCloseable {
    private final NDManager manager;
    private final PaddedRows texts;
    private final PaddedRows textsTurned;
    private final PaddedRows pairs;
    private final PaddedRows pairsTurned;
    private final NDArray z;
    private final ByteBuffer transfer;

    /**
     * @param features one row a text
     * @param pairs one row a pair
     */
    PairwiseLoss(Torch torch, SparseRows features, SparseRows pairs, double[] z) {
        manager = torch.manager();
        texts = new PaddedRows(manager, features);
        textsTurned = new PaddedRows(manager, features.transposed());
        this.pairs = new PaddedRows(manager, pairs);
        pairsTurned = new PaddedRows(manager, pairs.transposed());
        this.z = manager.create(z);
        // Kept for all steps: direct memory is given back only when garbage is collected.
        transfer = ByteBuffer.allocateDirect(features.width() * Double.BYTES).order(ByteOrder.nativeOrder());
    }

    /** The loss as a function of w; {@code weight} gives each pair's share, zero for one that is left out. */
    Objective penalised(double[] weight, double l2) {
        NDArray share = manager.create(weight);
        return (point, gradient) -> {
            double squares = 0;
            for (double w : point) {
                squares += w * w;
            }
            try (NDManager step = manager.newSubManager()) {
                NDArray d = differences(step, point);
                NDArray loss = d.maximum(0)
                        .sub(d.mul(z))
                        .add(d.abs().neg().exp().add(1).log())
                        .mul(share)
                        .sum();
                NDArray residual = Activation.sigmoid(d).sub(z).mul(share);
                double[] data = textsTurned
                        .times(step, pairsTurned.times(step, residual))
                        .toDoubleArray();
                for (int i = 0; i < gradient.length; i++) {
                    gradient[i] = data[i] + l2 * point[i];
                }
                return loss.getDouble() + l2 / 2 * squares;
            }
        };
    }

    /** d of every pair at {@code point}. */
    double[] differences(double[] point) {
        try (NDManager step = manager.newSubManager()) {
            return differences(step, point).toDoubleArray();
        }
    }

    private NDArray differences(NDManager step, double[] point) {
        transfer.clear();
        transfer.asDoubleBuffer().put(point);
        // On the CPU the array looks into the buffer itself, which is not written before this step is closed.
        NDArray weights = step.create(transfer, new Shape(point.length), DataType.FLOAT64);
        return pairs.times(step, texts.times(step, weights));
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
