package pairwright.agreement;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Rows counted by how many people said A, B and tie. */
final class PeopleTally {
    /** Most people of one row who may give the same label. */
    static final int MOST = 15;

    private static final int BASE = MOST + 1;

    private final CellCounts cells;
    private final AgreementSettings settings;
    private final CeilingTally ceiling;
    private final DistinctPrompts raters = new DistinctPrompts();
    private long rows;
    private long rowsOfSeveral;
    private long leftOut;

    PeopleTally(AgreementSettings settings) {
        this.settings = settings;
        this.cells = new CellCounts(BASE * BASE * BASE, settings);
        this.ceiling = new CeilingTally(settings);
    }

    /**
     * One row.
     *
     * @param labels of all people who gave one
     * @param judged the judge's outcome
     */
    void add(Map<String, Outcome> labels, Outcome judged, WeightedPrompt prompt) {
        if (labels.isEmpty()) {
            return;
        }
        int[] votes = new int[Outcome.LABELS];
        labels.values().forEach(label -> votes[label.index()]++);
        rows++;
        rowsOfSeveral += labels.size() > 1 ? 1 : 0;
        labels.keySet().forEach(name -> raters.add(PoissonWeights.hash(name)));
        ceiling.add(labels, judged, prompt);
        if (IntStream.of(votes).anyMatch(count -> count > MOST)) {
            leftOut++;
            return;
        }
        cells.add((votes[0] * BASE + votes[1]) * BASE + votes[2], prompt);
    }

    /** Whether people labelled rows, but no two of them the same one. */
    boolean neverTwo() {
        return rows > 0 && rowsOfSeveral == 0;
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
                ceiling.leftOut(),
                ceiling.altTests(),
                ManyRaterCoefficient.FOR_LABELS.stream()
                        .map(coefficient -> coefficient.estimate(tables, several))
                        .toList()));
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
