package pairwright.curation;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;

/**
 * The words of a text as 64-bit numbers: runs of letters and digits in lower case, each ideograph and each kana by itself, since such scripts
 * write no blanks.
 */
public final class Tokens {
    private static final long BASE = 0xd1342543de82ef95L;

    private Tokens() {}

    /** In the order of the text. */
    public static long[] of(String text) {
        String plain = (Normalizer.isNormalized(text, Normalizer.Form.NFKC)
                        ? text
                        : Normalizer.normalize(text, Normalizer.Form.NFKC))
                .toLowerCase(Locale.ROOT);
        long[] tokens = new long[16 + plain.length() / 4];
        int count = 0;
        long word = 0;
        for (int i = 0; i < plain.length(); ) {
            int c = plain.codePointAt(i);
            i += Character.charCount(c);
            boolean alone = c >= 0x2e80 && (Character.isIdeographic(c) || kana(c));
            boolean part = Character.isLetterOrDigit(c) || Character.getType(c) == Character.NON_SPACING_MARK;
            if (word != 0 && (alone || !part)) {
                tokens = added(tokens, count++, word);
                word = 0;
            }
            if (alone) {
                tokens = added(tokens, count++, c);
            } else if (part) {
                word = word * BASE + c + 1;
            }
        }
        if (word != 0) {
            tokens = added(tokens, count++, word);
        }
        return Arrays.copyOf(tokens, count);
    }

    private static boolean kana(int c) {
        Character.UnicodeScript script = Character.UnicodeScript.of(c);
        return script == Character.UnicodeScript.HIRAGANA || script == Character.UnicodeScript.KATAKANA;
    }

    private static long[] added(long[] tokens, int at, long word) {
        long[] room = at < tokens.length ? tokens : Arrays.copyOf(tokens, 2 * tokens.length);
        long z = (word ^ (word >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        room[at] = z ^ (z >>> 31);
        return room;
    }
}
