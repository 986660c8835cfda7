package pairwright.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PairLikelihoodTest {
    private static final PairLikelihood SOFT = new PairLikelihood.Soft(0);

    /** Closed form: z = .8, loss at d = 1 and its derivative, least loss at d = logit .8. */
    @ParameterizedTest
    @CsvSource({"1, .513262, -.068941", "1.386294, .500402, 0", "0, .693147, -.3"})
    void theSoftLossHasItsClosedFormValues(double d, double loss, double slope) {
        assertThat(SOFT.at(.8, d, 0).loss()).isCloseTo(loss, within(5e-7));
        assertThat(SOFT.at(.8, d, 0).slope()).isCloseTo(slope, within(5e-7));
        assertThat(SoftLoss.loss(.8, d)).isCloseTo(loss, within(5e-7));
        assertThat(SoftLoss.slope(.8, d)).isCloseTo(slope, within(5e-7));
    }

    @ParameterizedTest
    @CsvSource({"1, 800, 0, 0", "0, 800, 800, 1", "1, -800, 800, -1", "0, -800, 0, 0"})
    void aHugeMarginNeitherOverflowsNorBecomesNaN(double z, double d, double loss, double slope) {
        assertThat(SOFT.at(z, d, 0).loss()).isEqualTo(loss);
        assertThat(SOFT.at(z, d, 0).slope()).isCloseTo(slope, within(1e-12));
    }

    /** TRL's reward trainer: m = 1/3, r_c - r_r = 1 gives .414370. */
    @Test
    void theMarginIsSubtractedFromTheDifference() {
        assertThat(new PairLikelihood.Soft(1 / 3.0).at(1, 1, 0).loss()).isCloseTo(.414370, within(5e-7));
    }

    /** Davidson 1970: pi = (2, 1), nu = .5 gives .539504 and .269752, tie .190744. */
    @Test
    void davidsonsProbabilitiesAreThoseOfHisPaper() {
        PairLikelihood davidson = new PairLikelihood.Davidson();
        double d = Math.log(2);
        double parameter = Math.log(.5);
        assertThat(Math.exp(-davidson.at(1, d, parameter).loss())).isCloseTo(.539504, within(5e-7));
        assertThat(Math.exp(-davidson.at(.5, d, parameter).loss())).isCloseTo(.190744, within(5e-7));
        assertThat(Math.exp(-davidson.at(0, d, parameter).loss())).isCloseTo(.269752, within(5e-7));
        assertThat(davidson.named(parameter)).isCloseTo(.5, within(1e-12));
    }

    /** Rao and Kupper 1967: pi = (2, 1), theta = 1.5 gives 2 / 3.5 and 1 / 4, so a tie .178571. */
    @Test
    void raoAndKuppersProbabilitiesAreThoseOfTheirPaper() {
        PairLikelihood raoKupper = new PairLikelihood.RaoKupper();
        double d = Math.log(2);
        double parameter = Math.log(Math.expm1(Math.log(1.5)));
        assertThat(raoKupper.named(parameter)).isCloseTo(1.5, within(1e-12));
        assertThat(Math.exp(-raoKupper.at(1, d, parameter).loss())).isCloseTo(.571429, within(5e-7));
        assertThat(Math.exp(-raoKupper.at(.5, d, parameter).loss())).isCloseTo(.178571, within(5e-7));
        assertThat(Math.exp(-raoKupper.at(0, d, parameter).loss())).isCloseTo(.25, within(5e-7));
    }

    static Stream<PairLikelihood> all() {
        return Stream.of(
                SOFT,
                new PairLikelihood.Soft(.7),
                new PairLikelihood.Flipped(.2),
                new PairLikelihood.Davidson(),
                new PairLikelihood.RaoKupper());
    }

    @ParameterizedTest
    @MethodSource("all")
    void theSlopesAreThoseOfTheLoss(PairLikelihood likelihood) {
        double h = 1e-6;
        for (double z : List.of(0.0, .2, .5, .9, 1.0)) {
            for (double d : List.of(-3.0, -.4, .3, 2.0)) {
                for (double parameter : List.of(-1.0, .5)) {
                    PairLikelihood.Terms here = likelihood.at(z, d, parameter);
                    double byD = (likelihood.at(z, d + h, parameter).loss()
                                    - likelihood.at(z, d - h, parameter).loss())
                            / (2 * h);
                    double byParameter = (likelihood.at(z, d, parameter + h).loss()
                                    - likelihood.at(z, d, parameter - h).loss())
                            / (2 * h);
                    assertThat(here.slope()).isCloseTo(byD, within(1e-7));
                    assertThat(here.parameterSlope()).isCloseTo(byParameter, within(1e-7));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void aPairTurnedRoundHasTheSameLoss(PairLikelihood likelihood) {
        assertThat(likelihood.at(.8, 1.3, .2).loss())
                .isCloseTo(likelihood.at(.2, -1.3, .2).loss(), within(1e-12));
    }

    @Test
    void oneLikelihoodAtATime() {
        assertThatThrownBy(() -> new LossSettings(0, .5, 0, .1, false, TieModel.HALF))
                .hasMessageContaining("give one of them");
        assertThatThrownBy(() -> new LossSettings(0, 0, 0, .5, false, TieModel.HALF))
                .hasMessageContaining("noise_rate is 0.5, must be in [0, 0.5)");
        assertThatThrownBy(() -> new LossSettings(Double.NaN, 0, 0, 0, false, TieModel.HALF))
                .hasMessageContaining("smoothing is NaN");
    }
}
