package pairwright.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static pairwright.agreement.GoldenTablesTest.value;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import pairwright.jsonl.Json;
import pairwright.judge.Judgment;
import pairwright.judge.RecordedJudge;
import pairwright.pair.Label;
import pairwright.pair.Pair;
import pairwright.recipe.SharedData;

/** Real labels and verdicts; the expected numbers are those of ../shared/data/expected.given.json unless said otherwise. */
class RecordedVerdictsTest {
    private static List<Pair> rows(String name) throws IOException {
        Path file = Path.of(SharedData.file(name));
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = name.endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines().map(line -> Json.read(line, Pair.class)).toList();
        }
    }

    private static AgreementReport report(
            List<Pair> rows,
            AgreementSettings settings,
            Function<Pair, Judgment> judge,
            Function<Pair, List<Judgment>> references) {
        AgreementStudy study = new AgreementStudy("judge", settings);
        rows.forEach(pair -> study.add(pair, judge.apply(pair), references.apply(pair), StudyRows.humans(pair)));
        return study.report();
    }

    private static AgreementReport pandalm(UnparsedAs unparsed) throws IOException {
        return report(
                rows("pandalm.given.jsonl"),
                AgreementSettings.DEFAULTS.withUnparsed(unparsed),
                pair -> StudyRows.recorded(pair, "gpt-3.5-turbo"),
                pair -> {
                    return StudyRows.humans(pair);
                });
    }

    private static ReferenceAgreement majority(AgreementReport report) {
        return report.references().stream()
                .filter(r -> r.reference().equals("human:majority"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void pandalmsAnnotatorsAgreeAsPublished() throws IOException {
        // README of PandaLM: .85, .88, .86
        List<AnnotatorKappa> kappas = pandalm(UnparsedAs.TIE).annotators();
        assertThat(kappas)
                .extracting(AnnotatorKappa::first)
                .containsExactly("human:annotator1", "human:annotator1", "human:annotator2");
        assertThat(kappas)
                .extracting(AnnotatorKappa::second)
                .containsExactly("human:annotator2", "human:annotator3", "human:annotator3");
        assertThat(value(kappas.get(0).cohenKappa())).isCloseTo(.8520, within(5e-5));
        assertThat(value(kappas.get(1).cohenKappa())).isCloseTo(.8789, within(5e-5));
        assertThat(value(kappas.get(2).cohenKappa())).isCloseTo(.8617, within(5e-5));
    }

    @Test
    void gpt35AgreesWithPandalmsMajorityAsPublished() throws IOException {
        // README of PandaLM at 2023-04: 71.07, 58.79, 57.36, 57.55, unparsed verdicts as ties
        AgreementReport report = pandalm(UnparsedAs.TIE);
        ReferenceAgreement majority = majority(report);
        assertThat(value(majority.scores().accuracy())).isCloseTo(.7107, within(5e-5));
        assertThat(value(majority.scores().macroPrecision())).isCloseTo(.5879, within(5e-5));
        assertThat(value(majority.scores().macroRecall())).isCloseTo(.5736, within(5e-5));
        assertThat(value(majority.scores().macroF1())).isCloseTo(.5755, within(5e-5));
        assertThat(value(majority.scores().cohenKappa())).isCloseTo(.4957840983314529, within(1e-12));
        assertThat(majority.confusion())
                .extracting(
                        row -> row.judged().values().stream().mapToLong(n -> n).sum())
                .containsExactly(422L, 472L, 105L);
        assertThat(report.judged()).containsEntry("UNPARSEABLE", 25L).containsEntry("tie", 38L);
        // 170 different instructions with input, counted with Python
        assertThat(report.prompts()).isEqualTo(new PromptCount(170, true));
    }

    @Test
    void unparsedVerdictsMayBeDroppedOrCountedAsErrors() throws IOException {
        ReferenceAgreement dropped = majority(pandalm(UnparsedAs.DROP));
        assertThat(value(dropped.scores().accuracy())).isCloseTo(.7156, within(5e-5));
        assertThat(dropped.counts().n()).isEqualTo(974);
        assertThat(dropped.counts().labelled()).isEqualTo(999);
        assertThat(value(majority(pandalm(UnparsedAs.ERROR)).scores().accuracy()))
                .isCloseTo(.6977, within(5e-5));
    }

    private static AgreementReport vicuna80(AgreementSettings settings) throws IOException {
        return report(
                rows("vicuna80.given.jsonl.gz"),
                settings.withHumans(HumanVote.SIGN_OF_MEAN),
                pair -> StudyRows.recordedBothOrders(pair, "gpt-4"),
                pair -> List.of());
    }

    private static double coefficient(List<CoefficientEstimate> coefficients, String name) {
        return coefficients.stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElseThrow()
                .estimate()
                .number()
                .orElseThrow();
    }

    @Test
    void pandalmsPeopleAgreeAsExpected() throws IOException {
        PeopleAgreement people = pandalm(UnparsedAs.TIE).people().orElseThrow();
        assertThat(coefficient(people.coefficients(), "Fleiss' kappa")).isCloseTo(.8641753649975505, within(1e-12));
        assertThat(coefficient(people.coefficients(), "Krippendorff's alpha, nominal"))
                .isCloseTo(.8642206851960816, within(1e-12));
        assertThat(people.raters()).isEqualTo(new PromptCount(3, true));
    }

    @Test
    void vicuna80sPeopleAgreeAsExpected() throws IOException {
        PeopleAgreement people = vicuna80(AgreementSettings.DEFAULTS).people().orElseThrow();
        assertThat(coefficient(people.coefficients(), "Fleiss' kappa")).isCloseTo(.18478840389641865, within(1e-12));
        assertThat(coefficient(people.coefficients(), "Krippendorff's alpha, nominal"))
                .isCloseTo(.1849097151458362, within(1e-12));
        assertThat(value(people.pairwise())).isCloseTo(.5154761904761904, within(1e-12));
        assertThat(people.rowsWithTwo()).isEqualTo(2240);
    }

    @Test
    void eachOrderOnVicuna80IsAsExpected() throws IOException {
        // acc3_AB .5616, cohen_kappa_AB .2612, acc3_BA .5451, cohen_kappa_BA .2475; Fleiss' kappa .25 is published
        AgreementSettings ties = AgreementSettings.DEFAULTS.withUnparsed(UnparsedAs.TIE);
        ReferenceAgreement ab =
                vicuna80(ties.withOrders(OrdersUsed.AB)).references().get(0);
        assertThat(value(ab.scores().accuracy())).isCloseTo(.5616071428571429, within(1e-12));
        assertThat(value(ab.scores().cohenKappa())).isCloseTo(.2611886584021956, within(1e-12));
        // With two raters Fleiss' kappa is Scott's pi.
        assertThat(coefficient(ab.coefficients(), "Scott's pi")).isCloseTo(.2521627115901214, within(1e-12));
        ReferenceAgreement ba =
                vicuna80(ties.withOrders(OrdersUsed.BA)).references().get(0);
        assertThat(value(ba.scores().accuracy())).isCloseTo(.5450892857142857, within(1e-12));
        assertThat(value(ba.scores().cohenKappa())).isCloseTo(.24749148443197239, within(1e-12));
    }

    @Test
    void theCrowdOfLlmfaoIsAsExpected() throws IOException {
        // items with a strict plurality 1,831; agreement .4462, kappa .2181; without ties .7459 over 1,043; alpha .2906
        AgreementReport report = report(
                rows("llmfao.given.jsonl"),
                AgreementSettings.DEFAULTS.withHumans(HumanVote.PLURALITY).withBootstrapRounds(100),
                pair -> StudyRows.recorded(pair, "gpt-4"),
                pair -> List.of());
        ReferenceAgreement plurality = report.references().get(0);
        assertThat(plurality.reference()).isEqualTo("human:plurality");
        assertThat(plurality.counts().labelled()).isEqualTo(1831);
        assertThat(value(plurality.scores().accuracy())).isCloseTo(.446204259967231, within(1e-12));
        assertThat(value(plurality.scores().cohenKappa())).isCloseTo(.21812966024679464, within(1e-12));
        assertThat(value(plurality.scores().s2())).isCloseTo(.7459252157238735, within(1e-12));
        assertThat(plurality.scores().s2().n()).isEqualTo(1043);
        PeopleAgreement people = report.people().orElseThrow();
        assertThat(coefficient(people.coefficients(), "Krippendorff's alpha, nominal"))
                .isCloseTo(.2905951039124903, within(1e-12));
        assertThat(people.raters()).isEqualTo(new PromptCount(124, true));
        // scipy as below: 49 workers with 30 rows or more, 75 with fewer, omega 7/49 at .2, rho .6948
        AltTest test = people.altTests().get(2);
        assertThat(test.tested()).isEqualTo(49);
        assertThat(test.leftOut()).isEqualTo(75);
        assertThat(test.omega()).isCloseTo(7 / 49., within(1e-12));
        assertThat(test.rho()).isCloseTo(.6947609920202302, within(1e-12));
    }

    @Test
    void theAltTestIsThatOfThePapersProgram() throws IOException {
        // nitaytech/AltTest's alt_test(), re-done with scipy 1.12 (ttest_1samp, Benjamini and Yekutieli): PandaLM rho
        // .7580424366872004,
        // omega 0 at .2; vicuna80, order AB, unparsed as ties, rho .8397321428571428, omega 1 at .1
        AltTest pandalm =
                pandalm(UnparsedAs.DROP).people().orElseThrow().altTests().get(2);
        assertThat(pandalm.epsilon()).isEqualTo(.2);
        assertThat(pandalm.rho()).isCloseTo(.7580424366872004, within(1e-12));
        assertThat(pandalm.omega()).isZero();
        assertThat(pandalm.people().get(1).pValue()).isCloseTo(.8121646219062069, within(1e-9));
        AltTest vicuna = vicuna80(
                        AgreementSettings.DEFAULTS.withUnparsed(UnparsedAs.TIE).withOrders(OrdersUsed.AB))
                .people()
                .orElseThrow()
                .altTests()
                .get(0);
        assertThat(vicuna.rho()).isCloseTo(.8397321428571428, within(1e-12));
        assertThat(vicuna.omega()).isEqualTo(1);
        assertThat(vicuna.passes()).isTrue();
    }

    @Test
    void everySettingOfLlmbarIsAsPublished() throws IOException {
        Map<?, ?> published =
                (Map<?, ?>) ((Map<?, ?>) Json.readMap(Files.readString(Path.of(SharedData.file("expected.given.json"))))
                                .get("llmbar.table"))
                        .get("value");
        List<Pair> rows = rows("llmbar.given.jsonl.gz");
        AgreementSettings settings = AgreementSettings.DEFAULTS
                .withUnparsed(UnparsedAs.ERROR)
                .withFrame(Frame.SHOWN)
                .withBootstrapRounds(100);
        assertThat(published).hasSize(195);
        published.forEach((key, figures) -> {
            String[] names = key.toString().split("\\|");
            AgreementReport report = report(
                    rows.stream()
                            .filter(pair -> names[0].equals(pair.fields().get("subset")))
                            .toList(),
                    settings,
                    pair -> new RecordedJudge(names[1], Optional.of(names[2])).judge(pair),
                    pair -> List.of(StudyRows.said(
                            pair,
                            "field:gold",
                            Label.valueOf(pair.fields().get("gold").toString()))));
            Scores scores = report.references().get(0).scores();
            assertFigure(figures, "acc", 100 * value(scores.accuracy()));
            assertFigure(figures, "both", 100 * value(scores.s1()));
            assertFigure(figures, "agr", 100 * value(report.orderConsistency().sameOutcome()));
            assertFigure(
                    figures, "kappa_orders", value(report.orderConsistency().kappaA()));
        });
    }

    private static void assertFigure(Object figures, String name, double ours) {
        double expected = Double.parseDouble(((Map<?, ?>) figures).get(name).toString());
        assertThat(ours).as(name).isCloseTo(expected, within(1e-11));
    }

    @Test
    void gpt4IsAsConsistentOnVicuna80AsExpected() throws IOException {
        OrderConsistency asTies = vicuna80(AgreementSettings.DEFAULTS.withUnparsed(UnparsedAs.TIE))
                .orderConsistency();
        assertThat(asTies.askedInBothOrders()).isEqualTo(2240);
        assertThat(value(asTies.consistency())).isCloseTo(.6129464285714286, within(1e-12));
        // strict_flip_first .19509, strict_flip_second .00848, conflict_rate .38705
        assertThat(asTies.prefersFirstShown()).isEqualTo(437);
        assertThat(asTies.prefersSecondShown()).isEqualTo(19);
        assertThat(asTies.consistent()
                        + asTies.prefersFirstShown()
                        + asTies.prefersSecondShown()
                        + asTies.leansFirstShown()
                        + asTies.leansSecondShown())
                .isEqualTo(2240);
        assertThat(asTies.oneOrderUnparsed()).isEqualTo(13);

        // By hand from the counts of (AB, BA): 1367 rows are the same, 13 have one order unparsed.
        assertThat(value(vicuna80(AgreementSettings.DEFAULTS).orderConsistency().consistency()))
                .isCloseTo(1367 / 2227., within(1e-12));
        assertThat(value(vicuna80(AgreementSettings.DEFAULTS.withUnparsed(UnparsedAs.ERROR))
                        .orderConsistency()
                        .consistency()))
                .isCloseTo(1367 / 2240., within(1e-12));
    }

    @Test
    void setupsOneAndTwoOnVicuna80AreThoseExpected() throws IOException {
        // acc3_conflict_as_tie .44643, cohen_kappa_conflict_as_tie .21011, acc_nontie_both_sides .76776 over 1,154
        AgreementReport report = vicuna80(
                AgreementSettings.DEFAULTS.withUnparsed(UnparsedAs.TIE).withConflictingOrders(ConflictingOrders.TIE));
        Scores scores = report.references().get(0).scores();
        assertThat(value(scores.s1())).isCloseTo(.44642857142857145, within(1e-12));
        assertThat(value(scores.accuracy())).isCloseTo(.44642857142857145, within(1e-12));
        assertThat(value(scores.cohenKappa())).isCloseTo(.21010932660227574, within(1e-12));
        assertThat(value(scores.s2())).isCloseTo(.7677642980935875, within(1e-12));
        assertThat(scores.s2().n()).isEqualTo(1154);
        assertThat(report.prompts()).isEqualTo(new PromptCount(80, true));
    }
}
