package pairwright.agreement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import pairwright.judge.JudgeName;

/**
 * Agreement of scores, as numbers: correlations of a judge with a reference, and the coefficients of many raters for the people
 * whose scores are categories. Rows are kept in memory.
 */
public final class ScoreStudy {
    /** More different scores than these are no categories. */
    static final int MOST_CATEGORIES = 200;

    private final String criterion;
    private final Optional<JudgeName> judge;
    private final JudgeName reference;
    private final AgreementSettings settings;
    private final List<Scored> scored = new ArrayList<>();
    private final List<Rated> rated = new ArrayList<>();
    private final Set<String> raters = new HashSet<>();
    private long rows;
    private long alone;

    record Scored(double judged, double reference, String prompt) {}

    private record Rated(List<Double> scores, String prompt) {}

    /**
     * A study of one criterion.
     *
     * @param judge empty when only people are compared
     */
    public ScoreStudy(String criterion, Optional<JudgeName> judge, JudgeName reference, AgreementSettings settings) {
        this.criterion = criterion;
        this.judge = judge;
        this.reference = reference;
        this.settings = settings;
    }

    /** Adds one row; scores that are missing stay missing. */
    public void add(ScoredRow row) {
        Optional<Double> judged =
                judge.flatMap(name -> ScoreSource.of(name, criterion).of(row));
        Optional<Double> given = ScoreSource.of(reference, criterion).of(row);
        Map<String, Double> people = new LinkedHashMap<>();
        for (ScoredRow.HumanScores human : row.human()) {
            Optional<Double> score = ScoredRow.score(human.scores(), criterion);
            if (score.isPresent() && people.put(human.annotator(), score.get()) != null) {
                throw new IllegalArgumentException(
                        "annotator " + human.annotator() + " stands twice, must stand once in a row");
            }
        }
        rows++;
        alone += row.promptId().isEmpty() ? 1 : 0;
        String prompt = row.promptId().orElse("row " + row.id());
        if (judged.isPresent() && given.isPresent()) {
            scored.add(new Scored(judged.get(), given.get(), prompt));
        }
        if (!people.isEmpty()) {
            raters.addAll(people.keySet());
            rated.add(new Rated(List.copyOf(people.values()), prompt));
        }
    }

    /** The numbers of the rows so far. */
    public ScoreReport report() {
        List<String> notes = new ArrayList<>();
        if (alone > 0) {
            notes.add(alone + " rows name no prompt_id and are prompts of their own");
        }
        List<CoefficientEstimate> people = coefficients(rated, "people", notes);
        List<CoefficientEstimate> two = judge.isEmpty()
                ? List.of()
                : coefficients(
                        scored.stream()
                                .map(row -> new Rated(List.of(row.judged(), row.reference()), row.prompt()))
                                .toList(),
                        "judge and reference",
                        notes);
        return new ScoreReport(
                criterion,
                judge.map(JudgeName::toString),
                reference.toString(),
                settings.seed(),
                settings.bootstrapRounds(),
                settings.confidence(),
                rows,
                scored.size(),
                scored.stream().map(Scored::prompt).distinct().count(),
                judge.isPresent() ? ScoreMeans.of(scored, settings) : List.of(),
                judge.isPresent() ? correlations() : List.of(),
                two,
                people,
                raters.size(),
                notes);
    }

    private List<CoefficientEstimate> correlations() {
        PairedScores scores = new PairedScores(
                scored.stream().mapToDouble(Scored::judged).toArray(),
                scored.stream().mapToDouble(Scored::reference).toArray());
        ClusterWeights clusters =
                new ClusterWeights(scored.stream().map(Scored::prompt).toList(), settings);
        Replicates<double[]> weights = Replicates.of(
                scores.ones(),
                IntStream.range(0, settings.bootstrapRounds()).mapToObj(clusters::rowWeights),
                clusters.count(),
                settings);
        return Arrays.stream(Correlation.values())
                .map(correlation -> {
                    Statistic estimate = weights.statistic(
                            w -> correlation.of(scores, w),
                            scores.size(),
                            correlation.words(),
                            scores.size() < 2
                                    ? "fewer than two rows have scores of both"
                                    : "one of the two gave every row the same score");
                    return new CoefficientEstimate(
                            correlation.words(),
                            estimate,
                            clusters.count(),
                            Optional.empty(),
                            estimate.number()
                                    .filter(r -> scores.size() > 4 && Math.abs(r) < 1)
                                    .map(r -> fisher(correlation, r)));
                })
                .toList();
    }

    private AnalyticInterval fisher(Correlation correlation, double r) {
        double error = correlation.standardErrorOfFisher(r, scored.size());
        double half = Normal.critical(settings.confidence()) * error;
        double z = Math.log((1 + r) / (1 - r)) / 2;
        return new AnalyticInterval(
                error * (1 - r * r),
                Math.tanh(z - half),
                Math.tanh(z + half),
                "Fisher's transformation, independent rows");
    }

    private List<CoefficientEstimate> coefficients(List<Rated> of, String who, List<String> notes) {
        if (of.stream().noneMatch(r -> r.scores().size() > 1)) {
            return List.of();
        }
        long categories =
                of.stream().flatMap(r -> r.scores().stream()).distinct().count();
        if (categories > MOST_CATEGORIES) {
            notes.add(who + " gave " + categories + " different scores, more than " + MOST_CATEGORIES
                    + ", so their agreement as categories is left out");
            return List.of();
        }
        RatingTable all = RatingTable.ofRatings(
                of.stream().map(row -> row.scores().toArray(Double[]::new)).toArray(Double[][]::new));
        int[] patternOf = patterns(of, all);
        ClusterWeights clusters =
                new ClusterWeights(of.stream().map(Rated::prompt).toList(), settings);
        Replicates<RatingTable> tables = Replicates.of(
                all,
                IntStream.range(0, settings.bootstrapRounds()).mapToObj(round -> {
                    double[] items = new double[all.patterns()];
                    double[] weights = clusters.rowWeights(round);
                    for (int i = 0; i < patternOf.length; i++) {
                        items[patternOf[i]] += weights[i];
                    }
                    return all.withItems(items);
                }),
                clusters.count(),
                settings);
        long several = (long) all.itemsWith(2);
        return ManyRaterCoefficient.FOR_SCORES.stream()
                .map(coefficient -> coefficient.estimate(tables, several))
                .toList();
    }

    /** Which pattern of the table each rated row has. */
    private static int[] patterns(List<Rated> of, RatingTable table) {
        Map<List<Integer>, Integer> index = new HashMap<>();
        for (int p = 0; p < table.patterns(); p++) {
            index.put(Arrays.stream(table.pattern(p)).boxed().toList(), p);
        }
        Function<Rated, List<Integer>> counts = row -> {
            Integer[] pattern = new Integer[table.categories()];
            Arrays.fill(pattern, 0);
            for (Double score : row.scores()) {
                pattern[Arrays.binarySearch(table.values(), score + 0.0)]++;
            }
            return Arrays.asList(pattern);
        };
        return of.stream().mapToInt(row -> index.get(counts.apply(row))).toArray();
    }
}
