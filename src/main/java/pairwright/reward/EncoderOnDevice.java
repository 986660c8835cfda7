package pairwright.reward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;

/** An encoder that is trained, over texts as tokens. */
final class EncoderOnDevice implements DeviceNetwork {
    private final EncoderShape shape;
    private final EncoderLayers layers;
    private final List<EncoderInput> texts;
    private final double dropout;

    EncoderOnDevice(EncoderShape shape, List<EncoderInput> texts, double dropout) {
        this.shape = shape;
        this.layers = new EncoderLayers(shape);
        this.texts = texts;
        this.dropout = dropout;
    }

    @Override
    public int parameters() {
        return shape.parameters();
    }

    @Override
    public float[] start(long seed) {
        return shape.start(seed);
    }

    @Override
    public float[] decayed() {
        return shape.decayed();
    }

    @Override
    public float[] dividedBy(float[] parameters, double temperature) {
        return shape.dividedBy(parameters, temperature);
    }

    @Override
    public int length(int text) {
        return texts.get(text).padded(shape.maxTokens());
    }

    @Override
    public int hash(int text) {
        return 31 * Arrays.hashCode(texts.get(text).ids()) + texts.get(text).second();
    }

    @Override
    public boolean isSafeForThreads() {
        return true;
    }

    @Override
    public NDArray rewards(NDManager part, NDArray parameters, int[] chosen, boolean training) {
        NDList views = layers.views(parameters);
        views.attach(part);
        return layers.rewards(
                part, views, Arrays.stream(chosen).mapToObj(texts::get).toList(), training ? (float) dropout : 0);
    }
}
