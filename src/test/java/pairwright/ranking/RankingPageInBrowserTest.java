package pairwright.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pairwright.agreement.HeadlessBrowser;
import pairwright.jsonl.AtomicFile;

/** The page in a real browser; skipped where there is none. */
class RankingPageInBrowserTest {
    private static final String HOSTILE = "<script>document.title='taken'</script>";
    private static final int ITEMS = 6;

    @TempDir
    private static Path folder;

    private static HeadlessBrowser browser;
    private static List<String> requests;

    @BeforeAll
    static void openThePage() {
        browser = HeadlessBrowser.open(folder.resolve("profile"));
        Path page = folder.resolve("ranking.html");
        AtomicFile.write(
                page,
                RankingPage.render(RankingPageTest.ranking(
                        "one", "two", "three", "a-model-with-a-rather-long-name-2026-11-28", HOSTILE, "x\u202eevil")));
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
    void hostileNamesAreText() {
        assertThat(browser.count("script")).isZero();
        assertThat(browser.value("document.title")).isEqualTo("Ranking of " + ITEMS + " items");
        assertThat(browser.value("document.body.textContent.includes(\"" + HOSTILE + "\")"))
                .isEqualTo(true);
        assertThat(browser.value("/[\\u202a-\\u202e\\u2066-\\u2069]/.test(document.documentElement.outerHTML)"))
                .isEqualTo(false);
    }

    @Test
    void everyPictureHasItsMarksAndTheyHaveASize() {
        assertThat(browser.count("#strengths .mark")).isEqualTo(ITEMS);
        assertThat(browser.count("#strengths .interval")).isEqualTo(ITEMS);
        assertThat(browser.count("#wins tbody td")).isEqualTo(ITEMS * ITEMS);
        assertThat(browser.count("#ranks svg g")).isEqualTo(ITEMS);
        assertThat(browser.count("#ranks svg rect")).isGreaterThanOrEqualTo(ITEMS);
        assertThat(browser.withoutSize("svg")).isZero();
        assertThat(browser.withoutSize("svg .mark")).isZero();
        assertThat(browser.withoutSize("svg text")).isZero();
    }

    @Test
    void nothingStandsOutsideOfThePageAndNoTextIsCut() {
        assertThat(browser.value("document.documentElement.scrollWidth <= window.innerWidth"))
                .isEqualTo(true);
        assertThat(browser.value("[...document.querySelectorAll('svg text')].filter(t => { const r ="
                        + " t.getBoundingClientRect(), s = t.ownerSVGElement.getBoundingClientRect(); return r.left < s.left - 1"
                        + " || r.right > s.right + 1 || r.top < s.top - 1 || r.bottom > s.bottom + 1 }).map(t =>"
                        + " t.textContent).join('|')"))
                .isEqualTo("");
    }

    @Test
    void textIsReadOnLightAndOnDarkGround() {
        for (String scheme : List.of("light", "dark")) {
            browser.prefer(scheme, "screen");
            assertThat(browser.value("getComputedStyle(document.body).backgroundColor"))
                    .isEqualTo(scheme.equals("light") ? "rgb(255, 255, 255)" : "rgb(20, 23, 26)");
            assertThat(contrast("getComputedStyle(document.body).color")).isGreaterThan(7);
            assertThat(contrast("getComputedStyle(document.querySelector('#wins td')).color"))
                    .isGreaterThan(4.5);
            assertThat(contrast("getComputedStyle(document.querySelector('#wins small')).color"))
                    .isGreaterThan(4.5);
            assertThat(contrast("getComputedStyle(document.querySelector('#strengths svg text')).fill"))
                    .isGreaterThan(4.5);
            assertThat(contrast("getComputedStyle(document.querySelector('#ranks svg text')).fill"))
                    .isGreaterThan(4.5);
        }
    }

    /** The contrast of a colour and the ground, by WCAG 2.2. */
    private static double contrast(String colour) {
        Object ratio =
                browser.value("(() => { const light = c => { const v = c.match(/[\\d.]+/g).slice(0, 3).map(Number)"
                        + ".map(x => x / 255).map(x => x <= .04045 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4);"
                        + " return .2126 * v[0] + .7152 * v[1] + .0722 * v[2] };"
                        + " const a = light(" + colour + ");"
                        + " const b = light(getComputedStyle(document.body).backgroundColor);"
                        + " return (Math.max(a, b) + .05) / (Math.min(a, b) + .05) })()");
        return ((Number) ratio).doubleValue();
    }
}
