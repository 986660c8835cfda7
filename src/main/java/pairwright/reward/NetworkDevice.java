package pairwright.reward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.stream.IntStream;
import pairwright.jsonl.BadInput;

/**
 * A network's parameters and Adam's moments on PyTorch through DJL, in float32. All parameters are one array, so that the norm of the gradient is one
 * over all of them, and a step of the optimiser is a dozen operations whatever the layers are.
 */
final class NetworkDevice implements AutoCloseable {
    private static final double FIRST_MOMENT = .9;
    private static final double SECOND_MOMENT = .999;
    private static final double EPSILON = 1e-8;

    /** What a step saw. */
    record Step(double loss, double gradientNorm) {}

    private final Torch torch;
    private final NDManager manager;
    private final DeviceNetwork network;
    private final LossSettings loss;
    private final NDArray parameters;
    private final NDArray first;
    private final NDArray second;
    private final NDArray decayed;
    private final int batch;
    private final long seed;

    /**
     * On a device.
     *
     * @param batch pairs of one pass
     * @param seed of what a training leaves to chance
     */
    NetworkDevice(Torch torch, DeviceNetwork network, LossSettings loss, int batch, long seed) {
        this.torch = torch;
        this.network = network;
        this.loss = loss;
        this.batch = batch;
        this.seed = seed;
        manager = torch.manager();
        Shape all = new Shape(network.parameters());
        parameters = manager.zeros(all);
        first = manager.zeros(all);
        second = manager.zeros(all);
        decayed = manager.zeros(all);
        Torch.write(network.decayed(), decayed);
    }

    void set(NetworkState state) {
        Torch.write(state.parameters(), parameters);
        Torch.write(state.first(), first);
        Torch.write(state.second(), second);
    }

    NetworkState state() {
        return new NetworkState(Torch.read(parameters), Torch.read(first), Torch.read(second));
    }

    /**
     * One step down the mean loss of some pairs, which go through the network batch by batch.
     *
     * @param order the pairs of the step are {@code order[from]} to {@code order[to - 1]}
     * @param number of the step, from 1
     * @throws BadInput if the loss is no number any more
     */
    Step step(NetworkPairs pairs, int[] order, int from, int to, int number, double rate, double decay, double clip) {
        double total = 0;
        for (int k = from; k < to; k++) {
            total += pairs.weight()[order[k]];
        }
        try (NDManager here = manager.newSubManager()) {
            NDArray leaf = parameters.duplicate();
            leaf.attach(here);
            network.take(leaf);
            leaf.setRequiresGradient(true);
            double sum = 0;
            try (GradientCollector gradients = torch.gradients()) {
                for (int at = from; at < to; at += batch) {
                    int end = Math.min(to, at + batch);
                    try (NDManager part = here.newSubManager()) {
                        // What a step leaves out hangs on its number, so that a resumed training is the same.
                        torch.seed(TextHash.mixed(seed * 1_000_003 + number) + at);
                        NDArray value = batchLoss(part, leaf, pairs, order, at, end);
                        value = value.div(Torch.number(value, total));
                        value.attach(part);
                        gradients.backward(value);
                        sum += value.getFloat();
                    }
                }
            }
            NDArray gradient = network.gradient(leaf);
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
    private NDArray batchLoss(NDManager part, NDArray leaf, NetworkPairs pairs, int[] order, int from, int to) {
        int n = to - from;
        float[] z = new float[n];
        float[] other = new float[n];
        float[] weight = new float[n];
        for (int k = 0; k < n; k++) {
            z[k] = (float) pairs.z()[order[from + k]];
            other[k] = 1 - z[k];
            weight[k] = (float) pairs.weight()[order[from + k]];
        }
        NDList rewards =
                network.rewards(part, leaf, texts(pairs, order, from, to), true).split(2);
        NDArray a = rewards.get(0);
        NDArray b = rewards.get(1);
        NDArray labels = part.create(z);
        NDArray weights = part.create(weight);
        NDArray others = part.create(other);
        NDArray d = a.sub(b);
        NDArray each;
        if (loss.noiseRate() > 0) {
            double kept = 1 - 2 * loss.noiseRate();
            NDArray factor = Torch.number(d, kept);
            NDArray sure = Activation.sigmoid(d).mul(factor).add((float) loss.noiseRate());
            NDArray not = Activation.sigmoid(d.neg()).mul(factor).add((float) loss.noiseRate());
            each = labels.mul(sure.log()).add(others.mul(not.log())).neg();
        } else {
            each = labels.mul(Activation.softPlus(d.neg().add((float) loss.margin())))
                    .add(others.mul(Activation.softPlus(d.add((float) loss.margin()))));
        }
        if (loss.centring() > 0) {
            NDArray square = a.add(b).square();
            each = each.add(square.mul(Torch.number(square, loss.centring())));
        }
        return each.mul(weights).sum();
    }

    /** The first responses of some pairs, then the second ones. */
    private static int[] texts(NetworkPairs pairs, int[] order, int from, int to) {
        int n = to - from;
        int[] texts = new int[2 * n];
        for (int k = 0; k < n; k++) {
            texts[k] = pairs.first()[order[from + k]];
            texts[n + k] = pairs.second()[order[from + k]];
        }
        return texts;
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
    double[] differences(NetworkPairs pairs) {
        int[] texts = IntStream.concat(Arrays.stream(pairs.first()), Arrays.stream(pairs.second()))
                .distinct()
                .sorted()
                .toArray();
        double[] rewards = rewards(texts);
        double[] differences = new double[pairs.size()];
        for (int k = 0; k < differences.length; k++) {
            differences[k] = rewards[Arrays.binarySearch(texts, pairs.first()[k])]
                    - rewards[Arrays.binarySearch(texts, pairs.second()[k])];
        }
        return differences;
    }

    /** Of some texts, batch by batch; those of one length together. */
    double[] rewards(int[] texts) {
        double[] rewards = new double[texts.length];
        try (NDManager here = manager.newSubManager()) {
            NDArray still = parameters.duplicate();
            still.attach(here);
            network.take(still);
            LengthBatches.each(
                    LengthBatches.of(texts.length, k -> network.length(texts[k]), 2 * batch),
                    !torch.isGpu() && network.isSafeForThreads(),
                    chosen -> {
                        try (NDManager part = here.newSubManager()) {
                            float[] some = network.rewards(
                                            part,
                                            still,
                                            Arrays.stream(chosen)
                                                    .map(k -> texts[k])
                                                    .toArray(),
                                            false)
                                    .toFloatArray();
                            for (int k = 0; k < chosen.length; k++) {
                                rewards[chosen[k]] = some[k];
                            }
                        }
                    });
        }
        return rewards;
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
