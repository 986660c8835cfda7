package pairwright.reward;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fit of the linear model to some of the pairs of a table: choice on inner folds, exact minimum, temperature. */
final class LinearFit {
    /** Under the covariate treatment the columns of length are this much freer than the others. */
    private static final double FREE = 30;

    private static final double[] NOISE_RATES = {.1, .2, .3, .4};

    /**
     * What came of it.
     *
     * @param weights of all columns, divided by the temperature
     * @param columns met in training
     * @param unseen r(first) - r(second) of each pair of the training under weights fitted without its fold, divided by the temperature; empty without folds
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    record Fitted(
            float[] weights,
            int columns,
            List<FitReport.Tried> search,
            InnerSearch.Candidate chosen,
            Optional<Double> tieParameter,
            double temperature,
            double[] unseen,
            Lbfgs.Minimum minimum) {}

    private final FitSettings settings;
    private final PairTable table;
    private final List<PairTable.Entry> training;
    private final PairTable.Matrices matrices;
    private final double[] labels;
    private final double[] weight;
    private final double[] rarity;

    /** @param texts of the table, in hashed columns */
    LinearFit(FitSettings settings, PairTable table, List<SparseVector> texts, List<PairTable.Entry> training) {
        this.settings = settings;
        this.table = table;
        this.training = training;
        this.matrices = PairTable.matrices(texts, training, settings.features().columns());
        this.labels = matrices.pairs().z();
        this.weight = weights();
        this.rarity = new double[matrices.columns().length];
        Arrays.fill(rarity, 1);
    }

    /** Columns count by ln(texts / texts that have it), as in tf-idf. */
    LinearFit byRarity() {
        int[] texts = new int[rarity.length];
        SparseRows features = matrices.features();
        for (int k = 0; k < features.entries(); k++) {
            texts[features.column(k)]++;
        }
        Arrays.setAll(rarity, k -> 1 + Math.log((1.0 + features.rows()) / (1 + texts[k])));
        return this;
    }

    SparseRows features() {
        return matrices.features();
    }

    private double[] weights() {
        double[] given = training.stream().mapToDouble(PairTable.Entry::weight).toArray();
        if (settings.length() != LengthTreatment.MATCHED) {
            return given;
        }
        return LengthMatching.weights(labels, table.lengthRatios(training), given);
    }

