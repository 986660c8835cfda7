package pairwright.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pairwright.jsonl.BadInput;
import pairwright.judge.Judgment;
import pairwright.prompt.Message;
import pairwright.prompt.Prompt;

class EncoderTest {
    @TempDir
    static Path shared;

    private static Path encoder;

    @TempDir
    Path folder;

    @BeforeAll
    static void write() throws IOException {
        encoder = TinyEncoder.in(shared.resolve("encoder"));
    }

    @AfterAll
    static void trustNobody() {
        System.clearProperty(TorchScriptConsent.PROPERTY);
    }

    private static List<Judgment> judgments() {
        Random random = new Random(5);
        List<Judgment> judgments = new ArrayList<>();
        for (int k = 0; k < 120; k++) {
            boolean first = random.nextBoolean();
            String good = "good " + "plain ".repeat(random.nextInt(4));
            String bad = "bad " + "plain ".repeat(random.nextInt(4));
            judgments.add(Texts.judged("p" + k / 4, first ? good : bad, first ? bad : good, first ? 1 : 0));
        }
        return judgments;
    }

    private static FitSettings settings() {
        return FitSettings.DEFAULT
                .withMlp(new MlpSettings(
                        Optional.empty(),
                        8,
                        16,
                        1,
                        1e-2,
                        .05,
                        12,
                        5,
                        1,
                        Optional.of(new MlpSettings.EncoderChoice(encoder.toString(), 16)),
                        false))
                .withL2(List.of(.01))
                .withDevice(DeviceChoice.CPU);
    }

    private static float[] embedding(TextEncoder opened, String response) {
        return opened.embedding(Response.of(new Prompt("p", List.of(Message.user("question")), Map.of()), response));
    }

    @Test
    void anEmbeddingIsTheMeanOfTheTokensVectorsAndLongTextsAreCut() {
        TextEncoder opened = TextEncoder.open(encoder, 8, DeviceChoice.CPU);
        // question, good, plain: ids 4, 1 and 3.
        assertThat(embedding(opened, "good plain")[0])
                .isCloseTo((float) ((Math.sin(4) + Math.sin(1) + Math.sin(3)) / 3), within(1e-6f));
        assertThat(embedding(opened, "good plain")[3])
                .isCloseTo((float) ((Math.sin(16) + Math.sin(4) + Math.sin(12)) / 3), within(1e-6f));
        assertThat(embedding(opened, "good ".repeat(7))).isEqualTo(embedding(opened, "good ".repeat(70)));
    }

    /** However they are batched and padded, up to the rounding of float32; a text without a token has the vector 0. */
    @Test
    void manyTextsHaveTheEmbeddingsOfEach() {
        TextEncoder opened = TextEncoder.open(encoder, 40, DeviceChoice.CPU);
        List<TextTokens> texts = new ArrayList<>();
        Random random = new Random(2);
        for (int k = 0; k < 150; k++) {
            texts.add(new TextTokens(random.ints(random.nextInt(41), 0, 5).toArray()));
        }
        float[][] together = opened.embeddings(texts);
        for (int k = 0; k < together.length; k++) {
            int[] ids = texts.get(k).ids();
            for (int column = 0; column < 4; column++) {
                int times = column + 1;
                double mean = java.util.Arrays.stream(ids)
                        .mapToDouble(id -> Math.sin((double) times * id))
                        .average()
                        .orElse(0);
                assertThat(together[k][column]).isCloseTo((float) mean, within(1e-6f));
            }
        }
    }

    @Test
    void aHeadOverAnEncoderLearnsAndIsSavedWithItAndLoadedOnlyWithConsent(@TempDir Path other) throws IOException {
        RewardFit fit = Embedded.fit(settings(), judgments());
        assertThat(fit.report().holdOut().orElseThrow().model().value().orElseThrow())
                .isGreaterThan(.9);
        fit.model().save(folder);
        assertThat(folder.resolve("encoder.pt")).hasSameBinaryContentAs(encoder.resolve("encoder.pt"));
        RewardModel loaded = RewardModel.load(folder);
        Response response = Response.of(Texts.pair("p", "a", "b").prompt(), "good plain");
        assertThat(loaded.score(response)).isEqualTo(fit.model().score(response));
        loaded.save(other);
        assertThat(other.resolve("manifest.json")).hasSameBinaryContentAs(folder.resolve("manifest.json"));
        loaded.save(folder);
        assertThat(RewardModel.load(folder).digest()).isEqualTo(loaded.digest());

        String trusted = System.getProperty(TorchScriptConsent.PROPERTY);
        try {
            System.setProperty(TorchScriptConsent.PROPERTY, "0".repeat(64));
            assertThatThrownBy(() -> RewardModel.load(folder))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContainingAll("is TorchScript, a program", TorchScriptConsent.VARIABLE + "=" + trusted);
        } finally {
            System.setProperty(TorchScriptConsent.PROPERTY, trusted);
        }
        Files.writeString(folder.resolve("tokenizer.json"), "{}");
        assertThatThrownBy(() -> RewardModel.load(folder))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("tokenizer.json: its SHA-256 is not the one in manifest.json");
        Files.delete(folder.resolve("encoder.pt"));
        assertThatThrownBy(() -> RewardModel.load(folder)).hasMessageContaining("encoder.pt: no such file");
    }

    @Test
    void aFolderThatIsNoEncoderIsRefused() throws IOException {
        assertThatThrownBy(() -> TextEncoder.open(folder, 16, DeviceChoice.CPU))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("encoder.pt: no such file; an encoder is a folder with");
        Files.writeString(folder.resolve("model.onnx"), "");
        assertThatThrownBy(() -> TextEncoder.open(folder, 16, DeviceChoice.CPU))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("model.onnx is ONNX, which is not read: export the same encoder as TorchScript");
        Path seen = TinyEncoder.thatSeesPadding(folder.resolve("seen"));
        assertThatThrownBy(() -> TextEncoder.open(seen, 16, DeviceChoice.CPU))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("encoder.pt: gives other vectors for a text beside a longer one");
        Path broken = TinyEncoder.in(folder.resolve("broken"));
        Files.writeString(broken.resolve("tokenizer.json"), "{");
        assertThatThrownBy(() -> TextEncoder.open(broken, 16, DeviceChoice.CPU))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("tokenizer.json: cannot be used as a tokenizer");
    }
}
