package pairwright.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pairwright.jsonl.Json;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;
import pairwright.pair.HumanLabel;
import pairwright.pair.Label;
import pairwright.pair.Pair;
import pairwright.prompt.Prompt;

class LabelDrawTest {
    private static final int ROWS = 300;

    private static Pair pair(int row) {
        // Prompts of 1, 2, 3, 4 and 5 rows in turn: 100 of them.
        int prompt = row / 15 * 5 + new int[] {0, 1, 1, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4}[row % 15];
        return StudyRows.pair("row" + row, "prompt" + prompt);
    }

    private static double z(int row) {
        return (row * 7919 % ROWS) / (double) ROWS;
    }

    private static List<Integer> drawn(DrawBy by, int wanted, long seed, int[] order) {
        LabelDraw draw = new LabelDraw(by, seed);
        for (int row : order) {
            draw.add(Judgment.of(pair(row), "judge", new Preference(z(row))));
        }
        return Arrays.stream(draw.drawn(wanted)).map(i -> order[i]).boxed().toList();
    }

    private static int[] forth() {
        return IntStream.range(0, ROWS).toArray();
    }

    @ParameterizedTest
    @EnumSource(DrawBy.class)
    void everyRowHasTheSameChance(DrawBy by) {
        int[] times = new int[ROWS];
        int draws = 4000;
        for (int seed = 0; seed < draws; seed++) {
            drawn(by, 40, seed, forth()).forEach(row -> times[row]++);
        }
        // Binomial(4000, 40/300): mean 533, standard deviation 21.5; the furthest of 300 rows within 4.5 of them.
        assertThat(Arrays.stream(times).min().orElseThrow()).isGreaterThanOrEqualTo(437);
        assertThat(Arrays.stream(times).max().orElseThrow()).isLessThanOrEqualTo(630);
    }

    @ParameterizedTest
    @EnumSource(DrawBy.class)
    void theDrawDependsOnTheSeedAndNotOnTheOrderOfTheRows(DrawBy by) {
        int[] back = IntStream.range(0, ROWS).map(i -> ROWS - 1 - i).toArray();
        assertThat(drawn(by, 40, 1, back))
                .isEqualTo(drawn(by, 40, 1, forth()))
                .doesNotHaveDuplicates()
                .hasSize(40);
        assertThat(drawn(by, 40, 2, forth())).isNotEqualTo(drawn(by, 40, 1, forth()));
        assertThat(drawn(by, 1000, 1, forth())).hasSize(ROWS).doesNotHaveDuplicates();
    }

    @Test
    void byPromptNoPromptComesTwiceWhileThereAreEnough() {
        for (int seed = 0; seed < 50; seed++) {
            List<String> prompts = drawn(DrawBy.PROMPT, 50, seed, forth()).stream()
                    .map(row -> pair(row).prompt().id())
                    .toList();
            assertThat(prompts).doesNotHaveDuplicates();
        }
    }

    @Test
    void byMarginSureAndUnsureRowsComeInTheirShares() {
        for (int seed = 0; seed < 50; seed++) {
            List<Double> margins = drawn(DrawBy.MARGIN, 30, seed, forth()).stream()
                    .map(row -> new Preference(z(row)).margin())
                    .toList();
            for (double low : new double[] {0, .25, .5, .75}) {
                assertThat(margins.stream()
                                .filter(m -> m >= low && m < low + .25)
                                .count())
                        .isBetween(6L, 9L);
            }
        }
    }

    private static Pair labelledElsewhere() {
        return new Pair(
                "q1-strong-model-vs-weak-model",
                Prompt.of("Why?"),
                "Because.",
                "No idea.",
                Optional.of("strong-model"),
                Optional.of("weak-model"),
                List.of(new HumanLabel("other", Optional.of(Label.A))),
                List.of(),
                Map.of("z", .93, "label", "A", "judge", "openai:gpt", "gold", "A", "quality_a", 4));
    }

    @Test
    void aRowToLabelShowsThePromptAndTwoResponsesAndNothingElse() {
        Set<String> firsts = new HashSet<>();
        for (long seed = 0; seed < 20; seed++) {
            Pair row = DrawnRow.toLabel(labelledElsewhere(), seed, DrawBy.MARGIN, 100, 10);
            String written = Json.write(row);
            assertThat(new TreeSet<>(Json.readMap(written).keySet()))
                    .containsExactly("draw", "human", "id", "prompt", "prompt_id", "response_a", "response_b");
            assertThat(written).doesNotContain("strong", "weak", "0.93", "gpt", "gold", "quality");
            assertThat(row.human()).containsExactly(new HumanLabel("1", Optional.empty()));
            firsts.add(row.responseA());
        }
        assertThat(firsts).containsExactlyInAnyOrder("Because.", "No idea.");
    }

    @Test
    void aLabelComesBackToTheResponseThatItMeant() {
        List<Boolean> swapped = new ArrayList<>();
        for (long seed = 0; seed < 20; seed++) {
            Pair shown = DrawnRow.toLabel(labelledElsewhere(), seed, DrawBy.PROMPT, 100, 10);
            // A person who prefers "Because.", wherever it stands.
            Label said = shown.responseA().equals("Because.") ? Label.A : Label.B;
            Pair labelled =
                    Json.read(Json.write(shown).replace("\"label\":null", "\"label\":\"" + said + "\""), Pair.class);
            Pair back = DrawnRow.original(labelled);
            assertThat(back.responseA()).isEqualTo("Because.");
            assertThat(back.human().get(0).label()).contains(Label.A);
            assertThat(back.id())
                    .isEqualTo(DrawnRow.id(seed, labelledElsewhere().id()));
            swapped.add(DrawnRow.of(labelled).orElseThrow().swapped());
        }
        assertThat(swapped).contains(true, false);
    }
}
