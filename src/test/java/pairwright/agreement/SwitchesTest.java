package pairwright.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static pairwright.agreement.GoldenTablesTest.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import pairwright.judge.Judgment;
import pairwright.pair.Label;
import pairwright.pair.Pair;

/** Every choice that changes a number, on rows whose numbers can be counted by hand. */
class SwitchesTest {
    private static final Optional<Label> A = Optional.of(Label.A);
    private static final Optional<Label> B = Optional.of(Label.B);
    private static final Optional<Label> TIE = Optional.of(Label.TIE);
    private static final Optional<Label> NONE = Optional.empty();

    private record Asked(Optional<Label> ab, Optional<Label> ba, Label gold) {}

    /** Two consistent rows, a conflict of sides, a lean, one order without a label. */
    private static final List<Asked> ROWS = List.of(
            new Asked(A, A, Label.A),
            new Asked(B, B, Label.A),
            new Asked(A, B, Label.B),
            new Asked(TIE, A, Label.A),
            new Asked(A, NONE, Label.A));

    private static AgreementReport report(AgreementSettings settings) {
        AgreementStudy study = new AgreementStudy("judge", settings);
        for (Asked row : ROWS) {
            Pair pair = StudyRows.pair("row" + ROWS.indexOf(row), "prompt" + ROWS.indexOf(row));
            study.add(
                    pair,
                    StudyRows.bothOrders(pair, "judge", row.ab(), row.ba()),
                    List.of(StudyRows.said(pair, "field:gold", row.gold())));
        }
        return study.report();
    }

    private static Statistic accuracy(AgreementSettings settings) {
        return report(settings).references().get(0).scores().accuracy();
    }

    @Test
    void ordersInConflictCountAsTheSettingSays() {
        AgreementSettings settings = AgreementSettings.DEFAULTS;
        // by z: A, B, tie, A (z .75), A (half): right in rows 1, 4, 5 of five
        assertThat(value(accuracy(settings))).isEqualTo(3 / 5.);
        // ties: A, B, tie, tie, none
        assertThat(value(accuracy(settings.withConflictingOrders(ConflictingOrders.TIE))))
                .isEqualTo(1 / 4.);
        // sum: A, B, tie, A, none
        assertThat(value(accuracy(settings.withConflictingOrders(ConflictingOrders.SUM))))
                .isEqualTo(2 / 4.);
        // error: A, B, wrong, wrong, none
        assertThat(value(accuracy(settings.withConflictingOrders(ConflictingOrders.ERROR))))
                .isEqualTo(1 / 4.);
        // drop: A, B
        assertThat(value(accuracy(settings.withConflictingOrders(ConflictingOrders.DROP))))
                .isEqualTo(1 / 2.);
    }

    @Test
    void droppedAndWrongConflictsAreCountedAndSaid() {
        for (ConflictingOrders way : List.of(ConflictingOrders.DROP, ConflictingOrders.ERROR)) {
            AgreementReport report = report(AgreementSettings.DEFAULTS.withConflictingOrders(way));
            assertThat(report.judged()).containsEntry("conflict", 2L);
            assertThat(report.references().get(0).confusion().get(0).judged()).containsEntry("conflict", 1L);
            assertThat(report.references().get(0).confusion().get(1).judged()).containsEntry("conflict", 1L);
            assertThat(report.notes())
                    .anyMatch(note -> note.startsWith("the judge's two orders disagree in 2 of 5 rows"));
        }
    }

    @Test
    void oneOrderMayBeLookedAtAlone() {
        AgreementSettings ab = AgreementSettings.DEFAULTS.withOrders(OrdersUsed.AB);
        // A, B, A, tie, A
        assertThat(value(accuracy(ab))).isEqualTo(2 / 5.);
        assertThat(report(ab).orderConsistency().askedInBothOrders()).isZero();
        // A, B, B, A, none
        AgreementSettings ba = AgreementSettings.DEFAULTS.withOrders(OrdersUsed.BA);
        assertThat(value(accuracy(ba))).isEqualTo(3 / 4.);
        assertThat(value(accuracy(ba.withUnparsed(UnparsedAs.ERROR)))).isEqualTo(3 / 5.);
    }

