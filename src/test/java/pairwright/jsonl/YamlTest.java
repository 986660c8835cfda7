package pairwright.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlTest {
    private static final String GOOD = "name: help\nweight: 0.5\n";

    @TempDir
    Path folder;

    record Settings(
            @JsonProperty("name") String name,
            @JsonProperty("weight") double weight,
            @JsonProperty("steps") Optional<List<String>> steps,
            @JsonProperty("more") Optional<Map<String, Object>> more) {
        Settings {
            if (!(weight >= 0 && weight <= 1)) {
                throw new IllegalArgumentException("weight is " + weight + ", must be in [0, 1]");
            }
        }
    }

    private Settings read(String yaml) throws IOException {
        return Yaml.read(Files.writeString(folder.resolve("s.yaml"), yaml), Settings.class);
    }

    @Test
    void aFileIsBoundToItsRecord() throws IOException {
        assertThat(read(GOOD + "steps: [a, 'no']\n"))
                .isEqualTo(new Settings("help", .5, Optional.of(List.of("a", "no")), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        weight: 0.5          | weight: 0.5\\nwieght: 0.5 | :3: field wieght: is an unknown key; the keys here are more, name, steps, weight
        weight: 0.5          | weight: .nan             | :2: field weight: is not a finite number, must be one
        weight: 0.5          | weight: 2                | :2: weight is 2.0, must be in [0, 1]
        weight: 0.5          | weight: half             | :2: field weight: is text, must be a number
        weight: 0.5          | weight: "0.5"            | :2: field weight: is text, must be a number
        weight: 0.5          | weight:                  | :2: field weight: is empty, must be a number
        name: help           | name: 5                  | :1: field name: is a number, must be text; put it in quotes
        name: help           | name: [help]             | :1: field name: is a list, must be text
        name: help           | name: help\\nname: me    | :2: key "name" stands twice, must stand once
        weight: 0.5          | steps: [a]               | :2: field weight: is missing or null, must be a number
        name: help           | name: *a                 | :1: holds the alias *a; aliases are not read, write the value out
        name: help           | name: !!javax.script.ScriptEngineManager [] | :1: holds the tag !!javax.script.ScriptEngineManager; tags are not read, remove it
        name: help           | name: !help help         | :1: holds the tag !help; tags are not read, remove it
        name: help           | name: "help              | :1: cannot be parsed at column 5: while scanning a quoted scalar, found unexpected end of stream
        name: help           | \\tname: help            | :1: cannot be parsed at column 1: while scanning for the next token, found character
        weight: 0.5          | weight: 0.5\\n---\\na: b | :4: goes on after its end; must be one document
        """)
    void aFaultyFileSaysWhereAndWhat(String part, String instead, String error) {
        String yaml = GOOD.replace(part, instead.replace("\\n", "\n").replace("\\t", "\t"));
        assertThat(yaml).isNotEqualTo(GOOD);
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(BadInput.class)
                .message()
                .satisfies(message -> assertThat(message.substring(message.indexOf("s.yaml") + 6))
                        .startsWith(error)
                        .doesNotContain("\n", "jackson", "snakeyaml", "java.", "pairwright"));
    }

    @Test
    void anAliasBombIsRefusedBeforeItGrows() {
        StringBuilder bomb = new StringBuilder(GOOD).append("more:\n  a0: &a0 [lol, lol]\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("  a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9) + "*a" + (i - 1)));
        }
        assertThatThrownBy(() -> read(bomb.toString())).hasMessageContaining(":5: holds the alias *a0");
    }

    @Test
    void whatIsNestedTooDeepIsRefused() {
        assertThatThrownBy(() -> read(GOOD + "more: {a: " + "[".repeat(10_000) + "]".repeat(10_000) + "}"))
                .hasMessageEndingWith("s.yaml: is nested deeper than 64 levels, the most that is read");
    }

    @Test
    void aFileThatIsEmptyHugeAbsentOrNotUtf8IsNamed() throws IOException {
        assertThatThrownBy(() -> read("# nothing\n")).hasMessageEndingWith("s.yaml: is empty, must hold settings");
        assertThatThrownBy(() -> read("#".repeat(Yaml.MAX_BYTES + 1)))
                .hasMessageContaining("is larger than 1048576 bytes");
        assertThatThrownBy(() -> Yaml.read(folder.resolve("none.yaml"), Settings.class))
                .hasMessageEndingWith("none.yaml: no such file");
        Path latin = Files.write(folder.resolve("l.yaml"), "name: \u00e9".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> Yaml.read(latin, Settings.class))
                .hasMessageEndingWith("l.yaml: is not UTF-8; save the file as UTF-8");
    }
}
