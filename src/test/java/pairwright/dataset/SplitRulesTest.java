package pairwright.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static pairwright.dataset.Exports.split;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pairwright.prompt.Message;
import pairwright.prompt.Prompt;

class SplitRulesTest {
    private static final ExportSettings HALF = ExportSettings.DEFAULTS.withTestFraction(.5);

    @TempDir
    Path folder;

    private Exports exports;

    @BeforeEach
    void begin() {
        exports = new Exports(folder);
    }

    private void asked(String id, String prompt, String source) {
        exports.judged(
                id,
                new Prompt(id, List.of(Message.user(prompt)), source.isEmpty() ? Map.of() : Map.of("source", source)),
                "x" + id,
                "y" + id,
                "",
                "",
                .9);
    }

    @Test
    void everySourceHasItsShareOnTheTestSide() {
        int[] sizes = {100, 30, 7, 3};
        for (int s = 0; s < sizes.length; s++) {
            for (int i = 0; i < sizes[s]; i++) {
                asked("s" + s + "-" + i, "source " + s + " asks " + i, "s" + s);
                // A second pair of the prompt goes with the first.
                asked("t" + s + "-" + i, "source " + s + " asks " + i, "s" + s);
            }
        }
        exports.export(ExportSettings.DEFAULTS
                .withTestFraction(.2)
                .withSplitRules(split("{\"stratify_by\": \"tags.source\"}")));
        Set<String> test = new HashSet<>(exports.prompts("test.jsonl"));
        assertThat(test).hasSize(28);
        for (int s = 0; s < sizes.length; s++) {
            String start = "source " + s + " ";
            long here = test.stream().filter(prompt -> prompt.startsWith(start)).count();
            assertThat((double) here).isBetween(.2 * sizes[s] - 1, .2 * sizes[s] + 1);
        }
        assertThat(exports.prompts("train.jsonl")).doesNotContainAnyElementsOf(test);
    }

    @Test
    void theStratifiedSplitDoesNotHangOnTheOrderOfTheRowsButOnTheSeed() {
        for (int i = 0; i < 60; i++) {
            asked("j" + i, "asks " + i, i % 3 == 0 ? "" : "s" + i % 3);
        }
        ExportSettings settings = HALF.withSplitRules(split("{\"stratify_by\": \"tags.source\"}"));
        exports.export(settings);
        List<String> before = exports.prompts("test.jsonl");
        exports.shuffle(2);
        exports.export(settings);
        assertThat(exports.prompts("test.jsonl"))
                .containsExactlyInAnyOrderElementsOf(before)
                .hasSize(30);
        exports.export(settings.withSeed(9));
        assertThat(new HashSet<>(exports.prompts("test.jsonl"))).isNotEqualTo(new HashSet<>(before));
    }

    /** Changes that leave a prompt nearly the same, as leaks between the sides of real datasets do. */
    private static String disguised(String prompt, int how) {
        return switch (how) {
            case 0 -> prompt.toUpperCase(Locale.ROOT);
            case 1 -> "  " + prompt.replace(" ", "\n\t") + " ";
            case 2 -> prompt + "!";
            case 3 -> prompt.replace("e", "\uff45"); // full width
            case 4 -> prompt.replace(" the ", " a ");
            default -> "Please: " + prompt;
        };
    }

    @Test
    void noPromptAndNoDisguiseOfItIsOnBothSides() {
        Random random = new Random(11);
        List<List<String>> families = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            StringBuilder words = new StringBuilder();
            for (int w = 0; w < 30; w++) {
                words.append(w == 9 ? " the " : " ")
                        .append((char) ('a' + random.nextInt(26)))
                        .append(Long.toString(random.nextLong(Long.MAX_VALUE), 36), 0, 6);
            }
            List<String> family = new ArrayList<>(List.of(words.toString().strip()));
            for (int how = 0; how < 6; how++) {
                family.add(disguised(family.get(0), how));
            }
            families.add(family);
        }
        int n = 0;
        for (List<String> family : families) {
            for (String prompt : family) {
                asked("j" + n++, prompt, "");
            }
        }
        exports.shuffle(4);
        exports.export(HALF.withSplitRules(split("{\"by\": \"cluster\"}")));
        Set<String> train = new HashSet<>(exports.prompts("train.jsonl"));
        Set<String> test = new HashSet<>(exports.prompts("test.jsonl"));
        assertThat(train.size() + test.size()).isEqualTo(1050);
        assertThat(families).allMatch(family -> train.containsAll(family) || test.containsAll(family));
        // 150 coins with .5: standard deviation 6.1 families, five of them are 31; different families are not one
        // cluster.
        assertThat(test.size() / 7).isBetween(75 - 31, 75 + 31);

        // The same rows split by prompt alone do leak: the test can fail.
        exports.export(HALF);
        Set<String> apart = new HashSet<>(exports.prompts("train.jsonl"));
        assertThat(families)
                .anyMatch(
                        family -> !apart.containsAll(family) && family.stream().anyMatch(apart::contains));
    }

    @Test
    void aChainOfPromptsEachNearToTheNextStaysOnOneSide() {
        // Each step changes one word of forty; the ends have no word in common.
        List<String> words = new ArrayList<>();
        for (int w = 0; w < 40; w++) {
            words.add("first" + (char) ('a' + w % 26) + (char) ('a' + w / 26));
        }
        for (int step = 0; step < 40; step++) {
            asked("c" + step, String.join(" ", words), "");
            words.set(step, "second" + (char) ('a' + step % 26) + (char) ('a' + step / 26));
        }
        for (int seed = 0; seed < 4; seed++) {
            exports.export(HALF.withSeed(seed).withSplitRules(split("{\"by\": \"cluster\"}")));
            assertThat(List.of(
                            exports.prompts("train.jsonl").size(),
                            exports.prompts("test.jsonl").size()))
                    .containsExactlyInAnyOrder(0, 40);
        }
    }

    @Test
    void clustersAreNotTornByStrataOrCaps() {
        for (int i = 0; i < 40; i++) {
            String prompt = "Explain to a child in simple words how thing" + (char) ('a' + i % 26)
                    + (char) ('a' + i / 26) + " works and why";
            asked("a" + i, prompt, "s1");
            asked("b" + i, prompt + ".", "s2");
        }
        exports.export(HALF.withSplitRules(
                        split("{\"by\": \"cluster\", \"similarity\": 0.9, \"stratify_by\": \"tags.source\"}"))
                .withRules(Exports.rules("{\"max_per_prompt\": 1, \"pairs\": \"best-worst\"}")));
        Set<String> train = new HashSet<>(exports.prompts("train.jsonl"));
        assertThat(exports.prompts("test.jsonl"))
                .hasSize(40)
                .noneMatch(prompt ->
                        train.contains(prompt + ".") || train.contains(prompt.substring(0, prompt.length() - 1)));
    }

    @Test
    void whatCannotBeSplitSoIsNamed() {
        assertThatThrownBy(() -> split("{\"similarity\": 0.8}")).hasMessageContaining("only a split by cluster");
        assertThatThrownBy(() -> split("{\"by\": \"cluster\", \"similarity\": 0.1}"))
                .hasMessageContaining("similarity is 0.1, must be in [0.3, 1]");
    }
}
