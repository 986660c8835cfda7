package pairwright.agreement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** The risk-coverage curve of a judge (Geifman and El-Yaniv 2017), once for the rows and once for every bootstrap replicate. */
final class RiskCoverage {
    /** Of Euler and Mascheroni. */
    private static final double EULER = 0.5772156649015329;

    private static final double[] HARMONIC = new double[1024];

    static {
        for (int n = 1; n < HARMONIC.length; n++) {
            HARMONIC[n] = HARMONIC[n - 1] + 1. / n;
        }
    }

    private final SelectiveRows rows;
    private final AgreementSettings settings;
    private final int[] order;
    private final boolean[] newRows = new boolean[MarginGrid.THRESHOLDS.size()];

    /** What a replicate comes to: rows and losses down to each threshold, and the area. */
    private static final class Sums {
        private final double[] rows = new double[MarginGrid.THRESHOLDS.size()];
        private final double[] losses = new double[MarginGrid.THRESHOLDS.size()];
        private double n;
        private double loss;
        private double area;
        private int groupRows;
        private double groupLoss;

        /** Rows of one margin, in random order: row j of them is at risk (loss + j * groupLoss / groupRows) / (n + j). */
        void closeGroup() {
            if (groupRows > 0) {
                double slope = groupLoss / groupRows;
                area += slope * groupRows + (loss - slope * n) * (harmonic(n + groupRows) - harmonic(n));
                n += groupRows;
                loss += groupLoss;
                groupRows = 0;
                groupLoss = 0;
            }
        }

        /** 1 + 1/2 + ... + 1/n. */
        private static double harmonic(double n) {
            return n < HARMONIC.length
                    ? HARMONIC[(int) n]
                    : Math.log(n) + EULER + 1 / (2 * n) - 1 / (12 * n * n); // the next term is below 1e-14
        }
    }

    private RiskCoverage(SelectiveRows rows, AgreementSettings settings) {
        this.rows = rows;
        this.settings = settings;
        this.order = rows.surestFirst();
    }

    /** Empty where no row is labelled. */
    static Optional<SelectiveAgreement> of(
            JudgedRows judged, String reference, AgreementSettings settings, RiskTarget target) {
        SelectiveRows rows = new SelectiveRows(judged, settings);
        if (rows.labelled().length == 0) {
            return Optional.empty();
        }
        RiskCoverage curve = new RiskCoverage(rows, settings);
        Replicates<Sums> sums = curve.sums();
        return Optional.of(new SelectiveAgreement(
                reference,
                rows.labelled().length,
                sums.prompts(),
                curve.order.length,
                curve.points(sums),
                sums.statistic(
                        s -> s.n > 0 ? OptionalDouble.of(s.area / s.n) : OptionalDouble.empty(),
                        curve.order.length,
                        "area under the risk-coverage curve over the rows on which the judge takes a side",
                        "the judge takes a side in no labelled row"),
                rows.certification(target).certificate()));
    }

    private Replicates<Sums> sums() {
        Sums all = new Sums();
        Sums[] drawn = IntStream.range(0, settings.bootstrapRounds())
                .mapToObj(r -> new Sums())
                .toArray(Sums[]::new);
        PoissonWeights weights = new PoissonWeights(settings.seed(), settings.bootstrapRounds());
        int place = 0;
        for (int i = 0; i < order.length; i++) {
            double margin = rows.margin(order[i]);
            if (i > 0 && !MarginGrid.reaches(margin, rows.margin(order[i - 1]))) {
                close(all, drawn);
            }
            for (; place < MarginGrid.place(margin); place++) {
                mark(place, all, drawn);
            }
            newRows[place] = true;
            double loss = rows.loss(order[i]);
            int[] of = weights.draws(rows.cluster(order[i]));
            all.groupRows++;
            all.groupLoss += loss;
            for (int r = 0; r < drawn.length; r++) {
                drawn[r].groupRows += of[r];
                drawn[r].groupLoss += of[r] * loss;
            }
        }
        close(all, drawn);
        for (; place < newRows.length; place++) {
            mark(place, all, drawn);
        }
        long clusters = Arrays.stream(rows.labelled())
                .mapToLong(rows::cluster)
                .distinct()
                .count();
        return Replicates.of(all, Arrays.stream(drawn), new PromptCount(clusters, true), settings);
    }

    private static void close(Sums all, Sums[] drawn) {
        all.closeGroup();
        for (Sums replicate : drawn) {
            replicate.closeGroup();
        }
    }

    private static void mark(int place, Sums all, Sums[] drawn) {
        all.rows[place] = all.n;
        all.losses[place] = all.loss;
        for (Sums replicate : drawn) {
            replicate.rows[place] = replicate.n;
            replicate.losses[place] = replicate.loss;
        }
    }

    private List<RiskPoint> points(Replicates<Sums> sums) {
        List<RiskPoint> points = new ArrayList<>();
        for (int p = 0; p < newRows.length; p++) {
            if (newRows[p]) {
                int place = p;
                long n = (long) sums.rows().rows[place];
                points.add(new RiskPoint(
                        MarginGrid.THRESHOLDS.get(place),
                        n,
                        (double) n / rows.labelled().length,
                        sums.statistic(
                                s -> s.rows[place] > 0
                                        ? OptionalDouble.of(s.losses[place] / s.rows[place])
                                        : OptionalDouble.empty(),
                                n,
                                "share of rows where the label differs, where |2z - 1| reaches the threshold",
                                "no row reaches the threshold"),
                        BinomialTail.upper((long) Math.ceil(sums.rows().losses[place]), n, settings.confidence())));
            }
        }
        return points;
    }
}
