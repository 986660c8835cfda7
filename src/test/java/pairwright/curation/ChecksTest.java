package pairwright.curation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksTest {
    private static final String PROSE = "The first sentence is whole. The second one is whole, too. ";

    private static AnyRow answered(String response) {
        return new AnyRow(Map.of("prompt", "Why?", "response", response));
    }

    private static Optional<String> reason(Check check, AnyRow row) {
        return check.fault(row).map(Fault::reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "It could increase social inequality in our time, as only the",
                "It is worth noting that all of these things are here, and,",
                "And this is how it goes on, from here to there (",
                "Here is the code:\n```python\nprint(1)\n",
            })
    void aResponseThatBreaksOffIsCut(String end) {
        assertThat(reason(new CutResponse(false), answered(PROSE + end))).contains(Fault.TRUNCATED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The last one ends as it should, with a full stop.",
                "Is the last one a question of more than eight words?",
                "\n\n- a list of things to do on the",
                "\n\n# A heading with quite a lot of words in the",
                "\n\nYours sincerely,",
                "It ends with a code block:\n```\nx = (\n```",
                "\u3053\u308c\u306f\u65e5\u672c\u8a9e\u3067\u3059",
                "life is what you want it to become",
            })
    void aResponseThatEndsIsNotCut(String end) {
        assertThat(reason(new CutResponse(false), answered(PROSE + end))).isEmpty();
    }

    @Test
    void strictlyAlsoProseWithoutAMarkAtItsEndIsCutAndWhatTheRowSaysCounts() {
        AnyRow open = answered(PROSE + "It may be that life is what you want it to become");
        assertThat(reason(new CutResponse(false), open)).isEmpty();
        assertThat(reason(new CutResponse(true), open)).contains(Fault.TRUNCATED);
        assertThat(reason(
                        new CutResponse(false),
                        new AnyRow(Map.of("prompt", "q", "response", "Whole.", "finish_reason", "length"))))
                .contains(Fault.TRUNCATED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I am sorry. I am sorry. I am sorry. I am sorry. I am sorry. I am sorry. I am sorry. I am sorry. I am sorry.",
                "ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha",
                "\u597d\u7684\u3002\u597d\u7684\u3002\u597d\u7684\u3002\u597d\u7684\u3002\u597d\u7684\u3002\u597d\u7684"
                        + "\u3002\u597d\u7684\u3002\u597d\u7684\u3002\u597d\u7684\u3002\u597d\u7684\u3002\u597d\u7684\u3002\u597d\u7684",
            })
    void aPhraseAgainAndAgainIsALoop(String response) {
        assertThat(reason(new RepetitionLoop(), answered("So. " + response))).contains(Fault.LOOP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "very very very very good, and never never never again",
                "a refrain comes back, but other words stand between; a refrain comes back, and more words stand between;"
                        + " a refrain comes back, then a verse that is new; a refrain comes back, then the end of the song",
                "",
            })
    void whatIsSaidAFewTimesIsNoLoop(String response) {
        assertThat(reason(new RepetitionLoop(), answered(response))).isEmpty();
    }

    @Test
    void theLanguageOfLongTextsIsTold() {
        Languages english = new Languages(List.of("en"));
        String german = "Das Wetter ist heute sehr gut, und wir gehen am Nachmittag alle zusammen in den Park.";
        String text = "The weather is very good today, and we all go to the park together in the afternoon.";
        assertThat(english.of(german)).isEqualTo("deu");
        assertThat(english.of(text)).isEqualTo("eng");
        assertThat(english.of("Guten Tag")).isEqualTo(Languages.UNKNOWN);
        assertThat(english.fault(answered(text))).isEmpty();
        assertThat(english.fault(answered(german))).contains(new Fault(Fault.LANGUAGE, "deu"));
        assertThat(reason(new Languages(List.of("deu", "eng")), answered(german)))
                .isEmpty();
        assertThatThrownBy(() -> new Languages(List.of("klingon"))).hasMessageContaining("must be a code of ISO 639");
    }

    @Test
    void aRowThatSharesThirteenWordsWithABenchmarkIsContaminated(@TempDir Path folder) throws IOException {
        String question = "If Ada has nine red apples and gives four of them to Bob how many remain";
        Path file = Files.writeString(
                folder.resolve("bench.jsonl"),
                "{\"question\": \"" + question
                        + "\", \"answer\": \"5\"}\n\n{\"q\": {\"deep\": [\"Name the capital city of France please.\"]}}\n");
        Benchmarks benchmarks = new Benchmarks(13);
        benchmarks.add("bench.jsonl", file.toString());
        assertThat(benchmarks.fault(answered("So: if ADA has nine, red apples; and gives four of them to bob. Yes!")))
                .contains(new Fault(Fault.CONTAMINATED, "13 words of bench.jsonl:1"));
        // Twelve words in a row are not thirteen.
        assertThat(benchmarks.fault(answered("has nine red apples and gives four of them to Bob how")))
                .isEmpty();
        // A short text of the benchmark counts as a whole, but not a part of it.
        assertThat(benchmarks.fault(answered("Please name the capital city of France, please")))
                .contains(new Fault(Fault.CONTAMINATED, "7 words of bench.jsonl:3"));
        assertThat(benchmarks.fault(answered("name the capital city of France")))
                .isEmpty();
        assertThat(benchmarks.matches()).isEqualTo(Map.of("bench.jsonl", 2L));
    }

    @Test
    void aBenchmarkThatCannotBeReadWholeIsRefused(@TempDir Path folder) throws IOException {
        Path torn = Files.writeString(
                folder.resolve("torn.jsonl"), "{\"q\": \"one two three four five six seven\"}\n{\"q\"\n");
        assertThatThrownBy(() -> new Benchmarks(13).add("torn", torn.toString()))
                .hasMessageContaining("torn.jsonl:2:")
                .hasMessageContaining("must be whole");
        Path small = Files.writeString(folder.resolve("small.txt"), "one two\n");
        assertThatThrownBy(() -> new Benchmarks(13).add("small", small.toString()))
                .hasMessageContaining("would find nothing");
        assertThatThrownBy(() -> new Benchmarks(3)).hasMessage("ngram is 3, must be at least 6 words");
    }
}
