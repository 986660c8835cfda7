package pairwright.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pairwright.jsonl.AtomicFile;

/** The page in a real browser; skipped where there is none. */
class AgreementPageInBrowserTest {
    @TempDir
    private static Path folder;

    private static HeadlessBrowser browser;
    private static AgreementReport report;
    private static List<String> requests;

    @BeforeAll
    static void openThePage() {
        browser = HeadlessBrowser.open(folder.resolve("profile"));
        report = AgreementPageTest.report(AgreementPageTest.HOSTILE_JUDGE, AgreementPageTest.HOSTILE_REFERENCE);
        Path page = folder.resolve("agreement.html");
        AtomicFile.write(page, AgreementPage.render(report));
        requests = browser.requestsOf(page);
    }

    @AfterAll
    static void closeTheBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void thePageAsksForNothingAndTheConsoleIsEmpty() {
        assertThat(requests).hasSize(1).allSatisfy(url -> assertThat(url).startsWith("file:"));
        assertThat(browser.console()).isEmpty();
    }

    @Test
    void everyPictureHasItsMarks() {
        // People and judge against the others' vote, the judge against the reference, four rules.
        assertThat(browser.count("#standing .mark")).isEqualTo(7);
        assertThat(browser.count("#standing .interval")).isEqualTo(7);
        SoftScores soft = report.soft().orElseThrow();
        assertThat(browser.count("svg.reliability circle.mark"))
                .isEqualTo(soft.bins().size());
        ScoreHistogram scores = report.histogram().orElseThrow();
        assertThat(browser.count("svg.histogram rect.mark"))
                .isEqualTo(scores.bins().stream()
                        .mapToLong(bin -> (bin.a() > 0 ? 1 : 0) + (bin.b() > 0 ? 1 : 0) + (bin.tie() > 0 ? 1 : 0))
                        .sum());
        assertThat(browser.count("svg.risk circle.mark"))
                .isEqualTo(report.selective().orElseThrow().curve().size());
        assertThat(browser.count("svg.biases rect.mark"))
                .isEqualTo(report.faults().orElseThrow().tests().stream()
                        .filter(test -> test.pValue().isPresent())
                        .count())
                .isPositive();
        assertThat(browser.count("svg.biases rect.noise-floor")).isEqualTo(browser.count("svg.biases rect.mark"));
        assertThat(browser.count("#slices svg"))
                .isEqualTo(report.slices().size())
                .isPositive();
        assertThat(browser.count("table.heat td"))
                .isEqualTo(3L
                        * report.references().get(0).confusion().get(0).judged().size());
        assertThat(browser.count("article.disagreement")).isEqualTo(12);
        assertThat(browser.count("#license .badge"))
                .isEqualTo(report.license().orElseThrow().criteria().size());
    }

    @Test
    void everyPictureAndMarkHasASize() {
        assertThat(browser.count("svg")).isGreaterThanOrEqualTo(6);
        assertThat(browser.withoutSize("svg")).isZero();
        assertThat(browser.withoutSize("svg .mark")).isZero();
        assertThat(browser.withoutSize("svg text")).isZero();
        // Nothing stands outside of the page, and no text of a picture is cut at its edge.
        assertThat(browser.value("document.documentElement.scrollWidth <= window.innerWidth"))
                .isEqualTo(true);
        assertThat(browser.value("[...document.querySelectorAll('svg text')].filter(t => { const r ="
                        + " t.getBoundingClientRect(), s = t.ownerSVGElement.getBoundingClientRect(); return r.left < s.left - 1"
                        + " || r.right > s.right + 1 || r.top < s.top - 1 || r.bottom > s.bottom + 1 }).map(t =>"
                        + " t.textContent).join('|')"))
                .isEqualTo("");
    }

    @Test
    void hostileTextIsText() {
        assertThat(browser.count("script, img, article b")).isZero();
        assertThat(browser.value("document.title").toString())
                .isEqualTo("Agreement of " + AgreementPageTest.HOSTILE_JUDGE);
        assertThat(browser.value("document.querySelector('.response .text').textContent")
                        .toString())
                .contains("<script>document.body", "\\u{202e}gnp.exe\\u{0}\n\t<b>bold</b>", "\\u{d800}");
        assertThat(browser.value("/[\\u202a-\\u202e\\u2066-\\u2069]/.test(document.documentElement.outerHTML)"))
                .isEqualTo(false);
        assertThat(browser.value("getComputedStyle(document.querySelector('.response .text')).unicodeBidi"))
                .isEqualTo("isolate");
    }

    @Test
    void theGroundIsLightOrDarkAsPreferred() {
        browser.prefer("light", "screen");
        assertThat(ground()).isEqualTo("rgb(255, 255, 255)");
        browser.prefer("dark", "screen");
        assertThat(ground()).isEqualTo("rgb(20, 23, 26)");
        assertThat(contrast("body")).isGreaterThan(7);
        assertThat(contrast(".method")).isGreaterThan(4.5);
        browser.prefer("light", "screen");
        assertThat(contrast("body")).isGreaterThan(7);
        assertThat(contrast(".method")).isGreaterThan(4.5);
    }

    @Test
    void onPaperAllTextIsThereOnWhite() {
        browser.prefer("dark", "print");
        assertThat(ground()).isEqualTo("rgb(255, 255, 255)");
        assertThat(browser.value("getComputedStyle(document.querySelector('.response .text')).maxHeight"))
                .isEqualTo("none");
        browser.prefer("light", "screen");
        byte[] pdf = Base64.getDecoder().decode(browser.pdf());
        assertThat(new String(pdf, 0, 5, StandardCharsets.ISO_8859_1)).isEqualTo("%PDF-");
    }

    private static Object ground() {
        return browser.value("getComputedStyle(document.body).backgroundColor");
    }

    /** The contrast of an element's colour and the ground, by WCAG 2.2. */
    private static double contrast(String selector) {
        Object ratio =
                browser.value("(() => { const light = c => { const v = c.match(/[\\d.]+/g).slice(0, 3).map(Number)"
                        + ".map(x => x / 255).map(x => x <= .04045 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4);"
                        + " return .2126 * v[0] + .7152 * v[1] + .0722 * v[2] };"
                        + " const a = light(getComputedStyle(document.querySelector('" + selector + "')).color);"
                        + " const b = light(getComputedStyle(document.body).backgroundColor);"
                        + " return (Math.max(a, b) + .05) / (Math.min(a, b) + .05) })()");
        return ((Number) ratio).doubleValue();
    }
}
