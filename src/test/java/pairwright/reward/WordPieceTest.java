package pairwright.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pairwright.jsonl.BadInput;

/** The peer is the library `tokenizers` itself, through DJL. */
class WordPieceTest {
    private static final String TEXT = """
            The lower the newest, the wider the lowest: new, newer, newest; low, lower, lowest; wide, wider, widest.
            Der Fluss fließt über die Brücke, die Flüsse fließen. Ο ήλιος λάμπει πάνω στη θάλασσα. Солнце светит над морем, солнечный свет.
            太陽は東から昇り、西に沈む。今天天气很好。 शांति और प्रेम. السلام عليكم ورحمة الله. İstanbul ISTANBUL ıstanbul
            """;

    @TempDir
    static Path folder;

    private static WordPiece trained;
    private static HuggingFaceTokenizer peer;

    @BeforeAll
    static void train() throws IOException {
        Map<String, Long> counts = new TreeMap<>();
        TokenWords.of(TEXT, word -> {
            counts.merge(word, 1L, Long::sum);
            return true;
        });
        trained = WordPieceTrainer.of(counts, 300);
        peer = written(trained);
    }

    @AfterAll
    static void close() {
        peer.close();
    }

    private static HuggingFaceTokenizer written(WordPiece wordPiece) throws IOException {
        Path file = folder.resolve(TokenizerFile.NAME);
        Files.write(file, TokenizerFile.bytes(wordPiece));
        return HuggingFaceTokenizer.builder()
                .optTokenizerPath(file)
                .optTruncation(false)
                .optPadding(false)
                .build();
    }

    private static int[] peers(HuggingFaceTokenizer peer, String text) {
        return Arrays.stream(peer.encode(text, false, false).getIds())
                .mapToInt(Math::toIntExact)
                .toArray();
    }

    private static int[] ours(WordPiece wordPiece, String text) {
        return wordPiece.tokens(text, Integer.MAX_VALUE);
    }

    @Test
    void theNeighboursThatStandTogetherMostOftenBecomeOnePiece() {
        // By hand: h-u-g 10, p-u-g 5, p-u-n 12, b-u-n 4, h-u-g-s 5: ##u ##g 20, ##u ##n 16, h ##ug 15, p ##un 12.
        WordPiece small = WordPieceTrainer.of(Map.of("hug", 10L, "pug", 5L, "pun", 12L, "bun", 4L, "hugs", 5L), 15);
        assertThat(small.pieces())
                .containsExactly(
                        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "##g", "##n", "##s", "##u", "b", "h", "p", "##ug", "##un",
                        "hug", "pun");
        assertThat(ours(small, "hugs bug mug")).containsExactly(13, 6, 8, 11, WordPiece.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                TEXT,
                "",
                " \t\r\n",
                "NEWEST newest-newer...lowest?!(wide)[SEP] [CLS] [PAD] ##est",
                "a\u0000b\u200bc\ufeffd\u00ade \u0085f\u2028g\u3000h\ufffdi",
                "ﬁne ＮＥＷ ǅ Σίσυφος ΣΊΣΥΦΟΣ İI ẞß",
                "e\u0301 é ñ n\u0303 \u0301 ͅ",
                "👩\u200d👩\u200d👧\u200d👦 🇩🇪 emoji🙂in🙂words",
                "我爱new北京𠀀𪜀\u2b820 ｡､ ー",
                "שלום \u202eabc\u202c \u200f def",
                "1,234.56 $5 <b>x</b> C++ a_b @c #d %e ^f `g` |h| ~i",
            })
    void aTextHasTheTokensThatTheLibraryGives(String text) {
        assertThat(ours(trained, text)).isEqualTo(peers(peer, text));
    }

    @Test
    void wordsOfOverAHundredCharactersAreUnknown() {
        for (int length : new int[] {99, 100, 101, 500}) {
            String word = "e".repeat(length) + " " + "𠮷".repeat(length) + " " + "𝒳".repeat(length);
            assertThat(ours(trained, word)).as("of " + length).isEqualTo(peers(peer, word));
        }
    }

