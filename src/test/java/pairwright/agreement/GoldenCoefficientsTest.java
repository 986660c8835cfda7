package pairwright.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.apache.commons.math3.stat.correlation.KendallsCorrelation;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;
import org.dkpro.statistics.agreement.coding.BennettSAgreement;
import org.dkpro.statistics.agreement.coding.CodingAnnotationStudy;
import org.dkpro.statistics.agreement.coding.CohenKappaAgreement;
import org.dkpro.statistics.agreement.coding.FleissKappaAgreement;
import org.dkpro.statistics.agreement.coding.KrippendorffAlphaAgreement;
import org.dkpro.statistics.agreement.coding.ScottPiAgreement;
import org.dkpro.statistics.agreement.distance.IntervalDistanceFunction;
import org.dkpro.statistics.agreement.distance.NominalDistanceFunction;
import org.junit.jupiter.api.Test;

/** Coefficients on published tables, and against other programs on random ones. */
class GoldenCoefficientsTest {
    /** Physicians' ratings in the example of PROC FREQ of the SAS/STAT manual, through statsmodels' test_inter_rater. */
    private static final ContingencyTable SAS = table(new double[][] {{0, 4, 1}, {0, 8, 0}, {0, 1, 5}});

    /** README of irrCAC: two raters of 100 subjects. */
    private static final ContingencyTable IRRCAC = table(new double[][] {{13, 0, 0}, {0, 20, 7}, {0, 4, 56}});

    private static final Double NONE = null;

    /** raw4raters of irrCAC, which is the example of Krippendorff 2011: 12 units, 4 observers, 41 ratings. */
    static final Double[][] FOUR_RATERS = {
        {1., 1., NONE, 1.},
        {2., 2., 3., 2.},
        {3., 3., 3., 3.},
        {3., 3., 3., 3.},
        {2., 2., 2., 2.},
        {1., 2., 3., 4.},
        {4., 4., 4., 4.},
        {1., 1., 2., 1.},
        {2., 2., 2., 2.},
        {NONE, 5., 5., 5.},
        {NONE, NONE, 1., 1.},
        {NONE, NONE, 3., NONE}
    };

    /** English Wikipedia, "Krippendorff's alpha": 15 units, 3 coders. */
    private static final Double[][] WIKIPEDIA = {
        {NONE, 1., NONE},
        {NONE, NONE, NONE},
        {NONE, 2., 2.},
        {NONE, 1., 1.},
        {NONE, 3., 3.},
        {3., 3., 4.},
        {4., 4., 4.},
        {1., 3., NONE},
        {2., NONE, 2.},
        {1., NONE, 1.},
        {1., NONE, 1.},
        {3., NONE, 3.},
        {3., NONE, 3.},
        {NONE, NONE, NONE},
        {3., NONE, 4.}
    };

    static ContingencyTable table(double[][] counts) {
        return ContingencyTable.of(counts);
    }

    private static void assertIs(OptionalDouble value, double expected, double within) {
        assertThat(value.orElseThrow()).isCloseTo(expected, within(within));
    }

    @Test
    void kappaAndItsStandardErrorAreThoseOfSas() {
        assertIs(ChanceCorrected.COHEN_KAPPA.value(SAS), .4842, 5e-5);
        assertIs(ChanceCorrected.COHEN_KAPPA.standardError(SAS), .1380, 5e-5);
        double half = 1.959964 * ChanceCorrected.COHEN_KAPPA.standardError(SAS).getAsDouble();
        assertThat(.4842 - half).isCloseTo(.2137, within(1e-4));
        assertThat(.4842 + half).isCloseTo(.7547, within(1e-4));
    }

    @Test
    void linearKappaAndItsStandardErrorAreThoseOfSas() {
        assertIs(ChanceCorrected.LINEAR_KAPPA.value(SAS), .4701, 5e-5);
        assertIs(ChanceCorrected.LINEAR_KAPPA.standardError(SAS), .1457, 5e-5);
    }