    /**
     * Fits.
     *
     * @param folds inner fold of each prompt's id; empty where there are too few prompts, and then the first setting is taken
     * @param usual the penalty nearest to this one is taken where none can be chosen
     */
    Fitted with(TextProduct product, Map<String, Integer> folds, double usual, FitProgress progress) {
        double smoothing = settings.loss().smoothing();
        PairObjective.Pairs pairs = new PairObjective.Pairs(
                matrices.pairs().first(),
                matrices.pairs().second(),
                Arrays.stream(labels)
                        .map(z -> (1 - smoothing) * z + smoothing / 2)
                        .toArray());
        List<InnerSearch.Candidate> grid = grid();
        boolean estimates = settings.loss().estimateNoise();
        FitCount count = new FitCount(
                progress,
                training.size(),
                folds.isEmpty() ? 1 : settings.innerFolds() * (grid.size() + (estimates ? noisy(1).size() : 0)) + 1);
        List<FitReport.Tried> search = new ArrayList<>();
        InnerSearch.Candidate chosen = unsearched(usual);
        double temperature = 1;
        double[] unseen = {};
        if (!folds.isEmpty()) {
            double[] measured = weight.clone();
            for (int i = 0; i < measured.length; i++) {
                measured[i] = training.get(i).pseudo() ? 0 : measured[i];
            }
            InnerSearch inner = new InnerSearch(
                    product,
                    pairs,
                    labels,
                    weight,
                    measured,
                    settings.loss(),
                    this::scale,
                    training.stream()
                            .mapToInt(entry -> folds.get(table.promptOf(entry)))
                            .toArray(),
                    settings.innerFolds(),
                    settings.maxIterations());
            List<InnerSearch.Outcome> outcomes = new ArrayList<>(inner.outcomes(grid, count::next));
            InnerSearch.Outcome best = InnerSearch.best(outcomes);
            if (estimates) {
                // A strong penalty explains turned labels nearly as well as their rate does, so both are chosen
                // together.
                outcomes.addAll(inner.outcomes(noisy(best.candidate().styleWeight()), count::next));
                best = InnerSearch.best(outcomes);
            }
            outcomes.forEach(outcome -> search.add(new FitReport.Tried(
                    outcome.candidate().styleWeight(),
                    outcome.candidate().l2(),
                    outcome.candidate().noiseRate(),
                    outcome.logLoss())));
            chosen = best.candidate();
            temperature = Temperature.fitted(
                    labels,
                    best.differences(),
                    measured,
                    chosen.noiseRate() > 0
                            ? new PairLikelihood.Flipped(chosen.noiseRate())
                            : new PairLikelihood.Soft(0));
            unseen = best.differences().clone();
            for (int i = 0; i < unseen.length; i++) {
                unseen[i] /= temperature;
            }
        }
        double total = Arrays.stream(weight).sum();
        double[] scale = scale(chosen.styleWeight());
        PairLikelihood likelihood = settings.loss().likelihood(chosen.noiseRate());
        PairObjective objective = new PairObjective(
                product,
                pairs,
                likelihood,
                settings.loss().centring(),
                Arrays.stream(weight).map(w -> w / total).toArray(),
                scale,
                chosen.l2());
        Lbfgs.Minimum minimum = Lbfgs.minimise(
                objective,
                new double[objective.dimension()],
                settings.weightTolerance() * chosen.l2(),
                settings.maxIterations(),
                count.next());
        return new Fitted(
                allColumns(objective.weights(minimum.point()), temperature),
                matrices.columns().length,
                search,
                chosen,
                likelihood.hasParameter()
                        ? Optional.of(likelihood.named(minimum.point()[product.columns()]))
                        : Optional.empty(),
                temperature,
                unseen,
                minimum);
    }

    /** Neighbours differ in the penalty, the largest first, which trusts the data least. */
    private List<InnerSearch.Candidate> grid() {
        List<InnerSearch.Candidate> grid = new ArrayList<>();
        for (double style : settings.styleWeights()) {
            for (int p = settings.l2().size() - 1; p >= 0; p--) {
                grid.add(new InnerSearch.Candidate(
                        style, settings.l2().get(p), settings.loss().noiseRate()));
            }
        }
        return grid;
    }

    private List<InnerSearch.Candidate> noisy(double styleWeight) {
        List<InnerSearch.Candidate> noisy = new ArrayList<>();
        for (double rate : NOISE_RATES) {
            for (int p = settings.l2().size() - 1; p >= 0; p--) {
                noisy.add(new InnerSearch.Candidate(styleWeight, settings.l2().get(p), rate));
            }
        }
        return noisy;
    }

    private InnerSearch.Candidate unsearched(double usual) {
        double nearest = settings.l2().get(0);
        for (double l2 : settings.l2()) {
            nearest = Math.abs(Math.log(l2 / usual)) < Math.abs(Math.log(nearest / usual)) ? l2 : nearest;
        }
        return new InnerSearch.Candidate(
                settings.styleWeights().get(0), nearest, settings.loss().noiseRate());
    }

    private double[] scale(double styleWeight) {
        int hashed = settings.features().hashedColumns();
        double[] scale = rarity.clone();
        for (int k = 0; k < scale.length; k++) {
            int style = matrices.columns()[k] - hashed;
            scale[k] *= style < 0 ? 1 : styleWeight * (isFree(style) ? FREE : 1);
        }
        return scale;
    }

    private boolean isFree(int style) {
        return settings.length() == LengthTreatment.COVARIATE && style >= 0 && Style.Column.values()[style].isLength();
    }

    private float[] allColumns(double[] narrow, double temperature) {
        int hashed = settings.features().hashedColumns();
        float[] weights = new float[settings.features().columns()];
        for (int k = 0; k < narrow.length; k++) {
            int column = matrices.columns()[k];
            weights[column] = isFree(column - hashed) ? 0 : (float) (narrow[k] / temperature);
        }
        return weights;
    }
}
