package pairwright.agreement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Counts abstentions by slice, and asks whether they depend on the length of the texts, on the model or on a field of the rows. */
final class AbstentionCount {
    static final int MOST_VALUES = 30;

    /** With fewer abstentions, or fewer rows in the smaller part, the law of a share is not near enough to the normal one. */
    static final int FEWEST = 10;

    private final JudgedRows rows;
    private final int[] sorted;
    private final AgreementSettings settings;
    private final double[] abstained;
    private final long[] clusters;
    private final long count;

    AbstentionCount(JudgedRows rows, int[] sorted, AgreementSettings settings) {
        this.rows = rows;
        this.sorted = sorted;
        this.settings = settings;
        this.abstained = new double[sorted.length];
        this.clusters = new long[sorted.length];
        long sum = 0;
        for (int i = 0; i < sorted.length; i++) {
            abstained[i] = rows.judged(sorted[i]) == Outcome.ABSTAINED ? 1 : 0;
            clusters[i] = rows.cluster(sorted[i], settings);
            sum += (long) abstained[i];
        }
        this.count = sum;
    }

    AbstentionFaults faults() {
        List<AbstentionFaults.Slice> slices = new ArrayList<>();
        if (count > 0) {
            for (RowSlices slicing : slicings()) {
                slicing.values().forEach(value -> slices.add(slice(slicing.field(), value)));
            }
        }
        return new AbstentionFaults(sorted.length, count, share(row -> true), slices);
    }

    private List<RowSlices> slicings() {
        List<RowSlices> slicings = new ArrayList<>(List.of(RowSlices.byLength(rows, sorted)));
        RowSlices.byModel(rows, sorted, MOST_VALUES).ifPresent(slicings::add);
        slicings.addAll(RowSlices.byFields(rows, sorted, MOST_VALUES));
        return slicings;
    }

    private AbstentionFaults.Slice slice(String field, RowSlices.Value value) {
        Statistic share = share(value.holds());
        return new AbstentionFaults.Slice(field, value.name(), share.n(), share);
    }

    private Statistic share(IntPredicate holds) {
        ShareEstimate share = new ShareEstimate(settings);
        for (int i = 0; i < sorted.length; i++) {
            if (holds.test(sorted[i])) {
                share.add(clusters[i], abstained[i]);
            }
        }
        return share.statistic("share of rows without a preference of the judge", "no row");
    }

    /** The questions; none where the judge never abstained. */
    List<BiasQuestion> questions() {
        if (count == 0) {
            return List.of();
        }
        if (count < FEWEST) {
            return List.of(BiasQuestion.untested(
                    "abstention",
                    count + (count == 1 ? " abstention" : " abstentions") + " in " + sorted.length
                            + " rows, a test needs " + FEWEST,
                    sorted.length));
        }
        List<BiasQuestion> questions = new ArrayList<>();
        questions.add(length());
        for (RowSlices slicing : slicings()) {
            if (!slicing.field().equals(RowSlices.LENGTH) && slicing.values().size() > 1) {
                questions.add(worst(slicing));
            }
        }
        return questions;
    }

    private BiasQuestion length() {
        double[] doublings = IntStream.of(sorted)
                .mapToDouble(row -> Math.log(1. + rows.lengthA(row) + rows.lengthB(row)) / Math.log(2))
                .toArray();
        return slope(doublings)
                .map(found -> new BiasQuestion(
                        "abstention by length",
                        found.statistic(
                                sorted.length,
                                "rise of the share of abstentions with each doubling of both texts' length",
                                settings),
                        Optional.of(found.pValue()),
                        (effect, verdict) -> "Abstentions " + verdict + " depend on the length of the texts: " + effect
                                + " for each doubling."))
                .orElseGet(() -> untested("abstention by length"));
    }

    /** The value whose rows differ most surely from the others, its p-value multiplied by the number of values looked at (Bonferroni). */
    private BiasQuestion worst(RowSlices slicing) {
        String name = "abstention by " + slicing.field();
        RobustEstimate best = null;
        String where = "";
        int looked = 0;
        for (RowSlices.Value value : slicing.values()) {
            double[] in = IntStream.of(sorted)
                    .mapToDouble(row -> value.holds().test(row) ? 1 : 0)
                    .toArray();
            double inside =
                    IntStream.range(0, in.length).mapToDouble(i -> in[i]).sum();
            Optional<RobustEstimate> found =
                    Math.min(inside, in.length - inside) < FEWEST ? Optional.empty() : slope(in);
            looked += found.isPresent() ? 1 : 0;
            if (found.isPresent() && (best == null || found.get().pValue() < best.pValue())) {
                best = found.get();
                where = value.name();
            }
        }
        if (best == null) {
            return untested(name);
        }
        String of = slicing.field() + " " + VisibleText.of(where);
        return new BiasQuestion(
                name,
                best.statistic(
                        sorted.length,
                        "share of abstentions in the rows of " + of + " less that in the others",
                        settings),
                Optional.of(Math.min(1, looked * best.pValue())),
                (effect, verdict) -> "Abstentions " + verdict + " depend on " + slicing.field()
                        + "; the surest difference is that of " + of + ": " + effect + ".");
    }

    private BiasQuestion untested(String name) {
        return BiasQuestion.untested(
                name,
                count + " abstentions in " + sorted.length
                        + " rows, or their prompts, are too few or too many for a test",
                sorted.length);
    }

    /**
     * Of abstentions on a covariate, by least squares. The standard error is that under the hypothesis of no slope, which holds
     * for rare events too.
     */
    private Optional<RobustEstimate> slope(double[] x) {
        int n = x.length;
        if (count < FEWEST || n - count < FEWEST) {
            return Optional.empty();
        }
        double mean = IntStream.range(0, n).mapToDouble(i -> x[i] / n).sum();
        double share = (double) count / n;
        double xx = 0;
        double xy = 0;
        for (int i = 0; i < n; i++) {
            xx += (x[i] - mean) * (x[i] - mean);
            xy += (x[i] - mean) * (abstained[i] - share);
        }
        if (!(xx > 0)) {
            return Optional.empty();
        }
        double[] influences = new double[n];
        for (int i = 0; i < n; i++) {
            influences[i] = (x[i] - mean) * (abstained[i] - share) / xx;
        }
        return RobustEstimate.of(xy / xx, clusters, influences)
                .filter(found -> found.prompts() >= RobustEstimate.FEWEST_PROMPTS);
    }
}
