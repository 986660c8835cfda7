package pairwright.agreement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Win rates of the generators from judge and reference, and how they go together. */
final class SystemTally {
    private static final int FEWEST_GENERATORS = 3;
    private static final String ONE_PROMPT = "all rows are of one prompt";

    private final JudgedRows rows;
    private final AgreementSettings settings;
    private final int[] used;
    private final List<Integer> generators;

    private SystemTally(JudgedRows rows, AgreementSettings settings) {
        this.rows = rows;
        this.settings = settings;
        this.used = IntStream.of(rows.sorted())
                .filter(row -> rows.modelA(row) != Names.NONE
                        && rows.modelB(row) != Names.NONE
                        && rows.modelA(row) != rows.modelB(row)
                        && rows.judged(row).isLabel()
                        && rows.reference(row).isLabel())
                .toArray();
        this.generators = IntStream.of(used)
                .flatMap(row -> IntStream.of(rows.modelA(row), rows.modelB(row)))
                .distinct()
                .boxed()
                .sorted(Comparator.comparing(model -> rows.models().name(model)))
                .toList();
    }

    /** Empty where no row names two generators. */
    static Optional<SystemAgreement> of(
            JudgedRows rows, String reference, StrengthModel model, AgreementSettings settings) {
        SystemTally tally = new SystemTally(rows, settings);
        return tally.used.length == 0 ? Optional.empty() : Optional.of(tally.agreement(reference, model));
    }

    private double judged(int row) {
        return SoftMeasure.target(rows.judged(row));
    }

    private double given(int row) {
        return SoftMeasure.target(rows.reference(row));
    }

    private SystemAgreement agreement(String reference, StrengthModel model) {
        StrengthModel.Answer ofJudge = model.of(contests(this::judged));
        StrengthModel.Answer ofReference = model.of(contests(this::given));
        Map<String, Estimate> judgeStrengths = strengths(ofJudge);
        Map<String, Estimate> referenceStrengths = strengths(ofReference);
        List<SystemAgreement.Generator> list = generators.stream()
                .map(generator -> generator(generator, judgeStrengths, referenceStrengths))
                .sorted(Comparator.comparingDouble((SystemAgreement.Generator g) ->
                        -g.referenceWins().number().orElseThrow()))
                .toList();
        return new SystemAgreement(
                reference,
                used.length,
                new PromptCount(
                        IntStream.of(used).mapToLong(rows::prompt).distinct().count(), true),
                list,
                correlations(),
                judgeStrengths.isEmpty() || referenceStrengths.isEmpty()
                        ? List.of()
                        : ofStrengths(judgeStrengths, referenceStrengths),
                why(ofJudge, ofReference));
    }

    private List<StrengthModel.Contest> contests(IntToDoubleFunction score) {
        return IntStream.of(used)
                .mapToObj(row -> new StrengthModel.Contest(
                        rows.models().name(rows.modelA(row)),
                        rows.models().name(rows.modelB(row)),
                        score.applyAsDouble(row),
                        Long.toHexString(rows.cluster(row, settings))))
                .toList();
    }

    private static Map<String, Estimate> strengths(StrengthModel.Answer answer) {
        return answer instanceof StrengthModel.Determined determined ? determined.strengths() : Map.of();
    }

    private static Optional<String> why(StrengthModel.Answer ofJudge, StrengthModel.Answer ofReference) {
        Optional<String> judge = reason(ofJudge);
        Optional<String> reference = reason(ofReference);
        return judge.equals(reference)
                ? judge
                : Stream.of(judge.map(why -> "the judge's: " + why), reference.map(why -> "the reference's: " + why))
                        .flatMap(Optional::stream)
                        .reduce((a, b) -> a + "; " + b);
    }

    private static Optional<String> reason(StrengthModel.Answer answer) {
        return answer instanceof StrengthModel.Undetermined none ? Optional.of(none.reason()) : Optional.empty();
    }

    private SystemAgreement.Generator generator(
            int generator, Map<String, Estimate> judgeStrengths, Map<String, Estimate> referenceStrengths) {
        int[] own = IntStream.of(used)
                .filter(row -> rows.modelA(row) == generator || rows.modelB(row) == generator)
                .toArray();
        long[] clusters =
                IntStream.of(own).mapToLong(row -> rows.cluster(row, settings)).toArray();
        double[] judge = new double[own.length];
        double[] reference = new double[own.length];
        double[] differences = new double[own.length];
        double[] longer = new double[own.length];
        for (int i = 0; i < own.length; i++) {
            boolean first = rows.modelA(own[i]) == generator;
            judge[i] = first ? judged(own[i]) : 1 - judged(own[i]);
            reference[i] = first ? given(own[i]) : 1 - given(own[i]);
            differences[i] = judge[i] - reference[i];
            longer[i] = (first ? 1 : -1) * ((double) rows.lengthA(own[i]) - rows.lengthB(own[i]));
        }
        String name = rows.models().name(generator);
        return new SystemAgreement.Generator(
                name,
                own.length,
                share(clusters, judge, "win rate by the judge"),
                share(clusters, reference, "win rate by the reference"),
                RobustEstimate.mean(clusters, differences)
                        .map(found ->
                                found.statistic(own.length, "the judge's less the reference's win rate", settings))
                        .orElseGet(() -> new Undefined(ONE_PROMPT, own.length)),
                atEqualLength(clusters, judge, longer),
                atEqualLength(clusters, reference, longer),
                Optional.ofNullable(judgeStrengths.get(name)),
                Optional.ofNullable(referenceStrengths.get(name)));
    }

