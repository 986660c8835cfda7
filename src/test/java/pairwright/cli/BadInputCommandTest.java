package pairwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadInputCommandTest {
    private static final String JUDGED =
            "{\"id\":\"g\",\"prompt\":\"p\",\"response_a\":\"x\",\"response_b\":\"y\",\"gold\":\"A\",\"judge\":\"j\",\"z\":0.9}\n"
                    + "{\"id\":\"h\",\"prompt\":\"q\",\"response_a\":\"x\",\"response_b\":\"y\",\"gold\":\"B\",\"judge\":\"j\",\"z\":0.1}\n";

    @TempDir
    Path folder;

    @RegisterExtension
    final Captured printed = new Captured();

    @BeforeEach
    void capture() throws IOException {
        Files.writeString(folder.resolve("judged.jsonl"), JUDGED);
    }

    /** Runs a line of words in which @ stands for the test's folder. */
    private int run(String line) {
        return Pairwright.execute(Arrays.stream(line.strip().split(" "))
                .map(word -> word.replace("@", folder + "/"))
                .toArray(String[]::new));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "judge @judged.jsonl --judge gold --out @judged.jsonl",
                "judge @judged.jsonl --judge gold --out @./judged.jsonl",
                "judge @link.jsonl --judge gold --out @judged.jsonl",
                "judge @judged.jsonl --judge gold --out @link.jsonl",
                "judge @x.bad.jsonl --judge gold --out @x",
                "fit @x.bad.jsonl --out @x",
                "agree @x.bad.jsonl --against gold --out @x",
                "export @x.bad.jsonl --out @x",
                "export @d/train.jsonl --out @d",
                "pair @judged.jsonl --out @judged.jsonl",
                "score @judged.jsonl --model models/quickstart --out @judged.jsonl",
                "generate @judged.jsonl --model openai:m --base-url http://localhost:1/v1 --out @judged.jsonl",
                "judge @judged.jsonl --judge openai:m --base-url http://localhost:1/v1 --ledger @judged.jsonl --out @x",
            })
    void nothingIsWrittenOverWhatIsRead(String line) throws IOException {
        Files.createSymbolicLink(folder.resolve("link.jsonl"), folder.resolve("judged.jsonl"));
        Files.copy(folder.resolve("judged.jsonl"), folder.resolve("x.bad.jsonl"));
        Files.createDirectory(folder.resolve("d"));
        Files.copy(folder.resolve("judged.jsonl"), folder.resolve("d/train.jsonl"));
        assertThat(run(line)).isEqualTo(2);
        assertThat(printed.err()).contains("is read, but ", "name another output");
        for (String kept : List.of("judged.jsonl", "x.bad.jsonl", "d/train.jsonl")) {
            assertThat(folder.resolve(kept)).hasContent(JUDGED);
        }
        assertThat(names()).containsExactly("d", "judged.jsonl", "link.jsonl", "x.bad.jsonl");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "judge @judged.jsonl --judge openai:m --base-url http://localhost:1/v1 --samples 0 --out @x | samples is 0, must be in [1, 64]",
                "judge @judged.jsonl --judge gold --max-bad-rows -1 --out @x | max_bad_rows is -1, must be 0 or more",
                "generate @judged.jsonl --model openai:m --base-url http://localhost:1/v1 --max-failures NaN --out @x | max_failures is NaN",
                "agree @judged.jsonl --against gold --confidence NaN | pairwright: confidence is NaN, must be in (0, 1)",
                "pair @candidates.jsonl --label-by nope --out @x | label_by is nope",
                "judge @ --judge gold --out @x | is a folder; give a JSONL file in it",
                "judge @judged.jsonl --judge gold --out @ | is a folder, must be the name of a file",
                "judge @torn.gz --judge gold --out @x | the packed file ends too early",
                "export @judged.jsonl --where a=b --out @x | none of its 2 rows passes --where",
                "export @unjudged.jsonl --out @x | unjudged.jsonl:1: judge is missing, must be a judge's name; nothing was written",
                "judge @judged.jsonl --judge openai:m --base-url http://localhost:1/v1 --ledger @x --out @x | is named for two files",
            })
    void whatCannotBeUsedIsSaidBeforeAnythingIsWritten(String line, String message) throws IOException {
        Files.write(folder.resolve("torn.gz"), new byte[] {0x1f, (byte) 0x8b, 8});
        Files.writeString(
                folder.resolve("unjudged.jsonl"),
                "{\"id\":\"g\",\"prompt\":\"p\",\"response_a\":\"x\",\"response_b\":\"y\",\"z\":0.9}");
        Files.writeString(
                folder.resolve("candidates.jsonl"),
                "{\"id\":\"a\",\"prompt\":\"p\",\"response\":\"x\"}\n{\"id\":\"b\",\"prompt\":\"p\",\"response\":\"y\"}\n");
        assertThat(run(line)).isEqualTo(2);
        assertThat(printed.err()).startsWith("pairwright: ").contains(message).doesNotContain("\tat ");
        assertThat(folder.resolve("x")).doesNotExist();
        assertThat(folder.resolve("x.part")).doesNotExist();
    }

    @Test
    void rowsWithoutAUsableLabelAreSetAsideByFit() throws IOException {
        Files.writeString(
                folder.resolve("in.jsonl"),
                JUDGED
                        + "{\"id\":\"1\",\"prompt\":\"p\",\"response_a\":\"x\",\"response_b\":\"y\",\"judge\":\"j\",\"z\":\"0.5\"}\n"
                        + "{\"id\":\"2\",\"prompt\":\"p\",\"response_a\":\"x\",\"response_b\":\"y\",\"z\":0.5}\n"
                        + "{\"id\":\"3\",\"prompt\":\"p\",\"response_a\":\"x\",\"response_b\":\"y\",\"judge\":\"j\",\"z\":null}\n");
        assertThat(run("fit @in.jsonl --device cpu --hold-out 0 --out @m")).isEqualTo(3);
        assertThat(Files.readAllLines(folder.resolve("m.bad.jsonl")))
                .satisfiesExactly(
                        row -> assertThat(row).contains("\"line\":3", "field z: is text, must be a number"),
                        row -> assertThat(row).contains("\"line\":4", "judge is missing"),
                        row -> assertThat(row).contains("\"line\":5", "z and abstention are both null"));
    }

    @Test
    void rowsThatStandardOutputDoesNotTakeEndTheRun() {
        System.setOut(new PrintStream(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        }));
        assertThat(run("judge @judged.jsonl --judge gold --out -")).isEqualTo(5);
        assertThat(printed.err()).contains("standard output cannot be written").doesNotContain("\tat ");
    }

    @Test
    void aPipeIsReadLikeAFile() throws Exception {
        Path pipe = folder.resolve("pipe");
        Process made;
        try {
            made = new ProcessBuilder("mkfifo", pipe.toString()).start();
        } catch (IOException e) {
            Assumptions.abort("no mkfifo here");
            return;
        }
        assertThat(made.waitFor()).isZero();
        Thread writer = new Thread(() -> {
            try (OutputStream into = Files.newOutputStream(pipe)) {
                into.write(JUDGED.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        writer.start();
        assertThat(run("judge @pipe --judge gold --out @x")).isZero();
        writer.join();
        assertThat(Files.readAllLines(folder.resolve("x"))).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "- pair: {in: c.jsonl, out: ../x} | out is ../x, must name a file or folder inside",
                "- pair: {in: c.jsonl, out: /x} | out is /x, must name a file or folder inside",
                "- judge: {in: c.jsonl, judge: gold, out: j, ledger: ../../l} | ledger is ../../l, must name a file or folder inside",
                "- judge: {in: c.jsonl, judge: gold, out: j, where: [gold]} | stage 2 (judge): where is \"gold\"",
                "- judge: {in: c.jsonl, judge: nobody, out: j} | stage 2 (judge): judge nobody: no such judge",
                "- judge: {in: q.jsonl, judge: gold, out: j} | q.jsonl: no such file beside the recipe, and no earlier stage writes it",
                "- pair: {in: c.jsonl, out: ./p.jsonl} | two stages write ./p.jsonl",
                "- agree: {in: [p.jsonl], against: gold, confidence: 5, out: a} | stage 2 (agree): confidence is 5.0",
                "- export: {in: [p.jsonl], min_margin: 2, out: a} | stage 2 (export): minimum margin is 2.0",
                "- fit: {in: p.jsonl, hold_out: 1, out: a} | stage 2 (fit): hold_out is 1.0",
            })
    void aFaultInALaterStageIsSaidBeforeTheFirstRuns(String stage, String message) throws IOException {
        Files.writeString(
                folder.resolve("c.jsonl"),
                "{\"id\":\"a\",\"prompt\":\"p\",\"response\":\"x\"}\n{\"id\":\"b\",\"prompt\":\"p\",\"response\":\"y\"}\n");
        Files.writeString(
                folder.resolve("r.yaml"), "name: r\nstages:\n  - pair: {in: c.jsonl, out: p.jsonl}\n  " + stage + "\n");
        assertThat(run("run @r.yaml --out @o")).isEqualTo(2);
        assertThat(printed.err()).startsWith("pairwright: ").contains(message).doesNotContain("\tat ");
        assertThat(folder.resolve("o")).doesNotExist();
    }
}
