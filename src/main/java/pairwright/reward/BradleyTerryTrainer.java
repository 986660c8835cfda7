package pairwright.reward;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import pairwright.jsonl.BadInput;
import pairwright.judge.Judgment;

/**
 * Fits a Bradley-Terry reward model, P(a preferred to b) = sigma(r(a) - r(b)), to soft preferences; for the linear one, r = w . phi, it
 * minimises the mean of -z log sigma(d) - (1 - z) log sigma(-d), plus l2/2 |w|^2 (Bradley and Terry 1952; with soft z as in
 * RLAIF, Lee et al. 2023). The products with the texts' features, in the loss and in the gradient, run in float64 in plain Java or on PyTorch through
 * DJL; the minimum is found exactly enough that a second fit, elsewhere or with the rows in another order, gives the same weights.
 *
 * <p>A network is trained on PyTorch through DJL by steps on batches, see {@link MlpSettings}.
 *
 * <p>The penalty and the weight of the style columns are chosen on inner folds, and the fit is measured on prompts held out. The model is the one fitted without them.
 */
public final class BradleyTerryTrainer {
    /** Where there are too few prompts to choose on, the penalty nearest to this one is taken. */
    private static final double USUAL_PENALTY = 1e-3;

    private final FitSettings settings;
    private final Optional<Path> checkpoint;

    private BradleyTerryTrainer(FitSettings settings, Optional<Path> checkpoint) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.checkpoint = checkpoint;
    }

    public static BradleyTerryTrainer with(FitSettings settings) {
        return new BradleyTerryTrainer(settings, Optional.empty());
    }

    /** The training of a network is kept in this file after each epoch, and a fit of the same rows under the same settings goes on from it. */
    public BradleyTerryTrainer checkpointedIn(Path file) {
        return new BradleyTerryTrainer(settings, Optional.of(file));
    }

    /**
     * Reads the judgments once, keeping feature vectors and no texts, and fits.
     *
     * @throws BadInput if no row is usable, or the device asked for is not there
     */
    public RewardFit fit(Iterator<Judgment> judgments, FitProgress progress) {
        PairTable table = table();
        judgments.forEachRemaining(table::add);
        return fit(table, progress);
    }

    /**
     * As {@link #fit}, of rows that count more or less.
     *
     * @throws BadInput if no row is usable, or the device asked for is not there
     */
    public RewardFit fitWeighted(Iterator<FitRow> rows, FitProgress progress) {
        PairTable table = table();
        rows.forEachRemaining(table::add);
        return fit(table, progress);
    }

    private RewardFit fit(PairTable table, FitProgress progress) {
        if (table.entries().isEmpty()) {
            throw new BadInput("no usable row among " + table.rows() + " judgments, left out by reason: "
                    + table.leftOut()
                    + "; a reward model needs at least one preference between two different responses");
        }
        Set<String> heldOut = PromptSplit.heldOut(table.prompts(), settings.holdOut(), settings.seed());
        List<PairTable.Entry> training = new ArrayList<>();
        List<PairTable.Entry> unseen = new ArrayList<>();
        for (PairTable.Entry entry : table.entries()) {
            (heldOut.contains(table.promptOf(entry)) ? unseen : training).add(entry);
        }
        return settings.mlp().isPresent()
                ? mlp(table, training, unseen, progress)
                : linear(table, training, unseen, progress);
    }

    private PairTable table() {
        return settings.mlp()
                .map(mlp -> new PairTable(new DenseReader(mlp.embeddings())))
                .orElseGet(() -> new PairTable(settings.features()));
    }

    private RewardFit linear(
            PairTable table, List<PairTable.Entry> training, List<PairTable.Entry> unseen, FitProgress progress) {
        Backend backend = Backend.of(settings.device());
        LinearFit linear = new LinearFit(settings, table, training);
        try (TextProduct product = backend.product(linear.features())) {
            LinearFit.Fitted fitted = linear.with(product, folds(table, training), USUAL_PENALTY, progress);
            Measurement measurement = new Measurement(table, vector -> vector.dot(fitted.weights()), training);
            FitReport report = new FitReport(
                    settings,
                    backend.name(),
                    table.rows(),
                    table.leftOut(),
                    table.prompts().size(),
                    measurement.on(training),
                    unseen.isEmpty() ? Optional.empty() : Optional.of(measurement.on(unseen)),
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
            return new RewardFit(new LinearModel(settings.features(), fitted.weights(), report, Map.of()), report);
        }
    }

    private RewardFit mlp(
            PairTable table, List<PairTable.Entry> training, List<PairTable.Entry> unseen, FitProgress progress) {
        Torch torch = Torch.on(settings.device());
        MlpFit.Fitted fitted =
                new MlpFit(settings, table, training, checkpoint).on(torch, innerSplit(table, training), progress);
        Measurement measurement = new Measurement(table, fitted.network()::reward, training);
        FitReport report = new FitReport(
                settings,
                torch.name(),
                table.rows(),
                table.leftOut(),
                table.prompts().size(),
                measurement.on(training),
                unseen.isEmpty() ? Optional.empty() : Optional.of(measurement.on(unseen)),
                fitted.search(),
                fitted.last().decay(),
                1,
                settings.loss().noiseRate(),
                Optional.empty(),
                fitted.temperature(),
                fitted.network().shape().inputs(),
                fitted.last().steps(),
                fitted.last().lastTrainingLoss(),
                fitted.last().gradientNorm(),
                fitted.chosen().stopped(),
                Optional.of(fitted.chosen().epochs()));
        return new RewardFit(new MlpModel(fitted.network(), report, Map.of()), report);
    }

    /** The first of the inner folds; empty where there are too few prompts to choose on. */
    private Set<String> innerSplit(PairTable table, List<PairTable.Entry> training) {
        Map<String, Integer> folds = folds(table, training);
        return folds.keySet().stream().filter(prompt -> folds.get(prompt) == 0).collect(Collectors.toSet());
    }

    /** The inner fold of each prompt; empty where there are too few prompts to choose on. */
    private Map<String, Integer> folds(PairTable table, List<PairTable.Entry> training) {
        List<String> prompts = training.stream().map(table::promptOf).distinct().toList();
        return prompts.size() < settings.innerFolds()
                ? Map.of()
                : PromptSplit.folds(prompts, settings.innerFolds(), settings.seed());
    }
}
