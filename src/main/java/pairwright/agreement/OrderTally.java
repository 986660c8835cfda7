package pairwright.agreement;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.function.BiPredicate;

/** The labels of a judge's two orders, row by row. */
final class OrderTally {
    private final AgreementSettings settings;
    private final CellCounts cells;

    OrderTally(AgreementSettings settings) {
        this.settings = settings;
        this.cells = new CellCounts(Outcome.ALL * Outcome.ALL, settings);
    }

    void add(BothOrders orders, WeightedPrompt prompt) {
        cells.add(orders.ab().index() * Outcome.ALL + orders.ba().index(), prompt);
    }

    OrderConsistency consistency() {
        Replicates<long[]> raw = Replicates.of(cells, settings, counts -> counts);
        Replicates<long[]> counts = Replicates.of(cells, settings, this::resolved);
        long[] rows = counts.rows();
        long[] asked = cells.rows();
        long used = Arrays.stream(rows).sum();
        return new OrderConsistency(
                Arrays.stream(asked).sum(),
                count(asked, (ab, ba) -> (ab == Outcome.ABSTAINED) != (ba == Outcome.ABSTAINED)),
                count(asked, (ab, ba) -> ab == Outcome.ABSTAINED && ba == Outcome.ABSTAINED),
                consistent(rows),
                count(rows, (ab, ba) -> ab == Outcome.A && ba == Outcome.B),
                count(rows, (ab, ba) -> ab == Outcome.B && ba == Outcome.A),
                count(
                        rows,
                        (ab, ba) -> (ab == Outcome.A && ba == Outcome.TIE) || (ab == Outcome.TIE && ba == Outcome.B)),
                count(
                        rows,
                        (ab, ba) -> (ab == Outcome.B && ba == Outcome.TIE) || (ab == Outcome.TIE && ba == Outcome.A)),
                counts.statistic(
                        OrderTally::share,
                        used,
                        "share of rows asked in both orders with the same label in both",
                        "no row has labels of both orders"),
                raw.statistic(
                        OrderTally::sameOutcome,
                        Arrays.stream(asked).sum(),
                        "share of rows asked in both orders with the same outcome, no label in both being the same",
                        "no row was asked in both orders"),
                raw.statistic(
                        OrderTally::kappaA,
                        Arrays.stream(asked).sum(),
                        "Cohen's kappa of the two orders on A against everything else",
                        "the two orders never differ in whether they say A"));
    }

    private static OptionalDouble sameOutcome(long[] counts) {
        long all = Arrays.stream(counts).sum();
        return all > 0 ? OptionalDouble.of((double) count(counts, (ab, ba) -> ab == ba) / all) : OptionalDouble.empty();
    }

    private static OptionalDouble kappaA(long[] counts) {
        double[][] table = new double[2][2];
        for (Outcome ab : Outcome.values()) {
            for (Outcome ba : Outcome.values()) {
                table[ab == Outcome.A ? 0 : 1][ba == Outcome.A ? 0 : 1] +=
                        counts[ab.index() * Outcome.ALL + ba.index()];
            }
        }
        return ChanceCorrected.COHEN_KAPPA.value(ContingencyTable.of(table));
    }

    private static OptionalDouble share(long[] counts) {
        long all = Arrays.stream(counts).sum();
        return all > 0 ? OptionalDouble.of((double) consistent(counts) / all) : OptionalDouble.empty();
    }

    private static long consistent(long[] counts) {
        return count(counts, (ab, ba) -> ab == ba && ab != Outcome.ABSTAINED);
    }

    /** The counts with unparsed orders as the settings say. */
    private long[] resolved(long[] counts) {
        if (settings.unparsed() == UnparsedAs.ERROR) {
            return counts;
        }
        long[] resolved = new long[counts.length];
        for (Outcome ab : Outcome.values()) {
            for (Outcome ba : Outcome.values()) {
                long count = counts[ab.index() * Outcome.ALL + ba.index()];
                if ((ab != Outcome.ABSTAINED && ba != Outcome.ABSTAINED) || settings.unparsed() == UnparsedAs.TIE) {
                    resolved[tied(ab).index() * Outcome.ALL + tied(ba).index()] += count;
                }
            }
        }
        return resolved;
    }

    private static Outcome tied(Outcome outcome) {
        return outcome == Outcome.ABSTAINED ? Outcome.TIE : outcome;
    }

    private static long count(long[] counts, BiPredicate<Outcome, Outcome> which) {
        long sum = 0;
        for (Outcome ab : Outcome.values()) {
            for (Outcome ba : Outcome.values()) {
                sum += which.test(ab, ba) ? counts[ab.index() * Outcome.ALL + ba.index()] : 0;
            }
        }
        return sum;
    }
}
