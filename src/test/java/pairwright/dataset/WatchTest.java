package pairwright.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static pairwright.dataset.Exports.ALL_TRAIN;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pairwright.curation.Tokens;
import pairwright.prompt.Message;
import pairwright.prompt.Prompt;

class WatchTest {
    @TempDir
    Path folder;

    private Exports exports;
    private final Random random = new Random(2);

    @BeforeEach
    void begin() {
        exports = new Exports(folder);
    }

    private static Diversity of(String... texts) {
        return Diversity.of(Arrays.stream(texts).map(Tokens::of).toList());
    }

    /** By hand: "a b a b" and "a c" have 6 words, 3 different; ab ba ab and ac: 3 of 4; aba bab: 2 of 2. */
    @Test
    void distinctIsDifferentNGramsOverAll() {
        Diversity two = of("a b a b", "a c");
        assertThat(two.tokens()).isEqualTo(6);
        assertThat(two.distinct1()).contains(.5);
        assertThat(two.distinct2()).contains(.75);
        assertThat(two.distinct3()).contains(1.);
        assertThat(of().distinct1()).isEmpty();
        assertThat(of("one").selfBleu()).isEmpty();
    }

    /**
     * nltk 3.9.1: sentence_bleu(all others, text, (.25, .25, .25, .25), SmoothingFunction().method1) of these texts gives .8408964152537146,
     * .6431870218238024, .33649324423301513 and 0; without the fourth the same first three; here are the means.
     */
    @Test
    void selfBleuIsThatOfNltk() {
        String[] texts = {
            "the cat sat on the mat today",
            "the cat sat on the sofa",
            "a dog ran over the green hill today and the cat sat on the mat",
            "yes"
        };
        assertThat(of(texts).selfBleu().orElseThrow()).isCloseTo(.455144170327633, within(1e-12));
        assertThat(of(Arrays.copyOf(texts, 3)).selfBleu().orElseThrow()).isCloseTo(.6068588937701773, within(1e-12));
        assertThat(of("same words here now", "same words here now").selfBleu()).contains(1.);
    }

    /** m1 beats m2, ties with m2 and loses to m3; a pair of its own with itself compares nothing. */
    @Test
    void aTieIsHalfAWinAndAGeneratorDoesNotCompeteWithItself() {
        Prompt q = Prompt.of("q");
        exports.judged("1", q, "aa", "b", "m1", "m2", .9)
                .judged("2", q, "c", "d", "m2", "m1", .5)
                .judged("3", q, "eeeee", "f", "m3", "m1", .8)
                .judged("4", q, "g", "h", "m1", "m1", .8);
        Map<String, Generator> all = exports.export(ALL_TRAIN).facts().generators();
        // m1: (1 + .5 + 0) / 3; m2: (0 + .5) / 2; m3: 1 / 1.
        assertThat(all.get("m1").winRate()).contains(.5);
        assertThat(all.get("m2").winRate()).contains(.25);
        assertThat(all.get("m3").winRate()).contains(1.);
        assertThat(all.get("m1").chosen()).isEqualTo(2);
        assertThat(all.get("m1").rejected()).isEqualTo(2);
        // Exported: aa b, eeeee f, g h: 11 characters, of m1 2 + 1 + 2.
        assertThat(all.get("m1").shareOfText().orElseThrow()).isCloseTo(5 / 11., within(1e-12));
        assertThat(all.values().stream()
                        .mapToDouble(one -> one.shareOfText().orElseThrow())
                        .sum())
                .isCloseTo(1, within(1e-12));
    }

    private String words(int count, int vocabulary) {
        return random.ints(count, 0, vocabulary).mapToObj(word -> "w" + word).collect(Collectors.joining(" "));
    }

    @Test
    void aCollapseOfTheChosenSideIsWarnedAbout() {
        for (int i = 0; i < 100; i++) {
            String canned = "I am glad that you asked and here is what I think about " + words(2, 500);
            exports.judged("j" + i, words(12, 2000), canned, words(14, 2000), .9);
        }
        ExportCounts counts = exports.export(ALL_TRAIN);
        LexicalWatch watch = counts.facts().lexical().orElseThrow();
        assertThat(watch.chosen().selfBleu().orElseThrow()).isGreaterThan(.7);
        assertThat(watch.rejected().selfBleu().orElseThrow()).isLessThan(.1);
        assertThat(watch.warnings()).hasSize(3);
        assertThat(exports.card()).contains("Warning: chosen responses repeat themselves more than rejected ones");
    }

    @Test
    void variedResponsesAreNotWarnedAboutHoweverMuchLongerTheyAre() {
        for (int i = 0; i < 100; i++) {
            exports.judged("j" + i, words(12, 2000), words(60, 2000), words(14, 2000), .9);
        }
        assertThat(exports.export(ALL_TRAIN).facts().warnings()).isEmpty();
    }

    @Test
    void theMeasuresDoNotHangOnTheOrderOfTheRows() {
        for (int i = 0; i < 700; i++) {
            exports.judged("j" + i, words(5, 50), words(9, 50), words(9, 50), .9);
        }
        Optional<LexicalWatch> before = exports.export(ALL_TRAIN).facts().lexical();
        exports.shuffle(8);
        assertThat(exports.export(ALL_TRAIN).facts().lexical()).isEqualTo(before);
        assertThat(before.orElseThrow().chosen().texts()).isEqualTo(DiversitySample.EXAMPLES);
    }

    @Test
    void oneGeneratorThatWinsNearlyAllIsNamed() {
        for (int i = 0; i < 30; i++) {
            exports.judged(
                    "j" + i, Prompt.of("q" + i), words(9, 900), words(9, 900), "best", i % 2 == 0 ? "x" : "y", .9);
        }
        assertThat(exports.export(ALL_TRAIN).facts().warnings())
                .containsExactly("100% of the chosen responses are of one generator, best");
    }

    @Test
    void generationsOfModelsAreCountedFromThePrompt() {
        Prompt human = Prompt.of("by people");
        Prompt model = new Prompt("m", List.of(Message.user("by a model")), Map.of("generated_by", "gpt"));
        Prompt third = new Prompt(
                "t", List.of(Message.user("later")), Map.of("generations", "3", "source", "s", "license", "mit"));
        // As instruct tags a prompt that a model made of a prompt that a model made.
        Prompt evolved = new Prompt("e", List.of(Message.user("evolved")), Map.of("method", "deepen", "depth", "2"));
        exports.judged("1", human, "aa", "b", "m1", "human", .9)
                .judged("2", model, "a", "b", "m1", "m2", .9)
                .judged("3", third, "a", "b", "m1", "", .9)
                .judged("6", evolved, "g", "h", "m1", "m2", .9)
                .judged("4", human, "c", "d", "human", "human", .9)
                .judged("5", human, "e", "f", "", "", .9);
        DatasetFacts facts = exports.export(ALL_TRAIN).facts();
        assertThat(facts.generations()).isEqualTo(Map.of("1", 1L, "2", 1L, "3", 1L, "4", 1L, "0", 1L, "unknown", 1L));
        // Named writers: aa of m1, b human, a and b of models, a of m1, g and h of models, c and d human: 7 of 10
        // characters by models.
        assertThat(facts.modelText().orElseThrow()).isCloseTo(7 / 10., within(1e-12));
        assertThat(facts.sources()).containsEntry("s, licence mit", 1L).containsEntry("unknown, licence unknown", 5L);
    }
}
