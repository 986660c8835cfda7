package pairwright.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonGraphTest {
    private static final RankingSettings PLAIN = RankingSettings.DEFAULT;

    private static ComparisonTable table(String... rows) {
        List<Comparison> comparisons = new ArrayList<>();
        for (String row : rows) {
            String[] parts = row.split(" ");
            comparisons.add(Comparison.of(parts[0], parts[2], parts[1].equals(">") ? 1 : parts[1].equals("<") ? 0 : .5)
                    .shown(Shown.FIRST));
        }
        return Planted.table(comparisons);
    }

    @Test
    void partsThatNothingJoinsAreNamed() {
        ComparisonTable table = table("a > b", "b > a", "x > y", "y > x", "y > z", "z > y");

        assertThatThrownBy(() -> Strengths.fit(table, PLAIN))
                .isInstanceOf(Unidentified.class)
                .hasMessageContaining("no comparison joins these 2 parts")
                .hasMessageContaining("{x, y, z} | {a, b}");
    }

    @Test
    void anItemThatNeverLosesIsNamed() {
        ComparisonTable table = table("a > b", "b > a", "best > a", "best > b", "a > worst");

        assertThatThrownBy(() -> Strengths.fit(table, PLAIN))
                .isInstanceOf(Unidentified.class)
                .hasMessageContaining("{best} > {a, b} > {worst}");
    }

    @Test
    void oneTieAgainstTheBestJoinsIt() {
        ComparisonTable table = table("a > b", "b > a", "best > a", "best > b", "best = b");

        Strengths fit = Strengths.fit(table, PLAIN);

        assertThat(fit.connection()).isInstanceOf(Connection.Connected.class);
        assertThat(fit.strength(2)).isGreaterThan(fit.strength(0));
    }

    @Test
    void aCycleOfWinsJoinsAllOnIt() {
        Strengths fit = Strengths.fit(table("a > b", "b > c", "c > a"), PLAIN);

        assertThat(fit.strength(0)).isEqualTo(0, org.assertj.core.api.Assertions.within(1e-12));
    }

    @Test
    void aRidgeAnswersWhereComparisonsDoNotAndIsNamed() {
        ComparisonTable table = table("a > b", "b > a", "best > a");

        Ranking ranking = RankingStudy.of(Strengths.fit(table, PLAIN.withRidge(.5)));

        assertThat(ranking.items().get(0).item()).isEqualTo("best");
        assertThat(ranking.items().get(0).strength()).isBetween(0.0, 2.0);
        assertThat(ranking.notes()).anyMatch(note -> note.contains("{best} > {a, b}") && note.contains("ridge of 0.5"));
    }

    @Test
    void anOrderThatExplainsEverythingIsRefused() {
        // Whoever is shown first wins.
        ComparisonTable always = table("a > b", "b > a", "b > c", "c > b", "a > c", "c > a");
        assertThatThrownBy(() -> Strengths.fit(always, PLAIN.withOrder(true)))
                .isInstanceOf(Unidentified.class)
                .hasMessageContaining("the order shown is not told apart");

        // One win of b from the second place can be laid to b's strength; wins of both from there cannot.
        ComparisonTable once = table("a > b", "b > a", "b > c", "c > b", "a > c", "c > a", "a < b");
        assertThatThrownBy(() -> Strengths.fit(once, PLAIN.withOrder(true))).isInstanceOf(Unidentified.class);
        ComparisonTable mostly = table("a > b", "b > a", "b > c", "c > b", "a > c", "c > a", "a < b", "b < a");
        assertThat(Strengths.fit(mostly, PLAIN.withOrder(true))
                        .parameters()
                        .get(0)
                        .value())
                .isPositive()
                .isLessThan(10);
    }

    @Test
    void anOrderThatNobodyNotedIsRefused() {
        ComparisonTable table = Planted.random(4, 200, 1);

        assertThatThrownBy(() -> Strengths.fit(table, PLAIN.withOrder(true)))
                .hasMessageContaining("no comparison says which item was shown first");
    }

    @Test
    void aTieModelNeedsTiesAndMoreThanTies() {
        assertThatThrownBy(() -> Strengths.fit(table("a > b", "b > a"), PLAIN.withTies(Ties.DAVIDSON)))
                .hasMessageContaining("no comparison is a tie");
        assertThatThrownBy(() -> Strengths.fit(table("a = b", "b = a"), PLAIN.withTies(Ties.RAO_KUPPER)))
                .hasMessageContaining("every comparison is a tie");
    }

    @Test
    void aChainOfManyItemsIsWalkedWithoutRecursion() {
        Strengths fit = Strengths.fit(Planted.chain(5000, 4), PLAIN);

        assertThat(fit.convergence().converged()).isTrue();
        // Three losses of four: each next one is ln 3 above (golden-values: closed form).
        assertThat(fit.strength(4999) - fit.strength(0))
                .isEqualTo(4999 * Math.log(3), org.assertj.core.api.Assertions.within(1e-4));
    }
}
