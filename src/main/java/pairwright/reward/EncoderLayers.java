package pairwright.reward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.norm.LayerNorm;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** {@link EncoderShape} computed on PyTorch. */
final class EncoderLayers {
    private static final float EPSILON = 1e-5f;
    /** So little that nothing of it is left behind the softmax. */
    private static final float NEVER = -1e9f;

    private final EncoderShape shape;
    private final List<List<Long>> tensors;
    private final long[] ends;

    EncoderLayers(EncoderShape shape) {
        this.shape = shape;
        tensors = List.copyOf(shape.tensors().values());
        ends = new long[tensors.size() - 1];
        for (int k = 0; k < ends.length; k++) {
            ends[k] = (k == 0 ? 0 : ends[k - 1]) + EncoderShape.size(tensors.get(k));
        }
    }

    /** Views of the tensors in one row of parameters. */
    NDList views(NDArray parameters) {
        NDList views = new NDList();
        NDList parts = parameters.split(ends);
        for (int k = 0; k < tensors.size(); k++) {
            views.add(parts.get(k)
                    .reshape(tensors.get(k).stream().mapToLong(n -> n).toArray()));
        }
        parts.attach(parameters.getManager());
        return views;
    }

    /**
     * Rewards, float32 of shape (inputs).
     *
     * @param dropout share of the units left out, 0 outside of training
     */
    NDArray rewards(NDManager part, NDList views, List<EncoderInput> inputs, float dropout) {
        Deque<NDArray> weights = new ArrayDeque<>(views);
        int n = inputs.size();
        int length = inputs.stream()
                .mapToInt(input -> input.padded(shape.maxTokens()))
                .max()
                .orElseThrow();
        long[] ids = new long[n * length];
        long[] parts = new long[n * length];
        float[] share = new float[n * length];
        float[] hidden = new float[n * length];
        boolean padded = false;
        for (int k = 0; k < n; k++) {
            EncoderInput input = inputs.get(k);
            int own = input.ids().length;
            for (int t = 0; t < own; t++) {
                ids[k * length + t] = input.ids()[t];
            }
            Arrays.fill(parts, k * length + input.second(), k * length + own, 1);
            Arrays.fill(share, k * length, k * length + own, 1f / own);
            Arrays.fill(hidden, k * length + own, (k + 1) * length, NEVER);
            padded |= own < length;
        }
        NDArray x = embedding(part.create(ids, new Shape(n, length)), weights.poll());
        x = x.add(weights.poll().get(new NDIndex().addSliceDim(0, length)));
        x = x.add(embedding(part.create(parts, new Shape(n, length)), weights.poll()));
        x = drop(x, dropout);
        NDArray mask = padded ? part.create(hidden, new Shape(n, 1, 1, length)) : null;
        for (int layer = 0; layer < shape.layers(); layer++) {
            NDArray seen = attention(linear(norm(x, weights), weights), mask);
            x = x.add(drop(linear(seen, weights), dropout));
            NDArray inner = Activation.gelu(linear(norm(x, weights), weights));
            x = x.add(drop(linear(inner, weights), dropout));
        }
        NDArray mean = Torch.own(part.create(share, new Shape(n, 1, length))).matMul(norm(x, weights));
        return mean.reshape(n, shape.width())
                .matMul(weights.poll().reshape(shape.width(), 1))
                .reshape(n);
    }

    /** @param x queries, keys and values side by side, (inputs, length, 3 width) */
    private NDArray attention(NDArray x, NDArray mask) {
        long n = x.getShape().get(0);
        long length = x.getShape().get(1);
        int heads = shape.heads();
        int each = shape.width() / heads;
        NDList three =
                x.reshape(n, length, 3, heads, each).transpose(2, 0, 3, 1, 4).split(3);
        Shape heap = new Shape(n, heads, length, each);
        NDArray query = three.get(0).reshape(heap);
        query = query.mul(Torch.number(query, 1 / Math.sqrt(each)));
        NDArray key = three.get(1).reshape(heap);
        NDArray value = three.get(2).reshape(heap);
        NDArray scores = query.matMul(key.transpose(0, 1, 3, 2));
        scores = mask == null ? scores : scores.addi(mask);
        return scores.softmax(-1).matMul(value).transpose(0, 2, 1, 3).reshape(n, length, shape.width());
    }

    private NDArray norm(NDArray x, Deque<NDArray> weights) {
        return LayerNorm.layerNorm(x, new Shape(shape.width()), weights.poll(), weights.poll(), EPSILON)
                .head();
    }

    private static NDArray linear(NDArray x, Deque<NDArray> weights) {
        return Linear.linear(x, weights.poll(), weights.poll()).head();
    }

    private static NDArray drop(NDArray x, float rate) {
        return rate > 0 ? Dropout.dropout(x, rate, true).head() : x;
    }

    private static NDArray embedding(NDArray ids, NDArray weight) {
        return ids.getNDArrayInternal()
                .embedding(ids, weight, SparseFormat.DENSE)
                .head();
    }
}
