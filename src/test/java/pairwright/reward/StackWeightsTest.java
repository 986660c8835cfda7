package pairwright.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StackWeightsTest {
    private static final int PAIRS = 400;

    private final Random random = new Random(11);

    private double[] normal() {
        return random.doubles(PAIRS).map(x -> random.nextGaussian()).toArray();
    }

    @Test
    void theSumThatMadeTheLabelsIsFound() {
        double[] first = normal();
        double[] second = normal();
        double[] z = new double[PAIRS];
        Arrays.setAll(z, i -> SoftLoss.probability(1.5 * first[i] + .5 * second[i]));
        double[] ones = new double[PAIRS];
        Arrays.fill(ones, 1);
        // The small penalty draws both towards one half, by less than a hundredth here.
        assertThat(StackWeights.fitted(new double[][] {first, second}, z, ones))
                .containsExactly(new double[] {1.5, .5}, within(.02));
    }

    @Test
    void aRewardThatIsWrongMoreOftenThanRightIsLeftOut() {
        double[] right = normal();
        double[] noise = normal();
        double[] wrong = new double[PAIRS];
        double[] z = new double[PAIRS];
        Arrays.setAll(wrong, i -> noise[i] - right[i]);
        Arrays.setAll(z, i -> SoftLoss.probability(right[i]));
        double[] ones = new double[PAIRS];
        Arrays.fill(ones, 1);
        double[] weights = StackWeights.fitted(new double[][] {wrong, right}, z, ones);
        assertThat(weights[0]).isZero();
        assertThat(weights[1]).isCloseTo(1, within(.02));
    }

    @Test
    void aPairThatCountsTwiceIsAsTwoPairs() {
        double[][] twice = {{1, 1, -.5}, {.2, .2, 1}};
        double[][] once = {{1, -.5}, {.2, 1}};
        double[] expected = StackWeights.fitted(twice, new double[] {.9, .9, .4}, new double[] {1, 1, 1});
        assertThat(StackWeights.fitted(once, new double[] {.9, .4}, new double[] {2, 1}))
                .containsExactly(expected, within(1e-6));
    }
}
