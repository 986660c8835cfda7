package pairwright.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TiesTest {
    /** Davidson 1970: strengths (2, 1), nu = .5; the tie is .5 root 2 of 3 + .5 root 2. */
    @Test
    void davidsonsProbabilitiesAreThePublishedOnes() {
        Ties.Outcomes p = Ties.DAVIDSON.outcomes(Math.log(2), Math.log(.5));

        assertThat(p.first()).isEqualTo(.539504, within(5e-7));
        assertThat(p.second()).isEqualTo(.269752, within(5e-7));
        assertThat(p.tie()).isEqualTo(.190744, within(5e-7));
    }

    /** Rao and Kupper 1967: strengths (2, 1), theta = 1.5; 2/3.5, 1/4, and the rest is the tie. */
    @Test
    void raoAndKuppersProbabilitiesAreThePublishedOnes() {
        Ties.Outcomes p = Ties.RAO_KUPPER.outcomes(Math.log(2), Math.log(1.5));

        assertThat(p.first()).isEqualTo(.571429, within(5e-7));
        assertThat(p.second()).isEqualTo(.25, within(5e-7));
        assertThat(p.tie()).isEqualTo(.178571, within(5e-7));
    }

    @ParameterizedTest
    @EnumSource(Ties.class)
    void probabilitiesSumToOneEvenFarOut(Ties ties) {
        for (double d : new double[] {-800, -3, 0, .1, 40, 800}) {
            Ties.Outcomes p = ties.outcomes(d, .7);
            assertThat(p.first() + p.tie() + p.second()).isEqualTo(1, within(1e-12));
        }
    }

    /** Derivatives against central differences of the loss. */
    @ParameterizedTest
    @EnumSource(Ties.class)
    void derivativesAreThoseOfTheLoss(Ties ties) {
        double n = 7;
        double s = 4.5;
        double t = 3;
        double h = 1e-4;
        for (double d : new double[] {-1.3, 0, .4, 2.5}) {
            double tie = .6;
            Derivatives at = new Derivatives(ties);
            at.of(n, s, t, d, tie);
            double slope = at.slope;
            double tieSlope = at.tieSlope;
            double curvature = at.curvature;
            double cross = at.cross;
            double tieCurvature = at.tieCurvature;

            assertThat(slope)
                    .isEqualTo(
                            (Derivatives.loss(ties, n, s, t, d + h, tie) - Derivatives.loss(ties, n, s, t, d - h, tie))
                                    / (2 * h),
                            within(1e-6));
            at.of(n, s, t, d + h, tie);
            double up = at.slope;
            double upTie = at.tieSlope;
            at.of(n, s, t, d - h, tie);
            assertThat(curvature).isEqualTo((up - at.slope) / (2 * h), within(1e-6));
            assertThat(cross).isEqualTo((upTie - at.tieSlope) / (2 * h), within(1e-6));
            if (ties.counted()) {
                assertThat(tieSlope)
                        .isEqualTo(
                                (Derivatives.loss(ties, n, s, t, d, tie + h)
                                                - Derivatives.loss(ties, n, s, t, d, tie - h))
                                        / (2 * h),
                                within(1e-6));
                at.of(n, s, t, d, tie + h);
                double upper = at.tieSlope;
                at.of(n, s, t, d, tie - h);
                assertThat(tieCurvature).isEqualTo((upper - at.tieSlope) / (2 * h), within(1e-6));
            }
        }
    }

    /** Outcomes in exactly the model's shares give back its parameters: closed form. */
    @ParameterizedTest
    @EnumSource(
            value = Ties.class,
            names = {"DAVIDSON", "RAO_KUPPER"})
    void sharesOfTheModelGiveBackItsParameters(Ties ties) {
        double d = Math.log(2);
        double tie = Math.log(1.5);
        Ties.Outcomes p = ties.outcomes(d, tie);
        ComparisonTableBuilder table = ComparisonTable.builder();
        add(table, 1, p.first());
        add(table, .5, p.tie());
        add(table, 0, p.second());

        Strengths fit = Strengths.fit(
                table.build(), RankingSettings.DEFAULT.withTies(ties).withErrors(Errors.FISHER));

        assertThat(fit.strength(0) - fit.strength(1)).isEqualTo(d, within(1e-8));
        assertThat(fit.parameters().get(0).value()).isEqualTo(tie, within(1e-8));
    }

    private static void add(ComparisonTableBuilder table, double z, double weight) {
        Comparison one = Comparison.of("one", "other", z);
        table.add(new Comparison(
                one.first(),
                one.second(),
                z,
                1000 * weight,
                one.shown(),
                one.prompt(),
                one.rater(),
                one.category(),
                one.style()));
    }

    @ParameterizedTest
    @EnumSource(
            value = Ties.class,
            names = {"DAVIDSON", "RAO_KUPPER"})
    void plantedStrengthsWithTiesAndOrderAreRecovered(Ties ties) {
        SplittableRandom random = new SplittableRandom(21);
        double[] planted = Planted.strengths(8);
        List<Comparison> rows = new ArrayList<>();
        for (int i = 0; i < 60_000; i++) {
            int a = random.nextInt(8);
            int b = (a + 1 + random.nextInt(7)) % 8;
            Ties.Outcomes p = ties.outcomes(planted[a] - planted[b] + .4, Math.log(1.7));
            double u = random.nextDouble();
            rows.add(Comparison.of(
                            Planted.name(a), Planted.name(b), u < p.first() ? 1 : u < p.first() + p.tie() ? .5 : 0)
                    .shown(Shown.FIRST));
        }
        Strengths fit = Strengths.fit(
                Planted.table(rows), RankingSettings.DEFAULT.withTies(ties).withOrder(true));

        for (int i = 0; i < 8; i++) {
            StrengthEstimate estimate = fit.estimate(i);
            assertThat(estimate.value()).isEqualTo(planted[i], within(4 * estimate.standardError()));
        }
        Parameter order = fit.parameters().get(0);
        Parameter tie = fit.parameters().get(1);
        assertThat(order.value())
                .isEqualTo(.4, within(4 * order.estimate().orElseThrow().standardError()));
        assertThat(tie.value())
                .isEqualTo(
                        Math.log(1.7), within(4 * tie.estimate().orElseThrow().standardError()));
    }
}
