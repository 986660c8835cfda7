package pairwright.reward;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
        PairTable table = PairTable.of(settings);
        judgments.forEachRemaining(table::add);
        return fit(table, progress);
    }

    /**
     * As {@link #fit}, of rows that count more or less.
     *
     * @throws BadInput if no row is usable, or the device asked for is not there
     */
    public RewardFit fitWeighted(Iterator<FitRow> rows, FitProgress progress) {
        PairTable table = PairTable.of(settings);
        rows.forEachRemaining(table::add);
        return fit(table, progress);
    }

    private RewardFit fit(PairTable table, FitProgress progress) {
        if (table.entries().isEmpty()) {
            throw new BadInput("no usable row among " + table.rows() + " judgments, left out by reason: "
                    + table.leftOut()
                    + "; a reward model needs at least one preference between two different responses");
        }
        List<String> prompts =
                table.entries().stream().map(table::promptOf).distinct().toList();
        Set<String> heldOut = PromptSplit.heldOut(prompts, settings.holdOut(), settings.seed());
        List<PairTable.Entry> training = new ArrayList<>();
        List<PairTable.Entry> unseen = new ArrayList<>();
        for (PairTable.Entry entry : table.entries()) {
            (heldOut.contains(table.promptOf(entry)) ? unseen : training).add(entry);
        }
        TrainedModel first = trained(SingleFit.Data.of(table, training, settings), checkpoint, progress);
        if (settings.pseudoLabels().isEmpty()) {
            return first.fit(unseen, prompts.size(), Optional.empty());
        }
        if (unseen.isEmpty()) {
            throw new BadInput(
                    "labels of a model are to be fitted too, but no prompt is held out on which to see whether they"
                            + " help; raise hold_out");
        }
        PseudoLabels pseudo = settings.pseudoLabels().get();
        List<PairTable.Entry> candidates = table.unlabelled().stream()
                .filter(entry -> !heldOut.contains(table.promptOf(entry)))
                .toList();
        List<PairTable.Entry> more = new ArrayList<>(training);
        for (PairTable.Entry entry : candidates) {
            double d =
                    pseudo.areOwn() ? first.difference(entry) : Math.log(entry.taught()) - Math.log1p(-entry.taught());
            if (pseudo.takes(d)) {
                more.add(entry.labelledBy(d));
            }
        }
        int labelled = more.size() - training.size();
        FitReport.Measure without = first.on(unseen);
        if (labelled == 0) {
            return first.fit(
                    unseen,
                    prompts.size(),
                    Optional.of(new FitReport.PseudoLabelled(
                            pseudo.by(), candidates.size(), 0, without, Optional.empty(), false)));
        }
        TrainedModel second = trained(
                SingleFit.Data.of(table, more, settings), checkpoint.map(BradleyTerryTrainer::ofSecond), progress);
        FitReport.Measure with = second.on(unseen);
        boolean kept = with.logLoss() < without.logLoss();
        return (kept ? second : first)
                .fit(
                        unseen,
                        prompts.size(),
                        Optional.of(new FitReport.PseudoLabelled(
                                pseudo.by(), candidates.size(), labelled, without, Optional.of(with), kept)));
    }

    private TrainedModel trained(SingleFit.Data data, Optional<Path> file, FitProgress progress) {
        return settings.ensemble().isPresent()
                ? new TrainedModel(settings, data, EnsembleFit.of(settings, data, file, progress))
                : new TrainedModel(
                        settings,
                        data,
                        new EnsembleFit(List.of(SingleFit.of(settings, data, 0, file, progress)), new double[] {1}));
    }

    private static Path ofSecond(Path file) {
        return file.resolveSibling(file.getFileName() + ".second");
    }

    /** Deletes what a fit kept of its trainings: call when the model is saved. */
    public void forgetCheckpoints() {
        checkpoint.ifPresent(file -> {
            int members = settings.architectures().size()
                    * settings.ensemble().map(EnsembleSettings::members).orElse(1);
            for (int k = 0; k < members; k++) {
                new NetworkCheckpoint(EnsembleFit.checkpoint(file, k), "").delete();
                new NetworkCheckpoint(EnsembleFit.checkpoint(ofSecond(file), k), "").delete();
            }
        });
    }
}
