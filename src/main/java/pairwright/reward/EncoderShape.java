package pairwright.reward;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A pre-LN transformer (Xiong et al. 2020) as the manifest tells it. With N a layer normalisation, each layer does x = x + O attention(N x), then x = x + B gelu(A N x), A of
 * four times the width; the reward is v . the mean of N x over the tokens.
 *
 * @param vocabulary pieces, in [8, 131072]
 * @param maxTokens of prompt and response together, in [8, 1024]
 * @param width of a token's vector, a multiple of heads, in [1, 1024]
 * @param layers in [1, 24]
 * @param heads of each attention, in [1, 64]
 */
record EncoderShape(
        @JsonProperty("vocabulary") int vocabulary,
        @JsonProperty("max_tokens") int maxTokens,
        @JsonProperty("width") int width,
        @JsonProperty("layers") int layers,
        @JsonProperty("heads") int heads) {
    static final int INNER = 4;
    private static final int PARTS = 2;
    private static final int MOST_PARAMETERS = 1 << 28;

    EncoderShape {
        TrainingSettings.within("vocabulary", vocabulary, 8, 1 << 17);
        TrainingSettings.within("max_tokens", maxTokens, 8, 1024);
        TrainingSettings.within("width", width, 1, 1024);
        TrainingSettings.within("layers", layers, 1, 24);
        TrainingSettings.within("heads", heads, 1, 64);
        if (width % heads != 0) {
            throw new IllegalArgumentException("width is " + width + ", must be a multiple of heads, " + heads);
        }
        long numbers = (long) width * (vocabulary + maxTokens + 12L * width * layers);
        if (numbers > MOST_PARAMETERS) {
            throw new IllegalArgumentException("the encoder would have about " + numbers + " parameters, must have at"
                    + " most " + MOST_PARAMETERS + "; take less width, layers or vocabulary");
        }
    }

    /** In the order of the file, which is that of the parameters in one row. */
    Map<String, List<Long>> tensors() {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        long w = width;
        shapes.put("token.weight", List.of((long) vocabulary, w));
        shapes.put("position.weight", List.of((long) maxTokens, w));
        shapes.put("part.weight", List.of((long) PARTS, w));
        for (int layer = 0; layer < layers; layer++) {
            String name = "layer" + layer + ".";
            norm(shapes, name + "attention_norm");
            linear(shapes, name + "attention_in", 3 * w, w);
            linear(shapes, name + "attention_out", w, w);
            norm(shapes, name + "inner_norm");
            linear(shapes, name + "inner_in", INNER * w, w);
            linear(shapes, name + "inner_out", w, INNER * w);
        }
        norm(shapes, "norm");
        shapes.put("reward.weight", List.of(w));
        return shapes;
    }

    private void norm(Map<String, List<Long>> shapes, String name) {
        shapes.put(name + ".weight", List.of((long) width));
        shapes.put(name + ".bias", List.of((long) width));
    }

    private static void linear(Map<String, List<Long>> shapes, String name, long to, long from) {
        shapes.put(name + ".weight", List.of(to, from));
        shapes.put(name + ".bias", List.of(to));
    }

    static int size(List<Long> tensor) {
        return Math.toIntExact(tensor.stream().reduce(1L, Math::multiplyExact));
    }

    int parameters() {
        return tensors().values().stream().mapToInt(EncoderShape::size).sum();
    }

    /**
     * Before any step, from a normal distribution: embeddings with a deviation of 0.02 (Devlin et al. 2019), layers with one over the root of their inputs, those that end a
     * branch also over the root of the branches (Radford et al. 2019). Norms begin as nothing but norms.
     */
    float[] start(long seed) {
        Random random = new Random(seed);
        float[] parameters = new float[parameters()];
        int at = 0;
        for (Map.Entry<String, List<Long>> tensor : tensors().entrySet()) {
            String name = tensor.getKey();
            int to = at + size(tensor.getValue());
            if (name.endsWith(".bias")) {
                at = to;
            } else if (name.endsWith("norm.weight")) {
                Arrays.fill(parameters, at, to, 1);
            } else {
                double deviation = isEmbedding(name)
                        ? .02
                        : 1 / Math.sqrt(tensor.getValue().get(tensor.getValue().size() - 1));
                deviation /= name.endsWith("_out.weight") ? Math.sqrt(2.0 * layers) : 1;
                for (; at < to; at++) {
                    parameters[at] = (float) (deviation * random.nextGaussian());
                }
            }
            at = to;
        }
        return parameters;
    }

    private static boolean isEmbedding(String name) {
        return name.startsWith("token") || name.startsWith("position") || name.startsWith("part");
    }

    /** The weights of linear layers decay; biases, norms and embeddings do not. */
    float[] decayed() {
        float[] decayed = new float[parameters()];
        int at = 0;
        for (Map.Entry<String, List<Long>> tensor : tensors().entrySet()) {
            String name = tensor.getKey();
            int to = at + size(tensor.getValue());
            boolean decays = name.endsWith(".weight") && !name.endsWith("norm.weight") && !isEmbedding(name);
            Arrays.fill(decayed, at, to, decays ? 1 : 0);
            at = to;
        }
        return decayed;
    }

    /** The reward's weights stand last. */
    float[] dividedBy(float[] parameters, double temperature) {
        float[] divided = parameters.clone();
        for (int k = divided.length - width; k < divided.length; k++) {
            divided[k] = (float) (divided[k] / temperature);
        }
        return divided;
    }

    Map<String, Safetensors.Tensor> tensors(float[] parameters) {
        Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
        int at = 0;
        for (Map.Entry<String, List<Long>> tensor : tensors().entrySet()) {
            int to = at + size(tensor.getValue());
            tensors.put(
                    tensor.getKey(), new Safetensors.Tensor(tensor.getValue(), Arrays.copyOfRange(parameters, at, to)));
            at = to;
        }
        return tensors;
    }

    float[] parameters(Map<String, Safetensors.Tensor> tensors) {
        float[] parameters = new float[parameters()];
        int at = 0;
        for (String name : tensors().keySet()) {
            float[] values = tensors.get(name).values();
            System.arraycopy(values, 0, parameters, at, values.length);
            at += values.length;
        }
        return parameters;
    }
}
