package pairwright.reward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * An imported encoder that is trained on, with a linear head over the mean of the tokens' vectors. One row of parameters holds the module's, in its order, and then
 * the head's over {@value #HEAD}: Adam moves each parameter at one rate, and a head that begins from nothing must go faster than an encoder that need only be mended.
 */
final class TunedOnDevice implements DeviceNetwork, AutoCloseable {
    private static final int HEAD = 100;

    private final TorchScript module;
    private final NDList own;
    private final float[] start;
    private final List<TextTokens> texts;
    private final int maxTokens;
    private final int width;
    private final String digest;

    TunedOnDevice(TextEncoder encoder, List<TextTokens> texts) {
        this.module = encoder.trainable();
        this.own = module.parameters();
        this.texts = texts;
        this.maxTokens = encoder.maxTokens();
        this.width = encoder.embeddingWidth();
        this.digest = encoder.digest();
        start = new float[Math.toIntExact(own.stream().mapToLong(NDArray::size).sum()) + width];
        int at = 0;
        for (NDArray array : own) {
            float[] values;
            try (NDArray row = array.reshape(-1)) {
                values = Torch.read(row);
            }
            System.arraycopy(values, 0, start, at, values.length);
            at += values.length;
        }
    }

    @Override
    public int parameters() {
        return start.length;
    }

    /** The encoder as it was imported, and a head by chance. */
    @Override
    public float[] start(long seed) {
        Random random = new Random(seed);
        float[] parameters = start.clone();
        for (int k = head(); k < parameters.length; k++) {
            parameters[k] = (float) (random.nextGaussian() / Math.sqrt(width) / HEAD);
        }
        return parameters;
    }

    private int head() {
        return start.length - width;
    }

    /** Matrices decay; biases, norms and the head do not. */
    @Override
    public float[] decayed() {
        float[] decayed = new float[start.length];
        int at = 0;
        for (NDArray array : own) {
            int size = Math.toIntExact(array.size());
            Arrays.fill(decayed, at, at + size, array.getShape().dimension() > 1 ? 1 : 0);
            at += size;
        }
        return decayed;
    }

    @Override
    public float[] dividedBy(float[] parameters, double temperature) {
        float[] divided = parameters.clone();
        for (int k = head(); k < divided.length; k++) {
            divided[k] = (float) (divided[k] / temperature);
        }
        return divided;
    }

    @Override
    public int length(int text) {
        return EncoderInput.padded(texts.get(text).ids().length, maxTokens);
    }

    @Override
    public int hash(int text) {
        return 31 * Arrays.hashCode(texts.get(text).ids()) + digest.hashCode();
    }

    @Override
    public void take(NDArray parameters) {
        long at = 0;
        for (NDArray array : own) {
            try (NDArray values = slice(parameters, at, at + array.size());
                    NDArray shaped = values.reshape(array.getShape())) {
                array.muli(0f).addi(shaped);
            }
            at += array.size();
        }
    }

    @Override
    public NDArray rewards(NDManager part, NDArray parameters, int[] chosen, boolean training) {
        NDArray means =
                module.means(part, Arrays.stream(chosen).mapToObj(texts::get).toList(), maxTokens, training);
        NDArray head = slice(parameters, head(), start.length);
        return means.matMul(head.mul(Torch.number(means, HEAD)).reshape(width, 1))
                .reshape(chosen.length);
    }

    /** The module's parameters add up what the passes of a step give them, and are emptied here. */
    @Override
    public NDArray gradient(NDArray parameters) {
        NDManager here = parameters.getManager();
        NDList rows = new NDList();
        for (NDArray array : own) {
            NDArray gradient = array.getGradient();
            gradient.attach(here);
            rows.add(gradient.flatten());
            rows.get(rows.size() - 1).attach(here);
        }
        NDArray head = parameters.getGradient();
        head.attach(here);
        rows.add(slice(head, head(), start.length));
        NDArray all = NDArrays.concat(rows);
        for (NDArray array : own) {
            try (NDArray gradient = array.getGradient()) {
                gradient.muli(0f);
            }
        }
        return all;
    }

    private static NDArray slice(NDArray all, long from, long to) {
        return all.get(new NDIndex().addSliceDim(from, to));
    }

    /** The module under some parameters, as TorchScript. */
    byte[] torchScript(float[] parameters) {
        try (NDManager here = module.torch().manager();
                NDArray row = here.zeros(new Shape(parameters.length))) {
            Torch.write(parameters, row);
            take(row);
        }
        return module.bytes();
    }

    /** What embeddings are multiplied with. */
    float[] head(float[] parameters) {
        float[] head = Arrays.copyOfRange(parameters, head(), parameters.length);
        for (int k = 0; k < head.length; k++) {
            head[k] *= HEAD;
        }
        return head;
    }

    @Override
    public void close() {
        module.close();
    }
}
