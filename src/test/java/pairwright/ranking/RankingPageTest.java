package pairwright.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RankingPageTest {
    static Ranking ranking(String... names) {
        SplittableRandom random = new SplittableRandom(1);
        List<Comparison> rows = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            int a = random.nextInt(names.length);
            int b = (a + 1 + random.nextInt(names.length - 1)) % names.length;
            rows.add(Comparison.of(names[a], names[b], random.nextInt(3) / 2.0).within("kind"));
        }
        return RankingStudy.of(
                Strengths.fit(Planted.table(rows), RankingSettings.DEFAULT),
                new StudySettings(50, 1, true, Optional.of(.3), false, true));
    }

    @Test
    void hostileNamesAreEscapedAndShown() {
        String page = RankingPage.render(
                ranking("<script>alert(1)</script>", "a\"b' onload=x", "x\u202eevil\u0000", "plain"));

        assertThat(page)
                .doesNotContain("<script")
                .contains("&lt;script&gt;")
                .doesNotContain("\"b' onload")
                .contains("x\\u{202e}evil\\u{0}")
                .doesNotContain("\u202e");
    }

    @Test
    void thePageNeedsNoNetworkAndHasAllItsParts() {
        String page = RankingPage.render(ranking("one", "two", "three"));

        assertThat(page)
                .contains("default-src 'none'")
                .doesNotContain("http://")
                .doesNotContain("https://")
                .doesNotContain("src=")
                .contains("id=\"strengths\"")
                .contains("id=\"wins\"")
                .contains("id=\"ranks\"")
                .contains("prefers-color-scheme: dark");
        // One mark and one interval for each item, one row of ranks each.
        assertThat(page.split("class=\"mark\"")).hasSize(4);
        assertThat(page.split("class=\"interval\"")).hasSize(4);
        assertThat(page).contains("over two:").contains("of 50 rounds");
    }

    @Test
    void aCsvHoldsHostileNamesAsOneFieldAndNoFormula() {
        String csv = RankingCsv.render(ranking("=1+1", "a,\"b\"", "line\nbreak"));

        assertThat(csv).contains(",'=1+1,").contains(",\"a,\"\"b\"\"\",").contains(",\"line\nbreak\",");
    }

    @Test
    void styleIsCountedOutsideOfCode() {
        String text = "# Title\n\n- one\n- **two** and __three__\n1. four\n```\n# not\n- a list\n```\n#hashtag\n";

        assertThat(StyleMeasure.HEADERS.of(text)).isEqualTo(1);
        assertThat(StyleMeasure.LISTS.of(text)).isEqualTo(3);
        assertThat(StyleMeasure.BOLD.of(text)).isEqualTo(2);
        assertThat(StyleMeasure.LENGTH.of("a\ud83d\ude00")).isEqualTo(2);
        assertThat(StyleMeasure.normalisedDifference(3, 1)).isEqualTo(.5);
        assertThat(StyleMeasure.normalisedDifference(0, 0)).isZero();
    }
}
