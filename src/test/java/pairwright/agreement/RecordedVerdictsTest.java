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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import pairwright.jsonl.Json;
import pairwright.judge.Judgment;
import pairwright.pair.Pair;

/** Real labels and verdicts; the expected numbers are those of ../shared/data/expected.given.json unless said otherwise. */
class RecordedVerdictsTest {
    private static List<Pair> rows(String name) throws IOException {
        Path file = Path.of("../shared/data", name);
        Assumptions.assumeTrue(Files.exists(file), file + " is not here");
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
        rows.forEach(pair -> study.add(pair, judge.apply(pair), references.apply(pair)));
        return study.report();
    }

    private static AgreementReport pandalm(UnparsedAs unparsed) throws IOException {
        return report(
                rows("pandalm.given.jsonl"),
                AgreementSettings.DEFAULTS.withUnparsed(unparsed),
                pair -> StudyRows.recorded(pair, "gpt-3.5-turbo"),
                pair -> {
                    List<Judgment> references = new ArrayList<>(StudyRows.humans(pair));
                    references.add(StudyRows.majority(pair));
                    return references;
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
                settings,
                pair -> StudyRows.recordedBothOrders(pair, "gpt-4"),
                pair -> List.of(StudyRows.signOfMean(pair)));
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
