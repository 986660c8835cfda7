package pairwright.agreement;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Labels of every two annotators on the same row. Only the first {@value #MAX_ANNOTATORS} annotators in the order of the
 * rows are compared, since pairs grow with the square; how many labels of others there were is counted.
 */
final class AnnotatorTally {
    static final int MAX_ANNOTATORS = 20;

    private final AgreementSettings settings;
    private final TreeSet<String> names = new TreeSet<>();
    private final Map<String, Map<String, CellCounts>> pairs = new TreeMap<>();
    private long labelsLeftOut;

    AnnotatorTally(AgreementSettings settings) {
        this.settings = settings;
    }

    /**
     * Adds one row.
     *
     * @param labels of every annotator who gave one
     */
    void add(Map<String, Outcome> labels, WeightedPrompt prompt) {
        Map<String, Outcome> compared = new TreeMap<>();
        labels.forEach((name, label) -> {
            if (names.contains(name) || (names.size() < MAX_ANNOTATORS && names.add(name))) {
                compared.put(name, label);
            } else {
                labelsLeftOut++;
            }
        });
        compared.forEach((first, a) -> compared.forEach((second, b) -> {
            if (first.compareTo(second) < 0) {
                pairs.computeIfAbsent(first, name -> new TreeMap<>())
                        .computeIfAbsent(second, name -> new CellCounts(Outcome.LABELS * Outcome.LABELS, settings))
                        .add(a.index() * Outcome.LABELS + b.index(), prompt);
            }
        }));
    }

    long labelsLeftOut() {
        return labelsLeftOut;
    }

    /** Every two annotators, those without a common row too. */
    List<AnnotatorKappa> kappas() {
        List<AnnotatorKappa> kappas = new ArrayList<>();
        for (String first : names) {
            for (String second : names.tailSet(first, false)) {
                kappas.add(new AnnotatorKappa(
                        first, second, kappa(pairs.getOrDefault(first, Map.of()).get(second))));
            }
        }
        return List.copyOf(kappas);
    }

    private Statistic kappa(CellCounts cells) {
        if (cells == null) {
            return new Undefined("no row that both labelled", 0);
        }
        Replicates<Confusion> tables = Replicates.of(cells, settings, AnnotatorTally::table);
        long n = (long) tables.rows().total();
        return tables.statistic(
                Confusion::cohenKappa, n, "Cohen's kappa, 3 nominal classes", Measure.COHEN_KAPPA.whyUndefined(n));
    }

    private static Confusion table(long[] counts) {
        Confusion table = new Confusion();
        for (int i = 0; i < counts.length; i++) {
            table.add(Outcome.at(i / Outcome.LABELS), Outcome.at(i % Outcome.LABELS), counts[i]);
        }
        return table;
    }
}
