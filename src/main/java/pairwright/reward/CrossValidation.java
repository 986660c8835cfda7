package pairwright.reward;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import pairwright.jsonl.BadInput;

/**
 * Each pair under a model that was fitted without its group: the groups fall into folds by the digest of seed and name, and each fold is judged by
 * a fit to the others, whose settings are chosen on inner folds of those.
 */
public final class CrossValidation {
    private static final double USUAL_PENALTY = 1e-3;

    private final FitSettings settings;
    private final int folds;

    /** @param folds at least 2 */
    public CrossValidation(FitSettings settings, int folds) {
        if (folds < 2) {
            throw new IllegalArgumentException("folds is " + folds + ", must be at least 2");
        }
        this.settings = settings;
        this.folds = folds;
    }

    /** The same over the tf-idf of word 1- and 2-grams alone, the usual baseline. */
    public CrossValidation ofWords() {
        return new CrossValidation(
                settings.withoutMlp()
                        .withFeatures(FeatureSettings.WORDS)
                        .withStyleWeights(List.of(1.0))
                        .withLoss(LossSettings.DEFAULT)
                        .withLength(LengthTreatment.KEPT),
                folds);
    }

    /**
     * Fits and judges.
     *
     * @param noise share of the labels that are turned over, in fits only, by the digest of seed and row; for measuring what noise does
     * @throws BadInput if there are fewer groups than folds, or the device asked for is not there
     */
    public void run(Iterator<FitRow> rows, double noise, FitProgress progress, Consumer<EvaluatedPair> judged) {
        PairTable table = settings.mlp()
                .map(mlp -> new PairTable(new DenseReader(mlp.embeddings())))
                .orElseGet(() -> new PairTable(settings.features()));
        rows.forEachRemaining(table::add);
        if (table.prompts().size() < folds) {
            throw new BadInput("the rows that can be used are of "
                    + table.prompts().size() + " groups, must be of at least " + folds + ", one for each fold");
        }
        Map<String, Integer> foldOf = PromptSplit.folds(table.prompts(), folds, settings.seed());
        for (int fold = 0; fold < folds; fold++) {
            List<PairTable.Entry> training = new ArrayList<>();
            Set<String> groups = new HashSet<>();
            for (int i = 0; i < table.entries().size(); i++) {
                PairTable.Entry entry = table.entries().get(i);
                if (foldOf.get(table.promptOf(entry)) != fold) {
                    training.add(LabelNoise.turns(settings.seed(), i, noise) ? entry.turned() : entry);
                    groups.add(table.promptOf(entry));
                }
            }
            Map<String, Integer> inner = groups.size() < settings.innerFolds()
                    ? Map.of()
                    : PromptSplit.folds(List.copyOf(groups), settings.innerFolds(), settings.seed());
            ToDoubleFunction<SparseVector> reward = settings.mlp().isPresent()
                    ? mlp(table, training, inner, progress)
                    : linear(table, training, inner, progress);
            for (PairTable.Entry entry : table.entries()) {
                if (foldOf.get(table.promptOf(entry)) == fold) {
                    judged.accept(new EvaluatedPair(
                            entry.z(),
                            reward.applyAsDouble(table.vector(entry.first()))
                                    - reward.applyAsDouble(table.vector(entry.second())),
                            table.length(entry.first()),
                            table.length(entry.second()),
                            table.promptOf(entry),
                            entry.slice()));
                }
            }
        }
    }

    private ToDoubleFunction<SparseVector> linear(
            PairTable table, List<PairTable.Entry> training, Map<String, Integer> inner, FitProgress progress) {
        LinearFit linear = new LinearFit(settings, table, training);
        if (settings.features().equals(FeatureSettings.WORDS)) {
            linear.byRarity();
        }
        try (TextProduct product = Backend.of(settings.device()).product(linear.features())) {
            float[] weights =
                    linear.with(product, inner, USUAL_PENALTY, progress).weights();
            return vector -> vector.dot(weights);
        }
    }

    private ToDoubleFunction<SparseVector> mlp(
            PairTable table, List<PairTable.Entry> training, Map<String, Integer> inner, FitProgress progress) {
        Set<String> split =
                inner.keySet().stream().filter(prompt -> inner.get(prompt) == 0).collect(Collectors.toSet());
        return new MlpFit(settings, table, training, Optional.empty())
                .on(Torch.on(settings.device()), split, progress)
                .network()::reward;
    }
}
