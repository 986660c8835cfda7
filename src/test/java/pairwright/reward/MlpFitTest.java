package pairwright.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pairwright.jsonl.BadInput;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;
import pairwright.pair.Pair;

class MlpFitTest {
    private static final List<Judgment> JUDGMENTS = Embedded.judgments(80, 10, 31);
    private static final RewardFit FIT = Embedded.fit(Embedded.SETTINGS, JUDGMENTS);

    @TempDir
    Path folder;

    @Test
    void aTasteThatNoLineTellsIsLearnedAndHoldsOnPromptsNeverSeen() {
        FitReport report = FIT.report();
        FitReport.Measure unseen = report.holdOut().orElseThrow();
        assertThat(unseen.prompts()).isEqualTo(16);
        assertThat(unseen.model().value().orElseThrow()).isGreaterThan(.9);
        assertThat(unseen.logLoss()).isLessThan(.5);
        assertThat(report.search()).as("one training for each decay").hasSize(2);
        assertThat(report.device()).startsWith("cpu, PyTorch");
        List<FitReport.Epoch> epochs = report.epochs().orElseThrow();
        assertThat(epochs.get(epochs.size() - 1).trainingLoss())
                .isLessThan(epochs.get(0).trainingLoss());
        assertThat(report.search().stream()
                        .mapToDouble(FitReport.Tried::logLoss)
                        .min()
                        .orElseThrow())
                .as("the best epoch of the training that is shown")
                .isEqualTo(epochs.stream()
                        .mapToDouble(epoch -> epoch.innerLogLoss().orElseThrow())
                        .min()
                        .orElseThrow());
    }

    @Test
    void theSameSeedGivesTheSameBitsAndAnotherSeedOthers() {
        RewardFit again = Embedded.fit(Embedded.SETTINGS, JUDGMENTS);
        assertThat(again.model().weights()).isEqualTo(FIT.model().weights());
        assertThat(again.report()).isEqualTo(FIT.report());
        assertThat(Embedded.fit(Embedded.SETTINGS.withSeed(2), JUDGMENTS)
                        .model()
                        .weights())
                .isNotEqualTo(FIT.model().weights());
    }

    @Test
    void stepsOfWholeGroupsLearnTheTasteToo() {
        MlpSettings mlp = Embedded.MLP;
        FitSettings groups = Embedded.SETTINGS
                .withMlp(new MlpSettings(
                        mlp.embeddings(),
                        mlp.hidden(),
                        mlp.batch(),
                        1,
                        mlp.learningRate(),
                        .05,
                        12,
                        5,
                        1,
                        Optional.empty(),
                        true))
                .withL2(List.of(.01));
        RewardFit fit = Embedded.fit(groups, JUDGMENTS);
        assertThat(fit.report().holdOut().orElseThrow().model().value().orElseThrow())
                .isGreaterThan(.85);
    }

    @Test
    void patienceEndsATraining() {
        // Coins cannot be predicted, so the inner split soon gets no better.
        List<Judgment> coins = JUDGMENTS.stream()
                .map(j -> Judgment.of(
                        j.pair(), "coin", new Preference(j.pair().id().hashCode() % 2 == 0 ? 1 : 0)))
                .toList();
        FitReport report = Embedded.fit(Embedded.SETTINGS, coins).report();
        assertThat(report.converged()).isTrue();
        assertThat(report.epochs().orElseThrow().size()).isLessThan(Embedded.MLP.maxEpochs());
    }

    @Test
    void onlyAFewPromptsAreTrainedOnForAllEpochs() {
        FitReport report = Embedded.fit(Embedded.SETTINGS.withHoldOut(0), Embedded.judgments(2, 20, 5))
                .report();
        assertThat(report.epochs().orElseThrow()).hasSize(Embedded.MLP.maxEpochs());
        assertThat(report.temperature()).isEqualTo(1);
        assertThat(report.search()).isEmpty();
    }

