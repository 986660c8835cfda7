package pairwright.agreement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Counts the labels of judge and reference in the parts of one way to divide the rows. */
final class SliceTally {
    static final int MOST_VALUES = 30;

    private static final int CELLS = Outcome.LABELS * Outcome.ALL;

    private final JudgedRows rows;
    private final int[] sorted;
    private final RowSlices slicing;
    private final AgreementSettings settings;
    private final Replicates<Part[]> parts;

    /** The labels in one part, in the rows or in a replicate, counted as the settings say. */
    private record Part(Confusion labels, TiesAs ties) {
        double rows() {
            return labels.total();
        }

        OptionalDouble accuracy() {
            return ties == TiesAs.HALF ? labels.halfCredit() : labels.accuracy();
        }

        OptionalDouble kappa() {
            return labels.cohenKappa();
        }

        /** Rows on which two independent raters with the same margins would agree. */
        double byChance() {
            return rows() > 0 ? labels.independent().accuracy().orElse(0) * rows() : 0;
        }

        double agreed() {
            return rows() > 0 ? labels.accuracy().orElse(0) * rows() : 0;
        }
    }

    private SliceTally(JudgedRows rows, int[] sorted, RowSlices slicing, AgreementSettings settings) {
        this.rows = rows;
        this.sorted = sorted;
        this.slicing = slicing;
        this.settings = settings;
        CellCounts counts = new CellCounts(slicing.values().size() * CELLS, settings);
        PoissonWeights weights = new PoissonWeights(settings.seed(), settings.bootstrapRounds());
        for (int from = 0; from < sorted.length; ) {
            int to = from;
            WeightedPrompt prompt =
                    new WeightedPrompt(rows.prompt(sorted[from]), weights.draws(rows.prompt(sorted[from])));
            for (; to < sorted.length && rows.prompt(sorted[to]) == prompt.hash(); to++) {
                add(sorted[to], counts, prompt);
            }
            from = to;
        }
        this.parts = Replicates.of(counts, settings, this::parts);
    }

    private void add(int row, CellCounts counts, WeightedPrompt prompt) {
        if (rows.reference(row).isLabel()) {
            for (int v = 0; v < slicing.values().size(); v++) {
                if (slicing.values().get(v).holds().test(row)) {
                    counts.add(
                            v * CELLS
                                    + rows.reference(row).index() * Outcome.ALL
                                    + rows.judged(row).index(),
                            prompt);
                }
            }
        }
    }

    private Part[] parts(long[] counts) {
        Part[] made = new Part[slicing.values().size()];
        for (int v = 0; v < made.length; v++) {
            made[v] = new Part(labels(counts, v * CELLS), settings.ties());
        }
        return made;
    }

    private Confusion labels(long[] counts, int from) {
        Confusion labels = new Confusion();
        for (int cell = 0; cell < CELLS; cell++) {
            if (counts[from + cell] != 0) {
                Tables.addLabels(
                        labels,
                        Outcome.at(cell / Outcome.ALL),
                        Outcome.at(cell % Outcome.ALL),
                        counts[from + cell],
                        settings);
            }
        }
        return labels;
    }

    /** All ways that divide the rows into at least two parts. */
    static List<Slicing> of(JudgedRows rows, AgreementSettings settings) {
        int[] sorted = rows.sorted();
        List<RowSlices> ways = new ArrayList<>(RowSlices.byFields(rows, sorted, MOST_VALUES));
        ways.add(RowSlices.byLength(rows, sorted));
        ways.add(RowSlices.byMargin(rows, sorted));
        ways.add(RowSlices.byUnanimity(rows));
        List<Slicing> slicings = new ArrayList<>();
        for (RowSlices way : ways) {
            RowSlices used = way.held(IntStream.of(sorted)
                    .filter(row -> rows.reference(row).isLabel())
                    .toArray());
            if (used.values().size() > 1) {
                slicings.add(new SliceTally(rows, sorted, used, settings).slicing());
            }
        }
        return slicings;
    }

    private Slicing slicing() {
        Statistic pooled = kappa("Cohen's kappa over all these rows, nominal", SliceTally::pooledKappa);
        Statistic within = kappa("Cohen's kappa with the chance of each part, nominal", SliceTally::withinKappa);
        List<Slicing.Slice> slices = new ArrayList<>();
        List<Optional<RobustEstimate>> longer = new ArrayList<>();
        for (int v = 0; v < slicing.values().size(); v++) {
            int number = v;
            long n = (long) parts.rows()[v].rows();
            RowSlices.Value value = slicing.values().get(v);
            long prompts = IntStream.of(sorted)
                    .filter(row ->
                            value.holds().test(row) && rows.reference(row).isLabel())
                    .mapToLong(rows::prompt)
                    .distinct()
                    .count();
            LeaningRows leaning =
                    longer(IntStream.of(sorted).filter(value.holds()).toArray());
            longer.add(leaning.difference());
            slices.add(new Slicing.Slice(
                    value.name(),
                    prompts,
                    sure(
                            prompts,
                            parts.statistic(
                                    part -> part[number].accuracy(),
                                    n,
                                    Measure.ACCURACY.method(settings.ties()),
                                    Measure.NO_ROW)),
                    sure(
                            prompts,
                            parts.statistic(
                                    part -> part[number].kappa(),
                                    n,
                                    "Cohen's kappa, 3 nominal classes",
                                    Measure.COHEN_KAPPA.whyUndefined(n))),
                    sure(prompts, leaning.leaning().difference())));
        }
        return new Slicing(
                slicing.field(), slices, slicing.more(), pooled, within, warnings(slices, longer, pooled, within));
    }

