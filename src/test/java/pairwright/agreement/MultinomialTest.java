package pairwright.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MultinomialTest {
    private static Multinomial draws(long seed) {
        return new Multinomial(RandomSource.XO_SHI_RO_256_PP.create(seed));
    }

    @ParameterizedTest
    @CsvSource({"3, .2", "40, .1", "25, .5", "60, .3", "200, .9", "1000, .02", "5000, .4"})
    void binomialDrawsFollowTheLaw(int n, double p) {
        Multinomial draws = draws(n);
        BinomialDistribution law = new BinomialDistribution(n, p);
        int from = law.inverseCumulativeProbability(.01);
        int to = law.inverseCumulativeProbability(.99);
        // Values in the middle one by one, the tails as one cell each.
        long[] observed = new long[to - from + 3];
        double[] expected = new double[observed.length];
        int rounds = 200_000;
        for (int i = 0; i < rounds; i++) {
            long k = draws.binomial(n, p);
            observed[k < from ? 0 : k > to ? observed.length - 1 : (int) k - from + 1]++;
        }
        for (int k = from; k <= to; k++) {
            expected[k - from + 1] = law.probability(k);
        }
        expected[0] = law.cumulativeProbability(from - 1);
        expected[expected.length - 1] = 1 - law.cumulativeProbability(to);
        int[] kept = java.util.stream.IntStream.range(0, expected.length)
                .filter(i -> expected[i] * rounds > 5)
                .toArray();
        double pValue = new ChiSquareTest()
                .chiSquareTest(
                        Arrays.stream(kept).mapToDouble(i -> expected[i]).toArray(),
                        Arrays.stream(kept).mapToLong(i -> observed[i]).toArray());
        assertThat(pValue).isGreaterThan(1e-4);
    }

    @Test
    void aDrawHasAsManyItemsAndTheVarianceOfTheLaw() {
        long[] cells = {5, 0, 400_000, 99_995, 500_000};
        long items = Arrays.stream(cells).sum();
        Multinomial draws = draws(1);
        int rounds = 4000;
        double[] mean = new double[cells.length];
        double[] square = new double[cells.length];
        for (int r = 0; r < rounds; r++) {
            long[] drawn = draws.resample(cells);
            assertThat(Arrays.stream(drawn).sum()).isEqualTo(items);
            for (int i = 0; i < cells.length; i++) {
                mean[i] += (double) drawn[i] / rounds;
                square[i] += (double) (drawn[i] - cells[i]) * (drawn[i] - cells[i]) / rounds;
            }
        }
        for (int i = 0; i < cells.length; i++) {
            double variance = cells[i] * (1 - (double) cells[i] / items);
            assertThat(mean[i]).isCloseTo((double) cells[i], within(4.5 * Math.sqrt(variance / rounds) + 1e-9));
            assertThat(square[i]).isCloseTo(variance, within(.15 * variance + 1e-9));
        }
        assertThat(draws.resample(new long[3])).containsOnly(0);
    }
}
