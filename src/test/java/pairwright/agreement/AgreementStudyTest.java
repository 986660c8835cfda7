package pairwright.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static pairwright.agreement.GoldenTablesTest.value;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;
import pairwright.judge.Abstention;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;
import pairwright.pair.Label;
import pairwright.pair.Pair;

class AgreementStudyTest {
    private static final Optional<Label> A = Optional.of(Label.A);
    private static final Optional<Label> B = Optional.of(Label.B);
    private static final Optional<Label> TIE = Optional.of(Label.TIE);
    private static final Optional<Label> NONE = Optional.empty();

    private int rows;

    private Pair next() {
        rows++;
        return StudyRows.pair("row" + rows, "prompt" + rows);
    }

    private void bothOrders(AgreementStudy study, Optional<Label> ab, Optional<Label> ba, Label gold) {
        Pair pair = next();
        study.add(pair, StudyRows.bothOrders(pair, "judge", ab, ba), List.of(StudyRows.said(pair, "field:gold", gold)));
    }

    /** Labels of the two orders against gold A: by z A, A, A, tie, B, tie, A; as votes A, tie, tie, tie, B, none, none. */
    private AgreementReport handMade(AgreementSettings settings) {
        AgreementStudy study = new AgreementStudy("judge", settings);
        bothOrders(study, A, A, Label.A);
        bothOrders(study, A, TIE, Label.A);
        bothOrders(study, TIE, A, Label.TIE);
        bothOrders(study, A, B, Label.TIE);
        bothOrders(study, B, B, Label.A);
        bothOrders(study, NONE, NONE, Label.A);
        bothOrders(study, A, NONE, Label.A);
        bothOrders(study, B, B, Label.TIE);
        return study.report();
    }

    @Test
    void inconsistentVotesAreTiesInSetupOneAndNotInSetupTwo() {
        Scores scores = handMade(AgreementSettings.DEFAULTS).references().get(0).scores();
        // z: right in rows 1, 2, 4, 7 of the seven with a label (a half judgment has one)
        assertThat(value(scores.accuracy())).isEqualTo(4 / 7.);
        assertThat(scores.accuracy().n()).isEqualTo(7);
        // votes: right in rows 1, 3, 4 of six
        assertThat(value(scores.s1())).isEqualTo(3 / 6.);
        assertThat(scores.s1().n()).isEqualTo(6);
        // rows 1 and 5 have two votes that are no tie; right in row 1
        assertThat(value(scores.s2())).isEqualTo(1 / 2.);
        assertThat(scores.s2().n()).isEqualTo(2);
        assertThat(handMade(AgreementSettings.DEFAULTS).notes())
                .anyMatch(note -> note.startsWith("in 1 rows one of the two orders gave no label"))
                .anyMatch(note -> note.contains("1 of 8 rows"))
                .anyMatch(note -> note.startsWith("only 8 prompts"));
    }

    @Test
    void unparsedRowsCountAsTheSettingSays() {
        Scores ties = handMade(AgreementSettings.DEFAULTS.withUnparsed(UnparsedAs.TIE))
                .references()
                .get(0)
                .scores();
        assertThat(value(ties.accuracy())).isEqualTo(4 / 8.);
        assertThat(value(ties.s1())).isEqualTo(3 / 8.);
        Scores errors = handMade(AgreementSettings.DEFAULTS.withUnparsed(UnparsedAs.ERROR))
                .references()
                .get(0)
                .scores();
        assertThat(value(errors.accuracy())).isEqualTo(4 / 8.);
        assertThat(value(errors.s1())).isEqualTo(3 / 8.);
        assertThat(errors.s2().n()).isEqualTo(2);
    }

    @Test
    void anErrorIsAClassOfItsOwn() {
        // Gold A, A, B; judge A, nothing, B. By hand: kappa (2/3 - 1/3) / (1 - 1/3).
        AgreementStudy study = new AgreementStudy("judge", AgreementSettings.DEFAULTS.withUnparsed(UnparsedAs.ERROR));
        add(study, "x", "y", Label.A, A);
        add(study, "x", "y", Label.A, NONE);
        add(study, "x", "y", Label.B, B);
        Scores scores = study.report().references().get(0).scores();
        assertThat(value(scores.accuracy())).isEqualTo(2 / 3.);
        assertThat(value(scores.macroRecall())).isEqualTo(.75);
        assertThat(value(scores.macroPrecision())).isEqualTo(1);
        assertThat(value(scores.cohenKappa())).isCloseTo(.5, within(1e-12));
    }

