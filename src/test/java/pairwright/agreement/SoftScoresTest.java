package pairwright.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static pairwright.agreement.GoldenTablesTest.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;
import pairwright.pair.Label;
import pairwright.pair.Pair;

class SoftScoresTest {
    private static AgreementReport report(double[] z, Label[] gold, AgreementSettings settings) {
        AgreementStudy study = new AgreementStudy("judge", settings);
        for (int i = 0; i < z.length; i++) {
            Pair pair = StudyRows.pair("row" + i, "prompt" + i);
            study.add(
                    pair,
                    Judgment.of(pair, "judge", new Preference(z[i])),
                    List.of(StudyRows.said(pair, "field:gold", gold[i])));
        }
        return study.report();
    }

    private static SoftScores soft(double[] z, Label... gold) {
        return report(z, gold, AgreementSettings.DEFAULTS).soft().orElseThrow();
    }

    @Test
    void brierIsThatOfScikitLearn() {
        // documentation of brier_score_loss: y 0 1 1 0, p .1 .9 .8 .3
        SoftScores scores = soft(new double[] {.1, .9, .8, .3}, Label.B, Label.A, Label.A, Label.B);
        assertThat(value(scores.brier())).isCloseTo(.0375, within(1e-12));
    }

    @Test
    void logLossIsThatOfScikitLearn() {
        // documentation of log_loss: spam ham ham spam with .1/.9, .9/.1, .8/.2, .35/.65: true classes .9 .9 .8 .65
        SoftScores scores = soft(new double[] {.9, .1, .2, .65}, Label.A, Label.B, Label.B, Label.A);
        assertThat(value(scores.logLoss())).isCloseTo(.21616, within(5e-6));
    }

    @Test
    void errorsOfCalibrationAreCountedByHand() {
        // Bins: .15 twice (mean .15, share .5), .75 twice (mean .75, share .5), 1 once (1 against 0).
        SoftScores scores = soft(new double[] {.15, .15, .75, .75, 1}, Label.A, Label.B, Label.A, Label.B, Label.B);
        assertThat(value(scores.ece())).isCloseTo((2 * .35 + 2 * .25 + 1) / 5, within(1e-12));
        assertThat(scores.bins()).extracting(Reliability::n).containsExactly(2L, 2L, 1L);
        assertThat(scores.bins().get(0).meanZ()).isCloseTo(.15, within(1e-12));
        assertThat(value(scores.bins().get(1).share())).isEqualTo(.5);
        assertThat(value(scores.sharpness())).isCloseTo((.7 + .7 + .5 + .5 + 1) / 5, within(1e-12));
        // Equal z stay in one bin of the adaptive error, so it is the same here.
        assertThat(value(scores.adaptiveEce())).isCloseTo((2 * .35 + 2 * .25 + 1) / 5, within(1e-12));
    }

    @Test
    void aTieIsHalfOfEachOrLeftOut() {
        double[] z = {.5, 1};
        Label[] gold = {Label.TIE, Label.A};
        assertThat(value(report(z, gold, AgreementSettings.DEFAULTS)
                        .soft()
                        .orElseThrow()
                        .brier()))
                .isZero();
        SoftScores dropped = report(z, gold, AgreementSettings.DEFAULTS.withTies(TiesAs.DROPPED))
                .soft()
                .orElseThrow();
        assertThat(dropped.n()).isEqualTo(1);
    }

    /** Rows whose reference follows sigma(slope * logit z). */
    private static AgreementReport drawn(double slope, int n) {
        Random random = new Random(6);
        double[] z = new double[n];
        Label[] gold = new Label[n];
        for (int i = 0; i < n; i++) {
            z[i] = .02 + .96 * random.nextDouble();
            double p = Calibrator.sigma(slope * Calibrator.logit(z[i], .001));
            gold[i] = random.nextDouble() < p ? Label.A : Label.B;
        }
        return report(z, gold, AgreementSettings.DEFAULTS.withBootstrapRounds(200));
    }

    @Test
    void aCalibratedJudgeShowsNoMoreThanChanceAndAnOverconfidentOneDoes() {
        SoftScores calibrated = drawn(1, 4000).soft().orElseThrow();
        assertThat(value(calibrated.ece())).isCloseTo(calibrated.eceIfCalibrated(), within(.012));
        SoftScores sure = drawn(.4, 4000).soft().orElseThrow();
        assertThat(value(sure.ece())).isGreaterThan(4 * sure.eceIfCalibrated());
    }

    @Test
    void theCalibratorFindsTheSlopeOnOneHalfAndHelpsOnTheOther() {
        Calibration.Fitted fitted =
                (Calibration.Fitted) drawn(.4, 4000).calibration().orElseThrow();
        assertThat(fitted.calibrator().a()).isCloseTo(.4, within(.06));
        assertThat(fitted.calibrator().rows() + fitted.shownRows()).isEqualTo(4000);
        assertThat(value(fitted.logLossAfter())).isLessThan(value(fitted.logLossBefore()));
        assertThat(value(fitted.eceAfter())).isLessThan(.5 * value(fitted.eceBefore()));
        Calibrator calibrator = fitted.calibrator();
        for (double z : new double[] {0, .1, .37, .5, .999, 1}) {
            assertThat(calibrator.calibrated(z) + calibrator.calibrated(1 - z)).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void theSlopeIsWhereTheGradientVanishes() {
        // closed form: z .8 right in 3 of 4 gives sigma(a ln 4) = .75, a = ln 3 / ln 4
        double logit = Math.log(4);
        assertThat(CalibratorFit.slope(new double[] {logit, logit, logit, logit}, new double[] {1, 1, 1, 0}))
                .isCloseTo(Math.log(3) / logit, within(1e-9));
        assertThat(CalibratorFit.slope(new double[] {logit}, new double[] {1})).isEqualTo(100);
    }

    @Test
    void noCalibratorIsFittedWhereNoneCanHelp() {
        assertThat(drawn(1, 30).calibration().orElseThrow()).isInstanceOf(Calibration.NotFitted.class);
        assertThat(((Calibration.NotFitted) drawn(-1, 2000).calibration().orElseThrow()).reason())
                .startsWith("z does not rise");
    }

    @Test
    void halvesGoByPromptWhateverTheOtherPrompts() {
        List<Boolean> halves = new ArrayList<>();
        for (int prompt = 0; prompt < 1000; prompt++) {
            halves.add(CalibratorFit.firstHalf(PoissonWeights.hash("p" + prompt), 1));
        }
        assertThat(halves.stream().filter(first -> first).count()).isBetween(430L, 570L);
    }
}
