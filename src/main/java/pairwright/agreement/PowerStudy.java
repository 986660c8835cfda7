package pairwright.agreement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** {@link Power} of the labelled rows. */
final class PowerStudy {
    private static final List<Double> DIFFERENCES = List.of(.3, .2, .15, .1, .075, .05, .03, .02, .01);
    private static final int MOST_NEEDED = 4;
    private static final String PLAN = "two-sided at .05 with power .8, rows divided by the design effect";

    private final JudgedRows rows;
    private final AgreementSettings settings;
    private final int[] used;
    private final Outcome majority;

    /** A rule that needs no judge. */
    private enum Rule {
        FIRST,
        LONGER,
        MAJORITY
    }

    private PowerStudy(JudgedRows rows, AgreementSettings settings) {
        this.rows = rows;
        this.settings = settings;
        this.used = IntStream.of(rows.sorted())
                .filter(row -> rows.reference(row).isLabel() && Credit.counts(rows.judged(row), settings))
                .filter(row -> settings.ties() != TiesAs.DROPPED
                        || (rows.reference(row) != Outcome.TIE && said(row) != Outcome.TIE))
                .toArray();
        int[] counts = new int[Outcome.LABELS];
        IntStream.of(used).forEach(row -> counts[rows.reference(row).index()]++);
        this.majority = Outcome.at(IntStream.range(0, Outcome.LABELS)
                .boxed()
                .max(Comparator.<Integer>comparingInt(label -> counts[label]).thenComparing(Comparator.reverseOrder()))
                .orElseThrow());
    }

    /** Empty where no row has a label of both. */
    static Optional<Power> of(JudgedRows rows, String reference, AgreementSettings settings) {
        PowerStudy study = new PowerStudy(rows, settings);
        return study.used.length == 0 ? Optional.empty() : Optional.of(study.power(reference));
    }

    private Outcome said(int row) {
        return Credit.said(rows.judged(row), settings);
    }

    private double credit(Outcome label, int row) {
        return Credit.halves(label, rows.reference(row), settings.ties()) / 2.;
    }

    private Outcome said(Rule rule, int row) {
        return switch (rule) {
            case FIRST -> Outcome.A;
            case MAJORITY -> majority;
            case LONGER -> {
                int difference = Integer.compare(rows.lengthA(row), rows.lengthB(row));
                yield difference > 0 ? Outcome.A : difference < 0 ? Outcome.B : Outcome.TIE;
            }
        };
    }

    private long cluster(int row) {
        return settings.clusters() == Clusters.ROW ? rows.key(row) : rows.prompt(row);
    }

    private Power power(String reference) {
        Map<Long, double[]> prompts = new HashMap<>();
        double right = 0;
        for (int row : used) {
            double[] prompt = prompts.computeIfAbsent(cluster(row), p -> new double[2]);
            double credit = credit(said(row), row);
            prompt[0]++;
            prompt[1] += credit;
            right += credit;
        }
        long n = used.length;
        DesignEffect effect = DesignEffect.of(prompts.values());
        double effective = n / effect.effect();
        double accuracy = right / n;
        List<AgainstRule> rules = rules();
        double floor = IntStream.range(0, Rule.values().length)
                .mapToDouble(rule -> IntStream.of(used)
                                .mapToDouble(row -> credit(said(Rule.values()[rule], row), row))
                                .sum()
                        / n)
                .max()
                .orElse(0);
        double discordant = 2 * accuracy * (1 - accuracy);
        double[] wilson = BinomialTail.wilson((long) Math.floor(right), n, settings.confidence());
        return new Power(
                reference,
                n,
                effect,
                effective,
                new AnalyticInterval(
                        Math.sqrt(accuracy * (1 - accuracy) / n),
                        wilson[0],
                        wilson[1],
                        "Wilson, rows taken for independent"),
                rules,
                floor,
                detectable(
                        effective,
                        1 - floor,
                        d -> SampleSize.accuracy(floor, floor + d),
                        "least accuracy above that of the best rule that shows",
                        "even a judge that is always right would not show beside the best rule"),
                detectable(
                        effective,
                        discordant,
                        d -> SampleSize.paired(discordant, d),
                        "least difference to another judge on the same rows that shows, errors independent",
                        "no difference would show with so few rows"),
                kappa(),
                detectableKappa(effective / n),
                needed(floor, discordant, effective, effect.effect()));
    }

