package pairwright.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;

class ResamplingTest {
    private static final RankingSettings PLAIN = RankingSettings.DEFAULT;

    @Test
    void aBootstrapIsTheSameForTheSameSeed() {
        Strengths fit = Strengths.fit(Planted.random(6, 2000, 1), PLAIN);

        assertThat(Bootstrap.of(fit, 20, 7).percentiles(2, -1, .9))
                .isEqualTo(Bootstrap.of(fit, 20, 7).percentiles(2, -1, .9))
                .isNotEqualTo(Bootstrap.of(fit, 20, 8).percentiles(2, -1, .9));
    }

    /** A draw has as many comparisons as there are, and each is drawn once on the mean, with variance 1 - 1/n: a multinomial's. */
    @Test
    void aDrawIsMultinomial() {
        int rows = 400;
        List<Comparison> comparisons = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            comparisons.add(Comparison.of(Planted.name(i), Planted.name(i + 1), 1));
        }
        ComparisonTable table = Planted.table(comparisons);
        Cells cells = CellCounts.of(table, PLAIN);
        Resampling resampling = Resampling.of(cells, table, PLAIN);
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(3L);
        double sum = 0;
        double squares = 0;
        int draws = 500;
        for (int draw = 0; draw < draws; draw++) {
            Cells drawn = resampling.draw(random);
            assertThat(drawn.total()).isEqualTo(rows);
            for (double times : drawn.n()) {
                sum += times;
                squares += (times - 1) * (times - 1);
            }
        }
        int counts = draws * rows;
        assertThat(sum / counts).isEqualTo(1, within(1e-12));
        // The variance of 200,000 such counts is known to about a hundredth.
        assertThat(squares / counts).isEqualTo(1 - 1. / rows, within(.02));
    }

    @Test
    void aDrawOverPromptsTakesThemWhole() {
        List<Comparison> comparisons = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            comparisons.add(Comparison.of("a", "b", 1).on("p" + i));
            comparisons.add(Comparison.of("a", "c", 1).on("p" + i));
        }
        ComparisonTable table = Planted.table(comparisons);
        Resampling resampling = Resampling.of(CellCounts.of(table, PLAIN), table, PLAIN);
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(4L);

        assertThat(resampling.clusters()).isEqualTo(50);
        for (int draw = 0; draw < 20; draw++) {
            Cells drawn = resampling.draw(random);
            assertThat(drawn.n()[0]).isEqualTo(drawn.n()[1]);
            assertThat(drawn.total()).isEqualTo(100);
        }
    }

    @Test
    void ordersAndTiesAreDrawnIntoTheirCells() {
        SplittableRandom random = new SplittableRandom(5);
        List<Comparison> comparisons = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            int a = random.nextInt(4);
            comparisons.add(Comparison.of(
                            Planted.name(a), Planted.name((a + 1 + random.nextInt(3)) % 4), random.nextInt(3) / 2.0)
                    .shown(random.nextBoolean() ? Shown.FIRST : Shown.SECOND));
        }
        ComparisonTable table = Planted.table(comparisons);
        RankingSettings settings = PLAIN.withOrder(true).withTies(Ties.DAVIDSON);
        Cells cells = CellCounts.of(table, settings);
        Resampling resampling = Resampling.of(cells, table, settings);
        double[] n = new double[cells.size()];
        double[] t = new double[cells.size()];
        UniformRandomProvider draws = RandomSource.XO_RO_SHI_RO_128_PP.create(6L);
        for (int draw = 0; draw < 400; draw++) {
            Cells drawn = resampling.draw(draws);
            for (int cell = 0; cell < n.length; cell++) {
                n[cell] += drawn.n()[cell] / 400;
                t[cell] += drawn.t()[cell] / 400;
            }
        }
        for (int cell = 0; cell < n.length; cell++) {
            // Four standard errors of a mean of 400 counts.
            assertThat(n[cell]).isEqualTo(cells.n()[cell], within(4 * Math.sqrt(cells.n()[cell] / 400)));
            assertThat(t[cell]).isEqualTo(cells.t()[cell], within(4 * Math.sqrt((cells.t()[cell] + 1) / 400)));
        }
    }

    /** On many independent comparisons bootstrap, sandwich and information agree. */
    @Test
    void itsSpreadIsThatOfTheStandardErrors() {
        Strengths fit = Strengths.fit(Planted.random(5, 5000, 8), PLAIN);
        Bootstrap bootstrap = Bootstrap.of(fit, 2000, 1);

        double[] ends = bootstrap.percentiles(1, -1, .95);
        StrengthEstimate estimate = fit.estimate(1);
        assertThat(ends[1] - ends[0]).isEqualTo(estimate.high() - estimate.low(), within(.1 * (ends[1] - ends[0])));
        assertThat(bootstrap.probabilityStronger(2, 1)).isEqualTo(fit.probabilityStronger(2, 1), within(.03));
        assertThat(bootstrap.lost()).isZero();
    }

    @Test
    void roundsWithoutFiniteStrengthsAreCountedAndLeftOut() {
        // One win of the weaker: every third draw misses it.
        List<Comparison> comparisons = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            comparisons.add(Comparison.of("a", "b", i == 0 ? 0 : 1));
        }
        Strengths fit = Strengths.fit(Planted.table(comparisons), PLAIN);

        Bootstrap bootstrap = Bootstrap.of(fit, 600, 1);

        // (1 - 1/10)^10 = .349
        assertThat(bootstrap.lost() / 600.0).isEqualTo(.349, within(.08));
        assertThat(bootstrap.lost() + bootstrap.rounds()).isEqualTo(600);
        assertThat(RankingStudy.of(fit, new StudySettings(100, 1, false, java.util.Optional.empty(), false, false))
                        .notes())
                .anyMatch(note -> note.contains("bootstrap rounds had no finite best strengths"));
    }
}
