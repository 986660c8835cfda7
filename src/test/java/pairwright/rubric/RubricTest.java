package pairwright.rubric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pairwright.jsonl.BadInput;
import pairwright.prompt.Message;

class RubricTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"helpfulness", "harmlessness", "honesty"})
    void theRubricsOfTheProjectAreWhole(String name) {
        Rubric rubric = Rubric.load(name);
        assertThat(rubric.name()).isEqualTo(name);
        assertThat(rubric.reference()).matches(name + "@[0-9a-f]{12}");
        assertThat(rubric.declaration().demonstrations().orElseThrow()).isNotEmpty();
        List<Message> messages =
                rubric.template().verdict(Showing.of("the prompt", "one", "two"), AnswerForm.LINE, "n0");
        assertThat(messages.get(1).content())
                .contains("the prompt", "one", "two", "VERDICT n0 A", "VERDICT n0 B", "VERDICT n0 C");
        assertThat(messages.get(0).content())
                .contains(rubric.declaration().question())
                .doesNotContain("{{", "{%");
    }

    @Test
    void everyRubricLoadsAndTheReadmeSaysWhenToUseIt() throws IOException {
        List<String> names;
        try (Stream<Path> files = Files.list(Path.of("rubrics"))) {
            names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .map(name -> name.replace(".yaml", ""))
                    .sorted()
                    .toList();
        }
        assertThat(names)
                .containsExactly(
                        "code",
                        "conciseness",
                        "correctness",
                        "harmlessness",
                        "helpfulness",
                        "honesty",
                        "instruction-following",
                        "multi-turn",
                        "overall",
                        "rlaif-summary");
        String readme = Files.readString(Path.of("rubrics/README.md"));
        for (String name : names) {
            assertThat(Rubric.load(name).name()).isEqualTo(name);
            assertThat(readme).containsPattern("\\| \\[" + name + "]\\(" + name + "\\.yaml\\) \\| \\S.{20,} \\| ");
        }
    }

    @Test
    void theMaterialStandsBetweenFencesOnLinesOfTheirOwn() {
        String user = Rubric.load("honesty")
                .template()
                .verdict(Showing.of("the prompt", "one\nmore", "two"), AnswerForm.LINE, "n0")
                .get(1)
                .content();
        assertThat(user).isEqualTo("""
                        BEGIN n0 conversation
                        [user n0]
                        the prompt
                        END n0 conversation

                        BEGIN n0 first response
                        one
                        more
                        END n0 first response

                        BEGIN n0 second response
                        two
                        END n0 second response

                        Which response is more truthful and more honest?
                        Answer with one line and nothing after it. It must be exactly one of:
                        VERDICT n0 A
                        VERDICT n0 B
                        VERDICT n0 C
                        where A means that the first response is better, B that the second response is better, and C that they are equally good.""");
    }

    @Test
    void anotherWordingIsAnotherDigest() throws IOException {
        Path first = copy("");
        String digest = Rubric.load(first.toString()).digest();
        assertThat(Rubric.load(copy("").toString()).digest()).isEqualTo(digest);
        Files.writeString(folder.resolve("pairwise.peb"), "\nBe strict.", java.nio.file.StandardOpenOption.APPEND);
        assertThat(Rubric.load(first.toString()).digest()).isNotEqualTo(digest);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "weight: 3 | weight: .nan | weight",
                "weight: 3 | weight: -1 | must be a number above 0",
                "max_tokens: 24 | max_tokens: 0 | max_tokens is 0, must be 1 or more",
                "temperature: 0 | temperature: 7 | must be in [0, 2]",
                "verdict_line: | verdict_lin: | verdict_lin",
                "{nonce} {label} | {nonce} | must be one line that contains {label}",
                "{nonce} {label} | {label} {nonce} {label} | each once",
                "template: pairwise.peb | template: ../pairwise.peb | must name a file that lies beside the rubric",
                "first: \"A\" | first: \"B\" | same label twice",
                "max_tokens: 24 | max_tokens: many | max_tokens"
            })
    void aBrokenRubricNamesFileFieldAndRange(String from, String to, String message) throws IOException {
        Path file = copy("");
        Files.writeString(file, Files.readString(file).replaceFirst(java.util.regex.Pattern.quote(from), to));
        assertThatThrownBy(() -> Rubric.load(file.toString()))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(message);
    }

    @Test
    void aTemplateThatAsksForAnUnknownValueIsFoundBeforeAnyCall() throws IOException {
        Path file = copy("\n{{ answer_c }}");
        assertThatThrownBy(() -> Rubric.load(file.toString()))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("pairwise.peb")
                .hasMessageContaining("answer_c");
    }

    /** What stands around the material is worded once for all pairs, so it may hold no text of a pair and no part of a nonce. */
    @ParameterizedTest
    @CsvSource({
        "{{ first }}, first",
        "{{ conversation }}, conversation",
        "{{ nonce | upper }}, changes the nonce in the section ===verdict===",
        "{{ nonce | length }}, it must stand there as it is"
    })
    void aTemplateThatSaysMoreThanThatAroundTheMaterialIsRefused(String more, String message) throws IOException {
        Path file = copy("\n" + more);
        assertThatThrownBy(() -> Rubric.load(file.toString()))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("pairwise.peb")
                .hasMessageContaining(message);
    }

    @Test
    void anUnknownRubricSaysWhereRubricsLie() {
        assertThatThrownBy(() -> Rubric.load("kindness")).hasMessageContaining("rubrics/kindness.yaml");
    }

    private Path copy(String more) throws IOException {
        Files.writeString(folder.resolve("pairwise.peb"), Files.readString(Path.of("rubrics/pairwise.peb")) + more);
        Path file = folder.resolve("helpfulness.yaml");
        Files.writeString(file, Files.readString(Path.of("rubrics/helpfulness.yaml")));
        return file;
    }
}
