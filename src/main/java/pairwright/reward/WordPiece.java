package pairwright.reward;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A WordPiece vocabulary (Schuster and Nakajima 2012; greedy as in Devlin et al. 2019): a word is cut into the longest pieces that the vocabulary has, from
 * the left; pieces that begin no word are written with {@value #CONTINUED} before them. A word that cannot be cut so is one unknown token. Not for several threads
 * at once.
 */
final class WordPiece {
    static final String CONTINUED = "##";
    static final int PADDING = 0;
    static final int UNKNOWN = 1;
    static final int FIRST = 2;
    static final int SEPARATOR = 3;
    /** Tokens that no text can write, in the order of their ids. */
    static final List<String> SPECIAL = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]");

    /** A longer word, in code points, is unknown. */
    static final int LONGEST_WORD = 100;

    private static final int[] UNKNOWN_WORD = {UNKNOWN};
    private static final int KEPT_WORDS = 1 << 16;

    private final List<String> pieces;
    private final Map<String, Integer> ids = new HashMap<>();
    private final Map<String, int[]> known = new HashMap<>();
    private final int longest;

    /** @param pieces in the order of their ids, the special ones first */
    WordPiece(List<String> pieces) {
        this.pieces = List.copyOf(pieces);
        int most = 0;
        for (int id = 0; id < pieces.size(); id++) {
            if (ids.put(pieces.get(id), id) != null || pieces.get(id).isEmpty()) {
                throw new IllegalArgumentException(
                        "piece " + id + " is \"" + pieces.get(id) + "\", must be there once and not be empty");
            }
            most = Math.max(most, pieces.get(id).length());
        }
        longest = most;
        if (pieces.size() < SPECIAL.size()
                || !this.pieces.subList(0, SPECIAL.size()).equals(SPECIAL)) {
            throw new IllegalArgumentException("the pieces do not begin with " + SPECIAL);
        }
    }

    List<String> pieces() {
        return pieces;
    }

    int size() {
        return pieces.size();
    }

    /** The pieces' ids; the caller does not change them. */
    int[] ids(String word) {
        int[] found = known.get(word);
        if (found == null) {
            found = cut(word);
            if (known.size() == KEPT_WORDS) {
                known.clear();
            }
            known.put(word, found);
        }
        return found;
    }

    /**
     * Of a text's words, without special tokens.
     *
     * @param most no more than so many are wanted, and a word that goes beyond them is the last one
     */
    int[] tokens(String text, int most) {
        List<int[]> words = new ArrayList<>();
        int[] count = {0};
        TokenWords.of(text, word -> {
            int[] own = ids(word);
            words.add(own);
            count[0] += own.length;
            return count[0] < most;
        });
        return joined(words);
    }

    static int[] joined(List<int[]> words) {
        int[] all = new int[words.stream().mapToInt(word -> word.length).sum()];
        int at = 0;
        for (int[] word : words) {
            System.arraycopy(word, 0, all, at, word.length);
            at += word.length;
        }
        return all;
    }

    private int[] cut(String word) {
        int length = word.length();
        if (length > LONGEST_WORD && word.codePointCount(0, length) > LONGEST_WORD) {
            return UNKNOWN_WORD;
        }
        int[] cut = new int[length];
        int count = 0;
        for (int from = 0; from < length; ) {
            Integer id = null;
            int to = Math.min(length, from + longest);
            for (; to > from; to--) {
                String part = word.substring(from, to);
                id = ids.get(from == 0 ? part : CONTINUED + part);
                if (id != null) {
                    break;
                }
            }
            if (id == null) {
                return UNKNOWN_WORD;
            }
            cut[count++] = id;
            from = to;
        }
        return Arrays.copyOf(cut, count);
    }
}
