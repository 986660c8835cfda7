package pairwright.reward;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import pairwright.jsonl.BadInput;
import pairwright.judge.Judgment;

/**
 * Fits a linear Bradley-Terry reward model, P(a preferred to b) = sigma(r(a) - r(b)) with r = w . phi, to soft preferences: it
 * minimises the mean of -z log sigma(d) - (1 - z) log sigma(-d), plus l2/2 |w|^2 (Bradley and Terry 1952; with soft z as in
 * RLAIF, Lee et al. 2023). The products with the texts' features, in the loss and in the gradient, run in float64 in plain Java or on PyTorch through
 * DJL; the minimum is found exactly enough that a second fit, elsewhere or with the rows in another order, gives the same weights.
 *
 * <p>The penalty and the weight of the style columns are chosen on inner folds, and the fit is measured on prompts held out. The model is the one fitted without them.
 */
public final class BradleyTerryTrainer {
    /** Where there are too few prompts to choose on, the penalty nearest to this one is taken. */
    private static final double USUAL_PENALTY = 1e-3;

    private final FitSettings settings;

    private BradleyTerryTrainer(FitSettings settings) {
        this.settings = Objects.requireNonNull(settings, "settings");
    }

    public static BradleyTerryTrainer with(FitSettings settings) {
        return new BradleyTerryTrainer(settings);
    }

    /**
     * Reads the judgments once, keeping feature vectors and no texts, and fits.
     *
     * @throws BadInput if no row is usable, or the device asked for is not there
     */
    public RewardFit fit(Iterator<Judgment> judgments, FitProgress progress) {
        PairTable table = new PairTable(settings.features());
        judgments.forEachRemaining(table::add);
        return fit(table, progress);
    }

    /**
     * As {@link #fit}, of rows that count more or less.
     *
     * @throws BadInput if no row is usable, or the device asked for is not there
     */
    public RewardFit fitWeighted(Iterator<FitRow> rows, FitProgress progress) {
        PairTable table = new PairTable(settings.features());
        rows.forEachRemaining(table::add);
        return fit(table, progress);
    }

    private RewardFit fit(PairTable table, FitProgress progress) {
        if (table.entries().isEmpty()) {
            throw new BadInput("no usable row among " + table.rows() + " judgments, left out by reason: "
                    + table.leftOut()
                    + "; a reward model needs at least one preference between two different responses");
        }
        Backend backend = Backend.of(settings.device());
        Set<String> heldOut = PromptSplit.heldOut(table.prompts(), settings.holdOut(), settings.seed());
        List<PairTable.Entry> training = new ArrayList<>();
        List<PairTable.Entry> unseen = new ArrayList<>();
        for (PairTable.Entry entry : table.entries()) {
            (heldOut.contains(table.promptOf(entry)) ? unseen : training).add(entry);
        }
        LinearFit linear = new LinearFit(settings, table, training);
        try (TextProduct product = backend.product(linear.features())) {
            LinearFit.Fitted fitted = linear.with(product, folds(table, training), USUAL_PENALTY, progress);
            Measurement measurement = new Measurement(table, fitted.weights(), training);
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
                    fitted.minimum().converged());
            return new RewardFit(new RewardModel(settings.features(), fitted.weights(), report), report);
        }
    }

    /** The inner fold of each prompt; empty where there are too few prompts to choose on. */
    private Map<String, Integer> folds(PairTable table, List<PairTable.Entry> training) {
        List<String> prompts = training.stream().map(table::promptOf).distinct().toList();
        return prompts.size() < settings.innerFolds()
                ? Map.of()
                : PromptSplit.folds(prompts, settings.innerFolds(), settings.seed());
    }
}
