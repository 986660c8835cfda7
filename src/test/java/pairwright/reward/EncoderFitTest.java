package pairwright.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pairwright.jsonl.BadInput;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;

class EncoderFitTest {
    /** Stands for the end of the process. */
    private static final class Ended extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    static final EncoderSettings TINY = new EncoderSettings(150, 40, 16, 2, 2, .1, 16, 1, 5e-3, .1, 6, 6, 1, false);
    static final FitSettings SETTINGS = FitSettings.DEFAULT.withEncoder(TINY).withDevice(DeviceChoice.CPU);
    private static final List<Judgment> JUDGMENTS = Texts.judgments(50, 6, 11);
    private static final RewardFit FIT = Embedded.fit(SETTINGS, JUDGMENTS);

    @TempDir
    Path folder;

    @Test
    void aTasteOfWordsIsLearnedAndHoldsOnPromptsNeverSeen() {
        FitReport.Measure unseen = FIT.report().holdOut().orElseThrow();
        assertThat(unseen.prompts()).isEqualTo(10);
        assertThat(unseen.model().value().orElseThrow()).isGreaterThan(.8);
        assertThat(unseen.logLoss()).isLessThan(.65);
        assertThat(FIT.report().device()).startsWith("cpu, PyTorch");
        assertThat(FIT.report().columns()).isEqualTo(FIT.model().weights().length);
    }

    @Test
    void theSameSeedGivesTheSameBitsAndAnotherSeedOthers() {
        RewardFit again = Embedded.fit(SETTINGS, JUDGMENTS);
        assertThat(again.model().weights()).isEqualTo(FIT.model().weights());
        assertThat(again.report()).isEqualTo(FIT.report());
        assertThat(Embedded.fit(SETTINGS.withSeed(2), JUDGMENTS).model().weights())
                .isNotEqualTo(FIT.model().weights());
    }

