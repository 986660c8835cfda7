package pairwright.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import pairwright.jsonl.BadRows;
import pairwright.jsonl.RowReader;
import pairwright.judge.LabelJudge;
import pairwright.judge.RecordedJudge;
import pairwright.pair.Pair;
import pairwright.recipe.SharedData;

/** Published strengths, standard errors and deviances. */
class GoldenStrengthsTest {
    private static final RankingSettings FISHER = RankingSettings.DEFAULT.withErrors(Errors.FISHER);

    /** R's BradleyTerry2 1.1-2, {@code example(citations)}; Stigler 1994, Agresti 2002 table 10.10. */
    @Test
    void citationsHaveTheirPublishedStrengthsAndErrors() throws IOException {
        Strengths fit = Strengths.fit(
                BtTables.counted("citations", "rows_winner_loser_counts"), FISHER.withAnchor("Biometrika"));

        assertEstimate(fit, "Comm Statist", -2.94907, .10255);
        assertEstimate(fit, "JASA", -.47957, .06059);
        assertEstimate(fit, "JRSS-B", .26895, .07083);
        assertThat(fit.strength(fit.items().indexOf("Biometrika"))).isZero();
        GoodnessOfFit fitted = fit.goodness();
        assertThat(fitted.deviance().orElseThrow()).isEqualTo(4.293, within(5e-4));
        assertThat(fitted.nullDeviance().orElseThrow()).isEqualTo(1925, within(.5));
        assertThat(fitted.degreesOfFreedom()).contains(3L);
        assertThat(fitted.aic().orElseThrow()).isEqualTo(46.39, within(5e-3));
        assertThat(fit.convergence().gradientNorm()).isLessThan(1e-10);
    }

    /** R's BradleyTerry2 1.1-2, vignette, section 3.1: {@code baseballModel1}. */
    @Test
    void baseballWithoutHomeTermHasItsPublishedStrengths() throws IOException {
        Strengths fit = Strengths.fit(BtTables.counted("baseball", "rows"), FISHER.withAnchor("Baltimore"));

        assertEstimate(fit, "Boston", 1.1077, .3339);
        assertEstimate(fit, "Cleveland", .6839, .3319);
        assertEstimate(fit, "Detroit", 1.4364, .3396);
        assertEstimate(fit, "Milwaukee", 1.5814, .3433);
        assertEstimate(fit, "New York", 1.2476, .3359);
        assertEstimate(fit, "Toronto", 1.2945, .3367);
        assertThat(fit.goodness().nullDeviance().orElseThrow()).isEqualTo(78.015, within(5e-4));
        assertThat(fit.goodness().deviance().orElseThrow()).isEqualTo(44.053, within(5e-4));
        assertThat(fit.goodness().aic().orElseThrow()).isEqualTo(140.52, within(5e-3));
    }

    /** R's BradleyTerry2 1.1-2, vignette, section 3.2: {@code baseballModel2}. */
    @Test
    void baseballWithHomeTermHasItsPublishedStrengths() throws IOException {
        Strengths fit = Strengths.fit(
                BtTables.counted("baseball", "rows"),
                FISHER.withAnchor("Baltimore").withOrder(true));

        assertEstimate(fit, "Boston", 1.1438, .3378);
        assertEstimate(fit, "Cleveland", .7047, .3350);
        assertEstimate(fit, "Detroit", 1.4754, .3446);
        assertEstimate(fit, "Milwaukee", 1.6196, .3474);
        assertEstimate(fit, "New York", 1.2813, .3404);
        assertEstimate(fit, "Toronto", 1.3271, .3403);
        Parameter home = fit.parameters().get(0);
        assertThat(home.name()).isEqualTo("order");
        assertThat(home.value()).isEqualTo(.3023, within(5e-5));
        assertThat(home.estimate().orElseThrow().standardError()).isEqualTo(.1309, within(5e-5));
        assertThat(fit.goodness().deviance().orElseThrow()).isEqualTo(38.643, within(5e-4));
        assertThat(fit.goodness().degreesOfFreedom()).contains(35L);
        assertThat(fit.goodness().aic().orElseThrow()).isEqualTo(137.11, within(5e-3));
    }

    /** evalica's own examples and golden files, whose ties count half. */
    @Test
    void evalicasExamplesHaveItsScores() throws IOException {
        for (String example : new String[] {"evalica_food", "evalica_simple"}) {
            Strengths fit = Strengths.fit(BtTables.sided(example), FISHER);

            assertShares(fit, BtTables.golden(example, "bradley_terry"), 1e-4);
        }
    }

