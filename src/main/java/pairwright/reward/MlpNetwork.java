package pairwright.reward;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * r(x) = v . max(0, W s(x) + b), s(x) = (x - mean) / scale: one hidden layer over standardised columns. A constant added to all rewards says nothing,
 * so there is none.
 *
 * @param parameters W by rows, b, v, one behind the other
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record MlpNetwork(Shape shape, float[] mean, float[] scale, float[] parameters) {
    /**
     * What the manifest says of a network.
     *
     * @param embeddings field that is read; style unless given
     * @param encoderTokens most tokens that the encoder beside it is given, in [8, 8192]; empty where there is no encoder
     * @param inputs columns, in [1, 65536]
     * @param hidden units, in [1, 4096]
     */
    record Shape(
            @JsonProperty("embeddings") Optional<String> embeddings,
            @JsonProperty("encoder_tokens") Optional<Integer> encoderTokens,
            @JsonProperty("inputs") int inputs,
            @JsonProperty("hidden") int hidden) {
        private static final int MOST_INPUTS = 1 << 16;
        private static final int MOST_PARAMETERS = 1 << 26;

        Shape {
            if (!(inputs >= 1 && inputs <= MOST_INPUTS)) {
                throw new IllegalArgumentException("inputs is " + inputs + ", must be in [1, " + MOST_INPUTS + "]");
            }
            if (!(hidden >= 1 && hidden <= MlpSettings.MOST_HIDDEN)) {
                throw new IllegalArgumentException(
                        "hidden is " + hidden + ", must be in [1, " + MlpSettings.MOST_HIDDEN + "]");
            }
            if (embeddings.isPresent() && encoderTokens.isPresent()) {
                throw new IllegalArgumentException("embeddings and encoder_tokens are both given, must be one of them");
            }
            encoderTokens.ifPresent(tokens -> new MlpSettings.EncoderChoice("", tokens));
            if (embeddings.isEmpty() && encoderTokens.isEmpty() && inputs != Style.COLUMNS) {
                throw new IllegalArgumentException(
                        "inputs is " + inputs + ", must be " + Style.COLUMNS + ", the columns of style");
            }
            if ((long) hidden * (inputs + 2) > MOST_PARAMETERS) {
                throw new IllegalArgumentException("hidden is " + hidden + " and inputs " + inputs
                        + ", must have a product of at most " + MOST_PARAMETERS);
            }
        }

        int parameters() {
            return hidden * (inputs + 2);
        }

        /** Of the tensors, in the order of the file. */
        Map<String, List<Long>> tensors() {
            Map<String, List<Long>> shapes = new LinkedHashMap<>();
            shapes.put("input.mean", List.of((long) inputs));
            shapes.put("input.scale", List.of((long) inputs));
            shapes.put("hidden.weight", List.of((long) hidden, (long) inputs));
            shapes.put("hidden.bias", List.of((long) hidden));
            shapes.put("output.weight", List.of((long) hidden));
            return shapes;
        }
    }

    MlpNetwork {
        if (mean.length != shape.inputs()
                || scale.length != shape.inputs()
                || parameters.length != shape.parameters()) {
            throw new IllegalArgumentException("the numbers of the network do not fill its shape " + shape);
        }
        for (float value : scale) {
            if (!(value > 0)) {
                throw new IllegalArgumentException("input.scale holds " + value + ", must be above 0");
            }
        }
    }

    static MlpNetwork of(Shape shape, Map<String, Safetensors.Tensor> tensors) {
        float[] parameters = new float[shape.parameters()];
        int at = 0;
        for (String name : List.of("hidden.weight", "hidden.bias", "output.weight")) {
            float[] values = tensors.get(name).values();
            System.arraycopy(values, 0, parameters, at, values.length);
            at += values.length;
        }
        return new MlpNetwork(
                shape,
                tensors.get("input.mean").values(),
                tensors.get("input.scale").values(),
                parameters);
    }

    /** Before any step: uniform within the bounds of He et al. (2015) for the layer and of Glorot's size for the output. */
    static float[] start(Shape shape, long seed) {
        Random random = new Random(seed);
        float[] parameters = new float[shape.parameters()];
        int weights = shape.hidden() * shape.inputs();
        double bound = Math.sqrt(6.0 / shape.inputs());
        for (int k = 0; k < weights; k++) {
            parameters[k] = (float) (bound * (2 * random.nextDouble() - 1));
        }
        double last = Math.sqrt(1.0 / shape.hidden());
        for (int k = weights + shape.hidden(); k < parameters.length; k++) {
            parameters[k] = (float) (last * (2 * random.nextDouble() - 1));
        }
        return parameters;
    }

    Map<String, Safetensors.Tensor> tensors() {
        int weights = shape.hidden() * shape.inputs();
        float[][] values = {
            mean,
            scale,
            Arrays.copyOf(parameters, weights),
            Arrays.copyOfRange(parameters, weights, weights + shape.hidden()),
            Arrays.copyOfRange(parameters, weights + shape.hidden(), parameters.length)
        };
        Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
        int k = 0;
        for (Map.Entry<String, List<Long>> entry : shape.tensors().entrySet()) {
            tensors.put(entry.getKey(), new Safetensors.Tensor(entry.getValue(), values[k++]));
        }
        return tensors;
    }

    /** With rewards divided by this. */
    MlpNetwork dividedBy(double temperature) {
        float[] divided = parameters.clone();
        for (int k = divided.length - shape.hidden(); k < divided.length; k++) {
            divided[k] = (float) (divided[k] / temperature);
        }
        return new MlpNetwork(shape, mean, scale, divided);
    }

    /** Standardised columns into {@code to}, from {@code at}. */
    void standardise(SparseVector vector, float[] to, int at) {
        for (int k = 0; k < mean.length; k++) {
            to[at + k] = (vector.values()[k] - mean[k]) / scale[k];
        }
    }

    /** In float64, in a fixed order. */
    double reward(SparseVector vector) {
        int inputs = shape.inputs();
        float[] x = new float[inputs];
        standardise(vector, x, 0);
        int biases = shape.hidden() * inputs;
        int outputs = biases + shape.hidden();
        double reward = 0;
        for (int unit = 0; unit < shape.hidden(); unit++) {
            double sum = parameters[biases + unit];
            for (int k = 0, at = unit * inputs; k < inputs; k++, at++) {
                sum += (double) parameters[at] * x[k];
            }
            reward += Math.max(0, sum) * parameters[outputs + unit];
        }
        return reward;
    }
}
