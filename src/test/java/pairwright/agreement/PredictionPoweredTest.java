package pairwright.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PredictionPoweredTest {
    /** Y = 11010110, F = 11011100, and 62 ones among 100 predictions without a label; every row has a prompt of its own. */
    private static PredictionPowered published() {
        PredictionPowered mean = new PredictionPowered();
        String labels = "11010110";
        String predictions = "11011100";
        for (int i = 0; i < labels.length(); i++) {
            mean.add(i, labels.charAt(i) - '0', predictions.charAt(i) - '0');
        }
        for (int i = 0; i < 100; i++) {
            mean.add(1000 + i, i < 62 ? 1 : 0);
        }
        return mean;
    }

    @Test
    void valueAndStandardErrorAreThoseOfPpiPy() {
        // ppi_py, ppi_mean_pointestimate and its standard error, lambda 0, 1 and tuned.
        PredictionPowered.Mean people = published().at(0);
        assertThat(people.value()).isCloseTo(.625, within(5e-7));
        assertThat(people.standardError()).isCloseTo(.171163, within(5e-7));
        PredictionPowered.Mean plain = published().at(1);
        assertThat(plain.value()).isCloseTo(.620, within(5e-7));
        assertThat(plain.standardError()).isCloseTo(.183319, within(5e-7));
        PredictionPowered.Mean tuned = published().tuned();
        assertThat(tuned.lambda()).isCloseTo(.426033, within(5e-7));
        assertThat(tuned.value()).isCloseTo(.622870, within(5e-7));
        assertThat(tuned.standardError()).isCloseTo(.152947, within(5e-7));
    }

    @Test
    void aJudgeThatSaysTheOppositeIsNotListenedTo() {
        PredictionPowered mean = new PredictionPowered();
        for (int i = 0; i < 40; i++) {
            mean.add(i, i % 2, 1 - i % 2);
            mean.add(1000 + i, i % 3 == 0 ? 1 : 0);
        }
        assertThat(mean.tuned()).isEqualTo(mean.at(0));
    }

    @Test
    void rowsOfOnePromptThatSayTheSameAreWorthOne() {
        PredictionPowered once = new PredictionPowered();
        PredictionPowered repeated = new PredictionPowered();
        Random random = new Random(3);
        for (int prompt = 0; prompt < 60; prompt++) {
            int label = random.nextInt(2);
            double z = random.nextDouble();
            for (int row = 0; row < 5; row++) {
                if (prompt < 20) {
                    repeated.add(prompt, label, z);
                } else {
                    repeated.add(prompt, z);
                }
            }
            if (prompt < 20) {
                once.add(prompt, label, z);
            } else {
                once.add(prompt, z);
            }
        }
        for (double lambda : new double[] {0, .5, 1}) {
            assertThat(repeated.at(lambda).value()).isCloseTo(once.at(lambda).value(), within(1e-12));
            assertThat(repeated.at(lambda).standardError())
                    .isCloseTo(once.at(lambda).standardError(), within(1e-12));
        }
        assertThat(repeated.tuned().lambda()).isCloseTo(once.tuned().lambda(), within(1e-12));
    }

    /** How many of the runs have an interval that holds the true mean, and how much shorter it is than that of people alone. */
    private static double[] coverage(int runs, int prompts, int rowsPerPrompt, int labelledPrompts) {
        Random random = new Random(99);
        int covered = 0;
        double shorter = 0;
        for (int run = 0; run < runs; run++) {
            PredictionPowered mean = new PredictionPowered();
            for (int prompt = 0; prompt < prompts; prompt++) {
                double lean = random.nextGaussian();
                for (int row = 0; row < rowsPerPrompt; row++) {
                    double x = .8 * lean + random.nextGaussian();
                    // P(x + noise > 0) is one half by symmetry.
                    int label = x + .5 * random.nextGaussian() > 0 ? 1 : 0;
                    double z = .8 / (1 + Math.exp(-2 * x)) + .2; // a judge with a bias towards the first
                    if (prompt < labelledPrompts) {
                        mean.add(prompt, label, z);
                    } else {
                        mean.add(prompt, z);
                    }
                }
            }
            PredictionPowered.Mean tuned = mean.tuned();
            double half = mean.critical(.95) * tuned.standardError();
            covered += Math.abs(tuned.value() - .5) <= half ? 1 : 0;
            shorter += tuned.standardError() / mean.at(0).standardError();
        }
        return new double[] {(double) covered / runs, shorter / runs};
    }

    @Test
    void intervalsHoldTheTruthAndAreShorterAlthoughTheJudgeIsBiasedAndPromptsRepeat() {
        // .95 within three standard errors of 500 runs, .029.
        double[] clustered = coverage(500, 200, 3, 40);
        assertThat(clustered[0]).isBetween(.921, .979);
        assertThat(clustered[1]).isLessThan(.8);
        double[] single = coverage(500, 400, 1, 60);
        assertThat(single[0]).isBetween(.921, .979);
        assertThat(single[1]).isLessThan(.8);
    }
}
