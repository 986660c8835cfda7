package pairwright.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import pairwright.pair.Order;

class RepeatsTest {
    private static Trial trial(Order order, int sample, double shownFirst) {
        return new Trial(
                order,
                sample,
                Optional.of(shownFirst),
                Reading.VERDICT,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Judgment judged(List<Trial> trials) {
        Trials.Pooled pooled = Trials.pool(trials, Pooling.MEAN, List.of());
        return new Judgment(Pairs.of("x", "y"), "j", Optional.empty(), pooled.verdict(), pooled.evidence());
    }

    @Test
    void theNoiseFloorIsTheFormulaByHand() {
        Repeats repeats = new Repeats();
        // Order AB .6 and .8: variance .02; order BA .4 and .4 (.6 for the response): variance 0. Of the mean: (.01 +
        // 0) / 4.
        repeats.add(judged(List.of(
                trial(Order.AB, 0, .6), trial(Order.AB, 1, .8), trial(Order.BA, 0, .4), trial(Order.BA, 1, .4))));
        Repeats.Counts counts = repeats.counts().orElseThrow();
        assertThat(counts.pairs()).isEqualTo(1);
        assertThat(counts.inConflict()).isZero();
        assertThat(counts.meanSpread()).isCloseTo(Math.sqrt(.02) / 2, within(1e-12));
        assertThat(counts.noiseFloor()).isCloseTo(Math.sqrt(2 * .0025), within(1e-12));
    }

    @Test
    void samplesWithDifferentLabelsAreCounted() {
        Repeats repeats = new Repeats();
        repeats.add(judged(List.of(trial(Order.AB, 0, .9), trial(Order.AB, 1, .2))));
        repeats.add(judged(List.of(trial(Order.AB, 0, .9), trial(Order.AB, 1, .8))));
        assertThat(repeats.counts().orElseThrow().inConflict()).isEqualTo(1);
        assertThat(repeats.counts().orElseThrow().pairs()).isEqualTo(2);
    }

    @Test
    void whatWasAskedOnceSaysNothingAboutRepeats() {
        Repeats repeats = new Repeats();
        repeats.add(judged(List.of(trial(Order.AB, 0, .9), trial(Order.BA, 0, .2))));
        repeats.add(Judgment.of(Pairs.of("x", "y"), "j", Preference.FIRST));
        assertThat(repeats.counts()).isEmpty();
    }

    @Test
    void theNoiseFloorIsWhatAskingAgainReallyChanges() throws Exception {
        Random random = new Random(11);
        for (int samples : new int[] {2, 5}) {
            Repeats repeats = new Repeats();
            double squares = 0;
            int pairs = 4000;
            for (int i = 0; i < pairs; i++) {
                double p = .3 + .4 * random.nextDouble();
                Judgment first = jury(random, p, samples);
                repeats.add(first);
                double change = z(jury(random, p, samples)) - z(first);
                squares += change * change;
            }
            double floor = repeats.counts().orElseThrow().noiseFloor();
            // 4,000 squares of a nearly normal number have a mean with a standard error of 2%, its root of 1%.
            assertThat(Math.sqrt(squares / pairs) / floor).isCloseTo(1, within(.05));
        }
    }

    private static double z(Judgment judgment) {
        return ((Preference) judgment.verdict()).z();
    }

    /** Two jurors, one three times as heavy, each asked so often in both orders; replies are A with probability p. */
    private static Judgment jury(Random random, double p, int samples) throws InterruptedException {
        List<Jury.Juror> jurors = new ArrayList<>();
        for (int weight : new int[] {1, 3}) {
            List<Trial> trials = new ArrayList<>();
            for (int sample = 0; sample < samples; sample++) {
                trials.add(trial(Order.AB, sample, random.nextDouble() < p ? 1 : 0));
                trials.add(trial(Order.BA, sample, random.nextDouble() < p ? 0 : 1));
            }
            Judgment judgment = judged(trials);
            jurors.add(new Jury.Juror("j" + weight, pair -> judgment, weight));
        }
        return new Jury("p", jurors, Optional.empty()).judge(Pairs.of("x", "y"));
    }
}
