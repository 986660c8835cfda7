package pairwright.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LbfgsTest {
    private static final Lbfgs.Listener NOBODY = (iteration, evaluations, value, norm) -> {};

    @Test
    void theMinimumOfABadlyScaledQuadraticIsFound() {
        int n = 60;
        Objective quadratic = (x, g) -> {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                double scale = Math.pow(10, -4.0 * i / n);
                sum += scale * (x[i] - i) * (x[i] - i) / 2;
                g[i] = scale * (x[i] - i);
            }
            return sum;
        };
        Lbfgs.Minimum minimum = Lbfgs.minimise(quadratic, new double[n], 1e-10, 2000, NOBODY);
        assertThat(minimum.converged()).isTrue();
        for (int i = 0; i < n; i++) {
            assertThat(minimum.point()[i]).isCloseTo(i, within(1e-5));
        }
    }

    /** log(1 + e^x) - .8 x has its minimum at logit .8 = 1.386294, whatever the start. */
    @Test
    void aSoftPreferenceIsMetFromFarAway() {
        Objective loss = (x, g) -> {
            g[0] = SoftLoss.slope(.8, x[0]);
            return SoftLoss.loss(.8, x[0]);
        };
        for (double start : new double[] {-300, -5, 0, 5, 300}) {
            Lbfgs.Minimum minimum = Lbfgs.minimise(loss, new double[] {start}, 1e-13, 500, NOBODY);
            assertThat(minimum.converged()).isTrue();
            assertThat(minimum.point()[0]).isCloseTo(Math.log(4), within(1e-12));
            assertThat(minimum.value()).isCloseTo(.500402, within(5e-7));
        }
    }

    @Test
    void aStartAtTheMinimumEndsAtOnce() {
        Lbfgs.Minimum minimum = Lbfgs.minimise(
                (x, g) -> {
                    g[0] = x[0];
                    return x[0] * x[0] / 2;
                },
                new double[1],
                1e-12,
                100,
                NOBODY);
        assertThat(minimum.iterations()).isZero();
        assertThat(minimum.converged()).isTrue();
    }

    @Test
    void aFunctionWithoutMinimumEndsAndSaysSo() {
        Lbfgs.Minimum minimum = Lbfgs.minimise(
                (x, g) -> {
                    g[0] = -1;
                    return -x[0];
                },
                new double[1],
                1e-12,
                20,
                NOBODY);
        assertThat(minimum.converged()).isFalse();
    }
}
