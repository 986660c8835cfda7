package pairwright.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static pairwright.agreement.GoldenTablesTest.value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pairwright.jsonl.Json;
import pairwright.judge.Judgment;
import pairwright.pair.Label;
import pairwright.pair.Pair;

class BootstrapTest {
    private static final Label[] LABELS = {Label.A, Label.B, Label.TIE};

    /** One row of made data. */
    private record Made(Pair pair, Label judged, Label gold) {}

    /** Prompts of different difficulty: on a hard one the judge is mostly wrong, so rows of a prompt go together. */
    private static List<Made> clustered(Random random, int prompts, int rowsPerPrompt, double spread) {
        List<Made> rows = new ArrayList<>();
        for (int p = 0; p < prompts; p++) {
            double right = .7 + (random.nextBoolean() ? spread : -spread);
            for (int r = 0; r < rowsPerPrompt; r++) {
                Label gold = LABELS[random.nextInt(3)];
                Label judged = random.nextDouble() < right
                        ? gold
                        : random.nextBoolean() ? gold.swapped() : LABELS[random.nextInt(3)];
                rows.add(new Made(StudyRows.pair(p + "-" + r, "prompt " + p), judged, gold));
            }
        }
        return rows;
    }

    private static AgreementReport report(List<Made> rows, AgreementSettings settings) {
        AgreementStudy study = new AgreementStudy("judge", settings);
        for (Made row : rows) {
            study.add(row.pair(), StudyRows.said(row.pair(), "judge", row.judged()), List.of(gold(row)));
        }
        return study.report();
    }

    private static Judgment gold(Made row) {
        return StudyRows.said(row.pair(), "field:gold", row.gold());
    }

    private static Scores scores(List<Made> rows, AgreementSettings settings) {
        return report(rows, settings).references().get(0).scores();
    }

    @Test
    void theWeightsHaveMeanAndVarianceOneAndFollowThePoissonLaw() {
        long mean = 0;
        long square = 0;
        double factorial = 1;
        for (int k = 0; k < PoissonWeights.FREQUENCIES.length; k++) {
            int frequency = PoissonWeights.FREQUENCIES[k];
            mean += (long) k * frequency;
            square += (long) k * k * frequency;
            factorial *= Math.max(1, k);
            assertThat(frequency / 65536.).isCloseTo(Math.exp(-1) / factorial, within(.00005));
        }
        assertThat(Arrays.stream(PoissonWeights.FREQUENCIES).sum()).isEqualTo(65536);
        assertThat(mean).isEqualTo(65536);
        assertThat(square - mean).isEqualTo(65536);
    }

    @Test
    void theWeightsOfDifferentPromptsReplicatesAndSeedsAreUncorrelated() {
        int replicates = 1000;
        PoissonWeights one = new PoissonWeights(1, replicates);
        PoissonWeights two = new PoissonWeights(2, replicates);
        double sum = 0;
        double neighbour = 0;
        double nextPrompt = 0;
        double otherSeed = 0;
        double[] before = new double[replicates];
        int prompts = 2000;
        for (int p = 0; p < prompts; p++) {
            WeightedPrompt a = one.of("p" + p);
            WeightedPrompt b = two.of("p" + p);
            for (int r = 0; r < replicates; r++) {
                double w = a.weight(r) - 1.;
                sum += w;
                neighbour += r > 0 ? w * (a.weight(r - 1) - 1) : 0;
                nextPrompt += w * before[r];
                otherSeed += w * (b.weight(r) - 1);
                before[r] = w;
            }
        }
        // Each is a sum of 2 million terms of mean 0 and variance 1, so a mean of .003 would be more than four standard
        // errors.
        double draws = (double) prompts * replicates;
        for (double total : new double[] {sum, neighbour, nextPrompt, otherSeed}) {
            assertThat(total / draws).isCloseTo(0, within(.003));
        }
    }

