package pairwright.reward;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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
     * @param all what the training is a sample of, from whose texts a vocabulary is learned, so that all members of an ensemble have the same
     */
    record Data(
            PairTable table, List<PairTable.Entry> training, Map<String, Integer> folds, List<PairTable.Entry> all) {
        static Data of(PairTable table, List<PairTable.Entry> training, FitSettings settings) {
            return of(table, training, settings, training);
        }

        static Data of(
                PairTable table, List<PairTable.Entry> training, FitSettings settings, List<PairTable.Entry> all) {
            List<String> prompts =
                    training.stream().map(table::promptOf).distinct().toList();
            return new Data(
                    table,
                    training,
                    prompts.size() < settings.innerFolds()
                            ? Map.of()
                            : PromptSplit.folds(prompts, settings.innerFolds(), settings.seed()),
                    all);
        }

        /** Prompts of the first inner fold. */
        Set<String> inner() {
            return folds.keySet().stream()
                    .filter(prompt -> folds.get(prompt) == 0)
                    .collect(Collectors.toSet());
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
        if (settings.tuning().isPresent()) {
            return tuned(settings, data, reader, checkpoint, progress);
        }
        if (settings.encoder().isPresent()) {
            return encoder(settings, data, reader, checkpoint, progress);
        }
        return settings.mlp().isPresent()
                ? mlp(settings, data, reader, checkpoint, progress)
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
                    : IntStream.range(0, fitted.unseen().length)
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

    private static SingleFit mlp(
            FitSettings settings, Data data, int reader, Optional<Path> checkpoint, FitProgress progress) {
        List<SparseVector> texts = data.table().texts(reader);
        Optional<TextEncoder> encoder = data.table().encoder(reader);
        MlpSettings mlp = settings.mlp().orElseThrow();
        Torch torch = Torch.on(settings.device());
        MlpOnDevice device = new MlpOnDevice(MlpOnDevice.standardised(mlp, texts, data.training()), texts);
        NetworkFit.Fitted fitted = new NetworkFit(settings, mlp, device, data.table(), data.training(), checkpoint)
                .on(torch, data.inner(), progress);
        MlpNetwork network = device.network(fitted.parameters());
        return network(
                settings,
                torch,
                fitted,
                network.shape().inputs(),
                entry -> network.reward(texts.get(entry.first())) - network.reward(texts.get(entry.second())),
                report -> new MlpModel(network, encoder, report, Map.of()));
    }

    private static SingleFit encoder(
            FitSettings settings, Data data, int reader, Optional<Path> checkpoint, FitProgress progress) {
        EncoderSettings encoder = settings.encoder().orElseThrow();
        List<TextWords> words = data.table().words(reader);
        Lexicon lexicon = data.table().lexicon(reader);
        WordPiece wordPiece = EncoderInput.vocabulary(
                data.all().stream()
                        .flatMapToInt(entry -> IntStream.of(entry.first(), entry.second()))
                        .distinct()
                        .mapToObj(words::get)
                        .toList(),
                lexicon,
                encoder.vocabulary());
        EncoderShape shape = encoder.shape(wordPiece.size());
        Torch torch = Torch.on(settings.device());
        EncoderOnDevice device = new EncoderOnDevice(
                shape, EncoderInput.of(words, lexicon, wordPiece, shape.maxTokens()), encoder.dropout());
        NetworkFit.Fitted fitted = new NetworkFit(settings, encoder, device, data.table(), data.training(), checkpoint)
                .on(torch, data.inner(), progress);
        double[] rewards = rewards(settings, encoder, data, torch, device, fitted);
        return network(
                settings,
                torch,
                fitted,
                shape.parameters(),
                entry -> rewards[entry.first()] - rewards[entry.second()],
                report -> new EncoderModel(shape, fitted.parameters(), wordPiece, report, Map.of()));
    }

    private static SingleFit tuned(
            FitSettings settings, Data data, int reader, Optional<Path> checkpoint, FitProgress progress) {
        TuningSettings tuning = settings.tuning().orElseThrow();
        TextEncoder encoder = data.table().encoder(reader).orElseThrow();
        Torch torch = Torch.on(settings.device());
        try (TunedOnDevice device = new TunedOnDevice(encoder, data.table().tokens(reader))) {
            NetworkFit.Fitted fitted = new NetworkFit(
                            settings, tuning, device, data.table(), data.training(), checkpoint)
                    .on(torch, data.inner(), progress);
            double[] rewards = rewards(settings, tuning, data, torch, device, fitted);
            byte[] program = device.torchScript(fitted.parameters());
            float[] head = device.head(fitted.parameters());
            return network(
                    settings,
                    torch,
                    fitted,
                    device.parameters(),
                    entry -> rewards[entry.first()] - rewards[entry.second()],
                    report -> new TunedModel(encoder.with(program), head, report, Map.of()));
        }
    }

    /** Of each text of the table. */
    private static double[] rewards(
            FitSettings settings,
            TrainingSettings how,
            Data data,
            Torch torch,
            DeviceNetwork device,
            NetworkFit.Fitted fitted) {
        try (NetworkDevice scoring = new NetworkDevice(torch, device, settings.loss(), how.batch(), settings.seed())) {
            scoring.set(NetworkState.of(fitted.parameters()));
            return scoring.rewards(IntStream.range(0, data.table().size()).toArray());
        }
    }

    private static SingleFit network(
            FitSettings settings,
            Torch torch,
            NetworkFit.Fitted fitted,
            int columns,
            ToDoubleFunction<PairTable.Entry> difference,
            Function<FitReport, RewardModel> model) {
        return new SingleFit(
                settings,
                torch.name(),
                difference,
                fitted.unseen(),
                model,
                fitted.search(),
                fitted.last().decay(),
                1,
                settings.loss().noiseRate(),
                Optional.empty(),
                fitted.temperature(),
                columns,
                fitted.last().steps(),
                fitted.last().lastTrainingLoss(),
                fitted.last().gradientNorm(),
                fitted.chosen().stopped(),
                Optional.of(fitted.chosen().epochs()));
    }
}
