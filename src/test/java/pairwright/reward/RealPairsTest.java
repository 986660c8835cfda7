package pairwright.reward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import pairwright.judge.Judgment;

/**
 * Fits on people's preferences. The references, antisymmetric logistic regression on held-out topics: UKP length .741 to .757,
 * tf-idf and length .770; HH harmless .609 to .647, shorter wins .555.
 */
class RealPairsTest {
    /** One-sided normal quantile for a level of .001. */
    private static final double CRITICAL_VALUE = 3.09;

    @Test
    void argumentsAreRankedBetterThanByLength() {
        FitReport report = fitted(RealPairs.ukp(), .34);
        FitReport.Measure unseen = reported("ukp", report);
        assertThat(report.leftOut()).containsEntry("ABSENT", 12_478L - 8_510);
        assertThat(aboveHalf(unseen.model())).isGreaterThan(CRITICAL_VALUE);
        assertThat(unseen.model().value().orElseThrow())
                .isGreaterThan(.74)
                .isGreaterThan(unseen.majority().value().orElseThrow())
                .isGreaterThan(unseen.longer().value().orElseThrow());
    }

    @Test
    void harmlessRepliesAreRankedBetterThanByChance() {
        FitReport report = fitted(RealPairs.harmless(), .34);
        FitReport.Measure unseen = reported("hh-harmless", report);
        assertThat(aboveHalf(unseen.model())).isGreaterThan(CRITICAL_VALUE);
        assertThat(unseen.model().value().orElseThrow())
                .isGreaterThan(unseen.majority().value().orElseThrow())
                .isGreaterThan(1 - unseen.longer().value().orElseThrow());
    }

    private static FitReport fitted(List<Judgment> judgments, double holdOut) {
        return BradleyTerryTrainer.with(FitSettings.DEFAULT
                        .withHoldOut(holdOut)
                        .withDevice(DeviceChoice.JAVA)
                        // With few topics and heavy style features the last digit of the default is below rounding.
                        .withWeightTolerance(1e-5))
                .fit(judgments.iterator(), FitProgress.SILENT)
                .report();
    }

    /** The z of a sign test against a coin. */
    private static double aboveHalf(Accuracy accuracy) {
        return (2 * accuracy.value().orElseThrow() - 1) * Math.sqrt(accuracy.n());
    }

    private static FitReport.Measure reported(String name, FitReport report) {
        FitReport.Measure unseen = report.holdOut().orElseThrow();
        System.out.println(String.format(
                Locale.ROOT,
                name
                        + ": held-out prompts %d, pairs %d: model %.3f, log loss %.3f, longer %.3f, majority %.3f, l2 %s, %d iterations",
                unseen.prompts(),
                unseen.model().n(),
                unseen.model().value().orElseThrow(),
                unseen.logLoss(),
                unseen.longer().value().orElseThrow(),
                unseen.majority().value().orElseThrow(),
                report.l2(),
                report.iterations()));
        assertThat(report.converged()).isTrue();
        return unseen;
    }
}