    /** Between letters it shows whether a character is dropped, parts words, is a word or belongs to one, and what its small letter is. */
    @Test
    void everyCharacterIsTakenAsTheLibraryTakesIt() throws IOException {
        List<String> pieces = new ArrayList<>(WordPiece.SPECIAL);
        pieces.addAll(List.of("a", "##a", "##b", "b", "##\u0307"));
        StringBuilder small = new StringBuilder();
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(c -> Character.isUpperCase(c) || Character.isTitleCase(c))
                .forEach(c -> {
                    small.setLength(0);
                    CharacterKinds.appendSmall(small, c);
                    pieces.add("##" + small);
                });
        WordPiece letters = new WordPiece(pieces.stream().distinct().toList());
        // Of what is not assigned, and within the largest blocks, a sample.
        int[] asked = IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .filter(c -> c % 251 == 0 || (Character.isDefined(c) && !isLarge(c)))
                .toArray();
        List<String> different = new ArrayList<>();
        try (HuggingFaceTokenizer library = written(letters)) {
            for (int from = 0; from < asked.length; from += 4096) {
                StringBuilder text = new StringBuilder();
                int[] block = Arrays.copyOfRange(asked, from, Math.min(asked.length, from + 4096));
                for (int c : block) {
                    text.append('a').appendCodePoint(c).append("b ");
                }
                if (!Arrays.equals(ours(letters, text.toString()), peers(library, text.toString()))) {
                    for (int c : block) {
                        String one = "a" + Character.toString(c) + "b";
                        if (!Arrays.equals(ours(letters, one), peers(library, one))) {
                            different.add(Integer.toHexString(c));
                        }
                    }
                }
            }
        }
        assertThat(different).isEmpty();
    }

    private static boolean isLarge(int c) {
        return Character.getType(c) == Character.PRIVATE_USE
                || (Character.isIdeographic(c) && c % 16 != 0 && (c + 1) % 16 != 0)
                || (c > 0xac10 && c < 0xd790);
    }

    @Test
    void textsOfRandomCharactersHaveTheTokensThatTheLibraryGives() {
        Random random = new Random(17);
        int[] starts = {
            0x20, 0x61, 0x61, 0xc0, 0x370, 0x400, 0x600, 0x900, 0x2000, 0x3000, 0x4e00, 0xac00, 0x1f600, 0x1d400
        };
        for (int k = 0; k < 400; k++) {
            StringBuilder text = new StringBuilder();
            int length = 1 + random.nextInt(80);
            for (int c = 0; c < length; c++) {
                text.appendCodePoint(
                        random.nextInt(5) == 0 ? ' ' : starts[random.nextInt(starts.length)] + random.nextInt(96));
            }
            assertThat(ours(trained, text.toString())).as(text.toString()).isEqualTo(peers(peer, text.toString()));
        }
    }

    @Test
    void twoPartsAreJoinedAsTheLibraryJoinsThem() {
        EncoderInput input = EncoderInput.of(ours(trained, "the newest"), ours(trained, "lower, wider"), 1024);
        Encoding library = peer.encode("the newest", "lower, wider");
        assertThat(Arrays.stream(input.ids()).asLongStream().toArray()).isEqualTo(library.getIds());
        assertThat(library.getTypeIds()[input.second() - 1]).isZero();
        assertThat(library.getTypeIds()[input.second()]).isOne();
    }

    @Test
    void whatIsTooLongLosesTheBeginningOfThePromptAndTheEndOfTheResponse() {
        int[] prompt = IntStream.rangeClosed(11, 30).toArray();
        int[] response = IntStream.rangeClosed(41, 60).toArray();
        assertThat(EncoderInput.of(prompt, response, 15).ids())
                .containsExactly(2, 28, 29, 30, 3, 41, 42, 43, 44, 45, 46, 47, 48, 49, 3);
        assertThat(EncoderInput.of(prompt, new int[] {41}, 15).ids())
                .containsExactly(2, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 3, 41, 3);
        assertThat(EncoderInput.of(new int[] {30}, response, 15).ids())
                .containsExactly(2, 30, 3, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 3);
    }

    @Test
    void aFileIsReadBackAndAnyOtherTokenizerIsRefused() {
        byte[] bytes = TokenizerFile.bytes(trained);
        assertThat(TokenizerFile.read(bytes).pieces()).isEqualTo(trained.pieces());
        String text = new String(bytes, StandardCharsets.UTF_8);
        for (String[] change : new String[][] {
            {"\"lowercase\" : true", "\"lowercase\" : false", "another tokenizer"},
            {"\"added_tokens\" : [ ]", "\"added_tokens\" : [ 1 ]", "another tokenizer"},
            {"\"[SEP]\" : 3", "\"[SEP]\" : 4", "special"},
            {"\"[SEP]\" : 3", "\"[SEP]\" : 9000", "has the id 9000"},
            {"\"vocab\"", "\"words\"", "no WordPiece vocabulary"}
        }) {
            assertThat(text).contains(change[0]);
            assertThatThrownBy(() -> TokenizerFile.read(
                            text.replace(change[0], change[1]).getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(BadInput.class);
        }
    }
}
