package pairwright.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import pairwright.pair.Label;
import pairwright.pair.Pair;

/** Published tables, fed through the study row by row. */
class GoldenTablesTest {
    private static final Label[] LABELS = {Label.A, Label.B, Label.TIE};

    /** Rows of the table are the reference's labels, columns the judge's; every row has a prompt of its own. */
    static ReferenceAgreement study(int[][] table) {
        AgreementStudy study = new AgreementStudy("judge", AgreementSettings.DEFAULTS);
        int id = 0;
        for (int r = 0; r < table.length; r++) {
            for (int c = 0; c < table[r].length; c++) {
                for (int i = 0; i < table[r][c]; i++) {
                    Pair pair = StudyRows.pair("" + id, "p" + id++);
                    study.add(
                            pair,
                            StudyRows.said(pair, "judge", LABELS[c]),
                            List.of(StudyRows.said(pair, "field:gold", LABELS[r])));
                }
            }
        }
        return study.report().references().get(0);
    }

    static double value(Statistic statistic) {
        return statistic.number().orElseThrow(() -> new AssertionError(statistic));
    }

    @Test
    void kappaIsThatOfTheSasManual() {
        // SAS/STAT, PROC FREQ, through statsmodels' test_inter_rater: kappa .4842, asymptotic interval .2137 to .7547
        Estimate kappa = (Estimate) study(new int[][] {{0, 4, 1}, {0, 8, 0}, {0, 1, 5}})
                .scores()
                .cohenKappa();
        assertThat(kappa.value()).isCloseTo(.4842, within(5e-5));
        assertThat(kappa.low()).isCloseTo(.2137, within(.1));
        assertThat(kappa.high()).isCloseTo(.7547, within(.1));
        assertThat(kappa.n()).isEqualTo(19);
        assertThat(kappa.method())
                .contains("Poisson bootstrap")
                .contains("by prompt")
                .contains("95%");
    }

    @Test
    void theIntervalByFormulaIsThatOfTheSasManual() {
        // the same: .2137 to .7547
        AnalyticInterval interval = study(new int[][] {{0, 4, 1}, {0, 8, 0}, {0, 1, 5}})
                .coefficients()
                .get(0)
                .analytic()
                .orElseThrow();
        assertThat(interval.standardError()).isCloseTo(.1380, within(5e-5));
        assertThat(interval.low()).isCloseTo(.2137, within(5e-5));
        assertThat(interval.high()).isCloseTo(.7547, within(5e-5));
    }

    @Test
    void kappaIsBelowZeroWhereMarginsAreOneSided() {
        // Gwet 2002: agreement .944, kappa -.0234
        ReferenceAgreement paradox = study(new int[][] {{118, 5}, {2, 0}});
        assertThat(value(paradox.scores().accuracy())).isCloseTo(.944, within(1e-12));
        assertThat(value(paradox.scores().cohenKappa())).isCloseTo(-.0234, within(5e-5));
    }

    @Test
    void macroScoresCountALabelThatIsNeverGivenAsZero() {
        // scikit-learn's documentation of f1_score: y_true 0 1 2 0 1 2, y_pred 0 2 1 0 0 1, macro F1 .2666...;
        // of precision_score .2222..., of recall_score .3333...
        Scores scores = study(new int[][] {{2, 0, 0}, {1, 0, 1}, {0, 2, 0}}).scores();
        assertThat(value(scores.macroPrecision())).isCloseTo(2 / 9., within(1e-12));
        assertThat(value(scores.macroRecall())).isCloseTo(1 / 3., within(1e-12));
        assertThat(value(scores.macroF1())).isCloseTo(4 / 15., within(1e-12));
    }

    @Test
    void macroScoresLeaveOutALabelThatNobodyUses() {
        // By hand: A has precision 3/4, recall 3/4, B has 1/2 and 1/2.
        Scores scores = study(new int[][] {{3, 1}, {1, 1}}).scores();
        assertThat(value(scores.macroPrecision())).isCloseTo(.625, within(1e-12));
        assertThat(value(scores.macroF1())).isCloseTo(.625, within(1e-12));
    }

    @Test
    void kappaIsUndefinedWhereOnlyOneCategoryOccurs() {
        Scores scores = study(new int[][] {{40}}).scores();
        assertThat(scores.cohenKappa()).isEqualTo(new Undefined("only one category occurs, kappa needs two", 40));
        assertThat(value(scores.accuracy())).isEqualTo(1);
    }

    @Test
    void kappaIsZeroWhereTheJudgeSaysAlwaysTheSameOfMixedLabels() {
        assertThat(value(study(new int[][] {{20}, {30}}).scores().cohenKappa())).isEqualTo(0);
    }

    @Test
    void theTableStandsAsItWasFed() {
        List<ConfusionRow> confusion =
                study(new int[][] {{0, 4, 1}, {0, 8, 0}, {0, 1, 5}}).confusion();
        assertThat(confusion)
                .extracting(ConfusionRow::judged)
                .extracting(counts -> List.copyOf(counts.values()))
                .containsExactly(List.of(0L, 4L, 1L), List.of(0L, 8L, 0L), List.of(0L, 1L, 5L));
    }
}