    @Test
    void aModelIsLoadedBackBitByBitAndSavedAgainItIsTheSameBytes(@TempDir Path other) throws Exception {
        FIT.model().fittedTo(Map.of("rows.jsonl", "00")).save(folder);
        RewardModel loaded = RewardModel.load(folder);
        assertThat(loaded.architecture()).isEqualTo(Architecture.MLP);
        assertThat(loaded.report()).isEqualTo(FIT.report());
        assertThat(loaded.digest()).isEqualTo(FIT.model().digest());
        for (Judgment judgment : Embedded.judgments(5, 5, 32)) {
            assertThat(loaded.score(Response.a(judgment.pair())))
                    .isEqualTo(FIT.model().score(Response.a(judgment.pair())));
        }
        loaded.save(other);
        for (String file : List.of("model.safetensors", "manifest.json", "MODEL_CARD.md")) {
            assertThat(other.resolve(file)).hasSameBinaryContentAs(folder.resolve(file));
        }
        assertThat(Files.readString(folder.resolve("MODEL_CARD.md")))
                .contains("24 hidden units")
                .contains("| epoch | training loss |")
                .contains("4 numbers of the field `e`")
                .contains("## Use and limits");
    }

    @Test
    void asAJudgeItGivesOneMinusZOfTheSwappedPair() {
        RewardJudge judge = new RewardJudge("reward:mlp", FIT.model());
        Pair pair = JUDGMENTS.get(0).pair();
        Pair swapped = Texts.pair("p0", pair.responseB(), pair.responseA())
                .withFields(Map.of(
                        "e_a", pair.fields().get("e_b"),
                        "e_b", pair.fields().get("e_a")));
        double z = ((Preference) judge.judge(pair).verdict()).z();
        assertThat(((Preference) judge.judge(swapped).verdict()).z()).isEqualTo(1 - z);
    }

    @Test
    void aRowWithoutTheNumbersIsNamed() {
        Pair pair = JUDGMENTS.get(0).pair();
        assertThatThrownBy(() -> FIT.model().score(pair.prompt(), "text"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("e is missing, must be a list of numbers");
        assertThatThrownBy(() -> FIT.model().score(Response.a(pair.withFields(Map.of("e_a", List.of(1, 2, 3))))))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("e_a has 3 numbers, must have 4");
        assertThatThrownBy(() ->
                        FIT.model().score(Response.a(pair.withFields(Map.of("e_a", Arrays.asList(1, 2, "x", 4))))))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("e_a[2] is x, must be a finite number");
    }

    @Test
    void styleIsReadWhereNoFieldIsNamed() {
        FitSettings settings = FitSettings.DEFAULT.withMlp(MlpSettings.DEFAULT).withDevice(DeviceChoice.CPU);
        RewardFit fit = Embedded.fit(settings, Texts.judgments(30, 8, 3));
        assertThat(fit.report().columns()).isEqualTo(Style.COLUMNS);
        Pair pair = Texts.judgments(1, 1, 4).get(0).pair();
        assertThat(fit.model().score(pair.prompt(), pair.responseA()))
                .isNotEqualTo(fit.model().score(pair.prompt(), pair.responseB()));
    }

    @Test
    void allTiesGiveEqualRewardsNearly() {
        List<Judgment> ties = JUDGMENTS.stream()
                .map(j -> Judgment.of(j.pair(), "tie", Preference.TIE))
                .toList();
        assertThat(Embedded.fit(Embedded.SETTINGS, ties).report().training().logLoss())
                .isCloseTo(Math.log(2), within(.01));
    }

    @Test
    void whatIsForLinearModelsAloneIsRefused() {
        assertThatThrownBy(() -> Embedded.SETTINGS.withDevice(DeviceChoice.JAVA))
                .hasMessageContaining("device java is for architecture linear");
        assertThatThrownBy(() -> Embedded.SETTINGS.withLength(LengthTreatment.COVARIATE))
                .hasMessageContaining("length covariate");
        assertThatThrownBy(() -> Embedded.SETTINGS.withLoss(new LossSettings(0, 0, 0, 0, false, TieModel.DAVIDSON)))
                .hasMessageContaining("ties");
        assertThatThrownBy(() -> new MlpSettings(Optional.empty(), 0, 1, 1, .1, 0, 1, 1, 1, Optional.empty(), false))
                .hasMessageContaining("hidden is 0, must be in [1, 4096]");
    }
}
