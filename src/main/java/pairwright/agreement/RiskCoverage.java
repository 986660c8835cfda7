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

    /** 1 + 1/2 + ... + 1/n for as many rows as there mostly are: a table is several times as fast as a logarithm. */
    private static final int TABLE = 1 << 21;

    private final SelectiveRows rows;
    private final AgreementSettings settings;
    private final int[] order;
    private final boolean[] newRows = new boolean[MarginGrid.THRESHOLDS.size()];
    private final double[] harmonic;

    /** What the replicates come to, one beside the other: rows and losses down to each threshold, and the area. */
    private final class Sums {
        private final double[][] rows;
        private final double[][] losses;
        private final double[] n;
        private final double[] loss;
        private final double[] area;
        private final double[] harmonicOfN;
        private final int[] groupRows;
        private final double[] groupLoss;

        Sums(int replicates) {
            rows = new double[MarginGrid.THRESHOLDS.size()][replicates];
            losses = new double[MarginGrid.THRESHOLDS.size()][replicates];
            n = new double[replicates];
            loss = new double[replicates];
            area = new double[replicates];
            harmonicOfN = new double[replicates];
            groupRows = new int[replicates];
            groupLoss = new double[replicates];
        }

        void add(int[] weights, double rowLoss) {
            for (int r = 0; r < n.length; r++) {
                groupRows[r] += weights[r];
            }
            if (rowLoss != 0) {
                for (int r = 0; r < n.length; r++) {
                    groupLoss[r] += weights[r] * rowLoss;
                }
            }
        }

        /** Rows of one margin, in random order: row j of them is at risk (loss + j * groupLoss / groupRows) / (n + j). */
        void closeGroup() {
            for (int r = 0; r < n.length; r++) {
                if (groupRows[r] > 0) {
                    double slope = groupLoss[r] / groupRows[r];
                    double harmonicAfter = harmonic(n[r] + groupRows[r]);
                    area[r] += slope * groupRows[r] + (loss[r] - slope * n[r]) * (harmonicAfter - harmonicOfN[r]);
                    n[r] += groupRows[r];
                    loss[r] += groupLoss[r];
                    harmonicOfN[r] = harmonicAfter;
                    groupRows[r] = 0;
                    groupLoss[r] = 0;
                }
            }
        }

        void mark(int place) {
            rows[place] = n.clone();
            losses[place] = loss.clone();
        }

        /** One of them by itself. */
        Curve curve(int r) {
            return new Curve(column(rows, r), column(losses, r), n[r], area[r]);
        }

        private double[] column(double[][] places, int r) {
            return Arrays.stream(places).mapToDouble(place -> place[r]).toArray();
        }
    }

    /** Rows and losses down to each threshold, all rows, and the area. */
    private static final class Curve {
        private final double[] rows;
        private final double[] losses;
        private final double n;
        private final double area;

        Curve(double[] rows, double[] losses, double n, double area) {
            this.rows = rows;
            this.losses = losses;
            this.n = n;
            this.area = area;
        }
    }

    /** 1 + 1/2 + ... + 1/n. */
    private double harmonic(double n) {
        return n < harmonic.length
                ? harmonic[(int) n]
                : Math.log(n) + EULER + 1 / (2 * n) - 1 / (12 * n * n); // the next term is below 1e-14
    }

    private RiskCoverage(SelectiveRows rows, AgreementSettings settings) {
        this.rows = rows;
        this.settings = settings;
        this.order = rows.surestFirst();
        this.harmonic = new double[Math.max(1024, Math.min(TABLE, order.length + order.length / 8))];
        for (int n = 1; n < harmonic.length; n++) {
            harmonic[n] = harmonic[n - 1] + 1. / n;
        }
    }

    /** Empty where no row is labelled. */
    static Optional<SelectiveAgreement> of(
            JudgedRows judged, String reference, AgreementSettings settings, RiskTarget target) {
        SelectiveRows rows = new SelectiveRows(judged, settings);
        if (rows.labelled().length == 0) {
            return Optional.empty();
        }
        RiskCoverage curve = new RiskCoverage(rows, settings);
        Replicates<Curve> sums = curve.sums();
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

    private Replicates<Curve> sums() {
        Sums all = new Sums(1);
        Sums drawn = new Sums(settings.bootstrapRounds());
        int[] once = {1};
        PoissonWeights weights = new PoissonWeights(settings.seed(), settings.bootstrapRounds());
        int place = 0;
        for (int i = 0; i < order.length; i++) {
            double margin = rows.margin(order[i]);
            if (i > 0 && !MarginGrid.reaches(margin, rows.margin(order[i - 1]))) {
                all.closeGroup();
                drawn.closeGroup();
            }
            for (; place < MarginGrid.place(margin); place++) {
                all.mark(place);
                drawn.mark(place);
            }
            newRows[place] = true;
            double loss = rows.loss(order[i]);
            all.add(once, loss);
            drawn.add(weights.draws(rows.cluster(order[i])), loss);
        }
        all.closeGroup();
        drawn.closeGroup();
        for (; place < newRows.length; place++) {
            all.mark(place);
            drawn.mark(place);
        }
        long clusters = Arrays.stream(rows.labelled())
                .mapToLong(rows::cluster)
                .distinct()
                .count();
        return Replicates.of(
                all.curve(0),
                IntStream.range(0, settings.bootstrapRounds()).mapToObj(drawn::curve),
                new PromptCount(clusters, true),
                settings);
    }

    private List<RiskPoint> points(Replicates<Curve> sums) {
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