    @Test
    void theKappaFamilyIsThatOfIrrcac() {
        // README of irrCAC
        assertIs(ChanceCorrected.SCOTT_PI.value(IRRCAC), .7962397, 5e-8);
        assertIs(ChanceCorrected.COHEN_KAPPA.value(IRRCAC), .7964094, 5e-8);
        assertIs(ChanceCorrected.GWET_AC1.value(IRRCAC), .8493305, 5e-8);
        assertIs(ChanceCorrected.BRENNAN_PREDIGER.value(IRRCAC), .835, 5e-4);
        // irrCAC 0.4.4 for Python, CAC(table).cohen() and so on, "se"
        assertIs(ChanceCorrected.COHEN_KAPPA.standardError(IRRCAC), .05891, 5e-6);
        assertIs(ChanceCorrected.SCOTT_PI.standardError(IRRCAC), .05905, 5e-6);
        assertIs(ChanceCorrected.GWET_AC1.standardError(IRRCAC), .04322, 5e-6);
        assertIs(ChanceCorrected.BRENNAN_PREDIGER.standardError(IRRCAC), .04693, 5e-6);
    }

    @Test
    void ac1StaysHighWhereKappaFallsBelowZero() {
        // Gwet 2002: agreement .944, kappa -.0234, AC1 .9408
        ContingencyTable paradox = table(new double[][] {{118, 5}, {2, 0}});
        assertIs(ChanceCorrected.COHEN_KAPPA.observed(paradox), .944, 1e-12);
        assertIs(ChanceCorrected.COHEN_KAPPA.value(paradox), -.0234, 5e-5);
        assertIs(ChanceCorrected.GWET_AC1.value(paradox), .9408, 5e-5);
    }

    @Test
    void manyRatersWithMissingRatingsAreThoseOfIrrcac() {
        RatingTable raters = RatingTable.ofRatings(FOUR_RATERS);
        assertIs(ManyRaters.GWET_AC1.value(raters), .77544, 5e-6);
        // irrCAC 0.4.4 for Python, CAC(raw4raters).gwet(), fleiss(), bp(), krippendorff(), "se"
        assertIs(ManyRaters.GWET_AC1.standardError(raters), .1429499506, 5e-6);
        assertIs(ManyRaters.FLEISS_KAPPA.value(raters), .7611692754, 5e-6);
        assertIs(ManyRaters.FLEISS_KAPPA.standardError(raters), .1530192035, 5e-6);
        assertIs(ManyRaters.BRENNAN_PREDIGER.value(raters), .7727272727, 5e-6);
        assertIs(ManyRaters.BRENNAN_PREDIGER.standardError(raters), .1447166199, 5e-6);
        assertIs(KrippendorffAlpha.NOMINAL.standardError(raters), .145573887, 5e-6);
    }

    @Test
    void fleissKappaIsThatOfTheExamples() {
        // English Wikipedia, "Fleiss' kappa", 10 subjects, 14 raters
        int[][] wikipedia = {
            {0, 0, 0, 0, 14},
            {0, 2, 6, 4, 2},
            {0, 0, 3, 5, 6},
            {0, 3, 9, 2, 0},
            {2, 2, 8, 1, 1},
            {7, 7, 0, 0, 0},
            {3, 2, 6, 3, 0},
            {2, 5, 3, 2, 2},
            {6, 5, 2, 1, 0},
            {0, 2, 2, 3, 7}
        };
        assertIs(ManyRaters.FLEISS_KAPPA.value(RatingTable.ofCounts(wikipedia, 1, 2, 3, 4, 5)), .210, 5e-4);
        // statsmodels, test_inter_rater
        assertIs(
                ManyRaters.FLEISS_KAPPA.value(RatingTable.ofCounts(new int[][] {{7, 1}, {3, 5}}, 0, 1)), .161905, 5e-7);
    }

