package pairwright.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import pairwright.judge.Abstention;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;
import pairwright.pair.Label;
import pairwright.pair.Pair;

class AgreementPageTest {
    static final String HOSTILE_JUDGE = "</title><script>document.body.textContent='owned'</script>{{ 6 * 7 }}";
    static final String HOSTILE_REFERENCE =
            "human:\"><img src=x onerror=alert(1)>'|\u202Egnp.\u0000\n\uD800 & `x` [y](z)";

    static final String HOSTILE_TEXT =
            "</div></article><script>document.body.textContent='owned'</script>\u202Egnp.exe\u0000\n"
                    + "\t<b>bold</b> & \uD800 ![x](http://x/y.png)";

    static final String HOSTILE_FAMILY = "<b>chats</b>{{ 6 * 7 }}\u202E";

    /** 400 rows of 100 prompts against two people, one of whom is often wrong. */
    static AgreementReport report(String judge, String reference) {
        AgreementStudy study = new AgreementStudy(judge, AgreementSettings.DEFAULTS, 12);
        Random random = new Random(1);
        List<Optional<Label>> labels =
                List.of(Optional.of(Label.A), Optional.of(Label.B), Optional.of(Label.TIE), Optional.empty());
        for (int i = 0; i < 400; i++) {
            Pair pair = StudyRows.pair("row" + i, "prompt" + i / 4, HOSTILE_TEXT + "x".repeat(random.nextInt(4)), "yy");
            Label gold = labels.get(random.nextInt(3)).orElseThrow();
            Judgment judged = random.nextInt(3) > 0
                    ? StudyRows.bothOrders(pair, judge, Optional.of(gold), Optional.of(gold))
                    : StudyRows.bothOrders(pair, judge, labels.get(random.nextInt(4)), labels.get(random.nextInt(4)));
            List<Judgment> given = List.of(
                    StudyRows.said(pair, reference.equals("human:majority") ? "human:first" : reference, gold),
                    StudyRows.said(pair, "human:other", random.nextInt(4) == 0 ? Label.A : gold));
            study.add(pair, judged, given, given);
        }
        LicenseSubject subject =
                new LicenseSubject(Optional.of(HOSTILE_FAMILY), java.util.Map.of(), List.of(), List.of(), "0.1.0");
        return study.report()
                .withLicense(study.license(LicenseTerms.of(RiskTarget.DEFAULT, LicenseTerms.DEFAULT_EPSILON), subject));
    }

    @Test
    void thePageShowsTheNumbersOfTheReport() {
        AgreementReport report = report("openai:gpt", "human:majority");
        String page = AgreementPage.render(report);
        assertThat(page)
                .contains("Agreement of openai:gpt")
                .contains("Against human:majority")
                .contains(StatisticText.of(report.references().get(0).scores().accuracy()))
                .contains(StatisticText.of(report.references().get(0).scores().cohenKappa()))
                .contains(StatisticText.of(report.orderConsistency().consistency()))
                .contains("Poisson bootstrap replicates by prompt, seed 1")
                .contains("left out and counted")
                .contains("UNPARSEABLE");
    }

    @Test
    void theLicenceStandsOnThePageInTheTablesAndOnTheScreen() {
        AgreementReport report = report("openai:gpt", "human:majority");
        License license = report.license().orElseThrow();
        assertThat(license.verdict()).isEqualTo(License.Verdict.REFUSED);
        assertThat(AgreementPage.render(report))
                .contains("The licence: refused", license.statement(), license.digest())
                .contains("&lt;b&gt;chats&lt;/b&gt;{{ 6 * 7 }}\\u{202e}");
        String screen = String.join(" ", AgreementSummary.lines(report)).replaceAll("\\s+", " ");
        String tables = String.join(" ", AgreementTable.lines(report));
        assertThat(screen).contains("licence REFUSED (openai:gpt, ", license.statement());
        assertThat(tables).contains("licence REFUSED (openai:gpt, ", license.statement());
        assertThat(license.reasons()).isNotEmpty().allSatisfy(reason -> {
            assertThat(screen).contains("- " + reason);
            assertThat(tables).contains("- " + reason);
        });
    }

    @Test
    void theMostConfidentDisagreementsAreListedAndTheOthersCounted() {
        AgreementReport report = report("openai:gpt", "human:majority");
        Disagreements disagreements = report.disagreements().orElseThrow();
        assertThat(disagreements.listed()).hasSize(12);
        assertThat(disagreements.different()).isEqualTo(12 + disagreements.leftOut());
        assertThat(disagreements.listed())
                .extracting(Disagreement::margin)
                .isSortedAccordingTo((a, b) -> Double.compare(b, a));
        assertThat(disagreements.listed().get(0).margin()).isEqualTo(1);
        assertThat(disagreements.listed())
                .allSatisfy(row -> assertThat(row.judged()).isNotEqualTo(row.reference()));
        // The confusion says the same.
        long different = report.references().get(0).confusion().stream()
                .mapToLong(row -> row.judged().entrySet().stream()
                        .filter(said -> List.of("A", "B", "tie").contains(said.getKey()))
                        .filter(said ->
                                !said.getKey().equalsIgnoreCase(row.reference().name()))
                        .mapToLong(java.util.Map.Entry::getValue)
                        .sum())
                .sum();
        assertThat(disagreements.different()).isEqualTo(different);
        assertThat(AgreementPage.render(report))
                .contains(disagreements.different() + " of " + disagreements.compared() + " rows")
                .contains(disagreements.leftOut() + " are left out");
    }