    /** Of a handful of prompts an interval is too narrow to be shown. */
    private static Statistic sure(long prompts, Statistic statistic) {
        return prompts < RobustEstimate.FEWEST_PROMPTS && statistic instanceof Estimate estimate
                ? new Point(
                        estimate.value(),
                        estimate.n(),
                        estimate.method(),
                        prompts + " prompts, an interval needs " + RobustEstimate.FEWEST_PROMPTS)
                : statistic;
    }

    private LeaningRows longer(int[] of) {
        return LeaningRows.of(
                "the longer response",
                rows,
                of,
                row -> Integer.compare(rows.lengthA(row), rows.lengthB(row)),
                settings);
    }

    private Statistic kappa(String method, Function<Part[], OptionalDouble> formula) {
        long n = (long) Arrays.stream(parts.rows()).mapToDouble(Part::rows).sum();
        return parts.statistic(formula, n, method, Measure.COHEN_KAPPA.whyUndefined(n));
    }

    private static OptionalDouble pooledKappa(Part[] parts) {
        Confusion all = new Confusion();
        Arrays.stream(parts).forEach(part -> all.add(part.labels()));
        return all.cohenKappa();
    }

    private static OptionalDouble withinKappa(Part[] parts) {
        double rows = Arrays.stream(parts).mapToDouble(Part::rows).sum();
        double chance = Arrays.stream(parts).mapToDouble(Part::byChance).sum();
        double agreed = Arrays.stream(parts).mapToDouble(Part::agreed).sum();
        return rows - chance > 0 ? OptionalDouble.of((agreed - chance) / (rows - chance)) : OptionalDouble.empty();
    }

    private List<String> warnings(
            List<Slicing.Slice> slices, List<Optional<RobustEstimate>> longer, Statistic pooled, Statistic within) {
        List<String> warnings = new ArrayList<>();
        if (pooled instanceof Estimate all
                && all.low() > 0
                && within instanceof Estimate inside
                && !(inside.low() > 0)) {
            warnings.add("Over all rows kappa is " + StatisticText.of(pooled) + ", but within the parts by "
                    + slicing.field()
                    + " only " + StatisticText.of(within)
                    + ": the agreement may be no more than knowing the part (Simpson's paradox)");
        }
        List<Optional<RobustEstimate>> kappas = new ArrayList<>();
        for (int v = 0; v < slices.size(); v++) {
            int number = v;
            kappas.add(parts.robust(
                    part -> part[number].kappa(), (int) slices.get(v).prompts()));
        }
        opposed("kappa", pooled.number(), slices, kappas, Slicing.Slice::kappa, warnings);
        opposed(
                "the judge's less the reference's share of longer responses",
                longer(sorted).difference().map(RobustEstimate::value),
                slices,
                longer,
                Slicing.Slice::longer,
                warnings);
        return warnings;
    }

    /** Parts whose direction is surely against that of the whole, corrected for the number of parts. */
    private void opposed(
            String what,
            Optional<Double> whole,
            List<Slicing.Slice> slices,
            List<Optional<RobustEstimate>> estimates,
            Function<Slicing.Slice, Statistic> statistic,
            List<String> warnings) {
        List<Integer> tested = IntStream.range(0, slices.size())
                .filter(v -> estimates
                        .get(v)
                        .filter(found -> found.prompts() >= RobustEstimate.FEWEST_PROMPTS)
                        .isPresent())
                .boxed()
                .toList();
        boolean[] sure = FalseDiscovery.BENJAMINI_YEKUTIELI.rejected(
                tested.stream()
                        .map(v -> estimates.get(v).orElseThrow().pValue())
                        .toList(),
                BiasQuestion.FALSE_DISCOVERY_RATE);
        for (int i = 0; i < sure.length; i++) {
            double value = estimates.get(tested.get(i)).orElseThrow().value();
            if (sure[i] && whole.filter(all -> all * value < 0).isPresent()) {
                Slicing.Slice slice = slices.get(tested.get(i));
                warnings.add("Over all rows " + what + " is " + StatisticText.decimal(whole.get()) + ", but where "
                        + slicing.field() + " is " + VisibleText.of(slice.value()) + " it is "
                        + StatisticText.of(statistic.apply(slice)) + " (Simpson's paradox)");
            }
        }
    }
}
