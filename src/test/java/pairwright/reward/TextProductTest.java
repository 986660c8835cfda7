package pairwright.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextProductTest {
    private static final Torch CPU = Torch.on(DeviceChoice.CPU);
    private static final FeatureSettings FEATURES = FeatureSettings.DEFAULT.withHashBits(12);

    private static PairTable.Matrices matrices() {
        PairTable table = PairTable.of(FitSettings.DEFAULT.withFeatures(FEATURES));
        Texts.judgments(20, 15, 7).forEach(table::add);
        return PairTable.matrices(table.texts(0), table.entries(), FEATURES.columns());
    }

    @Test
    void pyTorchGivesTheProductsOfPlainJava() {
        SparseRows features = matrices().features();
        Random random = new Random(3);
        double[] weights = random.doubles(features.width(), -2, 2).toArray();
        double[] pull = random.doubles(features.rows(), -1, 1).toArray();
        JavaProduct java = new JavaProduct(features);
        try (TorchProduct torch = new TorchProduct(CPU, features)) {
            for (int again = 0; again < 3; again++) {
                assertThat(torch.times(weights)).containsExactly(java.times(weights), within(1e-12));
                assertThat(torch.transposedTimes(pull)).containsExactly(java.transposedTimes(pull), within(1e-12));
            }
        }
    }

    @Test
    void aStepLeavesNoArrayBehind() {
        SparseRows features = matrices().features();
        try (TorchProduct torch = new TorchProduct(CPU, features)) {
            int before = torch.arraysHeld();
            for (int step = 0; step < 50; step++) {
                torch.times(new double[features.width()]);
                torch.transposedTimes(new double[features.rows()]);
            }
            assertThat(torch.arraysHeld()).isEqualTo(before);
        }
    }

    /** The whole objective, centring, scales and a tie parameter included, against differences of its value. */
    @Test
    void theGradientIsThatOfTheObjective() {
        PairTable.Matrices matrices = matrices();
        double[] share = new double[matrices.pairs().z().length];
        Arrays.setAll(share, i -> i % 4 == 0 ? 0 : 1.0 / share.length);
        double[] scale = new Random(5).doubles(matrices.columns().length, .5, 3).toArray();
        PairObjective objective = new PairObjective(
                new JavaProduct(matrices.features()),
                matrices.pairs(),
                new PairLikelihood.Davidson(),
                .01,
                share,
                scale,
                .02);
        double[] point = new Random(4).doubles(objective.dimension(), -.5, .5).toArray();
        double[] gradient = new double[point.length];
        objective.at(point, gradient);
        for (int k : new int[] {0, 17, point.length / 2, point.length - 2, point.length - 1}) {
            double[] up = point.clone();
            double[] down = point.clone();
            up[k] += 1e-5;
            down[k] -= 1e-5;
            double slope =
                    (objective.at(up, new double[point.length]) - objective.at(down, new double[point.length])) / 2e-5;
            assertThat(gradient[k]).isCloseTo(slope, within(1e-8));
        }
    }

    /** TRL's reward trainer: c = .01 and r = (2, -1) add .01 (2 - 1)^2. */
    @Test
    void centringAddsTheSquaredSumOfTheRewards() {
        SparseRows two = new SparseRows(new int[] {0, 1, 2}, new int[] {0, 1}, new float[] {1, 1}, 2);
        PairObjective.Pairs pair = new PairObjective.Pairs(new int[] {0}, new int[] {1}, new double[] {1});
        double[] point = {2, -1};
        double[] ones = {1, 1};
        double without = new PairObjective(
                        new JavaProduct(two), pair, new PairLikelihood.Soft(0), 0, new double[] {1}, ones, 0)
                .at(point, new double[2]);
        double with = new PairObjective(
                        new JavaProduct(two), pair, new PairLikelihood.Soft(0), .01, new double[] {1}, ones, 0)
                .at(point, new double[2]);
        assertThat(with - without).isCloseTo(.01, within(1e-12));
    }
}
