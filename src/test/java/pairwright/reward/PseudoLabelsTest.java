package pairwright.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import pairwright.jsonl.BadInput;
import pairwright.judge.Abstention;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;

class PseudoLabelsTest {
    private static final FitSettings SETTINGS = FitSettings.DEFAULT
            .withFeatures(FeatureSettings.DEFAULT.withHashBits(10))
            .withL2(List.of(1e-3, 1e-2))
            .withHoldOut(.4);
    private static final List<Judgment> ALL = Texts.judgments(40, 8, 3);

    /** The first four pairs of each prompt keep their labels. */
    private static List<FitRow> rows(boolean told) {
        List<FitRow> rows = new ArrayList<>();
        for (int i = 0; i < ALL.size(); i++) {
            Judgment judgment = ALL.get(i);
            if (i % 8 < 4) {
                rows.add(FitRow.of(judgment));
            } else {
                Judgment bare = Judgment.of(judgment.pair(), "taste", new Abstention(Abstention.Reason.ABSENT, "none"));
                rows.add(new FitRow(
                        bare,
                        1,
                        judgment.pair().prompt().id(),
                        Optional.empty(),
                        told ? Optional.of(judgment.verdict()) : Optional.empty()));
            }
        }
        return rows;
    }

    private static FitReport fit(FitSettings settings, boolean told) {
        return BradleyTerryTrainer.with(settings)
                .fitWeighted(rows(told).iterator(), FitProgress.SILENT)
                .report();
    }

    @Test
    void theFirstFitIsTheOneWithoutThemAndNoPairOfAHeldOutPromptIsLabelled() {
        FitReport plain = fit(SETTINGS, false);
        FitReport report = fit(SETTINGS.withPseudoLabels(new PseudoLabels(PseudoLabels.SELF, .7)), false);
        FitReport.PseudoLabelled labelled = report.pseudoLabelled().orElseThrow();
        assertThat(labelled.without()).isEqualTo(plain.holdOut().orElseThrow());
        assertThat(labelled.unlabelled())
                .as("four pairs of each prompt of the training")
                .isEqualTo(24 * 4);
        assertThat(labelled.labelled()).isBetween(10, 95);
        assertThat(report.training().rows())
                .isEqualTo(plain.training().rows() + (labelled.kept() ? labelled.labelled() : 0));
        assertThat(labelled.kept())
                .isEqualTo(labelled.with().orElseThrow().logLoss()
                        < labelled.without().logLoss());
        assertThat(report.holdOut()).contains(labelled.kept() ? labelled.with().orElseThrow() : labelled.without());
    }

    @Test
    void labelsOfAJudgeThatKnowsHelp() {
        FitReport report = fit(SETTINGS.withPseudoLabels(new PseudoLabels("reward:known", .6)), true);
        FitReport.PseudoLabelled labelled = report.pseudoLabelled().orElseThrow();
        long sure = rows(true).stream()
                .filter(row -> row.taught().isPresent())
                .filter(row -> Math.abs(((Preference) row.taught().get()).z() - .5) >= .1)
                .count();
        assertThat(labelled.labelled()).isPositive().isLessThanOrEqualTo((int) sure);
        assertThat(labelled.with().orElseThrow().model().value().orElseThrow())
                .isGreaterThanOrEqualTo(labelled.without().model().value().orElseThrow());
    }

    @Test
    void aModelThatIsSureOfNothingLabelsNothing() {
        FitReport report = fit(SETTINGS.withPseudoLabels(new PseudoLabels(PseudoLabels.SELF, .9999999)), false);
        FitReport.PseudoLabelled labelled = report.pseudoLabelled().orElseThrow();
        assertThat(labelled.labelled()).isZero();
        assertThat(labelled.with()).isEmpty();
        assertThat(report.holdOut()).isEqualTo(fit(SETTINGS, false).holdOut());
    }

    @Test
    void withoutPromptsToSeeItOnItIsRefused() {
        assertThatThrownBy(() ->
                        fit(SETTINGS.withHoldOut(0).withPseudoLabels(new PseudoLabels(PseudoLabels.SELF, .9)), false))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("raise hold_out");
        assertThatThrownBy(() -> new PseudoLabels(PseudoLabels.SELF, .5)).hasMessageContaining("must be in (0.5, 1)");
    }

    /** Taught the opposite of what is measured, folds are wrong as often as they were right. */
    @Test
    void foldsFollowTheTaughtLabelsAndAreMeasuredByTheOthers() {
        List<FitRow> opposite = ALL.stream()
                .map(judgment -> new FitRow(
                        judgment,
                        1,
                        judgment.pair().prompt().id(),
                        Optional.empty(),
                        Optional.of(new Preference(1 - ((Preference) judgment.verdict()).z()))))
                .toList();
        assertThat(accuracy(ALL.stream().map(FitRow::of).toList())).isGreaterThan(.75);
        assertThat(accuracy(opposite)).isLessThan(.25);
    }

    private static double accuracy(List<FitRow> rows) {
        Evaluation evaluation = new Evaluation();
        new CrossValidation(SETTINGS.withHoldOut(0), 3).run(rows.iterator(), 0, FitProgress.SILENT, evaluation::add);
        return evaluation.report().accuracy().orElseThrow().value();
    }
}
