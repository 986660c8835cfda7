package pairwright.reward;

import java.nio.file.Path;
import java.util.Objects;
import pairwright.jsonl.Digests;
import pairwright.prompt.Prompt;

/**
 * A fitted reward model r(prompt, response) = w . phi. Rewards mean something as differences within one prompt only:
 * sigma of a difference is the probability of a preference. Scoring is plain Java and safe for several threads.
 */
public final class RewardModel {
    private final FeatureSettings features;
    private final float[] weights;
    private final FitReport report;
    private final ThreadLocal<Vectorizer> vectorizers;

    RewardModel(FeatureSettings features, float[] weights, FitReport report) {
        this.features = Objects.requireNonNull(features, "features");
        this.report = Objects.requireNonNull(report, "report");
        if (weights.length != features.columns()) {
            throw new IllegalArgumentException(
                    "there are " + weights.length + " weights, must be " + features.columns());
        }
        this.weights = weights;
        this.vectorizers = ThreadLocal.withInitial(() -> new Vectorizer(features));
    }

    /**
     * Reads a model that {@link #save} wrote. Nothing in the folder is executed.
     *
     * @throws pairwright.jsonl.BadInput naming the file and what to do, if anything in it is not as it must be
     */
    public static RewardModel load(Path folder) {
        return ModelFolder.read(folder);
    }

    /** Writes {@code weights.bin}, {@code README.md} and, last, {@code manifest.json}, each whole or not at all. */
    public void save(Path folder) {
        ModelFolder.write(this, folder);
    }

    /** The reward of a response, in nats of preference odds. */
    public double score(Prompt prompt, String response) {
        return vectorizers.get().vector(prompt, response).dot(weights);
    }

    /** How it was fitted and how well it does. */
    public FitReport report() {
        return report;
    }

    public FeatureSettings features() {
        return features;
    }

    /** SHA-256 over the tensor as it is saved, hex: two models with equal digests give equal rewards. */
    public String digest() {
        return Digests.sha256(ModelFolder.bytes(weights));
    }

    float[] weights() {
        return weights;
    }
}
