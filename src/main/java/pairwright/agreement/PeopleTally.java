package pairwright.agreement;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Rows counted by how many people said A, B and tie. */
final class PeopleTally {
    /** Most people of one row who may give the same label. */
    static final int MOST = 15;

    private static final int BASE = MOST + 1;

    private static final List<Formula> FORMULAS = List.of(
            of("Fleiss' kappa", ManyRaters.FLEISS_KAPPA),
            of("Gwet's AC1", ManyRaters.GWET_AC1),
            of("Brennan and Prediger's kappa", ManyRaters.BRENNAN_PREDIGER),
            of("Krippendorff's alpha, nominal", Level.NOMINAL),
            of("Krippendorff's alpha, ordinal", Level.ORDINAL),
            of("Krippendorff's alpha, interval (A 1, tie .5, B 0)", Level.INTERVAL));

    private final CellCounts cells;
    private final AgreementSettings settings;
    private final DistinctPrompts raters = new DistinctPrompts();
    private long rows;
    private long leftOut;

    /** A coefficient of many raters by its name. */
    private record Formula(
            String name,
            Function<RatingTable, OptionalDouble> value,
            Function<RatingTable, OptionalDouble> chance,
            Function<RatingTable, OptionalDouble> standardError,
            Function<RatingTable, String> whyUndefined) {}

    PeopleTally(AgreementSettings settings) {
        this.settings = settings;
        this.cells = new CellCounts(BASE * BASE * BASE, settings);
    }

    private static Formula of(String name, ManyRaters raters) {
        return new Formula(name, raters::value, raters::chance, raters::standardError, raters::whyUndefined);
    }

    private static Formula of(String name, Level level) {
        KrippendorffAlpha alpha = new KrippendorffAlpha(level);
        return new Formula(name, alpha::value, alpha::chance, alpha::standardError, alpha::whyUndefined);
    }

    void add(Set<String> names, Collection<Outcome> labels, WeightedPrompt prompt) {
        int[] votes = new int[Outcome.LABELS];
        labels.forEach(label -> votes[label.index()]++);
        if (labels.isEmpty()) {
            return;
        }
        rows++;
        names.forEach(name -> raters.add(PoissonWeights.hash(name)));
        if (IntStream.of(votes).anyMatch(count -> count > MOST)) {
            leftOut++;
            return;
        }
        cells.add((votes[0] * BASE + votes[1]) * BASE + votes[2], prompt);
    }

    /** Rows with more people than can be counted. */
    long leftOut() {
        return leftOut;
    }

    /** Empty where no row has labels of two people. */
    Optional<PeopleAgreement> agreement() {
        long[] counts = cells.rows();
        int[] used = IntStream.range(0, counts.length)
                .filter(cell -> counts[cell] > 0)
                .toArray();
        RatingTable patterns = patterns(used);
        Replicates<RatingTable> tables = Replicates.of(
                cells,
                settings,
                replicate -> patterns.withItems(
                        IntStream.of(used).mapToDouble(cell -> replicate[cell]).toArray()));
        RatingTable table = tables.rows();
        long several = (long) table.itemsWith(2);
        if (several == 0) {
            return Optional.empty();
        }
        return Optional.of(new PeopleAgreement(
                raters.count(),
                rows,
                several,
                tables.statistic(
                        ManyRaters.FLEISS_KAPPA::observed,
                        several,
                        "share of pairs of people with the same label, mean over rows with two or more",
                        "no row has labels of two people"),
                FORMULAS.stream()
                        .map(formula -> estimate(formula, tables, several))
                        .toList()));
    }

    private static CoefficientEstimate estimate(Formula formula, Replicates<RatingTable> tables, long several) {
        RatingTable table = tables.rows();
        OptionalDouble value = formula.value().apply(table);
        OptionalDouble error = formula.standardError().apply(table);
        OptionalDouble chance = formula.chance().apply(table);
        return new CoefficientEstimate(
                formula.name(),
                tables.statistic(
                        formula.value(),
                        several,
                        formula.name() + " of many raters, missing labels left missing",
                        formula.whyUndefined().apply(table)),
                tables.prompts(),
                chance.isPresent() ? Optional.of(chance.getAsDouble()) : Optional.empty(),
                value.isPresent() && error.isPresent()
                        ? Optional.of(tables.analytic(
                                value.getAsDouble(), error.getAsDouble(), "Gwet 2014, independent rows"))
                        : Optional.empty());
    }

    /** The patterns of the cells over the labels that occur, in the order A, tie, B. */
    private static RatingTable patterns(int[] used) {
        int[] labels = IntStream.of(0, 2, 1)
                .filter(label -> IntStream.of(used).anyMatch(cell -> votes(cell, label) > 0))
                .toArray();
        List<int[]> patterns = new ArrayList<>();
        for (int cell : used) {
            patterns.add(IntStream.of(labels).map(label -> votes(cell, label)).toArray());
        }
        double[] values = IntStream.of(labels)
                .mapToDouble(label -> label == Outcome.B.index() ? 1 : label == Outcome.A.index() ? 0 : .5)
                .toArray();
        return new RatingTable(values, patterns, new double[used.length]);
    }

    private static int votes(int cell, int label) {
        return label == 0 ? cell / (BASE * BASE) : label == 1 ? cell / BASE % BASE : cell % BASE;
    }
}
