package pairwright.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pairwright.pair.Label;
import pairwright.pair.Pair;

class PowerStudyTest {
    @ParameterizedTest
    @CsvSource({".4, .6, .3, 191", ".4, .6, .5, 165", ".6, .7, .5, 503"})
    void rowsThatTellOneKappaFromAnother(double kappa, double other, double share, long rows) {
        // R kappaSize 1.2, PowerBinary(kappa0, kappa1, props = share, raters = 2, alpha = .05, power = .8)
        assertThat(SampleSize.whole(SampleSize.kappa(kappa, other, share))).isEqualTo(rows);
        assertThat(SampleSize.difference((double) rows, 1 - kappa, d -> SampleSize.kappa(kappa, kappa + d, share))
                        .orElseThrow())
                .isLessThanOrEqualTo(other - kappa + 1e-9);
        assertThat(SampleSize.difference(rows - 1., 1 - kappa, d -> SampleSize.kappa(kappa, kappa + d, share))
                        .orElseThrow())
                .isGreaterThan(other - kappa);
    }

    @Test
    void rowsThatTellOneAccuracyFromAFixedOne() {
        // Fleiss, Levin and Paik 2003, one sample: (1.959964 sqrt(.25) + .841621 sqrt(.24))^2 / .1^2 = 193.8
        assertThat(SampleSize.whole(SampleSize.accuracy(.5, .6))).isEqualTo(194);
        // Connor 1987: (1.959964 sqrt(.3) + .841621 sqrt(.3 - .01))^2 / .01 = 233.0
        assertThat(SampleSize.paired(.3, .1)).isCloseTo(233.0, within(.5));
    }

    @Test
    void theDesignEffectIsThatOfKish() {
        assertThat(DesignEffect.kish(50, .04)).isCloseTo(2.96, within(1e-12));
        assertThat(DesignEffect.kish(50, -.2)).isEqualTo(1);
    }

    @Test
    void promptsWhoseRowsAreAllRightOrAllWrongCountOnce() {
        List<double[]> prompts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            prompts.add(new double[] {5, i % 2 == 0 ? 5 : 0});
        }
        DesignEffect effect = DesignEffect.of(prompts);
        assertThat(effect.rho().number().orElseThrow()).isCloseTo(1, within(1e-12));
        assertThat(effect.effect()).isCloseTo(5, within(1e-12));
    }

    @Test
    void theCorrelationWithinPromptsIsFound() {
        Random random = new Random(4);
        List<double[]> prompts = new ArrayList<>();
        for (int i = 0; i < 4000; i++) {
            // A prompt is easy (.9) or hard (.5): the variance between is .04, in all .21.
            double right = random.nextBoolean() ? .9 : .5;
            double rows = 0;
            double sum = 0;
            for (int row = 0; row < 2 + random.nextInt(6); row++) {
                rows++;
                sum += random.nextDouble() < right ? 1 : 0;
            }
            prompts.add(new double[] {rows, sum});
        }
        assertThat(DesignEffect.of(prompts).rho().number().orElseThrow()).isCloseTo(.04 / .21, within(.03));
    }

    @Test
    void theReportSaysWhatTheRowsCanShow() {
        AgreementStudy study = new AgreementStudy("judge", AgreementSettings.DEFAULTS.withBootstrapRounds(200));
        for (int i = 0; i < 200; i++) {
            Pair pair = StudyRows.pair("row" + i, "prompt" + i, i % 5 == 0 ? "long" : "x", "yy");
            Label truth = i % 2 == 0 ? Label.A : Label.B;
            Label said = i % 10 < 8 ? truth : truth.swapped();
            study.add(pair, StudyRows.said(pair, "judge", said), List.of(StudyRows.said(pair, "gold", truth)));
        }
        Power power = study.report().power().orElseThrow();
        assertThat(power.rows()).isEqualTo(200);
        assertThat(power.designEffect().effect()).isEqualTo(1);
        assertThat(power.accuracy().low()).isCloseTo(BinomialTail.wilson(160, 200, .95)[0], within(1e-12));
        assertThat(power.rules()).extracting(AgainstRule::rule).containsExactly("first", "longer", "majority");
        AgainstRule first = power.rules().get(0);
        // Right where the first is not: 80 of the 100 B; wrong where the first is right: 20 of the 100 A.
        assertThat(first.onlyJudge()).isEqualTo(80);
        assertThat(first.onlyRule()).isEqualTo(20);
        assertThat(first.difference().number().orElseThrow()).isCloseTo(.3, within(1e-12));
        assertThat(power.floor()).isEqualTo(.5);
        double least = power.detectableAboveFloor().number().orElseThrow();
        assertThat(SampleSize.accuracy(.5, .5 + least)).isCloseTo(200, within(1e-3));
        LabelsNeeded next = power.needed().get(0);
        assertThat(next.difference()).isEqualTo(.075).isLessThan(least);
        assertThat(next.rows())
                .isEqualTo(SampleSize.whole(SampleSize.accuracy(.5, .575)))
                .isGreaterThan(200);
    }
}
