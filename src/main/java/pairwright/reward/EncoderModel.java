package pairwright.reward;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A transformer over WordPiece tokens. It is scored on PyTorch, on a GPU where the environment names one; the engine starts with the first text. */
public final class EncoderModel extends RewardModel {
    private static final int BATCH = 32;

    private final EncoderShape shape;
    private final float[] parameters;
    private final WordPiece wordPiece;
    private final EncoderLayers layers;
    private Torch torch;
    private NDList views;

    EncoderModel(
            EncoderShape shape, float[] parameters, WordPiece wordPiece, FitReport report, Map<String, String> data) {
        super(report, data);
        this.shape = Objects.requireNonNull(shape, "shape");
        this.parameters = parameters;
        this.wordPiece = Objects.requireNonNull(wordPiece, "wordPiece");
        this.layers = new EncoderLayers(shape);
        if (parameters.length != shape.parameters() || wordPiece.size() != shape.vocabulary()) {
            throw new IllegalArgumentException("vocabulary has " + wordPiece.size()
                    + " pieces and the encoder " + parameters.length + " numbers, must have " + shape.vocabulary()
                    + " and " + shape.parameters());
        }
    }

    @Override
    public RewardModel fittedTo(Map<String, String> digests) {
        return new EncoderModel(shape, parameters, wordPiece, report(), digests);
    }

    @Override
    public double score(Response response) {
        return scores(List.of(response))[0];
    }

    /** Those of one length together, however the others are. */
    @Override
    public double[] scores(List<Response> responses) {
        start();
        List<EncoderInput> inputs = responses.stream().map(this::input).toList();
        double[] rewards = new double[inputs.size()];
        LengthBatches.each(
                LengthBatches.of(inputs.size(), k -> inputs.get(k).padded(shape.maxTokens()), BATCH),
                !torch.isGpu(),
                batch -> {
                    float[] some =
                            rewards(Arrays.stream(batch).mapToObj(inputs::get).toList());
                    for (int k = 0; k < batch.length; k++) {
                        rewards[batch[k]] = some[k];
                    }
                });
        return rewards;
    }

    private synchronized void start() {
        if (torch == null) {
            torch = Torch.on(DeviceChoice.AUTO);
            NDManager kept = torch.manager();
            views = layers.views(Torch.own(kept.create(parameters)));
        }
    }

    private float[] rewards(List<EncoderInput> inputs) {
        try (NDManager part = torch.manager()) {
            return layers.rewards(part, views, inputs, 0).toFloatArray();
        }
    }

    private EncoderInput input(Response response) {
        int[] prompt = wordPiece.tokens(WordsReader.text(response.prompt()), Integer.MAX_VALUE);
        return EncoderInput.of(prompt, wordPiece.tokens(response.text(), shape.maxTokens()), shape.maxTokens());
    }

    EncoderShape shape() {
        return shape;
    }

    @Override
    Optional<WordPiece> wordPiece() {
        return Optional.of(wordPiece);
    }

    @Override
    public Architecture architecture() {
        return Architecture.ENCODER;
    }

    @Override
    public Optional<String> embeddings() {
        return Optional.empty();
    }

    @Override
    float[] weights() {
        return parameters;
    }

    @Override
    Map<String, Safetensors.Tensor> tensors() {
        return shape.tensors(parameters);
    }
}
