package pairwright.reward;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import pairwright.jsonl.BadInput;

/**
 * A module that somebody else trained: token ids and attention mask, int64 of shape (texts, tokens), to vectors, float32 of shape (texts, tokens, width). It is
 * either frozen, and then several threads may use it at once, or its parameters can be trained.
 */
final class TorchScript implements AutoCloseable {
    private final String name;
    private final Torch torch;
    private final Model model;

    private TorchScript(String name, Torch torch, Model model) {
        this.name = name;
        this.torch = torch;
        this.model = model;
    }

    /** @throws BadInput if the file is not trusted, before anything of it is loaded, or is no module */
    static TorchScript frozen(Path file, Torch torch) {
        return open(file, torch, Map.of());
    }

    /** @throws BadInput likewise, or if it has no parameters, or some that are not float32 */
    static TorchScript trainable(Path file, Torch torch) {
        TorchScript module = open(file, torch, Map.of("trainParam", "true"));
        NDList parameters = module.parameters();
        if (parameters.isEmpty() || parameters.stream().anyMatch(array -> array.getDataType() != DataType.FLOAT32)) {
            module.close();
            throw new BadInput(file + ": has "
                    + (parameters.isEmpty()
                            ? "no parameters, so that there is nothing to train"
                            : "parameters that are not float32, in which alone it is trained")
                    + "; read it frozen, by architecture mlp, or export it again as docs/encoders.md says");
        }
        return module;
    }

    private static TorchScript open(Path file, Torch torch, Map<String, String> options) {
        TorchScriptConsent.checked(file);
        Model model = torch.model();
        try {
            model.load(file.toAbsolutePath().getParent(), file.getFileName().toString(), options);
            return new TorchScript(file.toString(), torch, model);
        } catch (IOException | MalformedModelException | RuntimeException e) {
            model.close();
            throw new BadInput(file + ": cannot be used as an encoder: " + e.getMessage(), e);
        }
    }

    /** What {@link #bytes} gave, frozen. */
    static TorchScript frozen(byte[] bytes, Torch torch) {
        Model model = torch.model();
        try {
            model.load(new ByteArrayInputStream(bytes));
            return new TorchScript(TextEncoder.TORCHSCRIPT, torch, model);
        } catch (IOException | MalformedModelException e) {
            throw new IllegalStateException("what was trained cannot be loaded: " + e.getMessage(), e);
        }
    }

    /**
     * The mean of each text's vectors, float32 of shape (texts, width); zero where a text has no token.
     *
     * @param texts padded to the longest one's length
     * @throws BadInput if the module does not give one vector for each token
     */
    NDArray means(NDManager part, List<TextTokens> texts, int maxTokens, boolean training) {
        int n = texts.size();
        int length = texts.stream()
                .mapToInt(text -> EncoderInput.padded(text.ids().length, maxTokens))
                .max()
                .orElseThrow();
        long[] ids = new long[n * length];
        long[] mask = new long[n * length];
        float[] share = new float[n * length];
        for (int k = 0; k < n; k++) {
            int[] own = texts.get(k).ids();
            for (int t = 0; t < own.length; t++) {
                ids[k * length + t] = own[t];
            }
            Arrays.fill(mask, k * length, k * length + own.length, 1);
            Arrays.fill(share, k * length, k * length + own.length, 1f / own.length);
        }
        Shape shape = new Shape(n, length);
        NDList in = new NDList(part.create(ids, shape), part.create(mask, shape));
        NDList out = model.getBlock().forward(new ParameterStore(part, false), in, training);
        NDArray vectors = out.get(0);
        if (vectors.getShape().dimension() != 3
                || vectors.getShape().get(0) != n
                || vectors.getShape().get(1) != length
                || vectors.getDataType() != DataType.FLOAT32) {
            throw new BadInput(name + ": gives " + vectors.getDataType() + " of shape " + vectors.getShape() + " for "
                    + n + " texts of " + length + " tokens, must give float32 of shape (texts, tokens, width)");
        }
        out.attach(part);
        return Torch.own(part.create(share, new Shape(n, 1, length)))
                .matMul(vectors)
                .reshape(n, vectors.getShape().get(2));
    }

    /** In the order of the module: what is written into them is what it computes with. */
    NDList parameters() {
        NDList parameters = new NDList();
        for (Pair<String, ai.djl.nn.Parameter> parameter : model.getBlock().getParameters()) {
            parameters.add(parameter.getValue().getArray());
        }
        return parameters;
    }

    Torch torch() {
        return torch;
    }

    /** TorchScript as it is now, as {@code torch.jit.load} reads it. */
    byte[] bytes() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            model.getBlock().saveParameters(new DataOutputStream(all));
            // DJL frames it: a version, the length of the module, the module, the shapes of the last input.
            DataInputStream framed = new DataInputStream(new ByteArrayInputStream(all.toByteArray()));
            framed.readByte();
            return framed.readNBytes(Math.toIntExact(framed.readLong()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