    @Test
    void alphaIsThatOfTheExamplesAtEveryLevel() {
        // tests of fast-krippendorff
        RatingTable raters = RatingTable.ofRatings(FOUR_RATERS);
        assertIs(KrippendorffAlpha.NOMINAL.value(raters), .743, 5e-4);
        // expected.given.json, krippendorff.codings
        assertIs(KrippendorffAlpha.NOMINAL.value(raters), .743421052631579, 1e-12);
        assertIs(new KrippendorffAlpha(Level.ORDINAL).value(raters), .815, 5e-4);
        assertIs(new KrippendorffAlpha(Level.INTERVAL).value(raters), .849, 5e-4);
        assertIs(new KrippendorffAlpha(Level.RATIO).value(raters), .797, 5e-4);
        RatingTable wikipedia = RatingTable.ofRatings(WIKIPEDIA);
        assertIs(KrippendorffAlpha.NOMINAL.value(wikipedia), .691358, 5e-7);
        assertIs(new KrippendorffAlpha(Level.INTERVAL).value(wikipedia), .810845, 5e-7);
    }

    @Test
    void matthewsCorrelationIsThatOfScikitLearn() {
        // documentation of matthews_corrcoef: y_true + + + -, y_pred + - + +
        assertIs(MatthewsCorrelation.value(table(new double[][] {{2, 1}, {1, 0}})), -1 / 3., 1e-12);
        assertThat(MatthewsCorrelation.value(table(new double[][] {{2, 1}, {0, 0}})))
                .isEmpty();
    }

    @Test
    void correlationsAreThoseOfScipysDocumentation() {
        assertIs(
                Correlation.KENDALL_TAU_B.of(
                        new PairedScores(new double[] {12, 2, 1, 12, 2}, new double[] {1, 4, 7, 1, 0})),
                -.471405,
                5e-7);
        assertIs(
                Correlation.SPEARMAN.of(new PairedScores(new double[] {1, 2, 3, 4, 5}, new double[] {5, 6, 7, 8, 7})),
                .820783,
                5e-7);
        assertThat(Correlation.PEARSON.of(new PairedScores(new double[] {1, 1}, new double[] {1, 2})))
                .isEmpty();
    }

    @Test
    void oneCategoryIsUndefinedWhateverTheCoefficient() {
        ContingencyTable one = table(new double[][] {{7, 0}, {0, 0}});
        for (ChanceModel model : ChanceModel.values()) {
            ChanceCorrected coefficient = new ChanceCorrected(model, Weights.NOMINAL);
            assertThat(coefficient.value(one)).isEmpty();
            assertThat(coefficient.standardError(one)).isEmpty();
            assertThat(coefficient.whyUndefined(one)).startsWith("only one category occurs");
        }
        RatingTable same = RatingTable.of(one);
        assertThat(KrippendorffAlpha.NOMINAL.value(same)).isEmpty();
        assertThat(ManyRaters.GWET_AC1.value(same)).isEmpty();
        assertThat(KrippendorffAlpha.NOMINAL.whyUndefined(same)).startsWith("only one category occurs");
        RatingTable alone = RatingTable.ofRatings(new Double[][] {{1., NONE}, {NONE, 2.}});
        assertThat(ManyRaters.FLEISS_KAPPA.value(alone)).isEmpty();
        assertThat(ManyRaters.FLEISS_KAPPA.whyUndefined(alone)).isEqualTo("no item has ratings of two raters");
        assertThat(new KrippendorffAlpha(Level.RATIO).whyUndefined(RatingTable.ofRatings(new Double[][] {
                    {-1., 1.}, {1., 1.}
                })))
                .isEqualTo("a rating is -1.0, alpha for ratios needs ratings of at least 0");
    }