    @Test
    void theOrderOfTheRowsDoesNotMatter() {
        List<Made> rows = clustered(new Random(5), 40, 5, .2);
        String report = Json.write(report(rows, AgreementSettings.DEFAULTS));
        for (int seed = 0; seed < 5; seed++) {
            List<Made> shuffled = new ArrayList<>(rows);
            Collections.shuffle(shuffled, new Random(seed));
            assertThat(Json.write(report(shuffled, AgreementSettings.DEFAULTS))).isEqualTo(report);
        }
    }

    @Test
    void theSeedDecidesTheIntervalAndNothingElse() {
        List<Made> rows = clustered(new Random(6), 40, 5, .2);
        Estimate one = (Estimate) scores(rows, AgreementSettings.DEFAULTS).accuracy();
        Estimate two =
                (Estimate) scores(rows, AgreementSettings.DEFAULTS.withSeed(2)).accuracy();
        assertThat(scores(rows, AgreementSettings.DEFAULTS).accuracy()).isEqualTo(one);
        assertThat(two.value()).isEqualTo(one.value());
        assertThat(two.low()).isNotEqualTo(one.low()).isCloseTo(one.low(), within(.02));
    }

    @Test
    void intervalsAreThoseOfTheClassicalClusterBootstrap() {
        List<Made> rows = clustered(new Random(7), 200, 5, .2);
        AgreementSettings settings = AgreementSettings.DEFAULTS.withBootstrapRounds(4000);
        Scores scores = scores(rows, settings);
        List<int[][]> tables = tablesByPrompt(rows, 200, 5);
        Random random = new Random(8);
        double[] accuracy = new double[4000];
        double[] kappa = new double[4000];
        for (int b = 0; b < accuracy.length; b++) {
            int[][] sum = new int[3][3];
            for (int draw = 0; draw < tables.size(); draw++) {
                int[][] drawn = tables.get(random.nextInt(tables.size()));
                for (int i = 0; i < 9; i++) {
                    sum[i / 3][i % 3] += drawn[i / 3][i % 3];
                }
            }
            accuracy[b] = accuracy(sum);
            kappa[b] = kappa(sum);
        }
        // The standard error of an end of a 95% interval from 4,000 replicates is about .043 of the standard deviation.
        assertSame((Estimate) scores.accuracy(), accuracy);
        assertSame((Estimate) scores.cohenKappa(), kappa);
    }

    private static void assertSame(Estimate poisson, double[] classical) {
        double mean = Arrays.stream(classical).average().orElseThrow();
        double deviation = Math.sqrt(Arrays.stream(classical)
                .map(x -> (x - mean) * (x - mean))
                .average()
                .orElseThrow());
        Arrays.sort(classical);
        assertThat(poisson.low()).isCloseTo(PercentileInterval.quantile(classical, .025), within(.2 * deviation));
        assertThat(poisson.high()).isCloseTo(PercentileInterval.quantile(classical, .975), within(.2 * deviation));
    }

    private static List<int[][]> tablesByPrompt(List<Made> rows, int prompts, int rowsPerPrompt) {
        return IntStream.range(0, prompts)
                .mapToObj(p -> {
                    int[][] table = new int[3][3];
                    for (Made row : rows.subList(p * rowsPerPrompt, (p + 1) * rowsPerPrompt)) {
                        table[Arrays.asList(LABELS).indexOf(row.gold())][
                                Arrays.asList(LABELS).indexOf(row.judged())]++;
                    }
                    return table;
                })
                .toList();
    }

    private static double accuracy(int[][] table) {
        double n = Arrays.stream(table).flatMapToInt(Arrays::stream).sum();
        return (table[0][0] + table[1][1] + table[2][2]) / n;
    }

    private static double kappa(int[][] table) {
        double n = Arrays.stream(table).flatMapToInt(Arrays::stream).sum();
        double chance = 0;
        for (int k = 0; k < 3; k++) {
            int column = table[0][k] + table[1][k] + table[2][k];
            chance += Arrays.stream(table[k]).sum() / n * (column / n);
        }
        return (accuracy(table) - chance) / (1 - chance);
    }

