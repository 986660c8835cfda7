package pairwright.reward;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import pairwright.jsonl.Digests;
import pairwright.prompt.Prompt;

/**
 * A fitted reward model. Rewards mean something as differences within one prompt only: sigma of a difference is the probability of a
 * preference. Scoring is plain Java but for an encoder, and safe for several threads.
 */
public abstract sealed class RewardModel permits LinearModel, MlpModel, EncoderModel, TunedModel, EnsembleModel {
    private final FitReport report;
    private final Map<String, String> data;

    /** @param data SHA-256 of what it was fitted to, by file */
    RewardModel(FitReport report, Map<String, String> data) {
        this.report = Objects.requireNonNull(report, "report");
        this.data = Collections.unmodifiableMap(new TreeMap<>(data));
    }

    /**
     * Reads a model that {@link #save} wrote. Nothing in the folder is executed.
     *
     * @throws pairwright.jsonl.BadInput naming the file and what to do, if anything in it is not as it must be
     */
    public static RewardModel load(Path folder) {
        return ModelFolder.read(folder);
    }

    /** The same, naming what it was fitted to: SHA-256 by file. */
    public abstract RewardModel fittedTo(Map<String, String> digests);

    /** Writes {@code model.safetensors}, {@code MODEL_CARD.md} and, last, {@code manifest.json}, each whole or not at all. */
    public void save(Path folder) {
        ModelFolder.write(this, folder);
    }

    /**
     * The reward of a response, in nats of preference odds.
     *
     * @throws pairwright.jsonl.BadInput if the model reads a field that the row of the response lacks
     */
    public abstract double score(Response response);

    /**
     * The rewards of several responses, which an encoder computes together: they may differ from those of {@link #score} by the rounding of float32.
     *
     * @throws pairwright.jsonl.BadInput if the model reads a field that the row of one of them lacks
     */
    public double[] scores(List<Response> responses) {
        return responses.stream().mapToDouble(this::score).toArray();
    }

    /** The reward of a text that no row stands around. */
    public double score(Prompt prompt, String response) {
        return score(Response.of(prompt, response));
    }

    /**
     * How unsure the model is of r(first) - r(second): the standard deviation of the members' differences around their mean, in nats. Empty where the model
     * is one alone and cannot tell.
     */
    public Optional<Double> spread(Response first, Response second) {
        return Optional.empty();
    }

    /**
     * The rewards that each member would give, in the units of the whole: their mean by the members' weights is the reward, and a member without weight is
     * left out. Empty where the model is one alone.
     *
     * @return a row for each response
     */
    public Optional<double[][]> memberScores(List<Response> responses) {
        return Optional.empty();
    }

    /** How it was fitted and how well it does. */
    public FitReport report() {
        return report;
    }

    public abstract Architecture architecture();

    /** The field of the rows whose numbers are read; empty where texts are. */
    public abstract Optional<String> embeddings();

    /** SHA-256 over the tensors, and the vocabulary or the imported encoder, as they are saved, hex: two models with equal digests give equal rewards. */
    public String digest() {
        byte[] bytes = Safetensors.bytes(tensors());
        Optional<String> beside = wordPiece()
                .map(wordPiece -> Digests.sha256(TokenizerFile.bytes(wordPiece)))
                .or(() -> encoder().map(TextEncoder::contents));
        return Digests.sha256(beside.map(other -> Digests.sha256(bytes) + other)
                .map(both -> both.getBytes(StandardCharsets.US_ASCII))
                .orElse(bytes));
    }

    /** SHA-256 of the TorchScript file that is run wherever the model is loaded, and must be trusted there; empty where there is none. */
    public Optional<String> program() {
        return encoder().map(TextEncoder::digest);
    }

    /** What turns texts into numbers, where the model has an encoder. */
    Optional<TextEncoder> encoder() {
        return Optional.empty();
    }

    /** What cuts texts into tokens, where the model has learned it. */
    Optional<WordPiece> wordPiece() {
        return Optional.empty();
    }

    Map<String, String> data() {
        return data;
    }

    /** All that was fitted, in one row. */
    abstract float[] weights();

    /** In the order of the file. */
    abstract Map<String, Safetensors.Tensor> tensors();
}
