package pairwright.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;
import pairwright.pair.Label;
import pairwright.pair.Pair;

class CertificationTest {
    private static final int RUNS = 300;

    private static Certificate of(RiskTarget target, int rows, int errors, double margin) {
        Certification certification = new Certification(target);
        for (int i = 0; i < rows; i++) {
            certification.add(margin, i < errors);
        }
        return certification.certificate();
    }

    @ParameterizedTest
    @CsvSource({".05, .1, 45", ".1, .1, 22", ".15, .1, 15"})
    void theFewestRowsWithoutAnErrorAreEnoughAndOneLessIsNot(double alpha, double delta, int rows) {
        RiskTarget target = new RiskTarget(alpha, delta);
        assertThat(target.fewestRows()).isEqualTo(rows);
        assertThat(of(target, rows, 0, .95).threshold()).contains(.95);
        Certificate.Abstain few = (Certificate.Abstain) of(target, rows - 1, 0, .95);
        assertThat(few.reason()).contains((rows - 1) + " labelled rows", "at least " + rows);
        assertThat(of(target, rows, 1, .95).threshold()).isEmpty();
    }

    @Test
    void thresholdsAreTriedFromTheSurestRowsDownUntilOneFails() {
        Certification certification = new Certification(new RiskTarget(.1, .1));
        for (int i = 0; i < 100; i++) {
            certification.add(1, false);
            certification.add(.6, i % 20 == 0);
            certification.add(.3, i % 2 == 0);
            certification.add(.1, false);
        }
        certification.addUnused();
        Certificate.Certified certified = (Certificate.Certified) certification.certificate();
        assertThat(certified.margin()).isEqualTo(.6);
        assertThat(certified.rows()).isEqualTo(200);
        assertThat(certified.errors()).isEqualTo(5);
        assertThat(certified.upperBound()).isLessThan(.1).isCloseTo(BinomialTail.upper(5, 200, .9), within(1e-12));
        assertThat(certified.coverage()).isCloseTo(200 / 401., within(1e-12));
        // What lies below the failed threshold is never looked at, although the rows there are all right.
        assertThat(certified.steps()).extracting(Certificate.Step::threshold).containsExactly(1., .6, .3);
        assertThat(certified.steps()).extracting(Certificate.Step::passed).containsExactly(true, true, false);
    }

    @Test
    void whereTheTestsBeginDependsOnNoLabel() {
        for (int errors : new int[] {0, 3, 60}) {
            Certification certification = new Certification(new RiskTarget(.1, .1));
            for (int i = 0; i < 1000; i++) {
                certification.add(1 - i / 1000., i < errors);
            }
            // 4 x 22 rows are asked for; those at .9 and above are the first that many.
            assertThat(certification.certificate().steps().get(0).threshold()).isEqualTo(.9);
        }
    }

    @Test
    void anotherConditionCanOnlyTakeAway() {
        Certification certification = new Certification(new RiskTarget(.1, .1));
        for (int i = 0; i < 200; i++) {
            certification.add(i < 100 ? 1 : .5, false);
        }
        assertThat(certification.certificate().threshold()).contains(.5);
        assertThat(certification.certificate(threshold -> threshold > .6).threshold())
                .contains(1.);
        assertThat(((Certificate.Abstain) certification.certificate(threshold -> false)).reason())
                .contains("but not what else is asked");
    }

    /** Share of runs that certify a threshold at which the judge is wrong more often than alpha. */
    private static double broken(RiskTarget target, int prompts, int rowsPerPrompt, double strength, long seed) {
        Random random = new Random(seed);
        int broken = 0;
        Map<Double, Double> risks = new HashMap<>();
        for (int run = 0; run < RUNS; run++) {
            AgreementSettings settings =
                    AgreementSettings.DEFAULTS.withBootstrapRounds(100).withSeed(run);
            JudgedRows rows = ClusteredJudge.rows(prompts, rowsPerPrompt, strength, random);
            Certificate certificate =
                    new SelectiveRows(rows, settings).certification(target).certificate();
            broken += certificate
                            .threshold()
                            .filter(t ->
                                    risks.computeIfAbsent(t, at -> ClusteredJudge.risk(at, strength)) > target.alpha())
                            .isPresent()
                    ? 1
                    : 0;
        }
        return (double) broken / RUNS;
    }

    @Test
    void certifiedThresholdsBreakAlphaInAtMostDeltaOfTheRuns() {
        // Slack of 300 runs at delta .1: three standard errors are .052.
        for (double strength : new double[] {.5, 1.5, 2.5}) {
            assertThat(broken(new RiskTarget(.2, .1), 100, 4, strength, 6)).isLessThanOrEqualTo(.1 + .052);
        }
    }

    @Test
    void takingEveryRowOfAPromptForANewOneWouldBreakIt() {
        // What the drawing of one row a prompt is for: rows of a prompt are wrong together.
        Random random = new Random(7);
        int broken = 0;
        for (int run = 0; run < 400; run++) {
            Certification all = new Certification(new RiskTarget(.2, .1));
            for (int prompt = 0; prompt < 60; prompt++) {
                boolean wrong = random.nextDouble() < .21;
                for (int row = 0; row < 20; row++) {
                    all.add(1, wrong);
                }
            }
            broken += all.certificate().threshold().isPresent() ? 1 : 0;
        }
        assertThat(broken / 400.).isGreaterThan(.2);
    }

    @Test
    void oneRowOfAPromptIsDrawnWhateverTheOrderOfTheRows() {
        AgreementReport forth = study(false).report();
        AgreementReport back = study(true).report();
        assertThat(back.selective()).isEqualTo(forth.selective());
        assertThat(back.fewLabels()).isEqualTo(forth.fewLabels());
        assertThat(back.power()).isEqualTo(forth.power());
        assertThat(forth.selective().orElseThrow().certificate().steps().get(0).rows())
                .isLessThanOrEqualTo(100);
    }

    private static AgreementStudy study(boolean backwards) {
        AgreementStudy study = new AgreementStudy("judge", AgreementSettings.DEFAULTS.withBootstrapRounds(200));
        for (int i = 0; i < 400; i++) {
            int n = backwards ? 399 - i : i;
            Random random = new Random(n);
            Pair pair = StudyRows.pair("row" + n, "prompt" + n % 100);
            double z = random.nextDouble();
            Label truth = random.nextDouble() < z ? Label.A : Label.B;
            study.add(
                    pair,
                    Judgment.of(pair, "judge", new Preference(z)),
                    n % 4 == 0 ? List.of() : List.of(StudyRows.said(pair, "gold", truth)));
        }
        return study;
    }
}
