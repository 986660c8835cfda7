package pairwright.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import pairwright.jsonl.Json;
import pairwright.judge.Evidence;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;
import pairwright.judge.Reading;
import pairwright.judge.Trial;
import pairwright.pair.Order;
import pairwright.pair.Pair;

class BiasStudyTest {
    /**
     * A judge of known bias: the log-odds that the response shown first is better are its lead, plus the position's bias, plus noise.
     *
     * @param change added to the lead of a changed copy
     */
    private record Made(double position, double change, double noise, boolean bothOrders) {
        double shownFirst(double lead, Random random) {
            return 1 / (1 + Math.exp(-(lead + position + noise * random.nextGaussian())));
        }

        Judgment judge(double lead, Random random) {
            Pair pair = StudyRows.pair("p", "q");
            double ab = shownFirst(lead, random);
            double ba = 1 - shownFirst(-lead, random);
            List<Trial> trials = List.of(trial(Order.AB, ab), trial(Order.BA, 1 - ba));
            Evidence none = Evidence.NONE;
            return new Judgment(
                    pair,
                    "made",
                    Optional.empty(),
                    new Preference(bothOrders ? (ab + ba) / 2 : ab),
                    new Evidence(
                            !bothOrders,
                            false,
                            none.orderGap(),
                            none.positionEffect(),
                            none.tieMass(),
                            none.zLow(),
                            none.zHigh(),
                            none.sampleSpread(),
                            List.of(),
                            List.of(),
                            none.rewardA(),
                            none.rewardB(),
                            bothOrders ? trials : trials.subList(0, 1)));
        }

        BiasReport report(Random random, int prompts, int each, AgreementSettings settings) {
            BiasStudy study = new BiasStudy("made", EnumSet.allOf(BiasKind.class), settings);
            for (int prompt = 0; prompt < prompts; prompt++) {
                double ofPrompt = random.nextGaussian();
                for (int i = 0; i < each; i++) {
                    double lead = ofPrompt + .5 * random.nextGaussian();
                    boolean changedA = (prompt * each + i) % 2 == 0;
                    double changed = lead + (changedA ? change : -change);
                    Map<Asking, Judgment> said = new EnumMap<>(Asking.class);
                    said.put(Asking.FIRST, judge(lead, random));
                    said.put(Asking.AGAIN, judge(lead, random));
                    said.put(Asking.LENGTH, judge(changed, random));
                    said.put(Asking.FORMAT, judge(lead, random));
                    said.put(Asking.SWAPPED, judge(-lead, random));
                    study.add("q" + prompt, changedA, said, Optional.of(1.5));
                }
            }
            return study.report();
        }
    }

