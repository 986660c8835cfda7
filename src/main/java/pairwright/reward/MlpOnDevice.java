package pairwright.reward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import pairwright.jsonl.BadInput;

/** {@link MlpNetwork} on PyTorch, over texts in dense columns. */
final class MlpOnDevice implements DeviceNetwork {
    private final MlpNetwork network;
    private final List<SparseVector> texts;
    private final float[] row;
    private ByteBuffer transfer = ByteBuffer.allocateDirect(0);

    /** @param network how columns are standardised, and the shape; its parameters are not read */
    MlpOnDevice(MlpNetwork network, List<SparseVector> texts) {
        this.network = network;
        this.texts = texts;
        row = new float[network.shape().inputs()];
    }

    /** An untrained network that standardises by the mean and deviation of each column over the training's texts; a column that never varies is left as it is. */
    static MlpNetwork standardised(MlpSettings mlp, List<SparseVector> texts, List<PairTable.Entry> training) {
        int[] used = training.stream()
                .flatMapToInt(entry -> IntStream.of(entry.first(), entry.second()))
                .distinct()
                .toArray();
        int inputs = texts.get(used[0]).values().length;
        double[] sum = new double[inputs];
        double[] squares = new double[inputs];
        for (int text : used) {
            float[] values = texts.get(text).values();
            if (values.length != inputs) {
                throw new BadInput("embedding " + mlp.embeddings().orElse("") + " has " + values.length
                        + " numbers, must have " + inputs + ", as the first one has");
            }
            for (int k = 0; k < inputs; k++) {
                sum[k] += values[k];
            }
        }
        for (int text : used) {
            float[] values = texts.get(text).values();
            for (int k = 0; k < inputs; k++) {
                squares[k] += Math.pow(values[k] - sum[k] / used.length, 2);
            }
        }
        float[] mean = new float[inputs];
        float[] scale = new float[inputs];
        for (int k = 0; k < inputs; k++) {
            mean[k] = (float) (sum[k] / used.length);
            float deviation = (float) Math.sqrt(squares[k] / used.length);
            scale[k] = deviation > 0 ? deviation : 1;
        }
        MlpNetwork.Shape shape = new MlpNetwork.Shape(
                mlp.embeddings(), mlp.encoder().map(MlpSettings.EncoderChoice::maxTokens), inputs, mlp.hidden());
        return new MlpNetwork(shape, mean, scale, new float[shape.parameters()]);
    }

    @Override
    public int parameters() {
        return network.shape().parameters();
    }

    @Override
    public float[] start(long seed) {
        return MlpNetwork.start(network.shape(), seed);
    }

    @Override
    public float[] decayed() {
        MlpNetwork.Shape shape = network.shape();
        float[] decayed = new float[shape.parameters()];
        Arrays.fill(decayed, 1);
        int biases = shape.hidden() * shape.inputs();
        Arrays.fill(decayed, biases, biases + shape.hidden(), 0);
        return decayed;
    }

    @Override
    public float[] dividedBy(float[] parameters, double temperature) {
        return network(parameters).dividedBy(temperature).parameters();
    }

    MlpNetwork network(float[] parameters) {
        return new MlpNetwork(network.shape(), network.mean(), network.scale(), parameters);
    }

    @Override
    public int length(int text) {
        return row.length;
    }

    @Override
    public int hash(int text) {
        return Arrays.hashCode(texts.get(text).values());
    }

    @Override
    public NDArray rewards(NDManager part, NDArray parameters, int[] chosen, boolean training) {
        int inputs = row.length;
        int hidden = network.shape().hidden();
        long biases = (long) hidden * inputs;
        NDArray weight = slice(parameters, 0, biases).reshape(hidden, inputs);
        NDArray bias = slice(parameters, biases, biases + hidden);
        NDArray output = slice(parameters, biases + hidden, biases + 2L * hidden);
        NDArray units =
                Activation.relu(columns(part, chosen).matMul(weight.transpose()).add(bias));
        return units.matMul(output.reshape(hidden, 1)).reshape(-1);
    }

    private static NDArray slice(NDArray all, long from, long to) {
        return all.get(new NDIndex().addSliceDim(from, to));
    }

    private NDArray columns(NDManager part, int[] chosen) {
        int bytes = Math.multiplyExact(chosen.length, row.length * Float.BYTES);
        if (transfer.capacity() < bytes) {
            // Kept for all steps: direct memory is given back only when garbage is collected.
            transfer = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
        }
        transfer.clear();
        FloatBuffer numbers = transfer.asFloatBuffer();
        for (int text : chosen) {
            network.standardise(texts.get(text), row, 0);
            numbers.put(row);
        }
        transfer.limit(bytes);
        // On the CPU the array looks into the buffer itself, which is not written before this batch is done.
        return part.create(transfer, new Shape(chosen.length, row.length), DataType.FLOAT32);
    }
}
