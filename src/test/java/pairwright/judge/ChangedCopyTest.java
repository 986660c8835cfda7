package pairwright.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangedCopyTest {
    @Test
    void thePaddedCopyRepeatsItsOwnLastSentencesWordByWord() {
        assertThat(ChangedCopy.LENGTH.of("One is short. Two is a little longer. Three ends it!"))
                .contains(
                        "One is short. Two is a little longer. Three ends it!\n\nTwo is a little longer. Three ends it!");
        assertThat(ChangedCopy.LENGTH.of("7")).contains("7\n\n7");
        assertThat(ChangedCopy.LENGTH.of("第一句。第二句也在这里。")).contains("第一句。第二句也在这里。\n\n第二句也在这里。");
    }

    @Test
    void theRestyledCopyHasAHeadingBulletsAndBoldWords() {
        assertThat(ChangedCopy.FORMAT.of("Plants need light. They turn it into sugar.\n\nRoots drink water."))
                .contains("## Plants need light.\n\n- **They turn** it into sugar.\n- **Roots drink** water.");
        assertThat(ChangedCopy.FORMAT.of("Just one sentence")).contains("**Just one sentence**");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# Title\nText here.",
                "Some **bold** words.",
                "- a bullet\n- another",
                "1. first\n2. second",
                "| a | b |",
                "> quoted",
                "Use `code` here.",
                "```\nint x;\n```",
                "",
                " \n "
            })
    void aTextThatIsFormattedAlreadyIsNotRestyled(String text) {
        assertThat(ChangedCopy.FORMAT.of(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n\t ", "Look:\n```java\nint x = 1;\n```\nThat is it."})
    void aTextWithoutSentencesOrWithABlockOfCodeIsNotPadded(String text) {
        assertThat(ChangedCopy.LENGTH.of(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "?)", " ", "\n", "\n ", "1", "`", "\u3002", "a."})
    void aHostileTextTakesNoLongerThanItsLength(String bit) {
        String text = bit.repeat(300_000);
        for (ChangedCopy kind : ChangedCopy.values()) {
            kind.of(text)
                    .ifPresent(copy ->
                            assertThat(copy.length()).isGreaterThan(text.strip().length()));
        }
    }

    private static String words(String text) {
        return text.replaceAll("(?m)^(##|-) ", "")
                .replace("**", "")
                .replaceAll("\\s+", " ")
                .strip();
    }

    @Test
    void noWordIsAddedLostOrMoved() {
        String[] bits = {
            "word",
            "3.14",
            "e.g.",
            "\u00e9t\u00e9",
            "end.",
            "what?",
            "so!",
            "\n",
            "\n\n",
            "(see",
            "it)",
            "\u4f60\u597d\u3002",
            "U.S."
        };
        Random random = new Random(9);
        for (int i = 0; i < 2000; i++) {
            List<String> text = new ArrayList<>();
            for (int n = 1 + random.nextInt(40); n > 0; n--) {
                text.add(bits[random.nextInt(bits.length)]);
            }
            String made = String.join(" ", text);
            ChangedCopy.FORMAT
                    .of(made)
                    .ifPresent(copy -> assertThat(words(copy).replace(" ", ""))
                            .isEqualTo(words(made).replace(" ", "")));
            ChangedCopy.LENGTH.of(made).ifPresent(copy -> {
                assertThat(copy).startsWith(made.stripTrailing() + "\n\n");
                String added = copy.substring(made.stripTrailing().length()).strip();
                assertThat(words(made).replace(" ", "")).endsWith(added.replaceAll("\\s", ""));
                assertThat(copy.length())
                        .isGreaterThanOrEqualTo((int) (1.5 * made.strip().length()));
            });
        }
    }
}
