package pairwright.reward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.GradientCollector;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import pairwright.jsonl.BadInput;

/**
 * A network's parameters and Adam's moments on PyTorch through DJL, in float32. All parameters are one array, so that the norm of the gradient is one
 * over all of them, and a step of the optimiser is a dozen operations whatever the layers are.
 */
final class MlpDevice implements AutoCloseable {
    private static final double FIRST_MOMENT = .9;
    private static final double SECOND_MOMENT = .999;
    private static final double EPSILON = 1e-8;

    /** What a step saw. */
    record Step(double loss, double gradientNorm) {}

    private final Torch torch;
    private final NDManager manager;
    private final MlpNetwork network;
    private final LossSettings loss;
    private final NDArray parameters;
    private final NDArray first;
    private final NDArray second;
    private final NDArray decayed;
    private final int batch;
    private final ByteBuffer transfer;
    private final float[] row;

    /** @param network how columns are standardised, and the shape; its parameters are not read */
    MlpDevice(Torch torch, MlpNetwork network, LossSettings loss, int batch) {
        this.torch = torch;
        this.network = network;
        this.loss = loss;
        this.batch = batch;
        manager = torch.manager();
        Shape all = new Shape(network.shape().parameters());
        parameters = manager.zeros(all);
        first = manager.zeros(all);
        second = manager.zeros(all);
        decayed = manager.create(mask(network.shape()));
        row = new float[network.shape().inputs()];
        // Kept for all steps: direct memory is given back only when garbage is collected.
        transfer =
                ByteBuffer.allocateDirect(2 * batch * row.length * Float.BYTES).order(ByteOrder.nativeOrder());
    }

    private static float[] mask(MlpNetwork.Shape shape) {
        float[] mask = new float[shape.parameters()];
        Arrays.fill(mask, 1);
        int biases = shape.hidden() * shape.inputs();
        Arrays.fill(mask, biases, biases + shape.hidden(), 0);
        return mask;
    }

    void set(MlpState state) {
        set(parameters, state.parameters());
        set(first, state.first());
        set(second, state.second());
    }

    /** In place, by arithmetic: DJL's own {@code set} makes PyTorch warn on standard error. */
    private void set(NDArray array, float[] values) {
        try (NDArray wanted = manager.create(values)) {
            array.muli(0f).addi(wanted);
        }
    }

    MlpState state() {
        return new MlpState(parameters.toFloatArray(), first.toFloatArray(), second.toFloatArray());
    }

    /**
     * One step down the mean loss of some pairs, which go through the network batch by batch.
     *
     * @param order the pairs of the step are {@code order[from]} to {@code order[to - 1]}
     * @param number of the step, from 1
     * @throws BadInput if the loss is no number any more
     */
    Step step(MlpPairs pairs, int[] order, int from, int to, int number, double rate, double decay, double clip) {
        double total = 0;
        for (int k = from; k < to; k++) {
            total += pairs.weight()[order[k]];
        }
        try (NDManager here = manager.newSubManager();
                GradientCollector gradients = torch.gradients()) {
            NDArray leaf = parameters.duplicate();
            leaf.attach(here);
            leaf.setRequiresGradient(true);
            double sum = 0;
            for (int at = from; at < to; at += batch) {
                int end = Math.min(to, at + batch);
                try (NDManager part = here.newSubManager()) {
                    NDArray value = batchLoss(part, leaf, pairs, order, at, end).div((float) total);
                    value.attach(part);
                    gradients.backward(value);
                    sum += value.getFloat();
                }
            }
            NDArray gradient = leaf.getGradient();
            gradient.attach(here);
            double norm = Math.sqrt(gradient.square().sum().getFloat());
            if (!Double.isFinite(sum) || !Double.isFinite(norm)) {
                throw new BadInput("the training left the numbers at step " + number + ": loss " + sum
                        + ", gradient norm " + norm + "; take a smaller learning rate");
            }
            adam(gradient, Math.min(1, clip / Math.max(norm, Double.MIN_NORMAL)), number, rate, decay);
            return new Step(sum, norm);
        }
    }