    private Statistic share(long[] clusters, double[] wins, String method) {
        ShareEstimate share = new ShareEstimate(settings);
        for (int i = 0; i < wins.length; i++) {
            share.add(clusters[i], wins[i]);
        }
        return share.statistic(method, "no row");
    }

    private Statistic atEqualLength(long[] clusters, double[] wins, double[] longer) {
        double mean = Arrays.stream(longer).average().orElse(0);
        double deviation = Math.sqrt(Arrays.stream(longer)
                .map(x -> (x - mean) * (x - mean))
                .average()
                .orElse(0));
        if (!(deviation > 0)) {
            return new Undefined("all differences in length are the same", wins.length);
        }
        double[][] covariates = Arrays.stream(longer)
                .mapToObj(x -> new double[] {1, Math.tanh(x / deviation)})
                .toArray(double[][]::new);
        LogisticFit fit = LogisticFit.of(covariates, wins);
        Optional<RobustEstimate> odds = RobustEstimate.of(fit.coefficient(0), clusters, fit.influences(0));
        if (odds.isEmpty()) {
            return new Undefined(ONE_PROMPT, wins.length);
        }
        Estimate logit = (Estimate) odds.get()
                .statistic(
                        wins.length,
                        "sigma(c) of logit P = c + d tanh(difference in length / its deviation)",
                        settings);
        return new Estimate(
                Calibrator.sigma(logit.value()),
                Calibrator.sigma(logit.low()),
                Calibrator.sigma(logit.high()),
                wins.length,
                logit.method());
    }

    private List<SystemAgreement.Correlated> correlations() {
        int[] place = new int[rows.models().count()];
        for (int g = 0; g < generators.size(); g++) {
            place[generators.get(g)] = g;
        }
        // Rows, wins by the judge and wins by the reference of every generator.
        ClusterSums sums = new ClusterSums(3 * generators.size(), settings);
        for (int row : used) {
            double[] cluster = sums.of(rows.prompt(row));
            double judged = judged(row);
            double given = given(row);
            add(cluster, place[rows.modelA(row)], judged, given);
            add(cluster, place[rows.modelB(row)], 1 - judged, 1 - given);
        }
        Replicates<double[]> replicates = sums.replicates();
        return Arrays.stream(Correlation.values())
                .map(correlation -> new SystemAgreement.Correlated(
                        correlation.words(),
                        replicates.statistic(
                                wins -> rates(wins).map(correlation::of).orElseGet(OptionalDouble::empty),
                                generators.size(),
                                correlation.words() + " of the win rates over " + generators.size() + " generators",
                                whyUndefined())))
                .toList();
    }

    private static void add(double[] sums, int generator, double judged, double given) {
        sums[3 * generator]++;
        sums[3 * generator + 1] += judged;
        sums[3 * generator + 2] += given;
    }

    /** The win rates of those that have rows; empty for too few of them. */
    private static Optional<PairedScores> rates(double[] sums) {
        int[] there =
                IntStream.range(0, sums.length / 3).filter(g -> sums[3 * g] > 0).toArray();
        return there.length < FEWEST_GENERATORS
                ? Optional.empty()
                : Optional.of(new PairedScores(
                        IntStream.of(there)
                                .mapToDouble(g -> sums[3 * g + 1] / sums[3 * g])
                                .toArray(),
                        IntStream.of(there)
                                .mapToDouble(g -> sums[3 * g + 2] / sums[3 * g])
                                .toArray()));
    }

    private String whyUndefined() {
        return generators.size() < FEWEST_GENERATORS
                ? "there are " + generators.size() + " generators, a correlation needs " + FEWEST_GENERATORS
                : "all generators have the same win rate";
    }

    private List<SystemAgreement.Correlated> ofStrengths(Map<String, Estimate> judge, Map<String, Estimate> reference) {
        List<String> names =
                judge.keySet().stream().filter(reference::containsKey).sorted().toList();
        ToDoubleFunction<String> x = name -> judge.get(name).value();
        ToDoubleFunction<String> y = name -> reference.get(name).value();
        List<SystemAgreement.Correlated> correlations = new ArrayList<>();
        for (Correlation correlation : Correlation.values()) {
            OptionalDouble value = names.size() < FEWEST_GENERATORS
                    ? OptionalDouble.empty()
                    : correlation.of(new PairedScores(
                            names.stream().mapToDouble(x).toArray(),
                            names.stream().mapToDouble(y).toArray()));
            correlations.add(new SystemAgreement.Correlated(
                    correlation.words(),
                    value.isPresent()
                            ? new Point(
                                    value.getAsDouble(),
                                    names.size(),
                                    correlation.words() + " of the strengths",
                                    "the strengths are fitted once, not in every replicate")
                            : new Undefined(whyUndefined(), names.size())));
        }
        return correlations;
    }
}