    private Statistic detectable(
            double effective, double most, DoubleUnaryOperator rowsNeeded, String method, String whyNone) {
        OptionalDouble difference = SampleSize.difference(effective, most, rowsNeeded);
        return difference.isPresent()
                ? new Point(difference.getAsDouble(), used.length, method + "; " + PLAN, "it is a plan")
                : new Undefined(whyNone, used.length);
    }

    private List<AgainstRule> rules() {
        ClusterSums sums = new ClusterSums(1 + Rule.values().length, settings);
        long[][] only = new long[Rule.values().length][2];
        for (int row : used) {
            double[] cluster = sums.of(rows.prompt(row));
            cluster[0]++;
            double judge = credit(said(row), row);
            for (Rule rule : Rule.values()) {
                double other = credit(said(rule, row), row);
                cluster[1 + rule.ordinal()] += judge - other;
                only[rule.ordinal()][0] += judge == 1 && other < 1 ? 1 : 0;
                only[rule.ordinal()][1] += other == 1 && judge < 1 ? 1 : 0;
            }
        }
        Replicates<double[]> replicates = sums.replicates();
        List<AgainstRule> list = new ArrayList<>();
        for (Rule rule : Rule.values()) {
            int column = 1 + rule.ordinal();
            list.add(new AgainstRule(
                    BaselineRule.valueOf(rule.name()).words(),
                    only[rule.ordinal()][0],
                    only[rule.ordinal()][1],
                    BinomialTail.mcNemar(only[rule.ordinal()][0], only[rule.ordinal()][1]),
                    replicates.statistic(
                            s -> s[0] > 0 ? OptionalDouble.of(s[column] / s[0]) : OptionalDouble.empty(),
                            used.length,
                            "accuracy of the judge less that of the rule",
                            Measure.NO_ROW)));
        }
        return list;
    }

    /** Counts of A and B by reference and judge, over rows where both take a side. */
    private double[][] sides() {
        double[][] counts = new double[2][2];
        for (int row : used) {
            Outcome judged = said(row);
            if (rows.reference(row) != Outcome.TIE && (judged == Outcome.A || judged == Outcome.B)) {
                counts[rows.reference(row).index()][judged.index()]++;
            }
        }
        return counts;
    }

    private Statistic kappa() {
        double[][] sides = sides();
        long n = (long) (sides[0][0] + sides[0][1] + sides[1][0] + sides[1][1]);
        OptionalDouble kappa = ChanceCorrected.COHEN_KAPPA.value(ContingencyTable.of(sides));
        return kappa.isPresent()
                ? new Point(
                        kappa.getAsDouble(),
                        n,
                        "Cohen's kappa over rows where both take a side",
                        "it serves to plan here")
                : new Undefined("no row where both take a side, or only one side occurs", n);
    }

    /** A rise of kappa, whose rows are those where both take a side. */
    private Statistic detectableKappa(double perRow) {
        double[][] sides = sides();
        double n = sides[0][0] + sides[0][1] + sides[1][0] + sides[1][1];
        double share = (2 * sides[0][0] + sides[0][1] + sides[1][0]) / (2 * n);
        Optional<Double> kappa = kappa().number().filter(k -> k > 0 && k < 1 && share > 0 && share < 1);
        if (kappa.isEmpty()) {
            return new Undefined("kappa is not between 0 and 1", (long) n);
        }
        OptionalDouble rise = SampleSize.difference(
                n * perRow, 1 - kappa.get(), d -> SampleSize.kappa(kappa.get(), kappa.get() + d, share));
        return rise.isPresent()
                ? new Point(rise.getAsDouble(), (long) n, "least rise of kappa that shows; " + PLAN, "it is a plan")
                : new Undefined("even a kappa of 1 would not show with so few rows", (long) n);
    }

    private List<LabelsNeeded> needed(double floor, double discordant, double effective, double effect) {
        double seen = SampleSize.difference(effective, 1 - floor, d -> SampleSize.accuracy(floor, floor + d))
                .orElse(1);
        return DIFFERENCES.stream()
                .filter(d -> d < seen && d < 1 - floor && d < discordant)
                .limit(MOST_NEEDED)
                .map(d -> new LabelsNeeded(
                        d,
                        SampleSize.whole(SampleSize.accuracy(floor, floor + d) * effect),
                        SampleSize.whole(SampleSize.paired(discordant, d) * effect)))
                .toList();
    }
}
