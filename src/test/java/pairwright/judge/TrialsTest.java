package pairwright.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import pairwright.pair.Label;
import pairwright.pair.Order;

class TrialsTest {
    /** A trial that said {@code pShownFirst} for the slot shown first. */
    private static Trial trial(Order order, int sample, double pShownFirst) {
        return new Trial(
                order,
                sample,
                Optional.of(pShownFirst),
                Reading.VERDICT,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Trial abstained(Order order, Abstention.Reason reason) {
        return new Trial(
                order,
                0,
                Optional.empty(),
                Reading.VERDICT,
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Abstention(reason, "why")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static double z(Trials.Pooled pooled) {
        return ((Preference) pooled.verdict()).z();
    }

    @Test
    void theOrdersArePooledAsInRlaif() {
        // RLAIF (Lee et al. 2023) section 2.1: order 12 says P("1") = .8, order 21 says P("1") = .3, so z = (.8 + .7) /
        // 2.
        List<Trial> trials = List.of(trial(Order.AB, 0, .8), trial(Order.BA, 0, .3));
        Trials.Pooled mean = Trials.pool(trials, Pooling.MEAN, List.of());
        assertThat(z(mean)).isCloseTo(.75, within(1e-12));
        assertThat(z(Trials.pool(trials, Pooling.LOGIT, List.of()))).isCloseTo(.753394, within(5e-7));
        assertThat(mean.evidence().positionEffect().orElseThrow()).isCloseTo(.269498, within(5e-7));
        assertThat(mean.evidence().orderGap().orElseThrow()).isCloseTo(.1, within(1e-12));
        assertThat(mean.evidence().conflicts()).isEmpty();
    }

    @Test
    void anAdditivePositionBiasCancelsInTheLogitPool() {
        // d = .3, b = 1: p12 = sigma(1.3) for the first; order 21 shows x2 first, sigma(1 - .3) for x2.
        List<Trial> trials =
                List.of(trial(Order.AB, 0, 1 / (1 + Math.exp(-1.3))), trial(Order.BA, 0, 1 / (1 + Math.exp(-.7))));
        assertThat(z(Trials.pool(trials, Pooling.MEAN, List.of()))).isCloseTo(.5588, within(5e-5));
        assertThat(z(Trials.pool(trials, Pooling.LOGIT, List.of()))).isCloseTo(.5744, within(5e-5));
    }

    @Test
    void turningThePairRoundTurnsZRound() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 1000; i++) {
            double p12 = random.nextDouble();
            double p21 = random.nextDouble();
            for (Pooling pooling : Pooling.values()) {
                double there =
                        z(Trials.pool(List.of(trial(Order.AB, 0, p12), trial(Order.BA, 0, p21)), pooling, List.of()));
                double back =
                        z(Trials.pool(List.of(trial(Order.AB, 0, p21), trial(Order.BA, 0, p12)), pooling, List.of()));
                assertThat(there + back).isCloseTo(1, within(1e-12));
            }
        }
    }

    @Test
    void aJudgeThatAlwaysTakesTheFirstIsATieAndAConflict() {
        Trials.Pooled pooled =
                Trials.pool(List.of(trial(Order.AB, 0, 1), trial(Order.BA, 0, 1)), Pooling.MEAN, List.of());
        assertThat(z(pooled)).isEqualTo(.5);
        assertThat(pooled.evidence().conflicts()).containsExactly("position");
        assertThat(pooled.evidence().positionEffect().orElseThrow()).isPositive();
    }

    @Test
    void anOrderWithoutAnAnswerIsAnAbstentionAndNeverATie() {
        Trials.Pooled pooled = Trials.pool(
                List.of(trial(Order.AB, 0, 1), abstained(Order.BA, Abstention.Reason.REFUSED)),
                Pooling.MEAN,
                List.of());
        assertThat(pooled.verdict()).isInstanceOfSatisfying(Abstention.class, a -> {
            assertThat(a.reason()).isEqualTo(Abstention.Reason.REFUSED);
            assertThat(a.detail()).startsWith("order BA");
        });
    }

    @Test
    void oneOrderAloneIsMarkedHalf() {
        Trials.Pooled pooled = Trials.pool(List.of(trial(Order.BA, 0, 1)), Pooling.MEAN, List.of());
        assertThat(z(pooled)).isZero();
        assertThat(pooled.evidence().half()).isTrue();
    }

    @Test
    void samplesOfAnOrderAreAveragedAndTheirSpreadIsKept() {
        Trials.Pooled pooled = Trials.pool(
                List.of(trial(Order.AB, 0, 1), trial(Order.AB, 1, 0), trial(Order.BA, 0, 0), trial(Order.BA, 1, 0)),
                Pooling.MEAN,
                List.of());
        assertThat(z(pooled)).isEqualTo(.75);
        assertThat(pooled.evidence().conflicts()).contains("sample");
        // Sample standard deviations .707107 and 0, mean .353553.
        assertThat(pooled.evidence().sampleSpread().orElseThrow()).isCloseTo(.353553, within(5e-7));
    }

    private static Label conservative(Trials.Pooled pooled) {
        return new Labelling(.05, true).label((Preference) pooled.verdict(), pooled.evidence());
    }

    @Test
    void fiveLevelsCountAsMuchAsTheySayWhereArenaHardCountsEveryWinAsOne() {
        // arena-hard-auto, show_result: (baseline first) "B>A", (model first) "A>>B" give the model 1.0, since a win is
        // a win and
        // >> only repeats it; "A=B", "A>B" give .75. With the model as response_b of the first order and 1, .75, .5,
        // .25, 0 for the
        // levels: z(model) = ((1 - .25) + 1) / 2 = .875, and (.5 + .75) / 2 = .625.
        Trials.Pooled won =
                Trials.pool(List.of(trial(Order.AB, 0, .25), trial(Order.BA, 0, 1)), Pooling.MEAN, List.of());
        assertThat(1 - z(won)).isEqualTo(.875);
        Trials.Pooled half =
                Trials.pool(List.of(trial(Order.AB, 0, .5), trial(Order.BA, 0, .75)), Pooling.MEAN, List.of());
        assertThat(1 - z(half)).isEqualTo(.625);
        // Arena-Hard's numbers are the mean over the labels of the single orders, win 1, tie .5, loss 0.
        assertThat(meanOfLabels(won)).isEqualTo(1.0);
        assertThat(meanOfLabels(half)).isEqualTo(.75);
    }

    /** For {@code response_b}. */
    private static double meanOfLabels(Trials.Pooled pooled) {
        return pooled.evidence().trials().stream()
                .map(trial -> new Preference(trial.pFirst().orElseThrow()).label(.05))
                .mapToDouble(label -> 1 - Preference.of(label).z())
                .average()
                .orElseThrow();
    }

    @Test
    void ordersThatDisagreeAreATieWhereLabelsAreConservative() {
        // MT-Bench (FastChat, show_result): game 1 says A, game 2 (swapped) says A again, so the orders disagree: a
        // tie.
        assertThat(conservative(
                        Trials.pool(List.of(trial(Order.AB, 0, 1), trial(Order.BA, 0, 1)), Pooling.MEAN, List.of())))
                .isEqualTo(Label.TIE);
        // Soft: .9 and 1 - .6 = .4 pool to .65, whose own label is A.
        Trials.Pooled soft =
                Trials.pool(List.of(trial(Order.AB, 0, .9), trial(Order.BA, 0, .6)), Pooling.MEAN, List.of());
        assertThat(z(soft)).isCloseTo(.65, within(1e-12));
        assertThat(Labelling.DEFAULT.label((Preference) soft.verdict(), soft.evidence()))
                .isEqualTo(Label.A);
        assertThat(conservative(soft)).isEqualTo(Label.TIE);
        assertThat(conservative(
                        Trials.pool(List.of(trial(Order.AB, 0, .9), trial(Order.BA, 0, .4)), Pooling.MEAN, List.of())))
                .isEqualTo(Label.A);
        // One order alone cannot disagree with itself.
        assertThat(conservative(Trials.pool(List.of(trial(Order.BA, 0, 1)), Pooling.MEAN, List.of())))
                .isEqualTo(Label.B);
    }

    @Test
    void anErrorGameIsAnAbstentionWhateverTheLabels() {
        // MT-Bench: an error game is excluded and counted.
        Trials.Pooled pooled = Trials.pool(
                List.of(trial(Order.AB, 0, 1), abstained(Order.BA, Abstention.Reason.UNPARSEABLE)),
                Pooling.MEAN,
                List.of());
        assertThat(pooled.verdict()).isInstanceOf(Abstention.class);
    }
}