    @Test
    void inTheFrameShownEveryOrderIsOneComparison() {
        AgreementSettings shown = AgreementSettings.DEFAULTS.withFrame(Frame.SHOWN);
        // right: AB rows 1, 5; BA rows 1, 3, 4; nine comparisons have a label
        assertThat(value(accuracy(shown))).isEqualTo(5 / 9.);
        assertThat(value(accuracy(shown.withUnparsed(UnparsedAs.ERROR)))).isEqualTo(5 / 10.);
        ReferenceAgreement gold = report(shown).references().get(0);
        // Golds A, A, B, A, A: in order BA they are turned, so A in AB rows 1, 2, 4, 5 and in BA row 3.
        assertThat(gold.prevalence().reference().get("A")).isCloseTo(5 / 9., within(1e-12));
        assertThat(gold.confusion().get(0).judged()).containsEntry("A", 3L).containsEntry("B", 1L);
        // S1 and S2 look at rows, whatever the frame.
        assertThat(gold.scores().s1())
                .isEqualTo(report(AgreementSettings.DEFAULTS)
                        .references()
                        .get(0)
                        .scores()
                        .s1());
    }

    @Test
    void tiesAreAClassOrHalfOrDropped() {
        AgreementSettings sum = AgreementSettings.DEFAULTS.withConflictingOrders(ConflictingOrders.SUM);
        // A, B, tie, A against A, A, B, A
        assertThat(value(accuracy(sum.withTies(TiesAs.HALF)))).isEqualTo(2.5 / 4);
        assertThat(value(accuracy(sum.withTies(TiesAs.DROPPED)))).isEqualTo(2 / 3.);
        ReferenceAgreement half = report(sum.withTies(TiesAs.HALF)).references().get(0);
        double linear = half.coefficients().get(1).estimate().number().orElseThrow();
        assertThat(half.coefficients().get(0).estimate().number()).hasValue(linear);
        assertThat(value(half.scores().cohenKappa())).isEqualTo(linear);
        assertThat(half.baselines().get(0).accuracy().number()).hasValue(.5);
    }

    @Test
    void peopleAreAggregatedAsTheSettingSays() {
        Optional<Label> a = A;
        List<List<Optional<Label>>> votes = List.of(
                List.of(a, a, B), List.of(a, TIE, TIE), List.of(a, B), List.of(a, a, B, B, TIE), List.of(a, a, B, TIE));
        assertThat(labels(HumanVote.LEAD, votes)).isEqualTo("A tie tie tie A");
        assertThat(labels(HumanVote.MAJORITY, votes)).isEqualTo("A tie - - -");
        assertThat(labels(HumanVote.PLURALITY, votes)).isEqualTo("A tie - - A");
        assertThat(labels(HumanVote.SIGN_OF_MEAN, votes)).isEqualTo("A A tie tie A");
    }

    /** The labels that a vote comes to, seen through a judge who always says A, B or tie. */
    private static String labels(HumanVote rule, List<List<Optional<Label>>> votes) {
        List<String> labels = new ArrayList<>();
        for (List<Optional<Label>> row : votes) {
            AgreementStudy study = new AgreementStudy("judge", AgreementSettings.DEFAULTS.withHumans(rule));
            Pair pair = StudyRows.pair("row", "prompt");
            List<Judgment> people = new ArrayList<>();
            row.forEach(label -> people.add(StudyRows.said(pair, "human:" + people.size(), label.orElseThrow())));
            study.add(pair, StudyRows.said(pair, "judge", Label.A), List.of(), people);
            ReferenceAgreement vote = study.report().references().get(0);
            assertThat(vote.reference()).isEqualTo(rule.reference());
            labels.add(vote.prevalence().reference().entrySet().stream()
                    .filter(share -> share.getValue() == 1)
                    .map(java.util.Map.Entry::getKey)
                    .findFirst()
                    .orElse("-"));
        }
        return String.join(" ", labels);
    }

