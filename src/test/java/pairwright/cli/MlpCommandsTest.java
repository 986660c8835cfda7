package pairwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A network from the command line; a fit that is to be killed runs in a process of its own. */
class MlpCommandsTest {
    @TempDir
    Path folder;

    @RegisterExtension
    final Captured printed = new Captured();

    private Path rows;

    @BeforeEach
    void write() throws Exception {
        Random random = new Random(71);
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < 240; k++) {
            double[] x = random.doubles(4, -1, 1).toArray();
            text.append("{\"id\":\"r").append(k).append("\",\"prompt_id\":\"p").append(k / 4);
            text.append("\",\"prompt\":\"Question ").append(k / 4);
            text.append("\",\"response_a\":\"a")
                    .append(k)
                    .append("\",\"response_b\":\"b")
                    .append(k);
            text.append("\",\"gold\":\"").append(x[0] * x[1] > x[2] * x[3] ? "A" : "B");
            text.append("\",\"e_a\":[").append(x[0]).append(',').append(x[1]);
            text.append("],\"e_b\":[").append(x[2]).append(',').append(x[3]).append("]}\n");
        }
        rows = folder.resolve("rows.jsonl");
        Files.writeString(rows, text);
    }

    private String[] fit(Path out) {
        return new String[] {
            "fit",
            rows.toString(),
            "--labels",
            "gold",
            "--architecture",
            "mlp",
            "--embeddings",
            "e",
            "--device",
            "cpu",
            "--hidden",
            "16",
            "--max-epochs",
            "40",
            "--patience",
            "40",
            "--learning-rate",
            "0.01",
            "--out",
            out.toString()
        };
    }

    private static OwnProcess.Ended run(String... arguments) throws Exception {
        return OwnProcess.run(OwnProcess.command("512m", arguments));
    }

    @Test
    void aFitThatWasKilledGoesOnAndEndsInTheSameBytes() throws Exception {
        Path whole = folder.resolve("whole");
        OwnProcess.Ended uninterrupted = run(fit(whole));
        assertThat(uninterrupted.code()).as(uninterrupted.said()).isZero();
        Path killed = folder.resolve("killed");
        Path checkpoint = folder.resolve("killed.checkpoint");
        Process process = new ProcessBuilder(OwnProcess.command("512m", fit(killed)))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said.txt").toFile())
                .start();
        while (process.isAlive() && !Files.exists(checkpoint)) {
            Thread.sleep(2);
        }
        process.destroyForcibly().waitFor();
        assertThat(checkpoint).as(Files.readString(folder.resolve("said.txt"))).exists();
        assertThat(killed.resolve("manifest.json")).doesNotExist();
        OwnProcess.Ended resumed = run(fit(killed));
        assertThat(resumed.code()).as(resumed.said()).isZero();
        assertThat(checkpoint).doesNotExist();
        assertThat(killed.resolve("model.safetensors")).hasSameBinaryContentAs(whole.resolve("model.safetensors"));
    }

    @Test
    void aNetworkScoresAndIsEvaluatedAndARowWithoutItsNumbersIsABadRow() throws Exception {
        Path model = folder.resolve("model");
        Files.writeString(
                rows,
                Files.readString(rows)
                        + "{\"id\":\"bare\",\"prompt\":\"q\",\"response_a\":\"a\",\"response_b\":\"b\",\"gold\":\"A\"}\n");
        Pairwright.execute(fit(model));
        assertThat(printed.out()).contains("PyTorch").contains("bad row");
        assertThat(Files.readString(folder.resolve("model.bad.jsonl"))).contains("e_a is missing");
        Path scored = folder.resolve("scored.jsonl");
        Pairwright.execute("score", rows.toString(), "--model", model.toString(), "--out", scored.toString());
        assertThat(Files.readAllLines(scored)).hasSize(240).allMatch(line -> line.contains("\"reward_z\":"));
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
        Path explained = folder.resolve("explained.jsonl");
        assertThat(Pairwright.execute(
                        "explain", rows.toString(), "--model", model.toString(), "--out", explained.toString()))
                .isNotZero();
        assertThat(printed.err()).contains("explain takes models of architecture linear");
    }

    @Test
    void settingsOfANetworkWithoutTheArchitectureAreRefused() {
        assertThat(Pairwright.execute(
                        "fit",
                        rows.toString(),
                        "--hidden",
                        "8",
                        "--out",
                        folder.resolve("m").toString()))
                .isNotZero();
        assertThat(printed.err()).contains("name architecture mlp");
    }

    @Test
    void aStackOfBothArchitecturesTellsHowFarItsMembersDiffer() throws Exception {
        Path model = folder.resolve("model");
        assertThat(Pairwright.execute(
                        "fit",
                        rows.toString(),
                        "--labels",
                        "gold",
                        "--of",
                        "linear,mlp",
                        "--members",
                        "2",
                        "--combine",
                        "stack",
                        "--embeddings",
                        "e",
                        "--device",
                        "cpu",
                        "--max-epochs",
                        "4",
                        "--out",
                        model.toString()))
                .as(printed.err())
                .isZero();
        assertThat(printed.out()).contains("the first of 4 members");
        assertThat(folder.resolve("model.checkpoint.3")).doesNotExist();
        Path scored = folder.resolve("scored.jsonl");
        Pairwright.execute("score", rows.toString(), "--model", model.toString(), "--out", scored.toString());
        assertThat(Files.readAllLines(scored)).hasSize(240).allMatch(line -> line.contains("\"reward_spread\":"));
        assertThat(Pairwright.execute(
                        "fit", rows.toString(), "--of", "linear,mlp", "--l2", "1", "--out", model.toString()))
                .isNotZero();
        assertThat(printed.err()).contains("the members are of several architectures");
    }
}