    @Test
    void intervalsOfClusteredRowsCoverTheTruth() {
        // Difficulty .95 or .45 with equal chance: the intra-cluster correlation of being right is .0625 / .21 = .30.
        // (A wrong answer may still hit the label by chance, which truth below counts in.)
        double truth = 0;
        Random calibration = new Random(9);
        List<Made> population = clustered(calibration, 40_000, 5, .25);
        for (Made row : population) {
            truth += row.judged() == row.gold() ? 1. / population.size() : 0;
        }
        // bench/coverage makes 2,000 and asks for 93 to 97%; here the count itself may be three standard errors (.0126)
        // off.
        int sets = 300;
        AgreementSettings settings = AgreementSettings.DEFAULTS.withBootstrapRounds(500);
        int covered = 0;
        int coveredByRows = 0;
        Random random = new Random(10);
        for (int s = 0; s < sets; s++) {
            List<Made> rows = clustered(random, 100, 5, .25);
            Estimate accuracy = (Estimate) scores(rows, settings).accuracy();
            covered += accuracy.low() <= truth && truth <= accuracy.high() ? 1 : 0;
            double half = 1.959964 * Math.sqrt(accuracy.value() * (1 - accuracy.value()) / rows.size());
            coveredByRows += Math.abs(accuracy.value() - truth) <= half ? 1 : 0;
        }
        assertThat((double) covered / sets).isBetween(.912, .988);
        // What would be claimed if rows were taken as independent.
        assertThat((double) coveredByRows / sets).isLessThan(.9);
    }

    @Test
    void oneRowPerPromptAndCopiesOfItHaveTheSameInterval() {
        List<Made> rows = clustered(new Random(11), 60, 1, .2);
        List<Made> copies = new ArrayList<>();
        for (int copy = 0; copy < 7; copy++) {
            copies.addAll(rows);
        }
        Estimate once = (Estimate) scores(rows, AgreementSettings.DEFAULTS).accuracy();
        Estimate often = (Estimate) scores(copies, AgreementSettings.DEFAULTS).accuracy();
        assertThat(often.low()).isCloseTo(once.low(), within(1e-12));
        assertThat(often.high()).isCloseTo(once.high(), within(1e-12));
    }

    @Test
    void onePromptHasNoInterval() {
        Statistic accuracy = scores(clustered(new Random(12), 1, 50, .2), AgreementSettings.DEFAULTS)
                .accuracy();
        assertThat(accuracy).isInstanceOf(Point.class);
        assertThat(((Point) accuracy).noInterval()).isEqualTo("all rows are of one prompt, an interval needs several");
        assertThat(value(accuracy)).isBetween(0., 1.);
    }

    @Test
    void twoPromptsHaveNoIntervalSinceAReplicateMayHoldNeither() {
        Statistic accuracy = scores(clustered(new Random(13), 2, 50, .2), AgreementSettings.DEFAULTS)
                .accuracy();
        assertThat(((Point) accuracy).noInterval()).startsWith("too few prompts: without a value in ");
    }

    @Test
    void quantilesAreThoseOfTypeSeven() {
        // By hand, as R does by default: at .1, .5 and .9 of the way from the first to the last of 1, 2, 4, 8
        double[] sorted = {1, 2, 4, 8};
        assertThat(PercentileInterval.quantile(sorted, .1)).isCloseTo(1.3, within(1e-12));
        assertThat(PercentileInterval.quantile(sorted, .5)).isCloseTo(3, within(1e-12));
        assertThat(PercentileInterval.quantile(sorted, .9)).isCloseTo(6.8, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 8192})
    void promptsAreCountedExactlyWhileThereAreFew(int prompts) {
        assertThat(counted(prompts)).isEqualTo(new PromptCount(prompts, true));
    }

    @ParameterizedTest
    @ValueSource(ints = {8193, 50_000, 1_000_000})
    void manyPromptsAreEstimatedAndSaidSo(int prompts) {
        PromptCount count = counted(prompts);
        assertThat(count.exact()).isFalse();
        assertThat((double) count.count()).isCloseTo(prompts, within(prompts * .05));
    }

    private static PromptCount counted(int prompts) {
        DistinctPrompts distinct = new DistinctPrompts();
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < prompts; i++) {
                distinct.add(PoissonWeights.hash("prompt " + i));
            }
        }
        return distinct.count();
    }
}
