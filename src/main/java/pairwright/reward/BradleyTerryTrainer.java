package pairwright.reward;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
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
        Set<String> heldOut = PromptSplit.heldOut(table.prompts(), settings.holdOut(), settings.seed());
        List<PairTable.Entry> training = new ArrayList<>();
        List<PairTable.Entry> unseen = new ArrayList<>();
        for (PairTable.Entry entry : table.entries()) {
            (heldOut.contains(table.promptOf(entry)) ? unseen : training).add(entry);
        }
        SingleFit.Data data = SingleFit.Data.of(table, training, settings);
        if (settings.ensemble().isPresent()) {
            return ensemble(data, unseen, progress);
        }
        SingleFit fit = SingleFit.of(settings, data, 0, checkpoint, progress);
        FitReport report = report(fit, data, unseen, fit.difference(), Optional.empty());
        return new RewardFit(fit.model().apply(report), report);
    }

    private RewardFit ensemble(SingleFit.Data data, List<PairTable.Entry> unseen, FitProgress progress) {
        EnsembleFit fit = EnsembleFit.of(settings, data, checkpoint, progress);
        List<FitReport.Member> members = new ArrayList<>();
        for (int k = 0; k < fit.weights().length; k++) {
            SingleFit member = fit.members().get(k);
            members.add(new FitReport.Member(
                    settings.architectures().get(k / settings.ensemble().orElseThrow().members()),
                    member.settings().seed(),
                    fit.weights()[k],
                    member.l2(),
                    unseen.isEmpty()
                            ? Optional.empty()
                            : Optional.of(new Measurement(data.table(), member.difference(), data.training())
                                    .on(unseen))));
        }
        FitReport report =
                report(fit.members().get(0), data, unseen, fit::difference, Optional.of(List.copyOf(members)));
        List<EnsembleModel.Member> models = new ArrayList<>();
        for (int k = 0; k < fit.weights().length; k++) {
            models.add(new EnsembleModel.Member(fit.members().get(k).model().apply(report), fit.weights()[k]));
        }
        return new RewardFit(new EnsembleModel(models, report, Map.of()), report);
    }

    private FitReport report(
            SingleFit fit,
            SingleFit.Data data,
            List<PairTable.Entry> unseen,
            ToDoubleFunction<PairTable.Entry> difference,
            Optional<List<FitReport.Member>> members) {
        PairTable table = data.table();
        Measurement measurement = new Measurement(table, difference, data.training());
        return new FitReport(
                settings,
                fit.device(),
                table.rows(),
                table.leftOut(),
                table.prompts().size(),
                measurement.on(data.training()),
                unseen.isEmpty() ? Optional.empty() : Optional.of(measurement.on(unseen)),
                fit.search(),
                fit.l2(),
                fit.styleWeight(),
                fit.noiseRate(),
                fit.tieParameter(),
                fit.temperature(),
                fit.columns(),
                fit.iterations(),
                fit.objective(),
                fit.gradientNorm(),
                fit.converged(),
                fit.epochs(),
                members);
    }

    /** Deletes what a fit kept of its trainings: call when the model is saved. */
    public void forgetCheckpoints() {
        checkpoint.ifPresent(file -> {
            int members = settings.architectures().size()
                    * settings.ensemble().map(EnsembleSettings::members).orElse(1);
            for (int k = 0; k < members; k++) {
                new MlpCheckpoint(EnsembleFit.checkpoint(file, k), "").delete();
            }
        });
    }
}