    @Test
    void dawidAndSkeneDecideWhenAllRowsAreRead() {
        AgreementSettings settings = AgreementSettings.DEFAULTS.withHumans(HumanVote.DAWID_SKENE);
        AgreementStudy study = new AgreementStudy("judge", settings);
        java.util.Random random = new java.util.Random(4);
        for (int i = 0; i < 400; i++) {
            Pair pair = StudyRows.pair("row" + i, "prompt" + i);
            Label truth = random.nextBoolean() ? Label.A : Label.B;
            List<Judgment> people = new ArrayList<>();
            for (int person = 0; person < 5; person++) {
                // Two who know, three who flip a coin.
                boolean right = random.nextDouble() < (person < 2 ? .97 : .5);
                people.add(StudyRows.said(pair, "human:" + person, right ? truth : truth.swapped()));
            }
            study.add(pair, StudyRows.said(pair, "judge", truth), List.of(), people);
        }
        AgreementReport report = study.report();
        assertThat(report.references().get(0).reference()).isEqualTo("human:dawid-skene");
        assertThat(value(report.references().get(0).scores().accuracy())).isGreaterThan(.95);
        assertThat(report.notes()).anyMatch(note -> note.contains("Dawid and Skene"));
        assertThat(report.soft().orElseThrow().reference()).isEqualTo("human:dawid-skene");
        assertThat(report.soft().orElseThrow().n()).isEqualTo(400);
    }

    @Test
    void anAnnotatorWithTheNameOfTheVoteIsAnError() {
        AgreementStudy study = new AgreementStudy("judge", AgreementSettings.DEFAULTS);
        Pair pair = StudyRows.pair("row", "prompt");
        assertThatThrownBy(() -> study.add(
                        pair,
                        StudyRows.said(pair, "judge", Label.A),
                        List.of(),
                        List.of(StudyRows.said(pair, "human:majority", Label.A))))
                .hasMessage(
                        "pair row: an annotator has the name of the vote of all, human:majority; must have another name");
    }

    @Test
    void rowsMayBeResampledInsteadOfPrompts() {
        AgreementStudy byRow = new AgreementStudy("judge", AgreementSettings.DEFAULTS.withClusters(Clusters.ROW));
        AgreementStudy byPrompt = new AgreementStudy("judge", AgreementSettings.DEFAULTS);
        for (int i = 0; i < 400; i++) {
            Pair alone = StudyRows.pair("row" + i, "prompt" + i);
            Label said = i % 4 == 0 ? Label.B : Label.A;
            for (AgreementStudy study : List.of(byRow, byPrompt)) {
                study.add(
                        alone,
                        StudyRows.said(alone, "judge", said),
                        List.of(StudyRows.said(alone, "field:gold", i % 5 == 0 ? Label.B : Label.A)));
            }
        }
        Estimate rows = (Estimate) byRow.report().references().get(0).scores().accuracy();
        Estimate prompts =
                (Estimate) byPrompt.report().references().get(0).scores().accuracy();
        assertThat(rows.method()).contains("bootstrap replicates by row");
        assertThat(rows.value()).isEqualTo(prompts.value());
        assertThat(rows.low()).isCloseTo(prompts.low(), within(.02));
        assertThat(rows.high()).isCloseTo(prompts.high(), within(.02));
    }

    @Test
    void everyChoiceIsNamedInTheReport() {
        AgreementReport report = report(AgreementSettings.DEFAULTS
                .withConflictingOrders(ConflictingOrders.SUM)
                .withTies(TiesAs.HALF)
                .withFrame(Frame.SHOWN));
        assertThat(String.join("\n", AgreementTable.lines(report)))
                .contains("(unparsed)", "(conflicting orders)", "(ties)", "(frame)", "(orders)", "(tie band)")
                .contains("half an agreement with either side", "one comparison for each order asked");
    }
}
