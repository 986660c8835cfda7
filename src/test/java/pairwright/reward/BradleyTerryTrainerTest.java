package pairwright.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import pairwright.jsonl.BadInput;
import pairwright.judge.Abstention;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;

class BradleyTerryTrainerTest {
    private static final FitSettings SETTINGS = FitSettings.DEFAULT
            .withFeatures(FeatureSettings.DEFAULT.withHashBits(14))
            .withDevice(DeviceChoice.CPU);

    private static RewardFit fit(FitSettings settings, List<Judgment> judgments) {
        return BradleyTerryTrainer.with(settings).fit(judgments.iterator(), FitProgress.SILENT);
    }

    @Test
    void aTasteIsLearnedAndHoldsOnPromptsNeverSeen() {
        FitReport report = fit(SETTINGS, Texts.judgments(60, 12, 1)).report();
        FitReport.Measure unseen = report.holdOut().orElseThrow();
        assertThat(unseen.prompts()).isEqualTo(12);
        assertThat(report.training().prompts()).isEqualTo(48);
        assertThat(unseen.model().value().orElseThrow()).isGreaterThan(.85);
        assertThat(unseen.logLoss()).isLessThan(.65);
        assertThat(report.converged()).isTrue();
        assertThat(report.search()).hasSize(5);
        assertThat(report.gradientNorm()).isLessThanOrEqualTo(1e-6 * report.l2());
    }

    /** The objective is strongly convex, so the row order may change only roundings. */
    @Test
    void theOrderOfTheRowsChangesNoWeight() {
        List<Judgment> judgments = Texts.judgments(40, 8, 2);
        List<Judgment> shuffled = new ArrayList<>(judgments);
        Collections.shuffle(shuffled, new Random(5));
        RewardFit first = fit(SETTINGS, judgments);
        RewardFit second = fit(SETTINGS, shuffled);
        assertThat(second.report().l2()).isEqualTo(first.report().l2());
        assertThat(second.report().holdOut().orElseThrow().model())
                .isEqualTo(first.report().holdOut().orElseThrow().model());
        assertThat(second.model().weights()).containsExactly(first.model().weights(), within(4e-6f));
    }

    @Test
    void theSameFitTwiceGivesTheSameBits() {
        List<Judgment> judgments = Texts.judgments(20, 8, 3);
        RewardFit first = fit(SETTINGS, judgments);
        RewardFit second = fit(SETTINGS, judgments);
        assertThat(second.model().weights()).isEqualTo(first.model().weights());
        assertThat(second.report()).isEqualTo(first.report());
    }

    @Test
    void swappedPairsGiveTheSameModel() {
        List<Judgment> judgments = Texts.judgments(20, 8, 4);
        List<Judgment> swapped = judgments.stream()
                .map(j -> Texts.judged(
                        j.pair().prompt().id(),
                        j.pair().responseB(),
                        j.pair().responseA(),
                        1 - ((Preference) j.verdict()).z()))
                .toList();
        assertThat(fit(SETTINGS, swapped).model().weights())
                .containsExactly(fit(SETTINGS, judgments).model().weights(), within(4e-6f));
    }

    @Test
    void allTiesGiveTheZeroModel() {
        List<Judgment> ties = Texts.judgments(10, 5, 5).stream()
                .map(j -> Judgment.of(j.pair(), "tie", Preference.TIE))
                .toList();
        RewardFit fit = fit(SETTINGS, ties);
        assertThat(fit.model().weights()).containsOnly(0);
        assertThat(fit.report().training().ties()).isEqualTo(40);
        assertThat(fit.report().training().model().value()).isEmpty();
        assertThat(fit.report().training().logLoss()).isCloseTo(Math.log(2), within(1e-12));
        assertThat(fit.report().l2()).as("of equals the strongest penalty").isEqualTo(1e-2);
    }

