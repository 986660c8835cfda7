package pairwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A transformer of our own from the command line; a fit that is to be killed runs in a process of its own. */
class EncoderCommandsTest {
    @TempDir
    Path folder;

    @RegisterExtension
    final Captured printed = new Captured();

    private Path rows;

    @BeforeEach
    void write() throws Exception {
        Random random = new Random(72);
        List<String> words = List.of("clear", "kind", "vague", "rude", "the", "answer", "is", "here");
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < 120; k++) {
            StringBuilder a = new StringBuilder("clear");
            StringBuilder b = new StringBuilder("vague");
            for (int w = random.nextInt(8); w >= 0; w--) {
                a.append(' ').append(words.get(random.nextInt(words.size())));
                b.append(' ').append(words.get(random.nextInt(words.size())));
            }
            boolean first = random.nextBoolean();
            text.append("{\"id\":\"r").append(k).append("\",\"prompt_id\":\"p").append(k / 4);
            text.append("\",\"prompt\":\"Question ").append(k / 4);
            text.append("\",\"response_a\":\"").append(first ? a : b);
            text.append("\",\"response_b\":\"").append(first ? b : a);
            text.append("\",\"gold\":\"").append(first ? "A" : "B").append("\"}\n");
        }
        rows = folder.resolve("rows.jsonl");
        Files.writeString(rows, text);
    }

    private String[] fit(Path out, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "fit",
                rows.toString(),
                "--labels",
                "gold",
                "--device",
                "cpu",
                "--vocabulary",
                "80",
                "--width",
                "8",
                "--layers",
                "1",
                "--heads",
                "2",
                "--max-tokens",
                "32",
                "--out",
                out.toString()));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    @Test
    void aFitThatWasKilledGoesOnAndEndsInTheSameBytes() throws Exception {
        String[] trained = {"--architecture", "encoder", "--max-epochs", "12", "--patience", "12"};
        Path whole = folder.resolve("whole");
        assertThat(Pairwright.execute(fit(whole, trained))).as(printed.err()).isZero();
        Path killed = folder.resolve("killed");
        Path checkpoint = folder.resolve("killed.checkpoint");
        Process process = new ProcessBuilder(OwnProcess.command("512m", fit(killed, trained)))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said.txt").toFile())
                .start();
        while (process.isAlive() && !Files.exists(checkpoint)) {
            Thread.sleep(2);
        }
        process.destroyForcibly().waitFor();
        assertThat(checkpoint).as(Files.readString(folder.resolve("said.txt"))).exists();
        assertThat(killed.resolve("manifest.json")).doesNotExist();
        assertThat(Pairwright.execute(fit(killed, trained))).as(printed.err()).isZero();
        assertThat(checkpoint).doesNotExist();
        for (String file : List.of("model.safetensors", "tokenizer.json", "manifest.json")) {
            assertThat(killed.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
        }
    }

    @Test
    void anEncoderAloneOrInAnEnsembleScoresJudgesAndIsEvaluated() throws Exception {
        Path model = folder.resolve("model");
        assertThat(Pairwright.execute(fit(model, "--of", "linear,encoder", "--combine", "stack", "--max-epochs", "2")))
                .as(printed.err())
                .isZero();
        assertThat(model.resolve("tokenizer.json")).exists();
        Path scored = folder.resolve("scored.jsonl");
        Files.writeString(rows, Files.readString(rows) + "{\"prompt\":\"q\",\"response_a\":\"x\"}\n");
        Pairwright.execute("score", rows.toString(), "--model", model.toString(), "--out", scored.toString());
        assertThat(Files.readAllLines(scored)).hasSize(120).allMatch(line -> line.contains("\"reward_spread\":"));
        assertThat(Files.readString(folder.resolve("scored.jsonl.bad.jsonl"))).contains("rows.jsonl");
        Path evaluation = folder.resolve("evaluation");
        Pairwright.execute(
                "evaluate",
                rows.toString(),
                "--labels",
                "gold",
                "--model",
                model.toString(),
                "--out",
                evaluation.toString());
        assertThat(Files.readString(evaluation.resolve("evaluation.json"))).contains("\"accuracy\"");
    }

    @Test
    void settingsOfAnEncoderWithoutTheArchitectureAreRefused() {
        assertThat(Pairwright.execute(fit(folder.resolve("m")))).isNotZero();
        assertThat(printed.err()).contains("architecture encoder");
        assertThat(Pairwright.execute(fit(folder.resolve("m"), "--architecture", "encoder", "--dropout", "1")))
                .isNotZero();
        assertThat(printed.err()).contains("dropout is 1.0, must be in [0, 1)");
    }
}
