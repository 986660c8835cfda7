package pairwright.reward;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
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
    private final Map<String, String> data;
    private final ThreadLocal<Vectorizer> vectorizers;

    RewardModel(FeatureSettings features, float[] weights, FitReport report) {
        this(features, weights, report, Map.of());
    }

    /** @param data SHA-256 of what it was fitted to, by file */
    RewardModel(FeatureSettings features, float[] weights, FitReport report, Map<String, String> data) {
        this.data = Collections.unmodifiableMap(new TreeMap<>(data));
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

    /** The same, naming what it was fitted to: SHA-256 by file. */
    public RewardModel fittedTo(Map<String, String> digests) {
        return new RewardModel(features, weights, report, digests);
    }

    /** Writes {@code model.safetensors}, {@code MODEL_CARD.md} and, last, {@code manifest.json}, each whole or not at all. */
    public void save(Path folder) {
        ModelFolder.write(this, folder);
    }

    /** The reward of a response, in nats of preference odds. */
    public double score(Prompt prompt, String response) {
        return vectorizers.get().vector(prompt, response).dot(weights);
    }

    /** What each feature adds to r(a) - r(b), largest first; their sum is the difference. Features that add nothing are left out. */
    public List<Contribution> contributions(Prompt prompt, String a, String b) {
        FeatureNames names = new FeatureNames(features).with(a).with(b);
        Map<Integer, Double> differences = new TreeMap<>();
        add(differences, vectorizers.get().vector(prompt, a), 1);
        add(differences, vectorizers.get().vector(prompt, b), -1);
        return named(differences, names);
    }

    /** What each feature adds to the reward of one response, largest first. */
    public List<Contribution> contributions(Prompt prompt, String response) {
        FeatureNames names = new FeatureNames(features).with(response);
        Map<Integer, Double> values = new TreeMap<>();
        add(values, vectorizers.get().vector(prompt, response), 1);
        return named(values, names);
    }

    private static void add(Map<Integer, Double> values, SparseVector vector, double sign) {
        for (int k = 0; k < vector.columns().length; k++) {
            values.merge(vector.columns()[k], sign * vector.values()[k], Double::sum);
        }
    }

    private List<Contribution> named(Map<Integer, Double> values, FeatureNames names) {
        List<Contribution> contributions = new ArrayList<>();
        values.forEach((column, value) -> {
            if (value * weights[column] != 0) {
                contributions.add(new Contribution(names.of(column), value * weights[column]));
            }
        });
        contributions.sort(Comparator.comparingDouble((Contribution c) -> -Math.abs(c.value()))
                .thenComparing(Contribution::feature));
        return contributions;
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

    Map<String, String> data() {
        return data;
    }

    float[] weights() {
        return weights;
    }
}
