package pairwright.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RankingStudyTest {
    private static final RankingSettings PLAIN = RankingSettings.DEFAULT;

    private static ComparisonTable planted(double[] strengths, int battles, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Comparison> rows = new ArrayList<>();
        for (int i = 0; i < battles; i++) {
            int a = random.nextInt(strengths.length);
            int b = (a + 1 + random.nextInt(strengths.length - 1)) % strengths.length;
            rows.add(Planted.battle(a, b, strengths, random));
        }
        return Planted.table(rows);
    }

    @Test
    void equalItemsShareTheirRanksAndFarOnesDoNot() {
        Ranking ranking = RankingStudy.of(Strengths.fit(planted(new double[] {2, 0, 0, -2}, 3000, 1), PLAIN));

        assertThat(ranking.items().get(0).ranks()).contains(new RankRange(1, 1));
        assertThat(ranking.items().get(1).ranks()).contains(new RankRange(2, 3));
        assertThat(ranking.items().get(3).ranks()).contains(new RankRange(4, 4));
        assertThat(ranking.groups()).hasSize(1);
        assertThat(ranking.groups().get(0)).containsExactlyInAnyOrder(Planted.name(1), Planted.name(2));
    }

    /** Of 400 rankings of five equal items, in about 95 of 100 no two are told apart: the ranges hold for all pairs at once. */
    @Test
    void ranksHoldForAllItemsAtOnce() {
        int wrong = 0;
        for (int i = 0; i < 400; i++) {
            Strengths fit = Strengths.fit(planted(new double[5], 400, 100 + i), PLAIN);
            RankIntervals ranks = RankIntervals.of(fit, 1);
            boolean apart = false;
            for (int a = 0; a < 5; a++) {
                apart |= ranks.best(a) > 1 || ranks.worst(a) < 5;
            }
            wrong += apart ? 1 : 0;
        }
        // Binomial(400, .05) is above 35 or below 7 once in a thousand.
        assertThat(wrong).isBetween(7, 35);
    }

    /** So many more judgments of the two as it says make the expected interval just leave out 0, with a chance of 80%. */
    @Test
    void theJudgmentsThatItAsksForTellTwoApart() {
        Strengths fit = Strengths.fit(planted(new double[] {.06, -.06}, 200, 3), PLAIN.withErrors(Errors.FISHER));
        int stronger = fit.strength(0) > fit.strength(1) ? 0 : 1;
        Separating pair = Separating.of(fit, stronger, 1 - stronger);
        long more = pair.moreJudgments().orElseThrow();

        double d = fit.strength(stronger) - fit.strength(1 - stronger);
        double p = Logistic.sigma(d);
        double error = Math.sqrt(1 / ((200 + more) * p * (1 - p)));
        // 1.959964 + .841621: the quantiles of 97.5% and 80%.
        assertThat(d / error).isEqualTo(2.801585, within(.02));
        assertThat(pair.probabilityStronger()).isBetween(.5, 1.0);
    }

    @Test
    void aStylePreferenceIsFoundAndTakenOut() {
        SplittableRandom random = new SplittableRandom(5);
        double[] planted = {.5, 0, -.5};
        ComparisonTableBuilder styled = ComparisonTable.builder(List.of("length"));
        ComparisonTableBuilder bare = ComparisonTable.builder();
        for (int i = 0; i < 30_000; i++) {
            int a = random.nextInt(3);
            int b = (a + 1 + random.nextInt(2)) % 3;
            // The weakest writes longest, and length is liked.
            double x = (a - b) / 4.0 + random.nextDouble() - .5;
            double p = Logistic.sigma(planted[a] - planted[b] + 1.5 * x);
            Comparison row = Comparison.of(Planted.name(a), Planted.name(b), random.nextDouble() < p ? 1 : 0);
            styled.add(row.styled(List.of(x)));
            bare.add(row);
        }
        Strengths controlled = Strengths.fit(styled.build(), PLAIN.withStyle(true, .5));
        Strengths plain = Strengths.fit(bare.build(), PLAIN);

        for (int i = 0; i < 3; i++) {
            StrengthEstimate estimate = controlled.estimate(i);
            assertThat(estimate.value()).isEqualTo(planted[i], within(4 * estimate.standardError()));
        }
        assertThat(controlled.parameters().get(0).value()).isPositive();
        assertThat(plain.strength(0)).isLessThan(controlled.strength(0) - .2);
    }

    @Test
    void categoriesAreDrawnTowardsTheWholeByWhatTheySay() {
        SplittableRandom random = new SplittableRandom(6);
        List<Comparison> rows = new ArrayList<>();
        for (String category : List.of("code", "prose", "rare")) {
            double[] strengths = category.equals("code") ? new double[] {1, 0, -1} : new double[] {-.2, 0, .2};
            for (int i = 0; i < (category.equals("rare") ? 4 : 4000); i++) {
                int a = random.nextInt(3);
                rows.add(Planted.battle(a, (a + 1 + random.nextInt(2)) % 3, strengths, random)
                        .within(category));
            }
        }
        Strengths whole = Strengths.fit(Planted.table(rows), PLAIN);
        Slices slices = Slices.of(whole, Optional.empty());

        assertThat(slices.slices()).extracting(Slice::category).containsExactly("code", "prose", "rare");
        assertThat(strength(slices.slices().get(0), 0)).isEqualTo(1, within(.15));
        assertThat(strength(slices.slices().get(1), 0)).isEqualTo(-.2, within(.15));
        // Four comparisons say little.
        assertThat(strength(slices.slices().get(2), 0)).isEqualTo(whole.strength(0), within(.3));
        assertThat(slices.deviation()).isBetween(.2, 1.0);
        // A deviation of nearly nothing gives the whole back.
        assertThat(strength(Slices.of(whole, Optional.of(1e-4)).slices().get(0), 0))
                .isEqualTo(whole.strength(0), within(1e-3));
    }

    private static double strength(Slice slice, int item) {
        return slice.items().stream()
                .filter(i -> i.item().equals(Planted.name(item)))
                .findFirst()
                .orElseThrow()
                .strength();
    }

    @Test
    void aCoinAmongRatersIsFoundAndCountsForLittle() {
        SplittableRandom random = new SplittableRandom(7);
        double[] planted = {1, .3, -.3, -1};
        List<Comparison> rows = new ArrayList<>();
        for (int i = 0; i < 12_000; i++) {
            int a = random.nextInt(4);
            int b = (a + 1 + random.nextInt(3)) % 4;
            double sharpness = new double[] {1, 1.5, 0}[i % 3];
            double p = Logistic.sigma(sharpness * (planted[a] - planted[b]));
            rows.add(Comparison.of(Planted.name(a), Planted.name(b), random.nextDouble() < p ? 1 : 0)
                    .by(List.of("mean", "sharp", "coin").get(i % 3)));
        }
        Strengths equal = Strengths.fit(Planted.table(rows), PLAIN);
        RaterNoise noise = RaterNoise.of(equal);

        Map<String, Double> sharpness = new java.util.HashMap<>();
        noise.raters().forEach(rater -> sharpness.put(rater.rater(), rater.sharpness()));
        assertThat(sharpness.get("coin")).isEqualTo(0, within(.15));
        assertThat(sharpness.get("sharp") / sharpness.get("mean")).isEqualTo(1.5, within(.2));
        assertThat(noise.change()).isLessThan(1e-7);
        // A coin among the raters makes all strengths look smaller, unless it is known for one.
        double spread = noise.strengths().get(0) - noise.strengths().get(3);
        assertThat(spread).isGreaterThan(equal.strength(0) - equal.strength(3));
    }

    @Test
    void whatTheRowsDoNotHoldIsSaid() {
        Strengths fit = Strengths.fit(Planted.random(3, 300, 1), PLAIN);

        assertThatThrownBy(() -> Slices.of(fit, Optional.empty())).hasMessageContaining("no row names a category");
        assertThatThrownBy(() -> RaterNoise.of(fit)).hasMessageContaining("name 0 raters");
    }

    /** evalica's elo on its food example: initial 1000, k 4. */
    @Test
    void runningEloIsThatOfEvalicaAndDependsOnTheOrder() throws IOException {
        ComparisonTable food = BtTables.sided("evalica_food");
        Map<String, Double> golden = BtTables.golden("evalica_food", "elo");

        double[] ratings = Elo.ARENA.ratings(food);

        for (int i = 0; i < food.items().size(); i++) {
            assertThat(ratings[i])
                    .as(food.items().get(i))
                    .isEqualTo(golden.get(food.items().get(i)), within(1e-9));
        }
        ComparisonTable turned = ComparisonTable.builder()
                .add(Comparison.of("a", "b", 0))
                .add(Comparison.of("a", "b", 1))
                .build();
        assertThat(Elo.ARENA.ratings(turned)[0]).isGreaterThan(1000);
    }

    @Test
    void strengthsThatFollowNewJudgmentsAreThoseOfAFitFromZero() {
        SplittableRandom random = new SplittableRandom(8);
        double[] planted = Planted.strengths(7);
        OnlineStrengths online = new OnlineStrengths(.1);
        List<Comparison> rows = new ArrayList<>();
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < 60; i++) {
                int a = random.nextInt(round < 3 ? 4 : 7);
                int b = (a + 1 + random.nextInt(2)) % 7;
                Comparison row = Planted.battle(a, b, planted, random);
                rows.add(row);
                online.add(row);
            }
            Strengths zero = Strengths.fit(Planted.table(rows), PLAIN.withRidge(.1));
            for (int i = 0; i < zero.items().size(); i++) {
                assertThat(online.strength(zero.items().get(i))).isEqualTo(zero.strength(i), within(1e-7));
            }
            assertThat(online.convergence().iterations())
                    .isLessThanOrEqualTo(zero.convergence().iterations());
        }
        assertThat(online.probability(Planted.name(6), Planted.name(0))).isGreaterThan(.5);
    }

    @Test
    void judgesAreRankedByAgreementWithPeopleAndTheTournamentSaysWhenToStop() {
        SplittableRandom random = new SplittableRandom(9);
        Duels few = new Duels();
        Duels many = new Duels();
        for (int i = 0; i < 600; i++) {
            double truth = random.nextBoolean() ? 1 : 0;
            Map<String, Double> said = Map.of(
                    "good", random.nextDouble() < .9 ? truth : 1 - truth,
                    "fair", random.nextDouble() < .75 ? truth : 1 - truth,
                    "coin", random.nextBoolean() ? 1. : 0.);
            many.add("p" + i, truth, said, .05);
            if (i < 12) {
                few.add("p" + i, truth, said, .05);
            }
        }
        Ranking decided = RankingStudy.of(Strengths.fit(many.table(), PLAIN)).of(many);
        Ranking open = RankingStudy.of(Strengths.fit(few.table(), PLAIN)).of(few);

        assertThat(decided.items()).extracting(RankedItem::item).containsExactly("good", "fair", "coin");
        TournamentReport.Stop stop = decided.tournament().orElseThrow().stop().orElseThrow();
        assertThat(stop.decided()).isTrue();
        assertThat(stop.words()).contains("decided: good");
        assertThat(open.tournament().orElseThrow().stop().orElseThrow().decided())
                .isFalse();
        assertThat(decided.tournament().orElseThrow().right().get("good").get(1))
                .isEqualTo(600);
    }
}
