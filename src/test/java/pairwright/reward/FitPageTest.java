package pairwright.reward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FitPageTest {
    @Test
    void aTrainingIsDrawnWithOnePointAnEpochWithinThePicture() {
        FitReport report =
                Embedded.fit(Embedded.SETTINGS, Embedded.judgments(12, 6, 51)).report();
        String page = FitPage.render(report);
        Matcher lines = Pattern.compile("points=\"([^\"]+)\"").matcher(page);
        int count = 0;
        while (lines.find()) {
            count++;
            String[] points = lines.group(1).split(" ");
            assertThat(points).hasSize(report.epochs().orElseThrow().size());
            for (String point : points) {
                assertThat(Double.parseDouble(point.split(",")[0])).isBetween(0.0, 560.0);
                assertThat(Double.parseDouble(point.split(",")[1])).isBetween(0.0, 200.0);
            }
        }
        assertThat(count).as("training loss, inner loss, inner accuracy").isEqualTo(3);
        assertThat(page).contains("held-out prompts").doesNotContain("http", "<script");
    }

    @Test
    void aLinearFitShowsWhatWasTriedAndNoCurve() {
        FitReport report = Embedded.fit(
                        FitSettings.DEFAULT
                                .withFeatures(FeatureSettings.DEFAULT.withHashBits(10))
                                .withL2(List.of(1e-3, 1e-2))
                                .withHoldOut(0),
                        Texts.judgments(12, 4, 3))
                .report();
        assertThat(FitPage.render(report))
                .doesNotContain("polyline class", "held-out")
                .contains("What was tried", "<td>0.01</td>");
    }
}
