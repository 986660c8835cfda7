package pairwright.reward;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tokens of a prompt and a response, as a model of two parts takes them: [CLS] prompt [SEP] response [SEP].
 *
 * @param ids of the tokens
 * @param second index of the first token of the second part
 */
@SuppressWarnings("ArrayRecordComponent") // many are made and none is compared
record EncoderInput(int[] ids, int second) {
    private static final int SPECIAL = 3;

    /** Up to which lengths inputs are padded; above the last one, to its multiples. */
    private static final int[] BUCKETS = {16, 24, 32, 48, 64, 96, 128, 192, 256};

    /**
     * At most so many tokens. A quarter of the room is the prompt's if it needs it; of a prompt that is too long the end is kept, of a response the beginning.
     *
     * @param maxTokens at least 8
     */
    static EncoderInput of(int[] prompt, int[] response, int maxTokens) {
        int room = maxTokens - SPECIAL;
        int replied = Math.min(response.length, Math.max(room - prompt.length, room - room / 4));
        int asked = Math.min(prompt.length, room - replied);
        int[] ids = new int[asked + replied + SPECIAL];
        ids[0] = WordPiece.FIRST;
        System.arraycopy(prompt, prompt.length - asked, ids, 1, asked);
        ids[asked + 1] = WordPiece.SEPARATOR;
        System.arraycopy(response, 0, ids, asked + 2, replied);
        ids[ids.length - 1] = WordPiece.SEPARATOR;
        return new EncoderInput(ids, asked + 2);
    }

    /** To what length it is padded, so that there are few lengths. */
    int padded(int maxTokens) {
        return padded(ids.length, maxTokens);
    }

    /** The same of so many tokens. */
    static int padded(int tokens, int maxTokens) {
        int last = BUCKETS[BUCKETS.length - 1];
        int bucket = (tokens + last - 1) / last * last;
        for (int k = BUCKETS.length - 1; k >= 0 && BUCKETS[k] >= tokens; k--) {
            bucket = BUCKETS[k];
        }
        return Math.min(maxTokens, bucket);
    }

    /** The inputs of texts that were read as words. */
    static List<EncoderInput> of(List<TextWords> texts, Lexicon lexicon, WordPiece wordPiece, int maxTokens) {
        int[][] pieces = lexicon.words().stream().map(wordPiece::ids).toArray(int[][]::new);
        return texts.stream()
                .map(text -> of(joined(text.prompt(), pieces), joined(text.response(), pieces), maxTokens))
                .toList();
    }

    private static int[] joined(int[] words, int[][] pieces) {
        return WordPiece.joined(
                Arrays.stream(words).mapToObj(word -> pieces[word]).toList());
    }

    /** A vocabulary of the words of some of these texts; those of a prompt count once for each response. */
    static WordPiece vocabulary(List<TextWords> texts, Lexicon lexicon, int size) {
        long[] counts = new long[lexicon.words().size()];
        for (TextWords text : texts) {
            for (int[] words : List.of(text.prompt(), text.response())) {
                for (int word : words) {
                    counts[word]++;
                }
            }
        }
        Map<String, Long> counted = new HashMap<>();
        for (int word = 0; word < counts.length; word++) {
            if (counts[word] > 0) {
                counted.put(lexicon.words().get(word), counts[word]);
            }
        }
        return WordPieceTrainer.of(counted, size);
    }
}
