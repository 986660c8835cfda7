package pairwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import pairwright.reward.TinyEncoder;

/** An imported encoder that is trained on from the command line, and what a fit says of what it chose and of what its model runs. */
class TuningCommandsTest {
    private static final String TRUSTED = "pairwright.trusted.torchscript";

    @TempDir
    Path folder;

    @RegisterExtension
    final Captured printed = new Captured();

    private Path rows;

    @BeforeEach
    void write() throws Exception {
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < 120; k++) {
            String good = "good" + " plain".repeat(k % 5);
            String bad = "bad" + " plain".repeat(k % 3) + " plain".repeat(k % 2);
            boolean first = k % 7 < 3;
            text.append("{\"id\":\"r").append(k).append("\",\"prompt_id\":\"p").append(k / 4);
            text.append("\",\"prompt\":\"question ").append(k / 4);
            text.append("\",\"response_a\":\"").append(first ? good : bad);
            text.append("\",\"response_b\":\"").append(first ? bad : good).append('"');
            text.append(k % 3 == 2 ? "" : ",\"gold\":\"" + (first ? "A" : "B") + "\"")
                    .append("}\n");
        }
        rows = folder.resolve("rows.jsonl");
        Files.writeString(rows, text);
    }

    @AfterEach
    void trustNobody() {
        System.clearProperty(TRUSTED);
    }

    @Test
    void aModelThatRunsAProgramSaysHowToTrustItAndScoresWhereThatWasDone() throws Exception {
        Path encoder = TinyEncoder.withWeights(folder.resolve("encoder"));
        Path model = folder.resolve("model");
        int code = Pairwright.execute(
                "fit",
                rows.toString(),
                "--labels",
                "gold",
                "--device",
                "cpu",
                "--architecture",
                "encoder",
                "--encoder",
                encoder.toString(),
                "--learning-rate",
                "0.01",
                "--batch",
                "8",
                "--max-epochs",
                "4",
                "--out",
                model.toString());
        assertThat(code).as(printed.err()).isZero();
        String said = printed.out() + printed.err();
        assertThat(said).contains("44 parameters");
        Matcher trust =
                Pattern.compile("PAIRWRIGHT_TRUSTED_TORCHSCRIPT=([0-9a-f]{64})").matcher(said);
        assertThat(trust.find()).as(said).isTrue();

        Path scored = folder.resolve("scored.jsonl");
        String[] score = {"score", rows.toString(), "--model", model.toString(), "--out", scored.toString()};
        assertThat(Pairwright.execute(score))
                .as("the model's program is another than the one that was trusted")
                .isNotZero();
        assertThat(scored).doesNotExist();
        System.setProperty(TRUSTED, trust.group(1));
        assertThat(Pairwright.execute(score)).as(printed.err()).isZero();
        assertThat(Files.readAllLines(scored)).hasSize(120).allMatch(line -> line.contains("\"reward_z\":"));
    }

    @Test
    void whatAnImportedEncoderBringsIsNotChosenAgain() throws Exception {
        Path encoder = TinyEncoder.withWeights(folder.resolve("encoder"));
        int code = Pairwright.execute(
                "fit",
                rows.toString(),
                "--labels",
                "gold",
                "--architecture",
                "encoder",
                "--encoder",
                encoder.toString(),
                "--width",
                "8",
                "--out",
                folder.resolve("model").toString());
        assertThat(code).isNotZero();
        assertThat(printed.err()).contains("whose vocabulary, width, layers, heads and dropout are what they are");
    }

    @Test
    void aFitThatChoseOnTheHeldOutPromptsSaysThatItsMeasureFlatters() {
        int code = Pairwright.execute(
                "fit",
                rows.toString(),
                "--labels",
                "gold",
                "--label-with",
                "self",
                "--label-confidence",
                "0.6",
                "--out",
                folder.resolve("model").toString());
        assertThat(code).as(printed.err()).isZero();
        assertThat(printed.out() + printed.err())
                .contains("was chosen on the prompts never seen, so what is said of it there flatters it a little");
    }
}