    @Test
    void conflictsMayCountAsTies() {
        AgreementReport report = handMade(AgreementSettings.DEFAULTS.withConflictingOrders(ConflictingOrders.TIE));
        Scores scores = report.references().get(0).scores();
        assertThat(value(scores.accuracy())).isEqualTo(3 / 6.);
        assertThat(report.judged()).isEqualTo(Map.of("A", 1L, "B", 2L, "tie", 3L, "UNPARSEABLE", 2L));
    }

    @Test
    void orderConsistencyNamesTheDirectionOfEveryConflict() {
        OrderConsistency orders = handMade(AgreementSettings.DEFAULTS).orderConsistency();
        assertThat(orders.askedInBothOrders()).isEqualTo(8);
        assertThat(orders.oneOrderUnparsed()).isEqualTo(1);
        assertThat(orders.bothOrdersUnparsed()).isEqualTo(1);
        assertThat(orders.consistent()).isEqualTo(3);
        assertThat(orders.prefersFirstShown()).isEqualTo(1);
        assertThat(orders.prefersSecondShown()).isZero();
        assertThat(orders.leansFirstShown()).isEqualTo(1);
        assertThat(orders.leansSecondShown()).isEqualTo(1);
        assertThat(value(orders.consistency())).isEqualTo(3 / 6.);
    }

    @Test
    void aJudgeWithoutTrialsHasNoOrderConsistency() {
        AgreementStudy study = new AgreementStudy("judge", AgreementSettings.DEFAULTS);
        Pair pair = next();
        study.add(pair, StudyRows.said(pair, "judge", Label.A), List.of());
        assertThat(study.report().orderConsistency().consistency())
                .isEqualTo(new Undefined("no row has labels of both orders", 0));
        assertThat(study.report().references()).isEmpty();
    }

    @Test
    void aMissingLabelIsCountedAndNeverAnAnswer() {
        AgreementStudy study = new AgreementStudy("judge", AgreementSettings.DEFAULTS);
        Pair first = next();
        study.add(
                first,
                StudyRows.said(first, "judge", Label.A),
                List.of(Judgment.of(first, "human:h", StudyRows.ABSENT)));
        Pair second = next();
        study.add(second, StudyRows.said(second, "judge", Label.A), List.of());
        Pair third = next();
        Abstention refused = new Abstention(Abstention.Reason.REFUSED, "no");
        study.add(third, StudyRows.said(third, "judge", Label.A), List.of(Judgment.of(third, "human:h", refused)));
        ReferenceAgreement human = study.report().references().get(0);
        assertThat(human.counts().labelled()).isZero();
        assertThat(human.counts().notLabelled()).isEqualTo(2);
        assertThat(human.counts().referenceAbstentions()).isEqualTo(Map.of(Abstention.Reason.REFUSED, 1L));
        assertThat(human.scores().accuracy()).isEqualTo(new Undefined("no row has a label of both", 0));
        assertThat(human.scores().cohenKappa()).isEqualTo(new Undefined("no row has a label of both", 0));
        assertThat(human.baselines()).allSatisfy(b -> assertThat(b.accuracy()).isInstanceOf(Undefined.class));
    }

    @Test
    void abstentionsAreCountedByReasonWhateverTheyCountAs() {
        for (UnparsedAs unparsed : UnparsedAs.values()) {
            AgreementStudy study = new AgreementStudy("judge", AgreementSettings.DEFAULTS.withUnparsed(unparsed));
            for (Abstention.Reason reason :
                    List.of(Abstention.Reason.REFUSED, Abstention.Reason.TRUNCATED, Abstention.Reason.REFUSED)) {
                Pair pair = next();
                study.add(
                        pair,
                        Judgment.of(pair, "judge", new Abstention(reason, "")),
                        List.of(StudyRows.said(pair, "field:gold", Label.B)));
            }
            ReferenceAgreement gold = study.report().references().get(0);
            assertThat(gold.counts().judgeAbstentions())
                    .isEqualTo(Map.of(Abstention.Reason.REFUSED, 2L, Abstention.Reason.TRUNCATED, 1L));
            assertThat(gold.confusion().get(1).judged())
                    .isEqualTo(Map.of("A", 0L, "B", 0L, "tie", 0L, "REFUSED", 2L, "TRUNCATED", 1L));
            assertThat(study.report().notes()).anyMatch(note -> note.contains("3 of 3 rows"));
        }
    }

