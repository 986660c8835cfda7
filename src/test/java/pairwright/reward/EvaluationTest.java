package pairwright.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import pairwright.jsonl.BadInput;

class EvaluationTest {
    private static EvaluatedPair pair(double z, double d, int lengthA, int lengthB, String group) {
        return new EvaluatedPair(z, d, lengthA, lengthB, group, Optional.of(group.substring(0, 1)));
    }

    @Test
    void theMeasuresAreThoseOfTheirDefinitions() {
        Evaluation evaluation = new Evaluation();
        evaluation.add(pair(1, Math.log(3), 10, 5, "a1"));
        evaluation.add(pair(0, Math.log(3), 10, 5, "a2"));
        evaluation.add(pair(1, 0, 7, 7, "b1"));
        evaluation.add(pair(.5, -1, 3, 4, "b2"));
        EvaluationReport report = evaluation.report();
        assertThat(report.rows()).isEqualTo(4);
        assertThat(report.ties()).isEqualTo(1);
        // Right, wrong, undecided.
        assertThat(report.accuracy().orElseThrow().value()).isCloseTo(.5, within(1e-12));
        double losses = -Math.log(.75) - Math.log(.25) + Math.log(2) + SoftLoss.loss(.5, -1);
        assertThat(report.logLoss().value()).isCloseTo(losses / 4, within(1e-12));
        double tie = SoftLoss.probability(-1) - .5;
        assertThat(report.brier().value()).isCloseTo((.0625 + .5625 + .25 + tie * tie) / 4, within(1e-12));
        // Bins of .75 twice (mean label .5), of .5, of .27.
        assertThat(report.calibrationError()).isCloseTo((.5 + .5 + Math.abs(tie)) / 4, within(1e-12));
        assertThat(report.whereLonger()).isEqualTo(new Accuracy(1, 1, 0));
        assertThat(report.whereShorter()).isEqualTo(new Accuracy(1, 0, 0));
        assertThat(report.baselines().get("longer").value()).isCloseTo(.5, within(1e-12));
        assertThat(report.slices()).extracting(EvaluationReport.Part::name).containsExactly("a", "b");
    }

    /** By hand: sums (2, 0, 1) of sizes (2, 1, 1), mean .75, residuals .5, -.75, .25: sqrt(3/2 * .875) / 4 times 1.96. */
    @Test
    void theIntervalIsClusteredByGroup() {
        GroupedMean mean = new GroupedMean(2);
        mean.add("a", 1);
        mean.add("a", 1);
        mean.add("b", 0);
        mean.add("c", 1);
        Interval interval = mean.interval().orElseThrow();
        assertThat(interval.value()).isEqualTo(.75);
        assertThat(interval.high() - interval.value()).isCloseTo(1.959964 * Math.sqrt(1.5 * .875) / 4, within(1e-12));
        assertThat(interval.groups()).isEqualTo(3);
        assertThat(new GroupedMean(1).interval()).isEmpty();
    }

    /** Labels drawn from sigma(d) and rewards three times too sure: the temperature is 3. */
    @Test
    void theTemperatureUndoesTooMuchConfidence() {
        Random random = new Random(1);
        int n = 20_000;
        double[] d = new double[n];
        double[] z = new double[n];
        double[] weight = new double[n];
        for (int i = 0; i < n; i++) {
            double truth = random.nextGaussian();
            d[i] = 3 * truth;
            z[i] = SoftLoss.probability(truth);
            weight[i] = 1;
        }
        assertThat(Temperature.fitted(z, d, weight, new PairLikelihood.Soft(0))).isCloseTo(3, within(1e-6));
        assertThat(Temperature.fitted(z, new double[n], weight, new PairLikelihood.Soft(0)))
                .isEqualTo(1);
    }

    @Test
    void matchedWeightsLeaveNothingForLengthToTell() {
        double[] z = {1, 1, 1, 0, 1, .5};
        double[] ratio = {.1, .15, .2, .1, 2, .1};
        double[] weights = LengthMatching.weights(z, ratio, new double[] {1, 1, 1, 1, 1, 1});
        assertThat(weights).containsExactly(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0, 1, 0, 1}, within(1e-12));
    }

    @Test
    void foldsJudgeEachRowOnceWithoutItsGroup() {
        List<FitRow> rows = Texts.judgments(30, 6, 3).stream().map(FitRow::of).toList();
        CrossValidation folds = new CrossValidation(
                FitSettings.DEFAULT
                        .withFeatures(FeatureSettings.DEFAULT.withHashBits(12))
                        .withDevice(DeviceChoice.JAVA),
                5);
        List<EvaluatedPair> judged = new ArrayList<>();
        folds.run(rows.iterator(), 0, FitProgress.SILENT, judged::add);
        assertThat(judged).hasSize(180);
        Evaluation evaluation = new Evaluation();
        judged.forEach(evaluation::add);
        folds.ofWords().run(rows.iterator(), 0, FitProgress.SILENT, pair -> evaluation.addBaseline("tf-idf", pair));
        EvaluationReport report = evaluation.report();
        assertThat(report.accuracy().orElseThrow().low()).isGreaterThan(.8);
        assertThat(report.baselines()).containsOnlyKeys("random", "longer", "shorter", "tf-idf");
        assertThat(report.baselines().get("tf-idf").value()).isGreaterThan(.8);
        assertThatThrownBy(() -> folds.run(rows.subList(0, 6).iterator(), 0, FitProgress.SILENT, pair -> {}))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("of 1 groups, must be of at least 5");
    }

    @Test
    void noiseTurnsTheShareAskedForAndMoreOfItTurnsTheSameAndOthers() {
        long tenth = IntStream.range(0, 10_000)
                .filter(i -> LabelNoise.turns(1, i, .1))
                .count();
        // Binomial, four standard deviations.
        assertThat(tenth).isBetween(880L, 1_120L);
        assertThat(IntStream.range(0, 10_000).filter(i -> LabelNoise.turns(1, i, .1)))
                .allMatch(i -> LabelNoise.turns(1, i, .3));
        assertThat(IntStream.range(0, 10_000).noneMatch(i -> LabelNoise.turns(1, i, 0)))
                .isTrue();
    }
}
