package pairwright.reward;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The fit of one architecture to some of the pairs of a table, whichever it is.
 *
 * @param difference r(first) - r(second) of a pair of the table
 * @param unseen the same of the pairs of the first inner fold, in the training's order, from fits that did not see them; empty without folds
 * @param model from the report that goes with it
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
record SingleFit(
        FitSettings settings,
        String device,
        ToDoubleFunction<PairTable.Entry> difference,
        double[] unseen,
        Function<FitReport, RewardModel> model,
        List<FitReport.Tried> search,
        double l2,
        double styleWeight,
        double noiseRate,
        Optional<Double> tieParameter,
        double temperature,
        int columns,
        int iterations,
        double objective,
        double gradientNorm,
        boolean converged,
        Optional<List<FitReport.Epoch>> epochs) {
    /** Where there are too few prompts to choose on, the penalty nearest to this one is taken. */
    private static final double USUAL_PENALTY = 1e-3;

    /**
     * What is fitted to.
     *
     * @param folds inner fold of each prompt's id; empty where there are too few prompts to choose on
     */
    record Data(PairTable table, List<PairTable.Entry> training, Map<String, Integer> folds) {
        static Data of(PairTable table, List<PairTable.Entry> training, FitSettings settings) {
            List<String> prompts =
                    training.stream().map(table::promptOf).distinct().toList();
            return new Data(
                    table,
                    training,
                    prompts.size() < settings.innerFolds()
                            ? Map.of()
                            : PromptSplit.folds(prompts, settings.innerFolds(), settings.seed()));
        }

        boolean isInner(PairTable.Entry entry) {
            return !folds.isEmpty() && !entry.pseudo() && folds.get(table.promptOf(entry)) == 0;
        }
    }

    /**
     * Fits.
     *
     * @param reader which of the table's readers is the architecture's
     * @param checkpoint where the training of a network is kept
     * @throws pairwright.jsonl.BadInput if the device asked for is not there
     */
    static SingleFit of(FitSettings settings, Data data, int reader, Optional<Path> checkpoint, FitProgress progress) {
        return settings.mlp().isPresent()
                ? network(settings, data, reader, checkpoint, progress)
                : linear(settings, data, data.table().texts(reader), progress);
    }

    private static SingleFit linear(FitSettings settings, Data data, List<SparseVector> texts, FitProgress progress) {
        Backend backend = Backend.of(settings.device());
        LinearFit linear = new LinearFit(settings, data.table(), texts, data.training());
        if (settings.features().equals(FeatureSettings.WORDS)) {
            linear.byRarity();
        }
        try (TextProduct product = backend.product(linear.features())) {
            LinearFit.Fitted fitted = linear.with(product, data.folds(), USUAL_PENALTY, progress);
            float[] weights = fitted.weights();
            double[] unseen = fitted.unseen().length == 0
                    ? fitted.unseen()
                    : java.util.stream.IntStream.range(0, fitted.unseen().length)
                            .filter(i -> data.isInner(data.training().get(i)))
                            .mapToDouble(i -> fitted.unseen()[i])
                            .toArray();
            return new SingleFit(
                    settings,
                    backend.name(),
                    entry -> texts.get(entry.first()).dot(weights)
                            - texts.get(entry.second()).dot(weights),
                    unseen,
                    report -> new LinearModel(settings.features(), weights, report, Map.of()),
                    fitted.search(),
                    fitted.chosen().l2(),
                    fitted.chosen().styleWeight(),
                    fitted.chosen().noiseRate(),
                    fitted.tieParameter(),
                    fitted.temperature(),
                    fitted.columns(),
                    fitted.minimum().iterations(),
                    fitted.minimum().value(),
                    fitted.minimum().gradientNorm(),
                    fitted.minimum().converged(),
                    Optional.empty());
        }
    }

    private static SingleFit network(
            FitSettings settings, Data data, int reader, Optional<Path> checkpoint, FitProgress progress) {
        List<SparseVector> texts = data.table().texts(reader);
        Optional<TextEncoder> encoder = data.table().encoder(reader);
        Torch torch = Torch.on(settings.device());
        Set<String> inner = data.folds().keySet().stream()
                .filter(prompt -> data.folds().get(prompt) == 0)
                .collect(Collectors.toSet());
        MlpFit.Fitted fitted =
                new MlpFit(settings, data.table(), texts, data.training(), checkpoint).on(torch, inner, progress);
        MlpNetwork network = fitted.network();
        return new SingleFit(
                settings,
                torch.name(),
                entry -> network.reward(texts.get(entry.first())) - network.reward(texts.get(entry.second())),
                fitted.unseen(),
                report -> new MlpModel(network, encoder, report, Map.of()),
                fitted.search(),
                fitted.last().decay(),
                1,
                settings.loss().noiseRate(),
                Optional.empty(),
                fitted.temperature(),
                network.shape().inputs(),
                fitted.last().steps(),
                fitted.last().lastTrainingLoss(),
                fitted.last().gradientNorm(),
                fitted.chosen().stopped(),
                Optional.of(fitted.chosen().epochs()));
    }
}
