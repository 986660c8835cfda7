package pairwright.reward;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import pairwright.prompt.Prompt;

/** r(prompt, response) = w . phi over hashed n-grams and columns of style. */
public final class LinearModel extends RewardModel {
    static final String WEIGHTS = "weights";

    private final FeatureSettings features;
    private final float[] weights;
    private final ThreadLocal<Vectorizer> vectorizers;

    LinearModel(FeatureSettings features, float[] weights, FitReport report, Map<String, String> data) {
        super(report, data);
        this.features = Objects.requireNonNull(features, "features");
        if (weights.length != features.columns()) {
            throw new IllegalArgumentException(
                    "there are " + weights.length + " weights, must be " + features.columns());
        }
        this.weights = weights;
        this.vectorizers = ThreadLocal.withInitial(() -> new Vectorizer(features));
    }

    @Override
    public RewardModel fittedTo(Map<String, String> digests) {
        return new LinearModel(features, weights, report(), digests);
    }

    @Override
    public double score(Response response) {
        return vectorizers.get().vector(response.prompt(), response.text()).dot(weights);
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

    public FeatureSettings features() {
        return features;
    }

    @Override
    public Architecture architecture() {
        return Architecture.LINEAR;
    }

    @Override
    public Optional<String> embeddings() {
        return Optional.empty();
    }

    @Override
    float[] weights() {
        return weights;
    }

    @Override
    Map<String, Safetensors.Tensor> tensors() {
        return Map.of(WEIGHTS, new Safetensors.Tensor(List.of((long) weights.length), weights));
    }
}
