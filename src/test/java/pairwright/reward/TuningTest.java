package pairwright.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pairwright.jsonl.BadInput;
import pairwright.judge.Judgment;

/** An imported encoder that is trained on: a table of vectors, which is all that the fit needs to change to tell good from bad. */
class TuningTest {
    @TempDir
    Path folder;

    private Path encoder;

    @BeforeEach
    void write() throws Exception {
        encoder = TinyEncoder.withWeights(folder.resolve("encoder"));
    }

    @AfterEach
    void trustNobody() {
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

    private FitSettings settings() {
        TuningSettings tuning = new TuningSettings(encoder.toString(), 16, 8, 2, 1e-2, .1, 8, 8, 1, false);
        return FitSettings.DEFAULT.withTuning(tuning).withDevice(DeviceChoice.CPU);
    }

    @Test
    void anEncoderIsTrainedOnAndSavedAsOneThatIsLoadedWithConsentAlone() throws Exception {
        RewardFit fit = Embedded.fit(settings(), judgments());
        FitReport.Measure unseen = fit.report().holdOut().orElseThrow();
        assertThat(unseen.model().value().orElseThrow()).isGreaterThan(.95);
        assertThat(fit.report().columns()).isEqualTo(2 * TinyEncoder.WORDS * TinyEncoder.WIDTH + TinyEncoder.WIDTH);

        Path saved = folder.resolve("model");
        fit.model().save(saved);
        assertThat(Files.readAllBytes(saved.resolve("encoder.pt")))
                .isNotEqualTo(Files.readAllBytes(encoder.resolve("encoder.pt")));
        assertThatThrownBy(() -> RewardModel.load(saved))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("is TorchScript, a program");
        TinyEncoder.trust(saved);
        RewardModel loaded = RewardModel.load(saved);
        assertThat(loaded.architecture()).isEqualTo(Architecture.ENCODER);
        assertThat(loaded.digest()).isEqualTo(fit.model().digest());
        assertThat(loaded.program()).isEqualTo(fit.model().program());
        List<Response> responses =
                judgments().stream().map(one -> Response.a(one.pair())).toList();
        double[] together = loaded.scores(responses);
        for (int k = 0; k < together.length; k++) {
            double alone = fit.model().score(responses.get(k));
            assertThat(loaded.score(responses.get(k))).isEqualTo(alone);
            assertThat(together[k]).isCloseTo(alone, within(1e-5));
        }
        Path again = folder.resolve("again");
        loaded.save(again);
        for (String file :
                List.of("manifest.json", "MODEL_CARD.md", "encoder.pt", "tokenizer.json", "model.safetensors")) {
            assertThat(again.resolve(file)).hasSameBinaryContentAs(saved.resolve(file));
        }
        assertThat(Files.readString(saved.resolve("MODEL_CARD.md")))
                .contains("an imported encoder that was trained on, 44 parameters")
                .contains("| epoch | training loss |");
    }

    @Test
    void theSameSeedGivesTheSameBytesAndAFitThatEndedGoesOnToThem() throws Exception {
        RewardFit whole = Embedded.fit(settings(), judgments());
        assertThat(Embedded.fit(settings(), judgments()).model().digest())
                .isEqualTo(whole.model().digest());
        Path checkpoint = folder.resolve("model.checkpoint");
        int[] epochs = {0};
        List<Judgment> rows = judgments();
        assertThatThrownBy(() -> BradleyTerryTrainer.with(settings())
                        .checkpointedIn(checkpoint)
                        .fit(rows.iterator(), step -> {
                            if (++epochs[0] == 10) {
                                throw new IllegalStateException("ended");
                            }
                        }))
                .hasMessage("ended");
        RewardFit resumed = BradleyTerryTrainer.with(settings())
                .checkpointedIn(checkpoint)
                .fit(judgments().iterator(), FitProgress.SILENT);
        assertThat(resumed.model().digest()).isEqualTo(whole.model().digest());
        assertThat(resumed.report()).isEqualTo(whole.report());
    }

    /** Central differences of the device's own loss; a parameter that nothing reads has none. */
    @Test
    void theGradientIsTheSlopeOfTheLossForEncoderAndHead() throws Exception {
        TextEncoder opened = TextEncoder.open(encoder, 16, DeviceChoice.CPU);
        List<TextTokens> texts = List.of(
                new TextTokens(new int[] {4, 1, 3}), new TextTokens(new int[] {4, 2}),
                new TextTokens(new int[] {4, 3, 3, 1}), new TextTokens(new int[] {2}));
        NetworkPairs pairs = new NetworkPairs(
                new int[] {0, 2}, new int[] {1, 3}, new double[] {1, .3}, new double[] {1, 2}, new int[2], new int[2]);
        try (TunedOnDevice network = new TunedOnDevice(opened, texts);
                NetworkDevice device =
                        new NetworkDevice(Torch.on(DeviceChoice.CPU), network, LossSettings.DEFAULT, 2, 1)) {
            float[] start = network.start(3);
            device.set(NetworkState.of(start));
            // Twice, so that what the first step left in the module's own gradients would show.
            device.step(pairs, new int[] {0, 1}, 0, 2, 1, 1e-30, 0, 1e9);
            device.set(NetworkState.of(start));
            device.step(pairs, new int[] {0, 1}, 0, 2, 1, 1e-30, 0, 1e9);
            float[] first = device.state().first();
            for (int k = 0; k < start.length; k++) {
                double slope = (loss(device, pairs, start, k, 1e-3f) - loss(device, pairs, start, k, -1e-3f)) / 2e-3;
                assertThat(10 * (double) first[k])
                        .as("parameter " + k)
                        .isCloseTo(slope, within(1e-3 + 1e-2 * Math.abs(slope)));
            }
            assertThat(Arrays.copyOfRange(first, 20, 40)).containsOnly(0f);
            assertThat(IntStream.range(0, 20)
                            .mapToDouble(k -> Math.abs(first[k]))
                            .sum())
                    .isGreaterThan(1e-3);
        }
    }

    private static double loss(NetworkDevice device, NetworkPairs pairs, float[] start, int k, float by) {
        float[] moved = start.clone();
        moved[k] += by;
        device.set(NetworkState.of(moved));
        double[] d = device.differences(pairs);
        double sum = 0;
        for (int i = 0; i < d.length; i++) {
            sum += pairs.weight()[i] * SoftLoss.loss(pairs.z()[i], d[i]);
        }
        return sum / Arrays.stream(pairs.weight()).sum();
    }

    @Test
    void whatCannotBeTrainedIsRefused() throws Exception {
        Path without = TinyEncoder.in(folder.resolve("without"));
        TuningSettings tuning = TuningSettings.of(without.toString());
        assertThatThrownBy(() -> Embedded.fit(FitSettings.DEFAULT.withTuning(tuning), judgments()))
                .isInstanceOf(BadInput.class)
                .hasMessageContainingAll("encoder.pt: has no parameters", "read it frozen, by architecture mlp");
        assertThatThrownBy(() -> settings()
                        .withEnsemble(new EnsembleSettings(List.of(Architecture.ENCODER), 2, Combination.AVERAGE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("an imported encoder is trained on alone");
    }

    /** Needs a Python with torch, named by {@code PAIRWRIGHT_PYTHON} or in target/bench/venv. */
    @Test
    void pythonLoadsWhatWasSavedAndGivesItsRewards() throws Exception {
        Path python =
                Path.of(Optional.ofNullable(System.getenv("PAIRWRIGHT_PYTHON")).orElse("target/bench/venv/bin/python"));
        boolean there =
                Files.isExecutable(python) && run(python, "import torch").startsWith("0 ");
        if (!there) {
            System.out.println("pythonLoadsWhatWasSavedAndGivesItsRewards skipped: " + python + " has no torch");
        }
        Assumptions.assumeTrue(there, python + " has no torch");
        RewardFit fit = Embedded.fit(settings(), judgments());
        Path saved = folder.resolve("model");
        fit.model().save(saved);
        String said = run(python, """
                import json, struct, torch
                raw = open("%1$s/model.safetensors", "rb").read()
                size = struct.unpack("<Q", raw[:8])[0]
                at, end = json.loads(raw[8:8 + size])["head.weight"]["data_offsets"]
                head = torch.tensor(struct.unpack("<4f", raw[8 + size + at:8 + size + end]))
                module = torch.jit.load("%1$s/encoder.pt")
                ids = torch.tensor([[0, 0, 1, 3]])
                print(float(module(ids, torch.ones_like(ids))[0].mean(0) @ head))
                """.formatted(saved));
        assertThat(said).startsWith("0 ");
        // "Question p" is two words that the tokenizer does not know.
        Response response = Response.of(Texts.pair("p", "a", "b").prompt(), "good plain");
        assertThat(Double.parseDouble(said.substring(2).strip()))
                .isCloseTo(fit.model().score(response), within(1e-5));
    }

    /** Exit code and what was printed. */
    private static String run(Path python, String script) throws Exception {
        Process process = new ProcessBuilder(python.toString(), "-c", script)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        return process.exitValue() + " " + out;
    }

    @Test
    void aManifestOfAnotherWidthIsRefused() throws Exception {
        Path saved = folder.resolve("model");
        Embedded.fit(settings(), judgments()).model().fittedTo(Map.of()).save(saved);
        TinyEncoder.trust(saved);
        Path manifest = saved.resolve("manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace("\"width\" : 4", "\"width\" : 5"));
        assertThatThrownBy(() -> RewardModel.load(saved))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("tensor head.weight");
    }
}
