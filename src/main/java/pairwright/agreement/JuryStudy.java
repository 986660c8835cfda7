package pairwright.agreement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import pairwright.judge.JurorVerdict;
import pairwright.judge.Preference;

/**
 * How the jurors of a jury err together, fed row by row in memory that does not grow with the rows: see {@link ErrorCorrelations}.
 * For one thread.
 */
public final class JuryStudy {
    private static final String N_EFF_METHOD = "(sum of w)^2 / (sum over jurors i and j of w_i w_j rho_ij), with equal"
            + " weights M / (1 + (M - 1) rho), the design effect of Kish 1965";

    private final String reference;
    private final List<String> names;
    private final double[] weights;
    private final AgreementSettings settings;
    private final PoissonWeights bootstrap;
    private final WeightedSums sums;
    private long labelled;

    /**
     * A study without rows.
     *
     * @param reference whose labels are taken for the truth, as named on the command line
     * @param jurors what each juror said of one pair: their names and weights
     */
    public JuryStudy(String reference, List<JurorVerdict> jurors, AgreementSettings settings) {
        this.reference = reference;
        this.names = jurors.stream().map(JurorVerdict::judge).toList();
        this.weights = jurors.stream()
                .mapToDouble(juror -> juror.weight().orElseThrow())
                .toArray();
        this.settings = settings;
        this.bootstrap = new PoissonWeights(settings.seed(), settings.bootstrapRounds());
        this.sums = new WeightedSums(
                ErrorCorrelations.quantities(weights.length) + 2 * weights.length, settings.bootstrapRounds());
    }

    /**
     * Adds one labelled pair.
     *
     * @param said the same jurors in the same order as before
     * @param truth what the reference said
     */
    public void add(String promptId, List<JurorVerdict> said, Preference truth) {
        if (!said.stream().map(JurorVerdict::judge).toList().equals(names)) {
            throw new IllegalArgumentException("the jurors are "
                    + said.stream().map(JurorVerdict::judge).toList() + ", must be " + names + " in every row");
        }
        WeightedPrompt prompt = bootstrap.of(promptId);
        labelled++;
        for (int i = 0; i < weights.length; i++) {
            Optional<Double> z = said.get(i).z();
            if (z.isPresent()) {
                boolean right = new Preference(z.get()).label(settings.tieBand()) == truth.label(settings.tieBand());
                sums.add(answered(i), 1, prompt);
                sums.add(answered(i) + 1, right ? 1 : 0, prompt);
                for (int j = i + 1; j < weights.length; j++) {
                    if (said.get(j).z().isPresent()) {
                        add(i, j, z.get() - truth.z(), said.get(j).z().get() - truth.z(), prompt);
                    }
                }
            }
        }
    }

    private void add(int i, int j, double first, double second, WeightedPrompt prompt) {
        int at = ErrorCorrelations.place(weights.length, i, j);
        sums.add(at, 1, prompt);
        sums.add(at + 1, first, prompt);
        sums.add(at + 2, second, prompt);
        sums.add(at + 3, first * first, prompt);
        sums.add(at + 4, second * second, prompt);
        sums.add(at + 5, first * second, prompt);
    }

    private int answered(int juror) {
        return ErrorCorrelations.quantities(weights.length) + 2 * juror;
    }

    /** The numbers so far; more rows may follow. */
    public JuryReport report() {
        Replicates<double[]> plain = Replicates.of(sums, settings, row -> row);
        Replicates<ErrorCorrelations> errors =
                Replicates.of(sums, settings, row -> new ErrorCorrelations(weights, row));
        List<JurorAgreement> each = new ArrayList<>();
        for (int i = 0; i < weights.length; i++) {
            int at = answered(i);
            each.add(new JurorAgreement(
                    names.get(i),
                    weights[i],
                    plain.statistic(
                            row -> row[at] > 0 ? OptionalDouble.of(row[at + 1] / row[at]) : OptionalDouble.empty(),
                            (long) plain.rows()[at],
                            "share of rows with the same label, 3 classes",
                            Measure.NO_ROW)));
        }
        Statistic rho = errors.statistic(
                ErrorCorrelations::mean,
                labelled,
                "mean over the pairs of jurors of Pearson's correlation of z - y",
                whyNoCorrelation(errors.rows()));
        Statistic effective = weights.length == 1
                ? new Point(1, labelled, "one juror", "there is nothing to estimate")
                : errors.statistic(
                        ErrorCorrelations::effectiveNumber,
                        labelled,
                        N_EFF_METHOD,
                        rho.number().isPresent()
                                ? "the jurors' errors cancel each other"
                                : whyNoCorrelation(errors.rows()));
        return new JuryReport(reference, labelled, weights.length, rho, effective, each, notes(rho));
    }

    private List<String> notes(Statistic rho) {
        return rho.number().filter(mean -> mean < 0).isPresent()
                ? List.of("the jurors' errors correlate negatively, so together they are worth more than their number")
                : List.of();
    }

    private String whyNoCorrelation(ErrorCorrelations errors) {
        if (weights.length == 1) {
            return "one juror has nobody to correlate with";
        }
        if (labelled == 0) {
            return "no human labels";
        }
        for (int i = 0; i < weights.length; i++) {
            for (int j = i + 1; j < weights.length; j++) {
                if (!(errors.rows(i, j) > 0)) {
                    return names.get(i) + " and " + names.get(j) + " gave a preference together in no labelled row";
                }
                for (int constant : new int[] {i, j}) {
                    if (errors.constant(constant, constant == i ? j : i)) {
                        return "the errors of " + names.get(constant)
                                + " are all the same, so they correlate with nothing";
                    }
                }
            }
        }
        return "too few rows"; // some replicate lacks what the rows have
    }
}