    @Test
    void separablePairsConvergeBecauseOfThePenalty() {
        List<Judgment> pairs = new ArrayList<>();
        for (int k = 0; k < 30; k++) {
            pairs.add(Texts.judged("q" + k, "good answer number " + k, "bad reply number " + k, 1));
        }
        RewardFit fit = fit(SETTINGS, pairs);
        assertThat(fit.report().converged()).isTrue();
        assertThat(fit.report().holdOut().orElseThrow().model().value()).contains(1.0);
        for (float weight : fit.model().weights()) {
            assertThat(weight).isFinite();
        }
    }

    @Test
    void oneRowIsEnough() {
        RewardFit fit = fit(SETTINGS, List.of(Texts.judged("q", "yes.", "no", .8)));
        FitReport report = fit.report();
        assertThat(report.holdOut()).isEmpty();
        assertThat(report.search()).isEmpty();
        assertThat(report.l2()).isEqualTo(1e-3);
        double d = fit.model().score(Texts.pair("q", "yes.", "no").prompt(), "yes.")
                - fit.model().score(Texts.pair("q", "yes.", "no").prompt(), "no");
        assertThat(d).isPositive().isLessThan(Math.log(4));
    }

    @Test
    void rowsThatCannotBeUsedAreCountedByReason() {
        List<Judgment> judgments = new ArrayList<>(Texts.judgments(10, 2, 6));
        judgments.add(Judgment.of(Texts.pair("x", "a", "b"), "j", new Abstention(Abstention.Reason.REFUSED, "no")));
        judgments.add(Judgment.of(Texts.pair("x", "a", "b"), "j", new Abstention(Abstention.Reason.ABSENT, "none")));
        judgments.add(Judgment.of(Texts.pair("x", "c", "d"), "j", new Abstention(Abstention.Reason.ABSENT, "none")));
        judgments.add(Texts.judged("x", "same", "same", 1));
        FitReport report = fit(SETTINGS, judgments).report();
        assertThat(report.rows()).isEqualTo(24);
        assertThat(report.leftOut())
                .containsEntry("REFUSED", 1L)
                .containsEntry("ABSENT", 2L)
                .containsEntry("IDENTICAL", 1L)
                .hasSize(3);
        assertThat(report.training().rows() + report.holdOut().orElseThrow().rows())
                .isEqualTo(20);
    }

    @Test
    void noUsableRowIsRefusedWithTheReason() {
        assertThatThrownBy(() -> fit(SETTINGS, List.of()))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("no usable row among 0 judgments");
        assertThatThrownBy(() -> fit(
                        SETTINGS,
                        List.of(Judgment.of(
                                Texts.pair("x", "a", "b"), "j", new Abstention(Abstention.Reason.TRUNCATED, "cut")))))
                .hasMessageContaining("{TRUNCATED=1}")
                .hasMessageContaining("needs at least one preference");
    }

    @Test
    void aFitCutShortIsReportedAsNotConverged() {
        FitReport report =
                fit(SETTINGS.withMaxIterations(2), Texts.judgments(10, 5, 8)).report();
        assertThat(report.iterations()).isEqualTo(2);
        assertThat(report.converged()).isFalse();
    }

    @Test
    void progressTellsOfEachIteration() {
        List<FitProgress.Step> steps = new ArrayList<>();
        RewardFit fit =
                BradleyTerryTrainer.with(SETTINGS).fit(Texts.judgments(20, 5, 9).iterator(), steps::add);
        FitProgress.Step last = steps.get(steps.size() - 1);
        assertThat(steps.get(0).search()).isTrue();
        assertThat(last.search()).isFalse();
        assertThat(last.fit()).isEqualTo(last.fits()).isEqualTo(16);
        assertThat(last.iteration()).isEqualTo(fit.report().iterations());
        assertThat(last.objective()).isEqualTo(fit.report().objective());
        assertThat(last.gradientNorm()).isEqualTo(fit.report().gradientNorm());
        assertThat(last.pairsPerSecond()).isPositive();
    }
}
