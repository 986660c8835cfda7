package pairwright.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SingleErrorsTest {
    private static ComparisonTable table(int items, int rows, int prompts) {
        SplittableRandom random = new SplittableRandom(5);
        ComparisonTableBuilder table = ComparisonTable.builder();
        for (int i = 0; i < rows; i++) {
            // A ring, so that all are joined, and random pairs.
            int a = i % items;
            int b = i < 4 * items ? (a + 1) % items : (a + 1 + random.nextInt(items - 1)) % items;
            Comparison row = Comparison.of("m" + a, "m" + b, random.nextInt(3) / 2.0)
                    .shown(random.nextBoolean() ? Shown.FIRST : Shown.SECOND);
            table.add(prompts == 0 ? row : row.on("p" + random.nextInt(prompts)));
        }
        return table.build();
    }

    /** Both ways are the same numbers: the diagonal of the whole covariance, and one solution for each item. */
    @ParameterizedTest
    @CsvSource({"SANDWICH,40,HALF,", "SANDWICH,0,DAVIDSON,m3", "FISHER,40,HALF,m3", "FISHER,0,RAO_KUPPER,"})
    void theyAreTheDiagonalOfTheCovariance(Errors errors, int prompts, Ties ties, String anchor) {
        RankingSettings settings =
                RankingSettings.DEFAULT.withErrors(errors).withTies(ties).withOrder(true);
        Strengths fit = Strengths.fit(table(25, 2000, prompts), settings);
        int anchored = anchor == null ? -1 : fit.items().indexOf(anchor);

        double[] single = SingleErrors.of(
                fit.maximum().at(), fit.comparisons(), fit.maximum().point(), settings, anchored);

        for (int item = 0; item < 25; item++) {
            StrengthEstimate whole = anchored < 0 ? fit.estimate(item) : fit.difference(item, anchored);
            assertThat(Math.sqrt(single[item])).isEqualTo(whole.standardError(), within(1e-7));
        }
        for (int k = 0; k < fit.parameters().size(); k++) {
            double error = fit.parameters().get(k).estimate().orElseThrow().standardError();
            assertThat(Math.sqrt(single[25 + k])).isEqualTo(error, within(1e-7));
        }
    }

    @Test
    void moreItemsThanACovarianceIsMadeForHaveErrorsOfTheirOwn() {
        Strengths fit = Strengths.fit(table(1300, 9000, 0), RankingSettings.DEFAULT);

        Ranking ranking = RankingStudy.of(fit);

        assertThat(fit.hasErrors()).isFalse();
        assertThat(ranking.items()).allSatisfy(item -> {
            assertThat(item.estimate().orElseThrow().standardError()).isPositive();
            assertThat(item.ranks()).isEmpty();
        });
        assertThat(ranking.notes())
                .anyMatch(note -> note.startsWith(
                        "each item has a standard error of its own, but there are none of" + " differences"));
    }
}