    @Test
    void theTieBandDecidesWhatIsATie() {
        for (double band : new double[] {0, .05, .2}) {
            AgreementStudy study = new AgreementStudy("judge", AgreementSettings.DEFAULTS.withTieBand(band));
            Pair pair = next();
            study.add(
                    pair,
                    Judgment.of(pair, "judge", new Preference(.6)),
                    List.of(StudyRows.said(pair, "field:gold", Label.TIE)));
            assertThat(value(study.report().references().get(0).scores().accuracy()))
                    .isEqualTo(band == .2 ? 1 : 0);
        }
    }

    @Test
    void baselinesAreMeasuredOnTheSameRows() {
        AgreementStudy study = new AgreementStudy("judge", AgreementSettings.DEFAULTS);
        // Gold A, A, B, tie; longer says A, B, B, tie. The last row is dropped with the judge's abstention.
        add(study, "long", "x", Label.A, Optional.of(Label.A));
        add(study, "x", "long", Label.A, Optional.of(Label.A));
        add(study, "x", "long", Label.B, Optional.of(Label.A));
        add(study, "x", "y", Label.TIE, Optional.of(Label.A));
        add(study, "long", "x", Label.B, Optional.empty());
        List<Baseline> baselines = study.report().references().get(0).baselines();
        assertThat(baselines).extracting(Baseline::name).containsExactly("random", "first", "longer", "majority");
        assertThat(baselines).extracting(b -> value(b.accuracy())).containsExactly(.375, .5, .75, .5);
    }

    private void add(AgreementStudy study, String a, String b, Label gold, Optional<Label> said) {
        rows++;
        Pair pair = StudyRows.pair("row" + rows, "prompt" + rows, a, b);
        study.add(
                pair,
                said.map(label -> StudyRows.said(pair, "judge", label))
                        .orElseGet(() -> Judgment.of(pair, "judge", StudyRows.UNPARSEABLE)),
                List.of(StudyRows.said(pair, "field:gold", gold)));
    }

    @Test
    void aReferenceThatIsItselfAJudgeVotesLikeOne() {
        AgreementStudy study = new AgreementStudy("judge", AgreementSettings.DEFAULTS);
        Pair pair = next();
        study.add(
                pair,
                StudyRows.bothOrders(pair, "judge", A, A),
                List.of(StudyRows.bothOrders(pair, "openai:other", A, TIE)));
        Scores scores = study.report().references().get(0).scores();
        assertThat(value(scores.accuracy())).isEqualTo(1);
        assertThat(value(scores.s1())).isEqualTo(0);
        assertThat(scores.s2()).isInstanceOf(Undefined.class);
    }

    @Test
    void moreThanTwentyAnnotatorsAreSaidToBeLeftOut() {
        AgreementStudy study = new AgreementStudy("judge", AgreementSettings.DEFAULTS);
        Pair pair = next();
        List<Judgment> people = IntStream.range(0, 25)
                .mapToObj(i -> StudyRows.said(pair, "human:w%02d".formatted(i), Label.A))
                .toList();
        study.add(pair, StudyRows.said(pair, "judge", Label.A), people, people);
        AgreementReport report = study.report();
        assertThat(report.annotators()).hasSize(190);
        assertThat(report.references()).hasSize(26);
        assertThat(report.notes()).anyMatch(note -> note.contains("the first 20") && note.contains("5 labels"));
    }

    @Test
    void referencesBeyondTheLimitAreSaidToBeLeftOut() {
        AgreementStudy study = new AgreementStudy("judge", AgreementSettings.DEFAULTS);
        IntStream.range(0, AgreementStudy.MAX_REFERENCES + 3).forEach(i -> {
            Pair pair = next();
            study.add(
                    pair,
                    StudyRows.said(pair, "judge", Label.A),
                    List.of(StudyRows.said(pair, "field:f" + i, Label.A)));
        });
        AgreementReport report = study.report();
        assertThat(report.references()).hasSize(AgreementStudy.MAX_REFERENCES);
        assertThat(report.notes()).anyMatch(note -> note.contains("3 labels of others"));
    }

    @Test
    void aReferenceNamedTwiceInARowIsRefusedAndNotCounted() {
        AgreementStudy study = new AgreementStudy("judge", AgreementSettings.DEFAULTS);
        Pair pair = next();
        Judgment label = StudyRows.said(pair, "human:h", Label.A);
        assertThatThrownBy(() -> study.add(pair, StudyRows.said(pair, "judge", Label.A), List.of(label, label)))
                .isInstanceOf(BadInput.class)
                .hasMessage(
                        "pair row1: reference human:h stands twice, must stand once; give each annotator a name of their own");
        assertThat(study.report().rows()).isZero();
    }

