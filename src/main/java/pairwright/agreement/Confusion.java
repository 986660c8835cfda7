package pairwright.agreement;

import java.util.OptionalDouble;

/**
 * Counts by reference label (rows A, B, tie) and judge's outcome (columns A, B, tie, error). The last column holds
 * abstentions and conflicts only where they count as errors.
 */
final class Confusion {
    private static final int ERROR = Outcome.LABELS;

    /** The labels in the order of preference, and what has no place in it. */
    private static final int[] IN_ORDER = {Outcome.A.index(), Outcome.TIE.index(), Outcome.B.index(), ERROR};

    private final double[][] cells = new double[Outcome.LABELS][Outcome.LABELS + 1];

    void add(Outcome reference, Outcome judged, long count) {
        cells[reference.index()][Math.min(judged.index(), ERROR)] += count;
    }

    /** Adds all rows of another table. */
    void add(Confusion other) {
        for (int i = 0; i < cells.length; i++) {
            for (int j = 0; j < cells[i].length; j++) {
                cells[i][j] += other.cells[i][j];
            }
        }
    }

    double row(int reference) {
        double[] row = cells[reference];
        return row[0] + row[1] + row[2] + row[3];
    }

    double column(int judged) {
        return cells[0][judged] + cells[1][judged] + cells[2][judged];
    }

    double total() {
        return row(0) + row(1) + row(2);
    }

    private double diagonal() {
        return cells[0][0] + cells[1][1] + cells[2][2];
    }

    /** What the table would be if judge and reference, each as it is, knew nothing of each other. */
    Confusion independent() {
        Confusion table = new Confusion();
        double n = total();
        for (int i = 0; i < Outcome.LABELS; i++) {
            for (int j = 0; j <= ERROR; j++) {
                table.cells[i][j] = n > 0 ? row(i) * column(j) / n : 0;
            }
        }
        return table;
    }

    /** The rows in which both took a side. */
    Confusion sides() {
        Confusion table = new Confusion();
        for (int i : new int[] {Outcome.A.index(), Outcome.B.index()}) {
            for (int j : new int[] {Outcome.A.index(), Outcome.B.index()}) {
                table.cells[i][j] = cells[i][j];
            }
        }
        return table;
    }

    /** Rows in which an abstention or a conflict counts as an error. */
    double errors() {
        return column(ERROR);
    }

    /** The reference's labels against the judge's in the order A, tie, B, error. */
    ContingencyTable table() {
        double[][] counts = new double[IN_ORDER.length][IN_ORDER.length];
        for (int i = 0; i < Outcome.LABELS; i++) {
            for (int j = 0; j < IN_ORDER.length; j++) {
                counts[i][j] = cells[IN_ORDER[i]][IN_ORDER[j]];
            }
        }
        return ContingencyTable.of(counts);
    }

    /** Rows where both gave the same label, of all rows. */
    OptionalDouble accuracy() {
        return ratio(diagonal(), total());
    }

    /** The same where a tie against a side is half an agreement. */
    OptionalDouble halfCredit() {
        int tie = Outcome.TIE.index();
        double halves = cells[0][tie] + cells[1][tie] + cells[tie][0] + cells[tie][1];
        return ratio(diagonal() + halves / 2, total());
    }

    /** Rows where both gave the same side, of those where both gave a side. */
    OptionalDouble accuracyWithoutTies() {
        return ratio(cells[0][0] + cells[1][1], totalWithoutTies());
    }

    double totalWithoutTies() {
        return cells[0][0] + cells[0][1] + cells[1][0] + cells[1][1];
    }

    /** Mean over the labels in use of: right among those judged so. */
    OptionalDouble macroPrecision() {
        return macro((right, reference, judged) -> ratio(right, judged).orElse(0));
    }

    /** Mean over the labels in use of: right among those that the reference calls so. */
    OptionalDouble macroRecall() {
        return macro((right, reference, judged) -> ratio(right, reference).orElse(0));
    }

    /** Mean over the labels in use of the harmonic mean of precision and recall. */
    OptionalDouble macroF1() {
        return macro((right, reference, judged) ->
                ratio(2 * right, reference + judged).orElse(0));
    }

    /**
     * Cohen's kappa (1960): agreement beyond that of two independent raters with the same margins. Empty when only one
     * category occurs, where chance agreement is already 1.
     */
    OptionalDouble cohenKappa() {
        double n = total();
        for (int label = 0; label < Outcome.LABELS; label++) {
            if (cells[label][label] == n) {
                return OptionalDouble.empty();
            }
        }
        double byChance = 0;
        for (int label = 0; label < Outcome.LABELS; label++) {
            byChance += row(label) / n * (column(label) / n);
        }
        return OptionalDouble.of((diagonal() / n - byChance) / (1 - byChance));
    }

    private OptionalDouble macro(PerLabel score) {
        double sum = 0;
        int inUse = 0;
        for (int label = 0; label < Outcome.LABELS; label++) {
            if (row(label) + column(label) > 0) {
                sum += score.of(cells[label][label], row(label), column(label));
                inUse++;
            }
        }
        return ratio(sum, inUse);
    }

    private static OptionalDouble ratio(double part, double whole) {
        return whole > 0 ? OptionalDouble.of(part / whole) : OptionalDouble.empty();
    }

    private interface PerLabel {
        double of(double right, double reference, double judged);
    }
}
