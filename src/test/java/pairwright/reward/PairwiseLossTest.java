package pairwright.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pairwright.judge.Judgment;

class PairwiseLossTest {
    private static final Torch CPU = Torch.on(DeviceChoice.CPU);

    /** One pair of two texts, of which the first has the only feature: d is the weight. */
    private static PairwiseLoss onePair(double z) {
        return new PairwiseLoss(
                CPU,
                new SparseRows(new int[] {0, 1, 1}, new int[] {0}, new float[] {1}, 1),
                new SparseRows(new int[] {0, 2}, new int[] {0, 1}, new float[] {1, -1}, 2),
                new double[] {z});
    }

    /** Closed form: z = .8, loss at d = 1 and its derivative, least loss at d = logit .8. */
    @ParameterizedTest
    @CsvSource({"1, .513262, -.068941", "1.386294, .500402, 0", "0, .693147, -.3"})
    void theSoftLossHasItsClosedFormValues(double d, double loss, double slope) {
        try (PairwiseLoss torch = onePair(.8)) {
            double[] gradient = new double[1];
            assertThat(torch.penalised(new double[] {1}, 0).at(new double[] {d}, gradient))
                    .isCloseTo(loss, within(5e-7));
            assertThat(gradient[0]).isCloseTo(slope, within(5e-7));
        }
        assertThat(SoftLoss.loss(.8, d)).isCloseTo(loss, within(5e-7));
        assertThat(SoftLoss.slope(.8, d)).isCloseTo(slope, within(5e-7));
    }

    @ParameterizedTest
    @CsvSource({"1, 800, 0, 0", "0, 800, 800, 1", "1, -800, 800, -1", "0, -800, 0, 0"})
    void aHugeMarginNeitherOverflowsNorBecomesNaN(double z, double d, double loss, double slope) {
        try (PairwiseLoss torch = onePair(z)) {
            double[] gradient = new double[1];
            assertThat(torch.penalised(new double[] {1}, 0).at(new double[] {d}, gradient))
                    .isEqualTo(loss);
            assertThat(gradient[0]).isEqualTo(slope);
        }
    }

    @Test
    void aStepLeavesNoArrayBehind() {
        try (PairwiseLoss torch = onePair(.3)) {
            Objective objective = torch.penalised(new double[] {1}, .1);
            int before = torch.arraysHeld();
            for (int step = 0; step < 200; step++) {
                objective.at(new double[] {step}, new double[1]);
                torch.differences(new double[] {step});
            }
            assertThat(torch.arraysHeld()).isEqualTo(before);
        }
    }

    /** The reference: the formula pair by pair in plain Java. */
    @Test
    void valueAndGradientAreThoseOfPlainJava() {
        PairTable table = new PairTable(FeatureSettings.DEFAULT.withHashBits(12));
        List<Judgment> judgments = Texts.judgments(20, 15, 7);
        judgments.forEach(table::add);
        PairTable.Matrices matrices = table.matrices(
                table.entries(), FeatureSettings.DEFAULT.withHashBits(12).columns());
        Random random = new Random(3);
        int n = matrices.z().length;
        double[] share =
                IntStream.range(0, n).mapToDouble(i -> i % 4 == 0 ? 0 : 1.0 / n).toArray();
        double[] point = random.doubles(matrices.columns().length, -2, 2).toArray();
        double l2 = .01;

        double expected = 0;
        double[] slopes = new double[point.length];
        for (int i = 0; i < n; i++) {
            SparseVector a = table.vector(table.entries().get(i).first());
            SparseVector b = table.vector(table.entries().get(i).second());
            double d = dot(a, matrices.columns(), point) - dot(b, matrices.columns(), point);
            expected += share[i] * SoftLoss.loss(matrices.z()[i], d);
            double slope = share[i] * SoftLoss.slope(matrices.z()[i], d);
            add(slopes, a, matrices.columns(), slope);
            add(slopes, b, matrices.columns(), -slope);
        }
        for (int k = 0; k < point.length; k++) {
            expected += l2 / 2 * point[k] * point[k];
            slopes[k] += l2 * point[k];
        }
        try (PairwiseLoss torch = new PairwiseLoss(CPU, matrices.features(), matrices.pairs(), matrices.z())) {
            double[] gradient = new double[point.length];
            for (int again = 0; again < 3; again++) {
                assertThat(torch.penalised(share, l2).at(point, gradient)).isCloseTo(expected, within(1e-12));
                assertThat(gradient).containsExactly(slopes, within(1e-13));
            }
        }
    }

    private static double dot(SparseVector vector, int[] columns, double[] point) {
        double sum = 0;
        for (int k = 0; k < vector.columns().length; k++) {
            sum += (double) vector.values()[k] * point[java.util.Arrays.binarySearch(columns, vector.columns()[k])];
        }
        return sum;
    }

    private static void add(double[] to, SparseVector vector, int[] columns, double factor) {
        for (int k = 0; k < vector.columns().length; k++) {
            to[java.util.Arrays.binarySearch(columns, vector.columns()[k])] += factor * vector.values()[k];
        }
    }
}
