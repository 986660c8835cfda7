package pairwright.agreement;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import pairwright.judge.Preference;
import pairwright.pair.Label;

/** The rows that selection is about: labelled ones, with the judge's side and margin. Without texts, on {@link JudgedRows}. */
final class SelectiveRows {
    private final JudgedRows rows;
    private final AgreementSettings settings;
    private final int[] labelled;

    SelectiveRows(JudgedRows rows, AgreementSettings settings) {
        this.rows = rows;
        this.settings = settings;
        this.labelled = IntStream.range(0, rows.size())
                .filter(row -> rows.reference(row).isLabel())
                .filter(row -> settings.ties() != TiesAs.DROPPED || rows.reference(row) != Outcome.TIE)
                .toArray();
    }

    int[] labelled() {
        return labelled;
    }

    /** Whether the judge prefers a response, as export asks: beyond the tie band. */
    boolean takesASide(int row) {
        return rows.hasZ(row) && new Preference(rows.z(row)).label(settings.tieBand()) != Label.TIE;
    }

    double margin(int row) {
        return new Preference(rows.z(row)).margin();
    }

    /** Only where the judge takes a side. */
    boolean wrong(int row) {
        return side(row) != rows.reference(row);
    }

    /** What the row costs: 1 where the label differs, one half for a tie where ties are half. */
    double loss(int row) {
        return !wrong(row) ? 0 : settings.ties() == TiesAs.HALF && rows.reference(row) == Outcome.TIE ? .5 : 1;
    }

    Outcome side(int row) {
        return rows.z(row) > .5 ? Outcome.A : Outcome.B;
    }

    /** What the bootstrap resamples together. */
    long cluster(int row) {
        return settings.clusters() == Clusters.ROW ? rows.key(row) : rows.prompt(row);
    }

    /** Rows on which the judge takes a side, the surest first; of equals in an order that does not depend on the file. */
    int[] surestFirst() {
        return IntStream.of(labelled)
                .filter(this::takesASide)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(row -> -margin(row)).thenComparingLong(rows::key))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** One labelled row a prompt, drawn by the seed whatever the judge said; all rows where the settings take them for independent. */
    int[] onePerPrompt() {
        if (settings.clusters() == Clusters.ROW) {
            return labelled;
        }
        Map<Long, Integer> drawn = new HashMap<>();
        for (int row : labelled) {
            drawn.merge(rows.prompt(row), row, (a, b) -> first(a, b));
        }
        return drawn.values().stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    private int first(int a, int b) {
        long chanceA = PoissonWeights.mixed(rows.key(a), settings.seed());
        long chanceB = PoissonWeights.mixed(rows.key(b), settings.seed());
        return Long.compareUnsigned(chanceA, chanceB) <= 0 ? a : b;
    }

    Certification certification(RiskTarget target) {
        Certification certification = new Certification(target);
        for (int row : onePerPrompt()) {
            if (takesASide(row)) {
                certification.add(margin(row), wrong(row));
            } else {
                certification.addUnused();
            }
        }
        return certification;
    }
}