    @Test
    void longTextsAreCutAndWhatIsLeftOutIsCounted() {
        Disagreement.Excerpt excerpt = Disagreement.Excerpt.of("\uD83D\uDE00".repeat(4001));
        assertThat(excerpt.text()).isEqualTo("\uD83D\uDE00".repeat(4000));
        assertThat(excerpt.leftOut()).isEqualTo(1);
    }

    @Test
    void theSummaryFitsOneScreen() {
        AgreementReport report = report("openai:gpt", "human:majority");
        List<String> lines = new java.util.ArrayList<>(AgreementSummary.headline(report));
        lines.addAll(AgreementSummary.lines(report));
        assertThat(lines)
                .hasSizeLessThanOrEqualTo(30)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(String.join("\n", lines))
                .contains("accuracy "
                        + StatisticText.of(report.references().get(0).scores().accuracy()))
                .contains("kappa "
                        + StatisticText.of(report.references().get(0).scores().cohenKappa()))
                .contains("orders: same label in both 0.");
    }

    @Test
    void theHistogramHoldsEveryRowWithAScoreAndALabelAndMirrorsItself() {
        ScoreHistogram scores =
                report("openai:gpt", "human:majority").histogram().orElseThrow();
        assertThat(scores.bins()).hasSize(21);
        assertThat(scores.bins().stream().mapToLong(ScoreHistogram.Bin::a).sum())
                .isEqualTo(scores.rows().get("A"));
        // Verdicts in two orders make z 0, .25, .5, .75 or 1.
        assertThat(IntStream.range(0, 21)
                        .filter(bin -> scores.bins().get(bin).a()
                                        + scores.bins().get(bin).b()
                                > 0)
                        .toArray())
                .containsExactly(0, 5, 10, 15, 20);
    }

    @Test
    void thePageNeedsNoNetworkAndRunsNoScript() {
        String page = AgreementPage.render(report("openai:gpt", "human:h"));
        assertThat(page)
                .contains("default-src 'none'")
                .doesNotContainPattern("<script|src=|href=|<link|@import|url\\(");
    }

    @Test
    void hostileNamesStayText() {
        String page = AgreementPage.render(report(HOSTILE_JUDGE, HOSTILE_REFERENCE));
        assertThat(page)
                .doesNotContain("<script", "<img", "\u202E", "\u0000", "\uD800")
                .contains("&lt;script&gt;")
                .contains("{{ 6 * 7 }}")
                .contains("&lt;img src=x onerror=alert(1)&gt;")
                .contains("\\u{202e}gnp.\\u{0}\\u{a}\\u{d800}");
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(page)).isTrue();
    }

    @Test
    void hostileNamesDoNotBreakTheTableForPeople() {
        List<String> lines = AgreementTable.lines(report(HOSTILE_JUDGE, HOSTILE_REFERENCE));
        assertThat(lines).allSatisfy(line -> assertThat(line).doesNotContain("\n", "\u0000", "\u202E"));
        assertThat(lines).anyMatch(line -> line.contains("\\<img src=x") && line.contains("'\\|"));
        assertThat(lines.stream()
                        .filter(line -> line.startsWith("|") && line.contains("gnp"))
                        .map(line -> line.replace("\\|", "")
                                .chars()
                                .filter(c -> c == '|')
                                .count()))
                .containsOnly(9L, 6L, 5L);
    }

    @Test
    void theTableForPeopleHoldsEveryReferenceAndEveryChoice() {
        AgreementReport report = report("openai:gpt", "human:majority");
        assertThat(String.join("\n", AgreementTable.lines(report)))
                .contains("Agreement of openai:gpt over 400 rows, 100 prompts")
                .contains("| human:majority | ")
                .contains("| human:other    | ")
                .contains("Rows without a preference are left out and counted (unparsed).")
                .contains("decided by the mean of z")
                .contains(StatisticText.of(report.references().get(1).scores().s1()))
                .contains("Asked in both orders: 400 rows");
    }

    @Test
    void aReportWithoutAnyRowIsAPageThatSaysSo() {
        AgreementStudy study = new AgreementStudy("judge", AgreementSettings.DEFAULTS);
        assertThat(AgreementPage.render(study.report())).contains("0 rows over 0 prompts");
        assertThat(AgreementTable.lines(study.report())).isNotEmpty();
        Pair pair = StudyRows.pair("1", "p");
        study.add(
                pair,
                Judgment.of(pair, "judge", new Abstention(Abstention.Reason.REFUSED, "")),
                List.of(Judgment.of(pair, "human:h", Preference.FIRST)));
        assertThat(AgreementPage.render(study.report())).contains("undefined (no row has a label of both)");
    }
}
