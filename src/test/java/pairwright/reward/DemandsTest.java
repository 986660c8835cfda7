package pairwright.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemandsTest {
    /** missed is |ln(count / limit)| where the limit is broken. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Answer in at most 20 words.            | 20 | 1 | 1 | 0 | 0
            Answer in at most 20 words.            | 30 | 1 | 1 | 0 | .405465
            Write at least 50 words about rain.    | 25 | 2 | 1 | 0 | .693147
            Write at least 50 words about rain.    | 90 | 2 | 1 | 0 | 0
            Explain it in exactly two sentences.   | 30 | 3 | 1 | 0 | .405465
            Give me a one-sentence summary.        | 30 | 1 | 1 | 0 | 0
            List three tips.                       | 30 | 3 | 5 | 5 | .510826
            List three tips.                       | 30 | 3 | 1 | 0 | 0
            A poem of four lines, no more.         | 30 | 1 | 3 | 0 | .287682
            How does rain form?                    | 300 | 30 | 30 | 9 | 0
            """)
    void aNumberThatIsAskedForIsCompared(
            String prompt, int words, int sentences, int lines, int listLines, double missed) {
        assertThat(new Demands(prompt).missed(words, sentences, lines, listLines))
                .isCloseTo(missed, within(1e-6));
    }

    @Test
    void aWordThatMustNotBeSaidIsKnown() {
        Demands demands = new Demands("Plan a day in Lisbon, please no museums, and don't use the word \"tram\".");
        assertThat(demands.forbids(TextHash.of(TextHash.START, "museums"))).isTrue();
        assertThat(demands.forbids(TextHash.of(TextHash.START, "tram"))).isTrue();
        assertThat(demands.forbids(TextHash.of(TextHash.START, "lisbon"))).isFalse();
    }

    @Test
    void aHostilePromptIsReadQuickly() {
        assertThat(new Demands("no the ".repeat(100_000)).missed(1, 1, 1, 0)).isZero();
        assertThat(new Demands("at most ".repeat(100_000) + "9999 words").missed(1, 1, 1, 0))
                .isZero();
        assertThat(new Demands("").missed(0, 0, 0, 0)).isZero();
    }
}
