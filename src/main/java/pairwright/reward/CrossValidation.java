package pairwright.reward;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import pairwright.jsonl.BadInput;

/**
 * Each pair under a model that was fitted without its group: the groups fall into folds by the digest of seed and name, and each fold is judged by
 * a fit to the others, whose settings are chosen on inner folds of those.
 */
public final class CrossValidation {
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
                settings.only(Architecture.LINEAR)
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
        PairTable table = PairTable.of(settings);
        rows.forEachRemaining(table::add);
        if (table.prompts().size() < folds) {
            throw new BadInput("the rows that can be used are of "
                    + table.prompts().size() + " groups, must be of at least " + folds + ", one for each fold");
        }
        Map<String, Integer> foldOf = PromptSplit.folds(table.prompts(), folds, settings.seed());
        for (int fold = 0; fold < folds; fold++) {
            List<PairTable.Entry> training = new ArrayList<>();
            for (int i = 0; i < table.entries().size(); i++) {
                PairTable.Entry entry = table.entries().get(i);
                if (foldOf.get(table.promptOf(entry)) != fold) {
                    training.add(
                            LabelNoise.turns(settings.seed(), i, noise)
                                    ? entry.asTaught().turned()
                                    : entry.asTaught());
                }
            }
            ToDoubleFunction<PairTable.Entry> difference =
                    difference(SingleFit.Data.of(table, training, settings), progress);
            for (PairTable.Entry entry : table.entries()) {
                if (foldOf.get(table.promptOf(entry)) == fold) {
                    judged.accept(new EvaluatedPair(
                            entry.z(),
                            difference.applyAsDouble(entry),
                            table.length(entry.first()),
                            table.length(entry.second()),
                            table.promptOf(entry),
                            entry.slice()));
                }
            }
        }
    }

    private ToDoubleFunction<PairTable.Entry> difference(SingleFit.Data data, FitProgress progress) {
        return settings.ensemble().isPresent()
                ? EnsembleFit.of(settings, data, Optional.empty(), progress)::difference
                : SingleFit.of(settings, data, 0, Optional.empty(), progress).difference();
    }
}
