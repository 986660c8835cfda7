package pairwright.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pairwright.jsonl.Json;
import pairwright.judge.Abstention;
import pairwright.judge.JurorVerdict;
import pairwright.judge.Preference;

class JuryStudyTest {
    /** Four rows in which three judges err independently: each product of two columns sums to 0. */
    private static final double[][] ORTHOGONAL = {{1, 1, 1}, {1, -1, -1}, {-1, 1, -1}, {-1, -1, 1}};

    private static JurorVerdict juror(int j, double weight, Optional<Double> z) {
        return new JurorVerdict(
                "j" + j,
                Optional.empty(),
                Optional.of(weight),
                z,
                z.isPresent() ? Optional.empty() : Optional.of(new Abstention(Abstention.Reason.REFUSED, "no")),
                Optional.empty());
    }

    private static List<JurorVerdict> jurors(double[] weights, double[] errors, double truth) {
        List<JurorVerdict> said = new ArrayList<>();
        for (int j = 0; j < weights.length; j++) {
            said.add(juror(j, weights[j], Double.isNaN(errors[j]) ? Optional.empty() : Optional.of(truth + errors[j])));
        }
        return said;
    }

    /** Errors of each row, against ties; a prompt for each row. */
    private static JuryReport report(double[] weights, double[][] errors) {
        JuryStudy study = new JuryStudy(
                "human:majority", jurors(weights, new double[weights.length], .5), AgreementSettings.DEFAULTS);
        for (int row = 0; row < errors.length; row++) {
            study.add("p" + row, jurors(weights, errors[row], .5), Preference.TIE);
        }
        return study.report();
    }

    private static double[][] scaled(double[][] rows, int times) {
        double[][] scaled = new double[rows.length * times][];
        for (int i = 0; i < scaled.length; i++) {
            double[] row = rows[i % rows.length];
            scaled[i] = new double[row.length];
            for (int j = 0; j < row.length; j++) {
                scaled[i][j] = row[j] * .3;
            }
        }
        return scaled;
    }

    private static double number(Statistic statistic) {
        return statistic.number().orElseThrow();
    }

    @Test
    void threeJurorsThatErrIndependentlyAreWorthThree() {
        JuryReport report = report(new double[] {1, 1, 1}, scaled(ORTHOGONAL, 20));
        assertThat(number(report.errorCorrelation())).isCloseTo(0, within(1e-12));
        assertThat(number(report.effectiveJurors())).isCloseTo(3, within(1e-12));
    }

