package pairwright.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Digests;

/** A network's folder is believed no sooner than a linear model's. */
class MlpFolderTest {
    private static final RewardFit FIT = Embedded.fit(Embedded.SETTINGS, Embedded.judgments(12, 6, 51));

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "hidden" : 24                  | "hidden" : 23                        | tensor hidden.weight is
            "inputs" : 4                   | "inputs" : 5                         | must
            "inputs" : 4                   | "inputs" : 70000                     | inputs is 70000, must be in [1, 65536]
            "inputs" : 4                   | "inputs" : -1                        | inputs is -1, must be in [1, 65536]
            "embeddings" : "e",            |                                      | must be
            "architecture" : "mlp"         | "architecture" : "linear"            | features is missing
            "architecture" : "mlp"         | "architecture" : "torchscript"       | torchscript
            "inputs" : 4                   | "inputs" : 4, "code" : "x"           | field mlp.code is unknown
            "model.safetensors" :          | "../model.safetensors" :             | files is [../model.safetensors
            """)
    void aManifestThatSaysOtherwiseIsRefused(String from, String to, String message) throws IOException {
        FIT.model().save(folder);
        Path manifest = folder.resolve("manifest.json");
        String text = Files.readString(manifest);
        // The shape stands before the report, whose settings have a hidden too.
        assertThat(text).contains(from);
        int at = from.contains("hidden") || from.contains("embeddings")
                ? text.indexOf(from, text.indexOf("\"mlp\""))
                : text.indexOf(from);
        Files.writeString(
                manifest, text.substring(0, at) + (to == null ? "" : to) + text.substring(at + from.length()));
        assertThatThrownBy(() -> RewardModel.load(folder))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(message);
    }

    @Test
    void aScaleThatDividesByNothingIsRefused() throws IOException {
        FIT.model().save(folder);
        Path tensors = folder.resolve("model.safetensors");
        String before = Digests.sha256(tensors);
        byte[] bytes = Files.readAllBytes(tensors);
        int numbers = bytes.length - 4 * (FIT.model().weights().length + 8);
        for (int k = 0; k < 4; k++) {
            bytes[numbers + 16 + k] = 0; // the first scale stands behind four means
        }
        Files.write(tensors, bytes);
        Path manifest = folder.resolve("manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace(before, Digests.sha256(tensors)));
        assertThatThrownBy(() -> RewardModel.load(folder))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("input.scale holds 0.0, must be above 0");
    }
}
