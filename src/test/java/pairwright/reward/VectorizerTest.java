package pairwright.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pairwright.prompt.Prompt;

class VectorizerTest {
    private static final FeatureSettings SETTINGS = FeatureSettings.DEFAULT;
    private static final Prompt PROMPT = Prompt.of("Why is the sky blue?");

    private static SparseVector vector(String response) {
        return new Vectorizer(SETTINGS).vector(PROMPT, response);
    }

    /** FNV-1a test vectors of Fowler, Noll and Vo (64 bits), and fmix64 of MurmurHash3 for 1. */
    @Test
    void theHashIsFnv1aFinishedByMurmur3() {
        assertThat(TextHash.of(TextHash.START, "a")).isEqualTo(0xaf63dc4c8601ec8cL);
        assertThat(TextHash.of(TextHash.START, "foobar")).isEqualTo(0x85944171f73967e8L);
        assertThat(TextHash.mixed(1)).isEqualTo(0xb456bcfc34c2cb2cL);
        assertThat(TextHash.column(0x85944171f73967e8L, 18)).isBetween(0, (1 << 18) - 1);
    }

    @Test
    void eachHashedGroupHasLengthOne() {
        SparseVector vector = vector("Light of short waves is scattered most.");
        double squares = 0;
        for (int k = 0; k < vector.columns().length; k++) {
            if (vector.columns()[k] < SETTINGS.hashedColumns()) {
                squares += vector.values()[k] * vector.values()[k];
            }
        }
        // Three groups; columns that groups share would make it a little more.
        assertThat(squares).isCloseTo(3, within(.05));
    }

    @Test
    void theSameTextHasTheSameVectorInEveryLocaleAndWhateverCameBefore() {
        SparseVector expected = vector("I INSIST: the Istanbul title is fine, isn’t it?");
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            Vectorizer used = new Vectorizer(SETTINGS);
            used.vector(
                    PROMPT,
                    "many different words ".repeat(500)
                            + IntStream.range(0, 5000).boxed().toList());
            SparseVector again = used.vector(PROMPT, "I INSIST: the Istanbul title is fine, isn’t it?");
            assertThat(again.columns()).isEqualTo(expected.columns());
            assertThat(again.values()).isEqualTo(expected.values());
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ":", "\u0000", "\ud800", "😀", "\u2028\ufeff", "```", "\n\n\n", "'", "é"})
    void anyTextHasFiniteFeatures(String response) {
        SparseVector vector = vector(response);
        for (int k = 0; k < vector.columns().length; k++) {
            assertThat(vector.values()[k]).isFinite();
            assertThat(vector.columns()[k]).isBetween(k == 0 ? 0 : vector.columns()[k - 1] + 1, SETTINGS.columns() - 1);
        }
    }

    @Test
    void aHugeTextIsReadInBoundedMemory() {
        assertThat(vector(" ".repeat(1_000_000)).columns().length).isLessThan(50);
        assertThat(vector("a b c d ".repeat(500_000)).columns().length).isLessThan(200);
    }

    @Test
    void anotherLanguageThanThePromptsIsSeen() {
        assertThat(style("It is blue because of the air and the light.", Style.Column.OTHER_LANGUAGE))
                .isLessThan(style(
                        "Der Himmel ist blau, weil die Luft das Licht streut und nicht das Meer.",
                        Style.Column.OTHER_LANGUAGE));
    }

    @Test
    void aSentenceThatBreaksOffIsSeen() {
        assertThat(style("Air scatters light. Short waves are scattered more than the", Style.Column.BREAKS_OFF))
                .isEqualTo(1);
        assertThat(style("Air scatters light. Short waves most.", Style.Column.BREAKS_OFF))
                .isZero();
    }

    private static double style(String response, Style.Column column) {
        SparseVector vector = vector(response);
        int wanted = SETTINGS.hashedColumns()
                + java.util.List.of(Style.Column.values()).indexOf(column);
        int k = java.util.Arrays.binarySearch(vector.columns(), wanted);
        return k < 0 ? 0 : vector.values()[k];
    }
}
