package pairwright.agreement;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoublePredicate;

/**
 * Finds the lowest margin at which a judge is certified: Learn then Test (Angelopoulos, Bates, Candes, Jordan and Lei 2021) with
 * exact binomial tails and fixed sequence testing over {@link MarginGrid}. The thresholds are tested from the surest rows downward, each at
 * the full delta, until one fails; so the chance that any threshold which passed is false is at most delta, whatever the
 * judge's errors are like, and no correction for many tests is needed.
 *
 * <p>What is tested first depends on the margins alone, never on a label: the highest threshold that leaves as many rows as
 * four times the fewest that could pass, or half of all rows if these are fewer, but never fewer than could pass. Higher
 * ones are not tried, since one error among so few rows would end the sequence.
 *
 * <p>The tail is exact for independent rows. Rows of one prompt are not, so the caller hands over one row a prompt. Rows drawn
 * in equal numbers from equal slices of the margin have a tail below the binomial one (Hoeffding 1956), so the statement stays true.
 */
final class Certification {
    private static final int COMFORT = 4;

    private final RiskTarget target;
    private final long[] rows = new long[MarginGrid.THRESHOLDS.size()];
    private final long[] errors = new long[MarginGrid.THRESHOLDS.size()];
    private long labelled;

    Certification(RiskTarget target) {
        this.target = target;
    }

    /** A labelled row on which the judge takes a side. */
    void add(double margin, boolean wrong) {
        labelled++;
        int place = MarginGrid.place(margin);
        rows[place]++;
        errors[place] += wrong ? 1 : 0;
    }

    /** A labelled row on which the judge takes no side, so that no threshold uses it. */
    void addUnused() {
        labelled++;
    }

    Certificate certificate() {
        return certificate(threshold -> true);
    }

    /**
     * With one condition more, which must hold at a threshold for it to pass. Where the condition is itself a test at delta or
     * less, the guarantee is that of both (an intersection-union test).
     */
    Certificate certificate(DoublePredicate alsoHolds) {
        int fewest = target.fewestRows();
        long all = sum(rows, rows.length - 1);
        if (all < fewest) {
            return new Certificate.Abstain(
                    target,
                    "the judge takes a side in " + all + " labelled rows of different prompts; at least " + fewest
                            + " without an error are needed to show at most " + target.alpha() + " wrong at confidence "
                            + words(1 - target.delta()),
                    List.of());
        }
        long start = Math.max(fewest, Math.min((long) COMFORT * fewest, (all + 1) / 2));
        List<Certificate.Step> steps = new ArrayList<>();
        Certificate.Step certified = null;
        for (int place = 0; place < rows.length; place++) {
            long n = sum(rows, place);
            if (n < start || (rows[place] == 0 && !steps.isEmpty())) {
                continue; // too few rows, or the same ones as before
            }
            Certificate.Step step = step(place, n, MarginGrid.THRESHOLDS.get(place), alsoHolds);
            steps.add(step);
            if (!step.passed()) {
                break;
            }
            certified = step;
        }
        return certified == null ? abstain(steps) : certified(certified, steps);
    }

    private Certificate.Step step(int place, long n, double threshold, DoublePredicate alsoHolds) {
        long wrong = sum(errors, place);
        double p = BinomialTail.atMost(wrong, n, target.alpha());
        return new Certificate.Step(threshold, n, wrong, p, p <= target.delta() && alsoHolds.test(threshold));
    }

    private Certificate certified(Certificate.Step last, List<Certificate.Step> steps) {
        return new Certificate.Certified(
                target,
                last.threshold(),
                last.rows(),
                last.errors(),
                BinomialTail.upper(last.errors(), last.rows(), 1 - target.delta()),
                (double) last.rows() / labelled,
                steps);
    }

    private Certificate abstain(List<Certificate.Step> steps) {
        Certificate.Step first = steps.get(0);
        String where = first.threshold() > 0
                ? "on the surest rows that are enough to tell, |2z - 1| of " + first.threshold() + " or more,"
                : "where it takes a side";
        String reason = first.pValue() <= target.delta()
                ? where + " the share of errors is low enough, but not what else is asked"
                : where + " the judge is wrong in " + first.errors() + " of " + first.rows()
                        + " rows; at confidence " + words(1 - target.delta()) + " that is up to "
                        + words(BinomialTail.upper(first.errors(), first.rows(), 1 - target.delta()))
                        + ", more than " + target.alpha();
        return new Certificate.Abstain(target, reason, steps);
    }

    private static String words(double share) {
        return String.format(Locale.ROOT, "%.3f", share).replaceAll("(\\.\\d*?[1-9])0+$|\\.0+$", "$1");
    }

    private static long sum(long[] counts, int last) {
        long sum = 0;
        for (int place = 0; place <= last; place++) {
            sum += counts[place];
        }
        return sum;
    }
}
