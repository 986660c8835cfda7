package pairwright.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pairwright.reward.FitReport;

/** {@code fit} on real preferences of people; the numbers are printed beside the baselines. */
class RealDataFitTest {
    @TempDir
    Path folder;

    private FitReport fit(String file, String labels) throws InterruptedException {
        StageReport report = new FitStage(
                        SharedData.file(file),
                        Optional.empty(),
                        Optional.of(labels),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(1L),
                        Optional.empty(),
                        folder.resolve("model").toString())
                .run(RunContexts.silent());
        FitReport fit = (FitReport) report.numbers();
        System.out.println(file + " " + labels + ": " + report.headline());
        return fit;
    }

    /** Standard errors between the model's hold-out accuracy and a rate. */
    private static double standardErrorsAbove(FitReport fit, double rate) {
        FitReport.Measure held = fit.holdOut().orElseThrow();
        double accuracy = held.model().value().orElseThrow();
        return (accuracy - rate) / Math.sqrt(rate * (1 - rate) / held.model().n());
    }

    @Test
    void argumentsAreRankedBetterThanByTheMajoritySide() throws Exception {
        FitReport fit = fit("ukpconvarg1.given.jsonl.gz", "field:strict");
        // 12,478 rows, 8,510 of them in the clean subset; the others have no label there.
        assertThat(fit.rows()).isEqualTo(12_478);
        assertThat(fit.leftOut()).containsEntry("ABSENT", 12_478L - 8_510L);
        assertThat(standardErrorsAbove(fit, .5))
                .as(String.format(Locale.ROOT, "%s", fit.holdOut()))
                .isGreaterThan(10);
    }

    @Test
    void harmlessDialoguesAreRankedBetterThanByTheMajoritySide() throws Exception {
        FitReport fit = fit("hh-harmless.given.jsonl", "human");
        assertThat(fit.rows()).isEqualTo(1_519);
        assertThat(standardErrorsAbove(fit, .5))
                .as(String.format(Locale.ROOT, "%s", fit.holdOut()))
                .isGreaterThan(3);
    }
}