    @Test
    void threeJurorsThatErrAlikeAreWorthOne() {
        Random random = new Random(1);
        double[][] errors = new double[50][];
        for (int i = 0; i < errors.length; i++) {
            double error = random.nextDouble() - .5;
            errors[i] = new double[] {error, error, error};
        }
        JuryReport report = report(new double[] {1, 1, 1}, errors);
        assertThat(number(report.errorCorrelation())).isCloseTo(1, within(1e-9));
        assertThat(number(report.effectiveJurors())).isCloseTo(1, within(1e-9));
        assertThat(report.words())
                .isEqualTo("3 jurors, worth 1.000 [1.000, 1.000] independent ones: their errors against human:majority"
                        + " correlate 1.000 [1.000, 1.000] over 50 pairs");
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 3", "2, 1, 1, 2.6666666666666667", "1, 1, 1000000, 1.000004"})
    void weightsOfIndependentJurorsGiveKishsEffectiveSampleSize(double a, double b, double c, double expected) {
        // (sum w)^2 / sum w^2, Kish (1965) section 11.7: 16 / 6 for weights 2, 1, 1.
        JuryReport report = report(new double[] {a, b, c}, scaled(ORTHOGONAL, 5));
        assertThat(number(report.effectiveJurors())).isCloseTo(expected, within(1e-6));
    }

    @Test
    void aJuryOfTwoIsTheFormulaByHand() {
        // Errors (1, 1), (1, -1), (-1, -1), (-1, -1) have means 0 and -.5, covariance .5, variances 1 and .75.
        double rho = .5 / Math.sqrt(.75);
        JuryReport report =
                report(new double[] {1, 1}, scaled(new double[][] {{1, 1}, {1, -1}, {-1, -1}, {-1, -1}}, 9));
        assertThat(number(report.errorCorrelation())).isCloseTo(rho, within(1e-9));
        assertThat(number(report.effectiveJurors())).isCloseTo(2 / (1 + rho), within(1e-9));
    }

    @Test
    void errorsThatGoAgainstEachOtherAreWorthMoreThanTheirNumberAndThatIsSaid() {
        // Correlation -1/3 between two of the three: (1, -1, -.5) and so on would cancel at -1/2.
        JuryReport report = report(
                new double[] {1, 1}, scaled(new double[][] {{1, -1}, {-1, 1}, {1, 1}, {-1, 1}, {1, -1}, {-1, -1}}, 10));
        assertThat(number(report.errorCorrelation())).isCloseTo(-1 / 3., within(1e-9));
        assertThat(number(report.effectiveJurors())).isCloseTo(3, within(1e-9));
        assertThat(report.notes()).singleElement().asString().contains("negatively");
    }

    @Test
    void errorsThatCancelHaveNoEffectiveNumber() {
        JuryReport report = report(new double[] {1, 1}, scaled(new double[][] {{1, -1}, {-1, 1}}, 10));
        assertThat(number(report.errorCorrelation())).isCloseTo(-1, within(1e-9));
        assertThat(report.effectiveJurors()).isEqualTo(new Undefined("the jurors' errors cancel each other", 20));
    }

    @Test
    void errorsThatAreAllTheSameCorrelateWithNothing() {
        JuryReport report = report(new double[] {1, 1}, scaled(new double[][] {{0, 1}, {0, -1}}, 10));
        String why = "the errors of j0 are all the same, so they correlate with nothing";
        assertThat(report.errorCorrelation()).isEqualTo(new Undefined(why, 20));
        assertThat(report.effectiveJurors()).isEqualTo(new Undefined(why, 20));
        assertThat(report.words()).isEqualTo("2 jurors, effective number unknown (" + why + ")");
        assertThat(Json.write(report)).doesNotContain("NaN");
    }

    @Test
    void withoutLabelsTheNumberIsUnknownAndNeverTheNumberOfJurors() {
        JuryReport report = report(new double[] {1, 1, 1}, new double[0][]);
        assertThat(report.words()).isEqualTo("3 jurors, effective number unknown (no human labels)");
    }

    @Test
    void oneJurorIsWorthOne() {
        JuryReport report = report(new double[] {2}, new double[][] {{.1}, {-.1}});
        assertThat(number(report.effectiveJurors())).isEqualTo(1);
        assertThat(report.errorCorrelation()).isInstanceOf(Undefined.class);
        assertThat(report.words()).isEqualTo("1 juror");
    }

    @Test
    void aRowIsUsedForTheJurorsThatGaveAPreferenceInIt() {
        double[][] errors = scaled(ORTHOGONAL, 20);
        for (int i = 0; i < errors.length; i += 7) {
            errors[i][1] = Double.NaN;
        }
        JuryReport report = report(new double[] {1, 1, 1}, errors);
        assertThat(report.each()).extracting(j -> j.accuracy().n()).containsExactly(80L, 68L, 80L);
        double expected = correlation(errors, 0, 1) + correlation(errors, 0, 2) + correlation(errors, 1, 2);
        assertThat(number(report.errorCorrelation())).isCloseTo(expected / 3, within(1e-9));
        JuryReport never = report(new double[] {1, 1}, new double[][] {{.1, Double.NaN}, {Double.NaN, .1}});
        assertThat(never.effectiveJurors())
                .isEqualTo(new Undefined("j0 and j1 gave a preference together in no labelled row", 2));
    }

    /** The textbook's two passes. */
    private static double correlation(double[][] rows, int a, int b) {
        List<double[]> both = new ArrayList<>();
        for (double[] row : rows) {
            if (!Double.isNaN(row[a]) && !Double.isNaN(row[b])) {
                both.add(new double[] {row[a], row[b]});
            }
        }
        double meanA = both.stream().mapToDouble(r -> r[0]).average().orElseThrow();
        double meanB = both.stream().mapToDouble(r -> r[1]).average().orElseThrow();
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (double[] r : both) {
            ab += (r[0] - meanA) * (r[1] - meanB);
            aa += (r[0] - meanA) * (r[0] - meanA);
            bb += (r[1] - meanB) * (r[1] - meanB);
        }
        return ab / Math.sqrt(aa * bb);
    }

    /** Jurors whose errors share a part: correlation rho between any two. */
    private static double[][] common(Random random, int rows, int jurors, double rho) {
        double[][] errors = new double[rows][jurors];
        for (double[] row : errors) {
            double shared = random.nextGaussian();
            for (int j = 0; j < jurors; j++) {
                double error = .08 * (Math.sqrt(rho) * shared + Math.sqrt(1 - rho) * random.nextGaussian());
                row[j] = Math.max(-.5, Math.min(.5, error));
            }
        }
        return errors;
    }

    @Test
    void aKnownCorrelationIsRecovered() {
        JuryReport report = report(new double[] {1, 1, 1, 1, 1}, common(new Random(2), 4000, 5, .4));
        // The standard error of a correlation of .4 over 4,000 rows is .013.
        assertThat(number(report.errorCorrelation())).isCloseTo(.4, within(.04));
        assertThat(number(report.effectiveJurors())).isCloseTo(5 / 2.6, within(.1));
    }

    @Test
    void theIntervalsHoldTheTruthAboutAsOftenAsTheySay() {
        Random random = new Random(3);
        int held = 0;
        int rounds = 300;
        for (int round = 0; round < rounds; round++) {
            JuryStudy study = new JuryStudy(
                    "human:majority",
                    jurors(new double[] {1, 1, 1}, new double[3], .5),
                    AgreementSettings.DEFAULTS.withBootstrapRounds(300).withSeed(round));
            double[][] errors = common(random, 150, 3, .5);
            for (int row = 0; row < errors.length; row++) {
                study.add("p" + row, jurors(new double[] {1, 1, 1}, errors[row], .5), Preference.TIE);
            }
            Estimate effective = (Estimate) study.report().effectiveJurors();
            held += effective.low() <= 1.5 && 1.5 <= effective.high() ? 1 : 0;
        }
        // 95% of 300 with four standard errors of .0126, and the percentile interval's own shortfall at 150 prompts.
        assertThat(held / (double) rounds).isBetween(.89, .99);
    }

    @Test
    void accuracyIsTheShareOfEqualLabels() {
        double[] weights = {1, 1};
        JuryStudy study = new JuryStudy("gold", jurors(weights, new double[2], .5), AgreementSettings.DEFAULTS);
        for (int row = 0; row < 40; row++) {
            study.add("p" + row, jurors(weights, new double[] {-.2, row % 4 == 0 ? -.9 : -.1}, 1), Preference.FIRST);
        }
        assertThat(number(study.report().each().get(0).accuracy())).isEqualTo(1);
        assertThat(number(study.report().each().get(1).accuracy())).isEqualTo(.75);
    }

    @Test
    void otherJurorsThanBeforeAreRefused() {
        JuryStudy study =
                new JuryStudy("gold", jurors(new double[] {1, 1}, new double[2], .5), AgreementSettings.DEFAULTS);
        assertThatThrownBy(() -> study.add("p", jurors(new double[] {1}, new double[1], .5), Preference.TIE))
                .hasMessageContaining("must be [j0, j1]");
    }
}