    @Test
    void randomRatingsGiveWhatDkproGives() {
        Random random = new Random(1);
        for (int set = 0; set < 40; set++) {
            int n = 5 + random.nextInt(40);
            int q = 2 + random.nextInt(3);
            CodingAnnotationStudy two = new CodingAnnotationStudy(2);
            CodingAnnotationStudy four = new CodingAnnotationStudy(4);
            CodingAnnotationStudy full = new CodingAnnotationStudy(3);
            double[][] counts = new double[q][q];
            Double[][] ratings = new Double[n][4];
            Double[][] complete = new Double[n][3];
            for (int i = 0; i < n; i++) {
                int a = random.nextInt(q);
                int b = random.nextBoolean() ? a : random.nextInt(q);
                counts[a][b]++;
                two.addItem(a, b);
                Object[] row = new Object[4];
                for (int r = 0; r < 4; r++) {
                    ratings[i][r] =
                            random.nextInt(4) == 0 ? null : (double) (random.nextBoolean() ? a : random.nextInt(q));
                    row[r] = ratings[i][r];
                }
                four.addItem(row);
                complete[i] = new Double[] {(double) a, (double) b, (double) random.nextInt(q)};
                full.addItem((Object[]) complete[i]);
            }
            ContingencyTable table = table(counts);
            assertIs(
                    ChanceCorrected.COHEN_KAPPA.value(table), new CohenKappaAgreement(two).calculateAgreement(), 1e-12);
            assertIs(ChanceCorrected.SCOTT_PI.value(table), new ScottPiAgreement(two).calculateAgreement(), 1e-12);
            if (table.inUse().length == q) {
                assertIs(
                        ChanceCorrected.BRENNAN_PREDIGER.value(table),
                        new BennettSAgreement(two).calculateAgreement(),
                        1e-12);
            }
            assertIs(
                    ManyRaters.FLEISS_KAPPA.value(RatingTable.ofRatings(complete)),
                    new FleissKappaAgreement(full).calculateAgreement(),
                    1e-12);
            assertIs(
                    KrippendorffAlpha.NOMINAL.value(RatingTable.ofRatings(ratings)),
                    new KrippendorffAlphaAgreement(four, new NominalDistanceFunction()).calculateAgreement(),
                    1e-12);
            assertIs(
                    new KrippendorffAlpha(Level.INTERVAL).value(RatingTable.ofRatings(ratings)),
                    new KrippendorffAlphaAgreement(four, new IntervalDistanceFunction()).calculateAgreement(),
                    1e-12);
            // Two raters: Fleiss' kappa is Scott's pi, and alpha follows from it.
            assertIs(
                    ManyRaters.FLEISS_KAPPA.value(RatingTable.of(table)),
                    ChanceCorrected.SCOTT_PI.value(table).getAsDouble(),
                    1e-12);
            double pi = ChanceCorrected.SCOTT_PI.value(table).getAsDouble();
            assertIs(
                    KrippendorffAlpha.NOMINAL.value(RatingTable.of(table)),
                    1 - (1 - pi) * (2 * n - 1) / (2. * n),
                    1e-12);
        }
    }

    @Test
    void randomScoresGiveWhatCommonsMathGives() {
        Random random = new Random(2);
        for (int set = 0; set < 30; set++) {
            int n = 5 + random.nextInt(60);
            List<double[]> repeated = new ArrayList<>();
            double[] x = new double[n];
            double[] y = new double[n];
            double[] weights = new double[n];
            for (int i = 0; i < n; i++) {
                x[i] = random.nextInt(8);
                y[i] = set % 2 == 0 ? random.nextInt(6) + x[i] / 2 : random.nextGaussian();
                weights[i] = random.nextInt(4);
                for (int w = 0; w < weights[i]; w++) {
                    repeated.add(new double[] {x[i], y[i]});
                }
            }
            PairedScores scores = new PairedScores(x, y);
            double[] rx = repeated.stream().mapToDouble(p -> p[0]).toArray();
            double[] ry = repeated.stream().mapToDouble(p -> p[1]).toArray();
            assertIs(Correlation.PEARSON.of(scores), new PearsonsCorrelation().correlation(x, y), 1e-12);
            assertIs(Correlation.SPEARMAN.of(scores), new SpearmansCorrelation().correlation(x, y), 1e-12);
            assertIs(Correlation.KENDALL_TAU_B.of(scores), new KendallsCorrelation().correlation(x, y), 1e-12);
            assertIs(Correlation.PEARSON.of(scores, weights), new PearsonsCorrelation().correlation(rx, ry), 1e-12);
            assertIs(Correlation.SPEARMAN.of(scores, weights), new SpearmansCorrelation().correlation(rx, ry), 1e-12);
            assertIs(
                    Correlation.KENDALL_TAU_B.of(scores, weights),
                    new KendallsCorrelation().correlation(rx, ry),
                    1e-12);
        }
    }
}