    /** Sum of weight times loss. */
    private NDArray batchLoss(NDManager part, NDArray leaf, MlpPairs pairs, int[] order, int from, int to) {
        int n = to - from;
        float[] z = new float[n];
        float[] weight = new float[n];
        for (int k = 0; k < n; k++) {
            z[k] = (float) pairs.z()[order[from + k]];
            weight[k] = (float) pairs.weight()[order[from + k]];
        }
        NDList rewards =
                rewards(leaf, columns(part, pairs, k -> order[from + k], n)).split(2);
        NDArray a = rewards.get(0);
        NDArray b = rewards.get(1);
        NDArray labels = part.create(z);
        NDArray weights = part.create(weight);
        NDArray others = labels.mul(-1).add(1);
        NDArray d = a.sub(b);
        NDArray each;
        if (loss.noiseRate() > 0) {
            double kept = 1 - 2 * loss.noiseRate();
            NDArray sure = Activation.sigmoid(d).mul((float) kept).add((float) loss.noiseRate());
            NDArray other = Activation.sigmoid(d.neg()).mul((float) kept).add((float) loss.noiseRate());
            each = labels.mul(sure.log()).add(others.mul(other.log())).neg();
        } else {
            each = labels.mul(Activation.softPlus(d.neg().add((float) loss.margin())))
                    .add(others.mul(Activation.softPlus(d.add((float) loss.margin()))));
        }
        if (loss.centring() > 0) {
            each = each.add(a.add(b).square().mul((float) loss.centring()));
        }
        return each.mul(weights).sum();
    }

    private NDArray rewards(NDArray all, NDArray columns) {
        int inputs = row.length;
        int hidden = network.shape().hidden();
        long biases = (long) hidden * inputs;
        NDArray weight = slice(all, 0, biases).reshape(hidden, inputs);
        NDArray bias = slice(all, biases, biases + hidden);
        NDArray output = slice(all, biases + hidden, biases + 2L * hidden);
        NDArray units = Activation.relu(columns.matMul(weight.transpose()).add(bias));
        return units.matMul(output.reshape(hidden, 1)).reshape(-1);
    }

    private static NDArray slice(NDArray all, long from, long to) {
        return all.get(new NDIndex().addSliceDim(from, to));
    }

    /** Kingma and Ba (2015), the decay apart from the gradient. Whatever is not in place lies with the gradient and goes with it. */
    private void adam(NDArray gradient, double shortened, int number, double rate, double decay) {
        NDManager here = gradient.getManager();
        gradient.muli((float) shortened);
        first.muli((float) FIRST_MOMENT).addi(gradient.mul((float) (1 - FIRST_MOMENT)));
        second.muli((float) SECOND_MOMENT).addi(gradient.square().mul((float) (1 - SECOND_MOMENT)));
        NDArray size = second.div((float) (1 - Math.pow(SECOND_MOMENT, number)));
        size.attach(here);
        NDArray direction = first.div(size.sqrt().add((float) EPSILON));
        direction.attach(here);
        direction.muli((float) (rate / (1 - Math.pow(FIRST_MOMENT, number))));
        NDArray kept = decayed.mul((float) (-rate * decay));
        kept.attach(here);
        parameters.muli(kept.add(1)).subi(direction);
    }

    /** r(first) - r(second) of each pair. */
    double[] differences(MlpPairs pairs) {
        double[] differences = new double[pairs.size()];
        for (int from = 0; from < differences.length; from += batch) {
            int n = Math.min(batch, differences.length - from);
            int start = from;
            try (NDManager part = manager.newSubManager()) {
                NDArray still = parameters.duplicate();
                still.attach(part);
                float[] rewards =
                        rewards(still, columns(part, pairs, k -> start + k, n)).toFloatArray();
                for (int k = 0; k < n; k++) {
                    differences[from + k] = (double) rewards[k] - rewards[n + k];
                }
            }
        }
        return differences;
    }

    /** The first responses of some pairs, then the second ones. */
    private NDArray columns(NDManager part, MlpPairs pairs, IntUnaryOperator pair, int n) {
        transfer.clear();
        FloatBuffer numbers = transfer.asFloatBuffer();
        for (int k = 0; k < n; k++) {
            network.standardise(pairs.first().get(pair.applyAsInt(k)), row, 0);
            numbers.put(row);
        }
        for (int k = 0; k < n; k++) {
            network.standardise(pairs.second().get(pair.applyAsInt(k)), row, 0);
            numbers.put(row);
        }
        transfer.limit(2 * n * row.length * Float.BYTES);
        // On the CPU the array looks into the buffer itself, which is not written before this batch is done.
        return part.create(transfer, new Shape(2L * n, row.length), DataType.FLOAT32);
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
