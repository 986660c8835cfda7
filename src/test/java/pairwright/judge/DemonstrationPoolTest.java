package pairwright.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pairwright.judge.DemonstrationPool.Choice;
import pairwright.pair.HumanLabel;
import pairwright.pair.Label;
import pairwright.pair.Pair;
import pairwright.prompt.Prompt;
import pairwright.rubric.Demonstration;
import pairwright.rubric.Slot;

class DemonstrationPoolTest {
    private static Pair pair(String id, String prompt, String a, String b) {
        return new Pair(
                id, Prompt.of(prompt), a, b, Optional.empty(), Optional.empty(), List.of(), List.of(), Map.of());
    }

    /** A is always the better one. */
    private static List<LabelledPair> pool(int n) {
        List<LabelledPair> pool = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            pool.add(new LabelledPair(pair("p" + i, "prompt " + i, "good " + i, "poor " + i), Label.A));
        }
        return pool;
    }

    @ParameterizedTest
    @EnumSource
    void aPoolThatIsTheJudgedFileNeverShowsAPairItself(Choice choice) {
        List<LabelledPair> file = pool(12);
        DemonstrationPool pool = new DemonstrationPool(file, choice, 11, 0);
        for (LabelledPair judged : file) {
            List<Demonstration> chosen = pool.of(judged.pair());
            assertThat(chosen).hasSize(11);
            assertThat(chosen)
                    .extracting(Demonstration::prompt)
                    .doesNotContain(judged.pair().prompt().text().orElseThrow())
                    .doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @EnumSource
    void neitherTheIdNorThePromptNorAResponseOfThePairIsShownHoweverTheyAreWritten(Choice choice) {
        List<LabelledPair> file = new ArrayList<>(pool(3));
        DemonstrationPool pool = new DemonstrationPool(file, choice, 3, 0);
        assertThat(pool.of(pair("p0", "another prompt", "x", "y")))
                .extracting(Demonstration::prompt)
                .containsExactlyInAnyOrder("prompt 1", "prompt 2");
        assertThat(pool.of(pair("new", "  PROMPT\n1 ", "x", "y")))
                .extracting(Demonstration::prompt)
                .containsExactlyInAnyOrder("prompt 0", "prompt 2");
        // U+FF47 is a full-width g.
        assertThat(pool.of(pair("new", "another prompt", "x", "\uff47ood  2")))
                .extracting(Demonstration::prompt)
                .containsExactlyInAnyOrder("prompt 0", "prompt 1");
        assertThat(pool.of(pair("new", "another prompt", "poor 1", "good 0")))
                .extracting(Demonstration::prompt)
                .containsExactly("prompt 2");
    }

    @ParameterizedTest
    @EnumSource
    void theOrderOfTheFileAndTheTurnOfThePairChangeNothing(Choice choice) {
        List<LabelledPair> shuffled = new ArrayList<>(pool(40));
        Collections.shuffle(shuffled, new Random(3));
        DemonstrationPool one = new DemonstrationPool(pool(40), choice, 4, 7);
        DemonstrationPool other = new DemonstrationPool(shuffled, choice, 4, 7);
        for (int i = 0; i < 20; i++) {
            Pair judged = pair("new " + i, "prompt about " + i, "a" + i, "b" + i);
            Pair turned = pair("another id", "prompt about " + i, "b" + i, "a" + i);
            assertThat(one.of(judged)).isEqualTo(other.of(judged)).isEqualTo(one.of(turned));
        }
    }

    @ParameterizedTest
    @EnumSource
    void everySecondExampleHasTheBetterResponseFirst(Choice choice) {
        DemonstrationPool pool = new DemonstrationPool(pool(40), choice, 4, 0);
        int startsWithFirst = 0;
        for (int i = 0; i < 60; i++) {
            List<Demonstration> chosen = pool.of(pair("n", "prompt " + i + " x", "a" + i, "b" + i));
            assertThat(chosen)
                    .allSatisfy(
                            example -> assertThat(example.better() == Slot.FIRST ? example.first() : example.second())
                                    .startsWith("good"));
            List<Slot> better = chosen.stream().map(Demonstration::better).toList();
            assertThat(better)
                    .isIn(
                            List.of(Slot.FIRST, Slot.SECOND, Slot.FIRST, Slot.SECOND),
                            List.of(Slot.SECOND, Slot.FIRST, Slot.SECOND, Slot.FIRST));
            startsWithFirst += chosen.get(0).better() == Slot.FIRST ? 1 : 0;
        }
        assertThat(startsWithFirst).isBetween(15, 45);
    }

    @Test
    void tiesDoNotUpsetTheBalance() {
        List<LabelledPair> pairs = IntStream.range(0, 9)
                .mapToObj(i -> new LabelledPair(
                        pair("p" + i, "prompt " + i, "a " + i, "b " + i),
                        i % 3 == 0 ? Label.TIE : i % 3 == 1 ? Label.A : Label.B))
                .toList();
        List<Slot> better = new DemonstrationPool(pairs, Choice.DIVERSE, 9, 0)
                .of(pair("n", "x", "y", "z")).stream()
                        .map(Demonstration::better)
                        .toList();
        assertThat(better).filteredOn(Slot.TIE::equals).hasSize(3);
        assertThat(better).filteredOn(Slot.FIRST::equals).hasSize(3);
        assertThat(better).filteredOn(Slot.SECOND::equals).hasSize(3);
    }

    @Test
    void similarPutsTheMostAlikeLast() {
        List<LabelledPair> pairs = List.of(
                new LabelledPair(pair("1", "How do I bake bread?", "a1", "b1"), Label.A),
                new LabelledPair(pair("2", "How do I bake a cake without eggs?", "a2", "b2"), Label.B),
                new LabelledPair(pair("3", "What is the capital of France?", "a3", "b3"), Label.A),
                new LabelledPair(pair("4", "bread bread butter", "a4", "b4"), Label.A));
        // Alike by .62, .52, 0 and .39, see PromptSimilarityTest.
        assertThat(new DemonstrationPool(pairs, Choice.SIMILAR, 3, 0)
                        .of(pair("n", "Can I bake bread in a pan?", "a", "b")))
                .extracting(Demonstration::prompt)
                .containsExactly("bread bread butter", "How do I bake a cake without eggs?", "How do I bake bread?");
    }

    @Test
    void diverseTakesOneOfEachKindBeforeASecondOfAny() {
        List<LabelledPair> pairs = new ArrayList<>();
        for (String kind : List.of("bake bread loaf", "capital city country", "sort list python", "tyre car brake")) {
            for (int i = 0; i < 5; i++) {
                pairs.add(new LabelledPair(pair(kind + i, kind + " " + i, kind + "a" + i, kind + "b" + i), Label.A));
            }
        }
        for (int seed = 0; seed < 5; seed++) {
            assertThat(new DemonstrationPool(pairs, Choice.DIVERSE, 4, seed)
                            .of(pair("n", "anything", "a" + seed, "b")).stream()
                                    .map(example -> example.prompt().split(" ")[0])
                                    .toList())
                    .containsExactlyInAnyOrder("bake", "capital", "sort", "tyre");
        }
    }

    @Test
    void randomDrawsEachAboutAsOftenAndAnotherSeedDrawsOthers() {
        DemonstrationPool pool = new DemonstrationPool(pool(10), Choice.RANDOM, 2, 0);
        DemonstrationPool other = new DemonstrationPool(pool(10), Choice.RANDOM, 2, 1);
        int[] drawn = new int[10];
        int differ = 0;
        for (int i = 0; i < 500; i++) {
            Pair judged = pair("n" + i, "question " + i, "a" + i, "b" + i);
            pool.of(judged)
                    .forEach(example -> drawn[Integer.parseInt(example.prompt().substring(7))]++);
            differ += pool.of(judged).equals(other.of(judged)) ? 0 : 1;
        }
        // Binomial(500, .2): 100 each with a standard deviation of 9.
        assertThat(IntStream.of(drawn)).allSatisfy(times -> assertThat(times).isBetween(60, 140));
        assertThat(differ).isGreaterThan(400);
    }

    @Test
    void moreExamplesThanPromptsAreRefused() {
        assertThatThrownBy(() -> new DemonstrationPool(pool(3), Choice.SIMILAR, 4, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4 are wanted, must be in [1, 3]");
    }

    @Test
    void theMajorityOfPeopleLabelsAPairElseItsGold() {
        Pair voted = new Pair(
                "v",
                Prompt.of("p"),
                "a",
                "b",
                Optional.empty(),
                Optional.empty(),
                List.of(
                        new HumanLabel("x", Optional.of(Label.B)),
                        new HumanLabel("y", Optional.of(Label.B)),
                        new HumanLabel("z", Optional.of(Label.A))),
                List.of(),
                Map.of("gold", "A"));
        assertThat(LabelledPair.of(voted)).contains(new LabelledPair(voted, Label.B));
        Pair gold = pair("g", "p", "a", "b").withFields(Map.of("gold", "tie"));
        assertThat(LabelledPair.of(gold)).contains(new LabelledPair(gold, Label.TIE));
        assertThat(LabelledPair.of(pair("n", "p", "a", "b"))).isEmpty();
    }
}
