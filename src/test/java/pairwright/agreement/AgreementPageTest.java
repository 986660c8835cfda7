package pairwright.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pairwright.jsonl.AtomicFile;
import pairwright.judge.Abstention;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;
import pairwright.pair.Label;
import pairwright.pair.Pair;

class AgreementPageTest {
    private static final String HOSTILE_JUDGE = "</title><script>document.body.textContent='owned'</script>{{ 6 * 7 }}";
    private static final String HOSTILE_REFERENCE =
            "human:\"><img src=x onerror=alert(1)>'|\u202Egnp.\u0000\n\uD800 & `x` [y](z)";

    private static AgreementReport report(String judge, String reference) {
        AgreementStudy study = new AgreementStudy(judge, AgreementSettings.DEFAULTS);
        Random random = new Random(1);
        List<Optional<Label>> labels =
                List.of(Optional.of(Label.A), Optional.of(Label.B), Optional.of(Label.TIE), Optional.empty());
        for (int i = 0; i < 400; i++) {
            Pair pair = StudyRows.pair("row" + i, "prompt" + i / 4, "x".repeat(random.nextInt(4)), "yy");
            Label gold = labels.get(random.nextInt(3)).orElseThrow();
            Judgment judged = random.nextInt(3) > 0
                    ? StudyRows.bothOrders(pair, judge, Optional.of(gold), Optional.of(gold))
                    : StudyRows.bothOrders(pair, judge, labels.get(random.nextInt(4)), labels.get(random.nextInt(4)));
            List<Judgment> given = List.of(
                    StudyRows.said(pair, reference.equals("human:majority") ? "human:first" : reference, gold),
                    StudyRows.said(pair, "human:other", random.nextInt(4) == 0 ? Label.A : gold));
            study.add(pair, judged, given, given);
        }
        return study.report();
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
    void thePageNeedsNoNetworkAndRunsNoScript() {
        String page = AgreementPage.render(report("openai:gpt", "human:h"));
        assertThat(page).contains("default-src 'none'").doesNotContainPattern("<script|https?:|<link|@import|url\\(");
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

    @Test
    void aBrowserShowsThePageWithNothingInjected(@TempDir Path folder) throws IOException, InterruptedException {
        String dom = dom(folder, AgreementPage.render(report(HOSTILE_JUDGE, HOSTILE_REFERENCE)));
        assertThat(dom)
                .contains("<h1>Agreement of &lt;/title&gt;&lt;script&gt;")
                .doesNotContain("<script", "<img", ">owned<")
                .contains("<svg")
                .contains("</html>");
        // Each picture has the judge and four baselines, and the page has not been cut.
        assertThat(dom.split("<circle", -1)).hasSize(1 + 3 * 5);
        assertThat(dom.split("<section", -1)).hasSize(1 + 3 + 1 + 1 + 1);
    }

    private static String dom(Path folder, String html) throws IOException, InterruptedException {
        Optional<Path> browser = Stream.of("chromium", "chromium-browser", "google-chrome", "chrome")
                .flatMap(name -> Stream.of(
                                System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
                        .map(path -> Path.of(path, name)))
                .filter(Files::isExecutable)
                .findFirst();
        Assumptions.assumeTrue(browser.isPresent(), "no Chromium on the PATH");
        Path page = folder.resolve("report.html");
        AtomicFile.write(page, html);
        Path out = folder.resolve("dom.html");
        Process process = new ProcessBuilder(
                        browser.orElseThrow().toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--dump-dom",
                        page.toUri().toString())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            Assumptions.assumeTrue(
                    process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0, "Chromium does not run here");
        } finally {
            process.destroyForcibly().waitFor();
        }
        return Files.readString(out, StandardCharsets.UTF_8);
    }
}