    /** The crowd's votes of llmfao (59 models) against evalica's llmfao-golden.csv. */
    @Test
    void theCrowdOfLlmfaoHasItsScores() throws IOException {
        ComparisonTableBuilder table = ComparisonTable.builder();
        JudgedComparisons comparisons = new JudgedComparisons(ItemField.MODEL, false);
        try (RowReader<Pair> rows =
                RowReader.open(SharedData.file("llmfao.given.jsonl"), Pair.class, BadRows.counted())) {
            rows.forEachRemaining(row -> LabelJudge.everyHuman(row.value())
                    .forEach(judgment -> comparisons.of(judgment).forEach(table::add)));
        }
        Strengths fit = Strengths.fit(table.build(), RankingSettings.DEFAULT);

        assertThat(fit.items()).hasSize(59);
        assertThat(fit.comparisons().size()).isEqualTo(8931);
        // expected.given.json: published without a difference; its own recomputation left 5.2e-7.
        assertShares(fit, BtTables.golden("llmfao_crowd", "bradley_terry"), 1e-9);
    }

    /** expected.given.json, vicuna80: every vote of people, ties as halves; GPT-4's verdicts with a term for the first position. */
    @Test
    void vicunaHasItsRecordedStrengths() throws InterruptedException {
        ComparisonTableBuilder people = ComparisonTable.builder();
        ComparisonTableBuilder model = ComparisonTable.builder();
        JudgedComparisons byOrder = new JudgedComparisons(ItemField.MODEL, true);
        try (RowReader<Pair> rows =
                RowReader.open(SharedData.file("vicuna80.given.jsonl.gz"), Pair.class, BadRows.counted())) {
            RecordedJudge gpt4 = new RecordedJudge("gpt-4", java.util.Optional.empty());
            while (rows.hasNext()) {
                Pair pair = rows.next().value();
                LabelJudge.everyHuman(pair)
                        .forEach(judgment -> new JudgedComparisons(ItemField.MODEL, false)
                                .of(judgment)
                                .forEach(people::add));
                byOrder.of(gpt4.judge(pair)).forEach(model::add);
            }
        }
        Strengths human = Strengths.fit(people.build(), FISHER.withAnchor("bard"));
        Strengths ordered =
                Strengths.fit(model.build(), FISHER.withAnchor("bard").withOrder(true));

        assertEstimate(human, "gpt4", 1.208025, .070105);
        assertEstimate(human, "guanaco-65b", .471797, .066325);
        assertEstimate(human, "gpt35", .048656, .066514);
        assertThat(human.goodness().logLikelihood()).isEqualTo(-4449.888342121596, within(1e-6));
        assertEstimate(ordered, "gpt4", 2.909395, .127308);
        assertEstimate(ordered, "guanaco-7b", -.142453, .090023);
        assertThat(ordered.parameters().get(0).value()).isEqualTo(.681967, within(5e-7));
        assertThat(ordered.parameters().get(0).estimate().orElseThrow().standardError())
                .isEqualTo(.036117, within(5e-7));
        assertThat(ordered.goodness().logLikelihood()).isEqualTo(-2377.930898911773, within(1e-6));
    }

    /** Three wins of four lie ln 3 apart; golden-values: closed form. */
    @Test
    void threeWinsOfFourAreLnThree() {
        ComparisonTableBuilder table = ComparisonTable.builder();
        for (int i = 0; i < 4; i++) {
            table.add(Comparison.of("one", "other", i < 3 ? 1 : 0));
        }
        Strengths fit = Strengths.fit(table.build(), FISHER);

        assertThat(fit.strength(0) - fit.strength(1)).isEqualTo(Math.log(3), within(1e-12));
    }

    /** A soft z of .8 lies logit .8 apart, 1.386294. */
    @Test
    void softPreferencesAreUsedAsTheyAre() {
        Strengths fit = Strengths.fit(
                ComparisonTable.builder().add(Comparison.of("one", "other", .8)).build(), FISHER);

        assertThat(fit.strength(0) - fit.strength(1)).isEqualTo(1.386294, within(5e-7));
    }

    private static void assertEstimate(Strengths fit, String item, double strength, double error) {
        StrengthEstimate estimate = fit.estimate(fit.items().indexOf(item));
        double digits = Math.abs(strength * 1e4 - Math.rint(strength * 1e4)) < 1e-6 ? 5e-5 : 5e-6;
        assertThat(estimate.value()).as(item).isEqualTo(strength, within(digits));
        assertThat(estimate.standardError()).as(item).isEqualTo(error, within(digits));
    }

    private static void assertShares(Strengths fit, Map<String, Double> golden, double relative) {
        Map<String, Double> shares = BtTables.shares(fit);
        assertThat(shares.keySet()).isEqualTo(new TreeMap<>(golden).keySet());
        golden.forEach(
                (item, share) -> assertThat(shares.get(item)).as(item).isEqualTo(share, within(relative * share)));
    }
}
