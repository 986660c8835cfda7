package pairwright.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pairwright.jsonl.BadInput;
import pairwright.judge.Judgment;

class ModelFolderTest {
    private static final RewardFit FIT = BradleyTerryTrainer.with(FitSettings.DEFAULT
                    .withDevice(DeviceChoice.CPU)
                    .withFeatures(FeatureSettings.DEFAULT.withHashBits(12)))
            .fit(Texts.judgments(20, 6, 21).iterator(), FitProgress.SILENT);

    @TempDir
    Path folder;

    private Path manifest;
    private Path weights;

    @BeforeEach
    void save() {
        FIT.model().save(folder);
        manifest = folder.resolve("manifest.json");
        weights = folder.resolve("model.safetensors");
    }

    @Test
    void aModelIsLoadedBackBitByBit() {
        RewardModel loaded = RewardModel.load(folder);
        assertThat(loaded.weights()).isEqualTo(FIT.model().weights());
        assertThat(((LinearModel) loaded).features()).isEqualTo(((LinearModel) FIT.model()).features());
        assertThat(loaded.report()).isEqualTo(FIT.report());
        for (Judgment judgment : Texts.judgments(5, 5, 22)) {
            assertThat(loaded.score(judgment.pair().prompt(), judgment.pair().responseA()))
                    .isEqualTo(FIT.model()
                            .score(judgment.pair().prompt(), judgment.pair().responseA()));
        }
    }

    @Test
    void savedAgainItIsTheSameBytes(@TempDir Path other) throws IOException {
        RewardModel.load(folder).save(other);
        for (String file : List.of("model.safetensors", "manifest.json", "MODEL_CARD.md")) {
            assertThat(other.resolve(file)).hasSameBinaryContentAs(folder.resolve(file));
        }
        try (var files = Files.list(other)) {
            assertThat(files).hasSize(3);
        }
    }

    @Test
    void theCardTellsTheNumbers() throws IOException {
        assertThat(Files.readString(folder.resolve("MODEL_CARD.md")))
                .contains("held-out prompts")
                .contains(String.format(
                        java.util.Locale.ROOT,
                        "%.3f",
                        FIT.report().holdOut().orElseThrow().model().value().orElseThrow()))
                .contains("## Use and limits");
    }