    private static Trial trial(Order order, double shownFirst) {
        return new Trial(
                order,
                0,
                Optional.of(shownFirst),
                Reading.LOGPROBS,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Bias bias(BiasReport report, String kind) {
        return report.biases().stream()
                .filter(bias -> bias.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static double number(Statistic statistic) {
        return statistic.number().orElseThrow();
    }

    @Test
    void aPositionBiasOnTheLogitScaleIsRecovered() {
        BiasReport report = new Made(.7, 0, .3, true).report(new Random(1), 100, 2, AgreementSettings.DEFAULTS);
        Bias position = bias(report, "position");
        // The noise has a standard deviation of .3 / sqrt 2 a pair, over 200 pairs a standard error of .015.
        assertThat(number(position.logit().orElseThrow())).isCloseTo(.7, within(.06));
        assertThat(number(position.effect())).isBetween(.08, .17);
        assertThat(position.beyondNoise()).isTrue();
        assertThat(position.sentence())
                .startsWith("being shown first moves z by 0.")
                .contains(" toward that response");
        assertThat(number(position.labelChanges())).isGreaterThan(number(position.labelChangesByNoise()));
        assertThat(bias(report, "length").beyondNoise()).isFalse();
        assertThat(bias(report, "format").beyondNoise()).isFalse();
    }

    @Test
    void aJudgeThatIsAskedInOneOrderShowsItsPositionBiasInTheSwappedCopies() {
        BiasReport report = new Made(-.7, 0, .1, false).report(new Random(2), 100, 2, AgreementSettings.DEFAULTS);
        Bias position = bias(report, "position");
        assertThat(number(position.logit().orElseThrow())).isCloseTo(-.7, within(.03));
        assertThat(position.sentence()).contains(", away from that response");
        // z(a, b) + z(b, a) - 1 is twice the effect of the position.
        assertThat(number(bias(report, "swapped").effect())).isCloseTo(2 * number(position.effect()), within(1e-12));
        assertThat(bias(report, "swapped").beyondNoise()).isTrue();
    }

    @Test
    void aLoveOfLengthIsMeasuredOnWhicheverSideIsPadded() {
        Random random = new Random(3);
        BiasReport report = new Made(.4, .6, .2, true).report(random, 100, 2, AgreementSettings.DEFAULTS);
        Bias length = bias(report, "length");
        assertThat(number(length.effect())).isBetween(.07, .15);
        assertThat(length.beyondNoise()).isTrue();
        assertThat(length.lengthRatio()).contains(1.5);
        assertThat(length.sentence())
                .startsWith("a copy 1.50 times as long that says nothing new moves z by 0.")
                .contains(" toward it; asking again alone moves it by ")
                .endsWith(": beyond the noise");
        assertThat(bias(report, "format").beyondNoise()).isFalse();
        Bias hated = bias(new Made(0, -.6, .2, true).report(random, 100, 2, AgreementSettings.DEFAULTS), "length");
        assertThat(number(hated.effect())).isBetween(-.15, -.07);
        assertThat(hated.sentence()).contains(", away from it;");
    }

    @Test
    void aJudgeWithoutBiasIsSeldomCalledBiasedHoweverNoisy() {
        Random random = new Random(4);
        int called = 0;
        int rounds = 200;
        for (int round = 0; round < rounds; round++) {
            BiasReport report = new Made(0, 0, 1, true)
                    .report(
                            random,
                            60,
                            2,
                            AgreementSettings.DEFAULTS.withBootstrapRounds(200).withSeed(round));
            for (Bias bias : report.biases()) {
                called += bias.beyondNoise() ? 1 : 0;
            }
        }
        // Each of the four is called biased in at most 5% of the rounds but for the percentile interval's shortfall;
        // the noise floor
        // beside it makes that rarer still.
        assertThat(called / (4. * rounds)).isLessThan(.05);
    }

    @Test
    void theIntervalsHoldTheTruthAboutAsOftenAsTheySay() {
        Random random = new Random(5);
        int rounds = 300;
        int held = 0;
        Made judge = new Made(.5, 0, .8, true);
        for (int round = 0; round < rounds; round++) {
            Estimate logit = (Estimate) bias(
                            judge.report(
                                    random,
                                    60,
                                    3,
                                    AgreementSettings.DEFAULTS
                                            .withBootstrapRounds(300)
                                            .withSeed(round)),
                            "position")
                    .logit()
                    .orElseThrow();
            held += logit.low() <= .5 && .5 <= logit.high() ? 1 : 0;
        }
        assertThat(held / (double) rounds).isBetween(.90, .985);
    }

    @Test
    void aJudgeThatAlwaysSaysTheSameHasNoNoise() {
        BiasReport report = new Made(0, .3, 0, true).report(new Random(6), 40, 2, AgreementSettings.DEFAULTS);
        assertThat(number(report.noise().rootMeanSquare())).isZero();
        assertThat(number(report.noise().labelChanges())).isZero();
        assertThat(number(bias(report, "swapped").effect())).isCloseTo(0, within(1e-12));
        assertThat(bias(report, "length").beyondNoise()).isTrue();
        assertThat(bias(report, "position").beyondNoise()).isFalse();
    }

    @Test
    void abstentionsAreCountedAndMakeNoEffect() {
        BiasStudy study =
                new BiasStudy("made", EnumSet.of(BiasKind.POSITION, BiasKind.LENGTH), AgreementSettings.DEFAULTS);
        Judgment abstained =
                new Judgment(StudyRows.pair("p", "q"), "made", Optional.empty(), StudyRows.UNPARSEABLE, Evidence.NONE);
        Judgment first = Judgment.of(StudyRows.pair("p", "q"), "made", new Preference(.7));
        study.add(
                "q1",
                true,
                Map.of(Asking.FIRST, first, Asking.AGAIN, abstained, Asking.LENGTH, first),
                Optional.of(2.));
        study.add("q2", true, Map.of(Asking.FIRST, abstained, Asking.AGAIN, first), Optional.empty());
        BiasReport report = study.report();
        assertThat(report.abstentions())
                .containsEntry("first", Map.of("UNPARSEABLE", 1L))
                .containsEntry("again", Map.of("UNPARSEABLE", 1L));
        assertThat(bias(report, "length").effect().n()).isEqualTo(1);
        assertThat(bias(report, "length").withoutCopy()).isEqualTo(1);
        assertThat(report.noise().rootMeanSquare()).isEqualTo(new Undefined("no pair with a preference both times", 0));
        assertThat(bias(report, "position").effect()).isInstanceOf(Undefined.class);
        assertThat(bias(report, "position").sentence()).startsWith("the order shown: undefined (");
        assertThat(Json.write(report)).doesNotContain("NaN");
        assertThat(report.biases()).extracting(Bias::kind).containsExactly("position", "length");
        assertThat(report.lines()).anySatisfy(line -> assertThat(line).startsWith("| position | 0 "));
    }
}
