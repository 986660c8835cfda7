package pairwright.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import pairwright.pair.ModelPair;

class ComparisonPlanTest {
    private static final List<String> FOUR = List.of("a", "b", "c", "d");

    /** Every two of the items, each so often. */
    private static Map<ModelPair, Long> each(List<String> items, long times) {
        Map<ModelPair, Long> available = new TreeMap<>();
        for (String one : items) {
            for (String other : items) {
                if (one.compareTo(other) < 0) {
                    available.put(ModelPair.of(one, other), times);
                }
            }
        }
        return available;
    }

    private static ComparisonTableBuilder wins(Object... namesAndCounts) {
        ComparisonTableBuilder table = ComparisonTable.builder();
        for (int i = 0; i < namesAndCounts.length; i += 4) {
            for (int k = 0; k < (Integer) namesAndCounts[i + 2]; k++) {
                table.add(Comparison.of((String) namesAndCounts[i], (String) namesAndCounts[i + 1], 1));
            }
            for (int k = 0; k < (Integer) namesAndCounts[i + 3]; k++) {
                table.add(Comparison.of((String) namesAndCounts[i], (String) namesAndCounts[i + 1], 0));
            }
        }
        return table;
    }

    @Test
    void whatAJudgmentClosesIsTheDropOfTheSumThatItsDefinitionSays() {
        double[] strengths = {.3, .1, -.9, 2};
        double[][] v = {{1, .2, .1, 0}, {.2, .8, .3, .1}, {.1, .3, .9, .2}, {0, .1, .2, 1.5}};
        double information = .2;
        OpenOrder order = new OpenOrder(strengths, v);
        for (int one = 0; one < 4; one++) {
            for (int other = 0; other < one; other++) {
                double expected = 0;
                for (int a = 0; a < 4; a++) {
                    for (int b = 0; b < a; b++) {
                        // The covariance of the two differences; what a judgment of one takes from the variance of the
                        // other is f c^2 / (1 + f v).
                        double with = v[a][one] - v[a][other] - v[b][one] + v[b][other];
                        double drop = information * with * with / (1 + information * order.variance(one, other));
                        double gap = strengths[a] - strengths[b];
                        expected += Math.exp(-gap * gap / 2 / order.variance(a, b)) * drop / order.variance(a, b);
                    }
                }
                assertThat(order.closedBy(one, other, information)).isCloseTo(expected, within(1e-12));
            }
        }
        assertThat(OpenOrder.fisher(0, 1e-12)).isCloseTo(.25, within(1e-9));
    }

    @Test
    void theNextJudgmentsGoWhereTheOrderIsOpen() {
        // a above b without doubt, c and d even.
        var table = wins("a", "b", 40, 2, "b", "c", 40, 2, "c", "d", 6, 5);
        Map<ModelPair, Long> plan = ComparisonPlan.after(table, FOUR).mostInformative(10, each(FOUR, 100));
        assertThat(plan).containsOnlyKeys(ModelPair.of("c", "d"));
        assertThat(plan.get(ModelPair.of("c", "d"))).isEqualTo(10);
    }

    @Test
    void withoutJudgmentsEveryModelIsPlannedForAndTheBudgetIsKept() {
        Map<ModelPair, Long> plan =
                ComparisonPlan.after(ComparisonTable.builder(), FOUR).mostInformative(60, each(FOUR, 100));
        assertThat(plan.values().stream().mapToLong(n -> n).sum()).isEqualTo(60);
        assertThat(plan).hasSize(6);
        assertThat(plan.values()).allSatisfy(times -> assertThat(times).isBetween(8L, 12L));
    }

    @Test
    void noTwoMeetMoreOftenThanTheyCan() {
        Map<ModelPair, Long> plan =
                ComparisonPlan.after(ComparisonTable.builder(), FOUR).mostInformative(1000, each(FOUR, 3));
        assertThat(plan).isEqualTo(each(FOUR, 3));
    }

    @Test
    void aSwissRoundPairsNeighboursThatHaveMetLeast() {
        var table = wins("a", "b", 9, 3, "b", "c", 9, 3, "c", "d", 9, 3);
        ComparisonPlan plan = ComparisonPlan.after(table, FOUR);
        assertThat(plan.ranking()).containsExactly("a", "b", "c", "d");
        assertThat(plan.swissRound(10, each(FOUR, 100), Map.of()))
                .isEqualTo(Map.of(ModelPair.of("a", "b"), 5L, ModelPair.of("c", "d"), 5L));
        assertThat(plan.swissRound(10, each(FOUR, 100), Map.of(ModelPair.of("a", "b"), 12L)))
                .isEqualTo(Map.of(ModelPair.of("a", "c"), 5L, ModelPair.of("b", "d"), 5L));
    }

    @Test
    void ofAnOddNumberTheLastMeetsItsNeighbourAndTheBudgetIsKept() {
        var table = wins("a", "b", 9, 3, "b", "c", 9, 3);
        List<String> three = List.of("a", "b", "c");
        Map<ModelPair, Long> round = ComparisonPlan.after(table, three).swissRound(11, each(three, 100), Map.of());
        assertThat(round).containsOnlyKeys(ModelPair.of("a", "b"), ModelPair.of("b", "c"));
        assertThat(round.values().stream().mapToLong(n -> n).sum()).isEqualTo(11);
    }

    @Test
    void theOrderOfTwoIsAsProbableAsTheNormalLawSays() {
        ComparisonPlan plan = ComparisonPlan.after(wins("a", "b", 30, 10), List.of("a", "b"));
        Strengths fit = Strengths.fit(
                wins("a", "b", 30, 10).build(),
                RankingSettings.DEFAULT
                        .withRidge(1 / (ComparisonPlan.PRIOR_SD * ComparisonPlan.PRIOR_SD))
                        .withErrors(Errors.FISHER));
        assertThat(plan.orderProbability()).isCloseTo(fit.probabilityStronger(0, 1), within(1e-12));
    }

    @Test
    void aStatedProbabilityOfTheOrderHoldsInSimulatedTournaments() {
        Random random = new Random(5);
        int settled = 0;
        int right = 0;
        for (int run = 0; run < 400; run++) {
            double[] strengths = new double[4];
            for (int i = 0; i < 4; i++) {
                strengths[i] = ComparisonPlan.PRIOR_SD * random.nextGaussian();
            }
            ComparisonTableBuilder table = ComparisonTable.builder();
            for (int k = 0; k < 40; k++) {
                each(FOUR, 1).keySet().forEach(models -> {
                    double d = strengths[FOUR.indexOf(models.lower())] - strengths[FOUR.indexOf(models.higher())];
                    table.add(Comparison.of(
                            models.lower(), models.higher(), random.nextDouble() < Logistic.sigma(d) ? 1 : 0));
                });
            }
            ComparisonPlan plan = ComparisonPlan.after(table, FOUR);
            if (plan.orderProbability() >= .9) {
                settled++;
                List<String> truth = FOUR.stream()
                        .sorted(java.util.Comparator.comparingDouble(i -> -strengths[FOUR.indexOf(i)]))
                        .toList();
                right += plan.ranking().equals(truth) ? 1 : 0;
            }
        }
        // Those at .9 or more are right at least nine times of ten; most are far above, so that chance is no excuse.
        assertThat(settled).isGreaterThan(150);
        assertThat(right).isGreaterThanOrEqualTo((int) Math.ceil(.9 * settled));
    }
}