    @Test
    void rowsInAnotherOrderGiveTheSameVocabulary() {
        List<Judgment> turned = new ArrayList<>(JUDGMENTS);
        java.util.Collections.reverse(turned);
        EncoderSettings brief = new EncoderSettings(150, 40, 16, 1, 2, .1, 16, 1, 5e-3, .1, 1, 1, 1, false);
        RewardFit fit = Embedded.fit(SETTINGS.withEncoder(brief), turned);
        assertThat(fit.model().wordPiece().orElseThrow().pieces())
                .isEqualTo(FIT.model().wordPiece().orElseThrow().pieces());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8})
    void aFitThatEndedGoesOnAndGivesTheSameBits(int most) {
        Path file = folder.resolve("model.checkpoint");
        int[] epochs = {0};
        assertThatThrownBy(() -> BradleyTerryTrainer.with(SETTINGS)
                        .checkpointedIn(file)
                        .fit(JUDGMENTS.iterator(), step -> {
                            if (++epochs[0] == most) {
                                throw new Ended();
                            }
                        }))
                .isInstanceOf(Ended.class);
        int[] more = {0};
        RewardFit resumed =
                BradleyTerryTrainer.with(SETTINGS).checkpointedIn(file).fit(JUDGMENTS.iterator(), step -> more[0]++);
        assertThat(resumed.model().weights()).isEqualTo(FIT.model().weights());
        assertThat(resumed.report()).isEqualTo(FIT.report());
        assertThat(most + more[0])
                .as("no epoch is done twice")
                .isEqualTo(FIT.report().epochs().orElseThrow().size() + lastEpochs());
    }

    /** Epochs of the training on all pairs: as many as the best one of the inner split had. */
    private static int lastEpochs() {
        List<FitReport.Epoch> epochs = FIT.report().epochs().orElseThrow();
        int best = 0;
        for (int k = 0; k < epochs.size(); k++) {
            boolean better = epochs.get(k).innerLogLoss().orElseThrow()
                    < epochs.get(best).innerLogLoss().orElseThrow();
            best = better ? k : best;
        }
        return best + 1;
    }

    @Test
    void aModelIsLoadedBackAndSavedAgainItIsTheSameBytes(@TempDir Path other) throws Exception {
        FIT.model().fittedTo(Map.of("rows.jsonl", "00")).save(folder);
        RewardModel loaded = RewardModel.load(folder);
        assertThat(loaded.architecture()).isEqualTo(Architecture.ENCODER);
        assertThat(loaded.report()).isEqualTo(FIT.report());
        assertThat(loaded.digest()).isEqualTo(FIT.model().digest());
        for (Judgment judgment : JUDGMENTS.subList(0, 5)) {
            assertThat(loaded.score(Response.a(judgment.pair())))
                    .isEqualTo(FIT.model().score(Response.a(judgment.pair())));
        }
        loaded.save(other);
        for (String file : List.of("model.safetensors", "manifest.json", "MODEL_CARD.md", "tokenizer.json")) {
            assertThat(other.resolve(file)).hasSameBinaryContentAs(folder.resolve(file));
        }
        assertThat(Files.readString(folder.resolve("MODEL_CARD.md")))
                .contains("a pre-LN transformer of 2 layers, width 16 and 2 heads")
                .contains("| epoch | training loss |")
                .contains("Up to 40 WordPiece tokens");
    }

    /** However they are batched and padded, up to the rounding of float32; and as the fit has measured them. */
    @Test
    void manyTextsHaveTheRewardsOfEach() {
        List<Response> responses = new ArrayList<>();
        for (Judgment judgment : JUDGMENTS) {
            responses.add(Response.a(judgment.pair()));
        }
        responses.add(Response.of(JUDGMENTS.get(0).pair().prompt(), ""));
        responses.add(Response.of(JUDGMENTS.get(0).pair().prompt(), "clear ".repeat(500)));
        double[] together = FIT.model().scores(responses);
        for (int k = 0; k < together.length; k++) {
            assertThat(together[k]).isCloseTo(FIT.model().score(responses.get(k)), within(1e-5));
        }
    }

    @Test
    void asAJudgeItGivesOneMinusZOfTheSwappedPair() {
        RewardJudge judge = new RewardJudge("reward:encoder", FIT.model());
        var pair = JUDGMENTS.get(0).pair();
        double z = ((Preference) judge.judge(pair).verdict()).z();
        var swapped = Texts.pair("p0", pair.responseB(), pair.responseA());
        assertThat(((Preference) judge.judge(swapped).verdict()).z()).isEqualTo(1 - z);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "width" : 16          | "width" : 18                    | tensor token.weight is
            "width" : 16          | "width" : 17                    | width is 17, must be a multiple of heads
            "layers" : 2          | "layers" : 3000000              | layers is 3000000, must be in [1, 24]
            "max_tokens" : 40     | "max_tokens" : 41               | tensor position.weight is
            "heads" : 2           | "heads" : 2, "code" : "x"       | field encoder.code is unknown
            "architecture" : "encoder" | "architecture" : "mlp"     | mlp is missing
            "tokenizer.json" :    | "../tokenizer.json" :           | files is [../tokenizer.json
            """)
    void aManifestThatSaysOtherwiseIsRefused(String from, String to, String message) throws Exception {
        FIT.model().save(folder);
        Path manifest = folder.resolve("manifest.json");
        String text = Files.readString(manifest);
        // The shape stands behind the report, whose settings have the same names.
        int at = from.contains("json") || from.contains("architecture") ? text.indexOf(from) : text.lastIndexOf(from);
        assertThat(at).isNotNegative();
        Files.writeString(manifest, text.substring(0, at) + to + text.substring(at + from.length()));
        assertThatThrownBy(() -> RewardModel.load(folder))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(message);
    }

    @Test
    void aTokenizerThatWasChangedIsRefused() throws Exception {
        FIT.model().save(folder);
        Path file = folder.resolve("tokenizer.json");
        Files.writeString(file, Files.readString(file).replace("true", "false"));
        assertThatThrownBy(() -> RewardModel.load(folder))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("tokenizer.json: its SHA-256 is not the one in manifest.json");
    }
}
