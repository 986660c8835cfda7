package pairwright.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pairwright.jsonl.Json;

class DrawCommandTest {
    @TempDir
    Path folder;

    @RegisterExtension
    final Captured printed = new Captured();

    private int run(String... args) {
        return Pairwright.execute(args);
    }

    /** Judgments of 200 prompts, 3 rows each. The better response says so, and the judge finds it mostly. */
    private Path judgments() throws Exception {
        Random random = new Random(1);
        List<String> rows = new ArrayList<>();
        for (int row = 0; row < 600; row++) {
            boolean aIsBetter = random.nextBoolean();
            double z = Math.min(1, Math.max(0, (aIsBetter ? .7 : .3) + .2 * random.nextGaussian()));
            rows.add(Json.write(Map.of(
                    "id",
                    "strong-vs-weak-" + row,
                    "prompt_id",
                    "p" + row / 3,
                    "prompt",
                    "q" + row / 3,
                    "response_a",
                    (aIsBetter ? "better " : "worse ") + row,
                    "response_b",
                    (aIsBetter ? "worse " : "better ") + row,
                    "model_a",
                    aIsBetter ? "strong" : "weak",
                    "model_b",
                    aIsBetter ? "weak" : "strong",
                    "judge",
                    "test",
                    "z",
                    z)));
        }
        return Files.write(folder.resolve("judgments.jsonl"), rows);
    }

    /** A person who reads. */
    private void label(Path file, int skipEvery) throws Exception {
        List<String> labelled = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            String said = ((String) Json.readMap(line).get("response_a")).startsWith("better") ? "A" : "B";
            labelled.add(
                    labelled.size() % skipEvery == 0
                            ? line
                            : line.replace("\"label\":null", "\"label\":\"" + said + "\""));
        }
        Files.write(file, labelled);
    }

    @Test
    void theToolDrawsPeopleLabelAndTheLabelsFindTheirRows() throws Exception {
        Path judgments = judgments();
        Path toLabel = folder.resolve("to-label.jsonl");
        assertThat(run("agree", judgments.toString(), "--draw", "100", "--out", toLabel.toString()))
                .isZero();
        assertThat(printed.out())
                .contains("100 of 600 rows drawn by prompt, 100 prompts, seed 1: every row had the same chance, 0.167");
        assertThat(Files.readString(toLabel)).doesNotContain("strong", "weak", "\"z\"", "test");
        assertThat(folder.resolve("to-label.jsonl.provenance.json")).exists();
        label(toLabel, 10);
        printed.clearOut();
        assertThat(run("agree", judgments.toString(), toLabel.toString(), "--json"))
                .isZero();
        assertThat(printed.err())
                .contains(
                        "100 ids stand in both files; 500 only in the first, 0 only in the second",
                        "100 rows were drawn to be labelled, 10 of them have no label yet");
        Map<String, Object> report = Json.readMap(printed.out());
        Map<?, ?> few = (Map<?, ?>) report.get("few_labels");
        assertThat(few.get("labelled")).isEqualTo(90);
        assertThat(few.get("unlabelled")).isEqualTo(510);
        List<?> rates = (List<?>) few.get("rates");
        assertThat(rates.stream().map(rate -> ((Map<?, ?>) rate).get("name")).toList())
                .isEqualTo(List.of("response_a", "strong", "weak"));
        // The strong model always wins with the person; a wrong place of one label would show here.
        Map<?, ?> strong = (Map<?, ?>) ((Map<?, ?>) rates.get(1)).get("people");
        assertThat(((Number) strong.get("value")).doubleValue()).isCloseTo(1, within(1e-12));
        Map<?, ?> first = (Map<?, ?>) ((Map<?, ?>) rates.get(0)).get("powered");
        assertThat(((Number) first.get("low")).doubleValue()).isLessThan(.5);
        assertThat(((Number) first.get("high")).doubleValue()).isGreaterThan(.5);
        assertThat(((Number) ((Map<?, ?>) rates.get(0)).get("effective_labels")).doubleValue())
                .isGreaterThan(120);
    }

    @Test
    void theSameSeedDrawsTheSameBytesAndAFolderHoldsTheFile() throws Exception {
        Path judgments = judgments();
        Path folderOut = Files.createDirectory(folder.resolve("draw"));
        run("agree", judgments.toString(), "--draw", "50", "--draw-by", "margin", "--out", folderOut.toString());
        Path other = folder.resolve("other.jsonl");
        run("agree", judgments.toString(), "--draw", "50", "--draw-by", "margin", "--out", other.toString());
        assertThat(Files.readString(folderOut.resolve("to-label.jsonl")))
                .isEqualTo(Files.readString(other))
                .hasLineCount(50);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--draw 0 --out X | draw is 0, must be in [1, 100000]",
                "--draw 10 | draw needs out",
                "--draw 10 --against gold --out X | leave out against",
                "--draw 10 --draw-by length --out X | draw-by",
                "--alpha 1.5 --against gold | alpha is 1.5, must be in (0, 1)",
                "--delta 0 --against gold | delta is 0.0, must be in (0, 0.5]",
            })
    void misuseIsSaidAndNothingIsWritten(String options, String message) throws Exception {
        Path target = folder.resolve("x.jsonl");
        List<String> args = new ArrayList<>(List.of("agree", judgments().toString()));
        args.addAll(List.of(options.replace("X", target.toString()).strip().split(" ")));
        assertThat(run(args.toArray(String[]::new))).isEqualTo(2);
        assertThat(printed.err()).contains(message);
        assertThat(target).doesNotExist();
    }
}
