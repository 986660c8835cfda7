package pairwright.judge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import pairwright.rubric.Rubric;

/** Rubrics for tests, worded by the project's own template. */
final class TestRubric {
    static final String LABELS = "scale: {first: A, second: B, tie: C}";
    static final String LEVELS = "scale: {much_first: A, first: B, tie: C, second: D, much_second: E}";
    static final String RATINGS = "scale: {lowest: 1, highest: 9}";
    static final String SPREAD = "scale: {lowest: 1, highest: 9, spread: 1.5}";

    private TestRubric() {}

    /** Of two criteria with the weights 3 and 1; what the lines say comes to it. */
    static Rubric of(Path folder, String... lines) {
        boolean ratings = Stream.of(lines).anyMatch(line -> line.contains("lowest"));
        String yaml = String.join(
                        "\n",
                        List.of(
                                "name: test",
                                "question: Which response is better?",
                                "criteria:",
                                "  - {name: truth, description: it is right, weight: 3}",
                                "  - {name: form, description: it is tidy, weight: 1}",
                                "verdict_line: "
                                        + (ratings
                                                ? "\"SCORES {nonce} {first} {second}\""
                                                : "\"VERDICT {nonce} {label}\""),
                                "max_tokens: 100",
                                "temperature: 0",
                                "template: pairwise.peb"))
                + "\n" + String.join("\n", lines) + "\n";
        try {
            Files.writeString(folder.resolve("pairwise.peb"), Files.readString(Path.of("rubrics/pairwise.peb")));
            Path file = Files.writeString(folder.resolve("test.yaml"), yaml);
            return Rubric.load(file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of the rubrics that the project brings. */
    static List<String> names() {
        try (Stream<Path> files = Files.list(Path.of("rubrics"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .map(name -> name.replace(".yaml", ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
