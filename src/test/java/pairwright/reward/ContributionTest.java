package pairwright.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import pairwright.pair.Pair;

class ContributionTest {
    private static final LinearModel MODEL =
            (LinearModel) BradleyTerryTrainer.with(FitSettings.DEFAULT.withDevice(DeviceChoice.CPU))
                    .fit(Texts.judgments(40, 8, 11).iterator(), FitProgress.SILENT)
                    .model();

    @Test
    void theContributionsOfAPairAddUpToItsDifference() {
        Pair pair = Texts.judgments(2, 1, 12).get(0).pair();
        List<Contribution> contributions = MODEL.contributions(pair.prompt(), pair.responseA(), pair.responseB());
        assertThat(contributions.stream().mapToDouble(Contribution::value).sum())
                .isCloseTo(
                        MODEL.score(pair.prompt(), pair.responseA()) - MODEL.score(pair.prompt(), pair.responseB()),
                        within(1e-5));
        assertThat(contributions).noneMatch(c -> c.feature().startsWith("column"));
        assertThat(MODEL.contributions(pair.prompt(), pair.responseA()).stream()
                        .mapToDouble(Contribution::value)
                        .sum())
                .isCloseTo(MODEL.score(pair.prompt(), pair.responseA()), within(1e-5));
    }

    /** The taste that made the labels: kind is liked, rude is not. */
    @Test
    void theWordsThatMakeTheDifferenceAreNamedWithTheirSigns() {
        Pair pair = Texts.pair("p", "the answer is kind", "the answer is rude");
        List<Contribution> contributions = MODEL.contributions(pair.prompt(), pair.responseA(), pair.responseB());
        assertThat(value(contributions, "\"kind\"")).isPositive();
        assertThat(value(contributions, "\"rude\"")).isPositive();
        assertThat(value(MODEL.contributions(pair.prompt(), "it is rude"), "\"rude\""))
                .isNegative();
        assertThat(contributions).extracting(Contribution::feature).noneMatch("\"the\""::equals);
    }

    private static double value(List<Contribution> contributions, String feature) {
        return contributions.stream()
                .filter(c -> List.of(c.feature().split(" or ")).contains(feature))
                .findFirst()
                .orElseThrow()
                .value();
    }
}