    @Test
    void changedWeightsAreRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(weights);
        bytes[100] ^= 1;
        Files.write(weights, bytes);
        refused("model.safetensors: its SHA-256 is not the one in manifest.json");
    }

    @Test
    void aShortTensorIsRefused() throws IOException {
        change(new byte[17]);
        refused("model.safetensors: its header has 0 bytes");
    }

    @Test
    void aWeightThatIsNoNumberIsRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length - 2] = (byte) 0xc0;
        bytes[bytes.length - 1] = 0x7f;
        change(bytes);
        refused("model.safetensors: number " + (FIT.model().weights().length - 1)
                + " of weights is NaN, must be finite");
    }

    @Test
    void aChangedCardIsRefused() throws IOException {
        Files.writeString(folder.resolve("MODEL_CARD.md"), "# The best model there is\n");
        refused("MODEL_CARD.md: its SHA-256 is not the one in manifest.json");
    }

    private void change(byte[] bytes) throws IOException {
        String before = pairwright.jsonl.Digests.sha256(weights);
        Files.write(weights, bytes);
        change(before, pairwright.jsonl.Digests.sha256(weights));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "model.safetensors" :          | "../model.safetensors" :             | files is [../model.safetensors
            "model.safetensors" :          | "/etc/passwd" :                      | files is [/etc/passwd
            "hash_bits" : 12               | "hash_bits" : 31                     | hash_bits is 31, must be in [8, 24]
            "format_version" : 2           | "format_version" : 3                 | format_version is 3, must be 2
            "architecture" : "linear"      | "architecture" : "pickle"            | must be one of encoder, ensemble, linear, mlp
            "architecture" : "linear",     |                                      | architecture is missing, must be linear, mlp, encoder or ensemble
            "format_version" : 2           | "format_version" : 2, "code" : "x"   | field code is unknown
            "hash_bits" : 12               | "hash_bits" : 12, "run" : "x"        | field features.run is unknown
            "hash_bits" : 12               | "hash_bits" : "12"                   | hash_bits
            """)
    void aManifestThatLiesIsRefused(String from, String to, String message) throws IOException {
        change(from.strip(), to == null ? "" : to.strip());
        refused("manifest.json: ", message);
    }

    /** Whatever field goes missing, at any depth, the model is refused by name and not by an exception of Java's own. */
    @Test
    void noFieldMayBeMissing() throws IOException {
        String whole = Files.readString(manifest);
        java.util.Map<String, Object> fields = pairwright.jsonl.Json.readMap(whole);
        List<String> tried = new java.util.ArrayList<>();
        removeEach(fields, fields, tried);
        assertThat(tried).contains("hash_bits", "files", "gradient_norm", "undecided", "seed");
    }

    @SuppressWarnings("unchecked")
    private void removeEach(java.util.Map<String, Object> root, java.util.Map<String, Object> at, List<String> tried)
            throws IOException {
        for (String key : List.copyOf(at.keySet())) {
            // The optional fields; accuracy is computed from its neighbours, but written by every writer.
            if ((key.equals("hold_out") && at == root.get("report")) || key.equals("length_correlation")) {
                continue;
            }
            Object value = at.get(key);
            if (value instanceof java.util.Map<?, ?> inner && !key.equals("left_out") && !key.equals("data")) {
                removeEach(root, (java.util.Map<String, Object>) inner, tried);
            }
            java.util.Map<String, Object> order = new java.util.LinkedHashMap<>(at);
            at.remove(key);
            Files.writeString(manifest, pairwright.jsonl.Json.pretty(root));
            refused("manifest.json: ", key);
            tried.add(key);
            at.clear();
            at.putAll(order);
        }
    }

    @Test
    void anotherShapeThanTheFeaturesHaveIsRefused() throws IOException {
        String text = Files.readString(manifest);
        int at = text.indexOf("\"hash_bits\" : 12");
        Files.writeString(manifest, text.substring(0, at) + "\"hash_bits\" : 13" + text.substring(at + 16));
        refused("model.safetensors: tensor weights is ");
    }

    @Test
    void whatIsNoJsonOrNotThereIsRefused() throws IOException {
        Files.writeString(manifest, "not json");
        refused("manifest.json: ");
        Files.write(manifest, new byte[2 << 20]);
        refused("must have at most 1048576");
        Files.delete(manifest);
        refused("manifest.json: no such file; give a folder");
    }

    /** A pickle in protocol 0 that makes a file when Python loads it. */
    private byte[] pickle(Path made) {
        return ("cos\nsystem\n(S'touch " + made + "'\ntR.").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.pt", "reward.PTH", "pytorch_model.bin", "last.ckpt", "model.pkl"})
    void aPickleIsRefusedByNameAndNeverLoaded(String name, @TempDir Path place) throws IOException {
        Path ran = place.resolve("ran");
        Path file = Files.write(place.resolve(name), pickle(ran));
        for (Path given : List.of(place, file)) {
            assertThatThrownBy(() -> RewardModel.load(given))
                    .isInstanceOf(BadInput.class)
                    .hasMessageStartingWith(file + ": is a pickle, which can run any code as it is loaded")
                    .hasMessageContainingAll("`fit`", "get-reward:MODEL");
        }
        assertThat(ran).doesNotExist();
    }

    /** As tensors with the right digest, and named in the manifest. */
    @Test
    void aPickleUnderAnotherNameIsRefusedToo() throws IOException {
        Path ran = folder.resolve("ran");
        Files.write(folder.resolve("model.pt"), pickle(ran));
        assertThat(RewardModel.load(folder).weights())
                .as("beside a model it is nobody's")
                .isNotEmpty();
        change(pickle(ran));
        refused("model.safetensors: ");
        assertThat(ran).doesNotExist();
        change("\"model.safetensors\" :", "\"model.pt\" :");
        refused("manifest.json: files is [MODEL_CARD.md, model.pt], must be [MODEL_CARD.md, model.safetensors]");
        assertThat(ran).doesNotExist();
    }

    private void change(String from, String to) throws IOException {
        String text = Files.readString(manifest);
        assertThat(text).contains(from);
        Files.writeString(manifest, text.replace(from, to));
    }

    private void refused(String... parts) {
        assertThatThrownBy(() -> RewardModel.load(folder))
                .isInstanceOf(BadInput.class)
                .hasMessageContainingAll(parts);
    }
}
