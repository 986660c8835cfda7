package pairwright.reward;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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
 * RLAIF, Lee et al. 2023). Loss and gradient run on PyTorch through DJL in float64; the minimum is found exactly enough
 * that a second fit, elsewhere or with the rows in another order, gives the same weights.
 *
 * <p>The penalty is chosen on inner folds, and the fit is measured on prompts held out. The model is the one fitted without them.
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
        Torch torch = Torch.on(settings.device());
        PairTable table = new PairTable(settings.features());
        judgments.forEachRemaining(table::add);
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
        PairTable.Matrices matrices =
                table.matrices(training, settings.features().columns());
        Map<String, Integer> folds = folds(table, training);
        try (PairwiseLoss loss = new PairwiseLoss(torch, matrices.features(), matrices.pairs(), matrices.z())) {
            FitCount count = new FitCount(
                    progress,
                    training.size(),
                    folds.isEmpty() ? 1 : settings.innerFolds() * settings.l2().size() + 1);
            List<FitReport.Penalty> search = folds.isEmpty()
                    ? List.of()
                    : new PenaltySearch(loss, matrices.z(), foldOfEach(table, training, folds), settings.innerFolds())
                            .losses(settings.l2(), matrices.columns().length, settings.maxIterations(), count::next);
            double l2 = search.isEmpty() ? unsearchedPenalty() : PenaltySearch.best(search);
            double[] shares = new double[training.size()];
            Arrays.fill(shares, 1.0 / training.size());
            Lbfgs.Minimum minimum = Lbfgs.minimise(
                    loss.penalised(shares, l2),
                    new double[matrices.columns().length],
                    settings.weightTolerance() * l2,
                    settings.maxIterations(),
                    count.next());
            float[] weights = new float[settings.features().columns()];
            for (int k = 0; k < matrices.columns().length; k++) {
                weights[matrices.columns()[k]] = (float) minimum.point()[k];
            }
            Measurement measurement = new Measurement(table, weights, training);
            FitReport report = new FitReport(
                    settings,
                    torch.name(),
                    table.rows(),
                    table.leftOut(),
                    table.prompts().size(),
                    measurement.on(training),
                    unseen.isEmpty() ? Optional.empty() : Optional.of(measurement.on(unseen)),
                    search,
                    l2,
                    matrices.columns().length,
                    minimum.iterations(),
                    minimum.value(),
                    minimum.gradientNorm(),
                    minimum.converged());
            return new RewardFit(new RewardModel(settings.features(), weights, report), report);
        }
    }

    /** The inner fold of each prompt; empty where there is nothing to choose, or too few prompts to choose on. */
    private Map<String, Integer> folds(PairTable table, List<PairTable.Entry> training) {
        List<String> prompts = training.stream().map(table::promptOf).distinct().toList();
        return settings.l2().size() == 1 || prompts.size() < settings.innerFolds()
                ? Map.of()
                : PromptSplit.folds(prompts, settings.innerFolds(), settings.seed());
    }

    private static int[] foldOfEach(PairTable table, List<PairTable.Entry> entries, Map<String, Integer> folds) {
        return entries.stream()
                .mapToInt(entry -> folds.get(table.promptOf(entry)))
                .toArray();
    }

    private double unsearchedPenalty() {
        return settings.l2().stream()
                .min(Comparator.comparingDouble(l2 -> Math.abs(Math.log(l2 / USUAL_PENALTY))))
                .orElseThrow();
    }
}
