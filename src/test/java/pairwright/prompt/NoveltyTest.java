package pairwright.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NoveltyTest {
    private static double rougeL(String one, String other) {
        RougeL rouge = new RougeL();
        return new RougeL.Compared(rouge.words(one)).with(rouge.words(other));
    }

    @Test
    void rougeLIsThatOfGooglesPackage() {
        // The example of the page of rouge_score: rougeL precision 5/8, recall 5/9, F .5882352941176471.
        assertThat(rougeL("The quick brown fox jumps over the lazy dog", "The quick brown dog jumps on the log."))
                .isCloseTo(.5882352941176471, within(1e-15));
        assertThat(rougeL("same words", "Same, words!")).isEqualTo(1);
        assertThat(rougeL("", "words")).isZero();
        assertThat(rougeL("\u5929\u7a7a\u662f\u84dd", "\u5929\u662f\u84dd")).isCloseTo(6 / 7., within(1e-15));
    }

    @Test
    void bitsGiveTheSubsequenceThatATableGives() {
        Random random = new Random(4);
        for (int trial = 0; trial < 300; trial++) {
            int[] one = random.ints(random.nextInt(1, 200), 0, 2 + trial % 20).toArray();
            int[] other = random.ints(random.nextInt(1, 200), 0, 2 + trial % 20).toArray();
            int[][] table = new int[one.length + 1][other.length + 1];
            for (int i = 1; i <= one.length; i++) {
                for (int j = 1; j <= other.length; j++) {
                    table[i][j] = one[i - 1] == other[j - 1]
                            ? table[i - 1][j - 1] + 1
                            : Math.max(table[i - 1][j], table[i][j - 1]);
                }
            }
            assertThat(new RougeL.Compared(one).with(other))
                    .isCloseTo(2. * table[one.length][other.length] / (one.length + other.length), within(1e-12));
        }
    }

    @Test
    void aPromptMayBeLikeThoseThatItWasMadeFrom() {
        Novelty novelty = new Novelty(.7);
        novelty.add("seed", "Explain how a vaccine works");
        String deeper = "Explain how a new vaccine works";
        assertThat(novelty.like(deeper, Set.of()))
                .hasValueSatisfying(like -> assertThat(like).isEqualTo(new Novelty.Like("seed", 10 / 11.)));
        assertThat(novelty.like(deeper, Set.of("seed"))).isEmpty();
        assertThat(novelty.holds(" Explain how a vaccine works\n")).isTrue();
        assertThat(NumberedTasks.of("Sure:\n1. Name a bird.\n2) Sort these:\n  b, a\n\n3. \n"))
                .containsExactly("Name a bird.", "Sort these:\nb, a");
    }
}