    @Test
    void settingsOutsideTheirRangeAreRefused() {
        assertThatThrownBy(() -> AgreementSettings.DEFAULTS.withTieBand(Double.NaN))
                .hasMessage("tie band is NaN, must be in [0, 0.5)");
        assertThatThrownBy(() -> AgreementSettings.DEFAULTS.withBootstrapRounds(99))
                .hasMessage("bootstrap rounds are 99, must be in [100, 100000]");
        assertThatThrownBy(() -> AgreementSettings.DEFAULTS.withConfidence(1))
                .hasMessage("confidence is 1.0, must be in (0, 1)");
    }

    @Test
    void jsonNamesEveryChoiceAndHowEveryNumberWasMade() {
        Map<String, Object> json = Json.readMap(Json.write(handMade(AgreementSettings.DEFAULTS)));
        assertThat(json)
                .containsKeys(
                        "judge",
                        "settings",
                        "rows",
                        "prompts",
                        "judged",
                        "references",
                        "order_consistency",
                        "annotators",
                        "notes");
        assertThat(json.get("settings").toString())
                .isEqualTo(
                        "{unparsed=drop, conflicting_orders=z_mean, orders=both, frame=item, ties=class, humans=lead,"
                                + " tie_band=0.05, clusters=prompt, bootstrap_rounds=1000, seed=1, confidence=0.95}");
        Map<?, ?> gold = (Map<?, ?>) ((List<?>) json.get("references")).get(0);
        assertThat(gold.get("reference")).isEqualTo("field:gold");
        Stream.of("accuracy", "macro_precision", "macro_recall", "macro_f1", "s1", "cohen_kappa")
                .forEach(
                        name -> assertThat(((Map<?, ?>) gold.get(name)).keySet().toString())
                                .isEqualTo("[value, low, high, n, method]"));
        assertThat(gold.get("n")).isEqualTo(7);
        assertThat(gold.get("confusion").toString())
                .startsWith("[{reference=A, judged={A=3, B=1, tie=0, UNPARSEABLE=1}}");
    }

    @ParameterizedTest
    @EnumSource(UnparsedAs.class)
    void everyStatisticOfRandomRowsIsInItsRange(UnparsedAs unparsed) {
        Random random = new Random(3);
        List<Optional<Label>> labels = List.of(A, B, TIE, NONE);
        for (int set = 0; set < 50; set++) {
            AgreementStudy study = new AgreementStudy(
                    "judge", AgreementSettings.DEFAULTS.withUnparsed(unparsed).withBootstrapRounds(100));
            int n = 1 + random.nextInt(30);
            for (int i = 0; i < n; i++) {
                bothOrders(
                        study,
                        labels.get(random.nextInt(4)),
                        labels.get(random.nextInt(4)),
                        labels.get(random.nextInt(3)).orElseThrow());
            }
            AgreementReport report = study.report();
            Scores s = report.references().get(0).scores();
            Stream.of(s.accuracy(), s.macroPrecision(), s.macroRecall(), s.macroF1(), s.s1(), s.s2())
                    .flatMap(statistic -> statistic.number().stream())
                    .forEach(number -> assertThat(number).isBetween(0., 1.));
            s.cohenKappa().number().ifPresent(kappa -> assertThat(kappa).isBetween(-1., 1.));
            assertThat(report.judged().values().stream()
                            .mapToLong(count -> count)
                            .sum())
                    .isEqualTo(n);
            assertThat(report.references().get(0).confusion().stream()
                            .flatMap(row -> row.judged().values().stream())
                            .mapToLong(count -> count)
                            .sum())
                    .isEqualTo(n);
        }
    }

    @Test
    void theWordsOfAStatisticNeverHoldNaN() {
        assertThatThrownBy(() -> new Estimate(Double.NaN, 0, 1, 1, "m")).hasMessage("value is NaN, must be finite");
        assertThatThrownBy(() -> new Estimate(.5, 1, 0, 1, "m")).hasMessageContaining("must be finite and in order");
        assertThat(new Undefined("why", 0).number()).isEmpty();
        assertThat(value(new Point(.5, 1, "m", "why"))).isCloseTo(.5, within(0.));
    }
}
