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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pairwright.jsonl.BadInput;
import pairwright.judge.Judgment;

class EnsembleTest {
    private static final FeatureSettings FEATURES = FeatureSettings.DEFAULT.withHashBits(10);
    private static final List<Judgment> WORDS = Texts.judgments(40, 6, 3);
    private static final FitSettings THREE = FitSettings.DEFAULT
            .withFeatures(FEATURES)
            .withL2(List.of(1e-3))
            .withEnsemble(new EnsembleSettings(List.of(Architecture.LINEAR), 3, Combination.AVERAGE));
    private static final RewardFit FIT = Embedded.fit(THREE, WORDS);

    @TempDir
    Path folder;

    @Test
    void theFirstMemberIsTheModelThatWouldStandAloneAndTheOthersAreOfOtherSamples() {
        EnsembleModel model = (EnsembleModel) FIT.model();
        float[] alone =
                Embedded.fit(THREE.only(Architecture.LINEAR), WORDS).model().weights();
        assertThat(model.members().get(0).model().weights()).isEqualTo(alone);
        assertThat(model.members().get(1).model().weights()).isNotEqualTo(alone);
        assertThat(model.members().get(2).model().weights())
                .isNotEqualTo(model.members().get(1).model().weights());
        assertThat(FIT.report().members().orElseThrow())
                .extracting(FitReport.Member::weight)
                .allSatisfy(weight -> assertThat(weight).isCloseTo(1.0 / 3, within(1e-15)));
        assertThat(FIT.report().members().orElseThrow())
                .extracting(FitReport.Member::seed)
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void theRewardIsTheMeanAndTheSpreadTheDeviationOfTheMembers() {
        EnsembleModel model = (EnsembleModel) FIT.model();
        Response good = Response.a(Texts.pair("p", "clear kind exact", "vague rude wrong"));
        Response bad = Response.b(Texts.pair("p", "clear kind exact", "vague rude wrong"));
        double[] d = model.members().stream()
                .mapToDouble(m -> m.model().score(good) - m.model().score(bad))
                .toArray();
        double mean = (d[0] + d[1] + d[2]) / 3;
        assertThat(model.score(good) - model.score(bad)).isCloseTo(mean, within(1e-12));
        double variance = (Math.pow(d[0] - mean, 2) + Math.pow(d[1] - mean, 2) + Math.pow(d[2] - mean, 2)) / 3;
        assertThat(model.spread(good, bad).orElseThrow()).isCloseTo(Math.sqrt(variance), within(1e-12));
        assertThat(model.spread(bad, good)).isEqualTo(model.spread(good, bad));
        assertThat(model.spread(good, good)).contains(0.0);
    }

    @Test
    void aSecondFitIsTheSameBitsWhateverTheOrderOfTheRows() {
        List<Judgment> turned = new ArrayList<>(WORDS);
        java.util.Collections.reverse(turned);
        RewardFit again = Embedded.fit(THREE, turned);
        assertThat(again.model().weights()).containsExactly(FIT.model().weights(), within(4e-6f));
        assertThat(Embedded.fit(THREE, WORDS).model().weights())
                .isEqualTo(FIT.model().weights());
    }

    @Test
    void aStackGivesItsWeightToTheArchitectureThatKnows() {
        FitSettings stack = Embedded.SETTINGS
                .withFeatures(FEATURES)
                .withEnsemble(
                        new EnsembleSettings(List.of(Architecture.LINEAR, Architecture.MLP), 1, Combination.STACK));
        RewardFit fit = Embedded.fit(stack, Embedded.judgments(60, 8, 31));
        List<FitReport.Member> members = fit.report().members().orElseThrow();
        // The texts are names without a meaning; the taste is in the numbers, which the network alone reads.
        assertThat(members.get(1).weight())
                .isGreaterThan(.7)
                .isGreaterThan(members.get(0).weight());
        assertThat(fit.report().holdOut().orElseThrow().logLoss())
                .isLessThan(members.get(0).holdOut().orElseThrow().logLoss());
        assertThat(fit.report().holdOut().orElseThrow().model().value().orElseThrow())
                .isGreaterThan(.85);
        fit.model().save(folder);
        RewardModel loaded = RewardModel.load(folder);
        assertThat(loaded.embeddings()).contains("e");
        Response response = Response.a(Embedded.judgments(1, 1, 9).get(0).pair());
        assertThat(loaded.score(response)).isEqualTo(fit.model().score(response));
    }

    @Test
    void aModelIsLoadedBackBitByBitAndSavedAgainItIsTheSameBytes(@TempDir Path other) throws IOException {
        FIT.model().fittedTo(Map.of("rows.jsonl", "00")).save(folder);
        RewardModel loaded = RewardModel.load(folder);
        assertThat(loaded.architecture()).isEqualTo(Architecture.ENSEMBLE);
        assertThat(loaded.report()).isEqualTo(FIT.report());
        assertThat(loaded.digest()).isEqualTo(FIT.model().digest());
        loaded.save(other);
        for (String name : List.of("model.safetensors", "manifest.json", "MODEL_CARD.md")) {
            assertThat(other.resolve(name)).hasSameBinaryContentAs(folder.resolve(name));
        }
        assertThat(Files.readString(folder.resolve("MODEL_CARD.md"))).contains("| linear | 2 | 0.3333 |");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "weight" : 0.3333333333333333  | "weight" : -1                 | weight is -1.0, must be at least 0 and finite
            "architecture" : "ensemble"    | "architecture" : "linear"     | features is missing
            "architecture" : "linear"      | "architecture" : "ensemble"   | members.architecture is ensemble
            "hash_bits" : 10               | "hash_bits" : 11              | tensor member1.weights is
            """)
    void aManifestThatLiesOfTheMembersIsRefused(String from, String to, String message) throws IOException {
        FIT.model().save(folder);
        Path manifest = folder.resolve("manifest.json");
        String text = Files.readString(manifest);
        assertThat(text).contains(from);
        int at = text.indexOf(from);
        Files.writeString(manifest, text.substring(0, at) + to + text.substring(at + from.length()));
        assertThatThrownBy(() -> RewardModel.load(folder))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(message);
    }

    @Test
    void whatIsNoEnsembleIsRefused() {
        assertThatThrownBy(() -> new EnsembleSettings(List.of(Architecture.LINEAR), 1, Combination.AVERAGE))
                .hasMessageContaining("has one member, must have at least 2");
        assertThatThrownBy(() -> new EnsembleSettings(List.of(Architecture.LINEAR), 2, Combination.STACK))
                .hasMessageContaining("is one architecture; take average");
        assertThatThrownBy(() ->
                        new EnsembleSettings(List.of(Architecture.LINEAR, Architecture.LINEAR), 2, Combination.AVERAGE))
                .hasMessageContaining("each once");
    }
}
