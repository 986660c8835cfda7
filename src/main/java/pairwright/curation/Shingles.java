package pairwright.curation;

import java.text.Normalizer;
import java.util.Locale;

/**
 * The character 5-grams of a text as 64-bit numbers, whatever its case, its white space and the way in which a character is written. A text
 * of fewer characters is one shingle.
 */
final class Shingles {
    static final int LENGTH = 5;

    /** An odd multiplier (Steele and Vigna 2021); the hash of a window is a polynomial in it. */
    private static final long BASE = 0xd1342543de82ef95L;

    private static final long LEAVING = power(LENGTH - 1);

    private Shingles() {}

    /** Of the base, modulo 2^64 as all of the hash is. */
    private static long power(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= BASE;
        }
        return power;
    }

    /** In the order of the text; a shingle that stands twice is there twice. */
    static long[] of(String text) {
        String plain = normalized(text);
        int length = plain.length();
        if (length <= LENGTH) {
            return length == 0 ? new long[0] : new long[] {mixed(polynomial(plain, length))};
        }
        long[] shingles = new long[length - LENGTH + 1];
        long window = polynomial(plain, LENGTH);
        shingles[0] = mixed(window);
        for (int i = LENGTH; i < length; i++) {
            window = (window - (plain.charAt(i - LENGTH) + 1) * LEAVING) * BASE + plain.charAt(i) + 1;
            shingles[i - LENGTH + 1] = mixed(window);
        }
        return shingles;
    }

    private static long polynomial(String text, int length) {
        long sum = 0;
        for (int i = 0; i < length; i++) {
            sum = sum * BASE + text.charAt(i) + 1;
        }
        return sum;
    }

    /** The finaliser of SplitMix64 (Stafford's variant 13), so that all bits look random. */
    private static long mixed(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** Lower case, compatible characters as one, white space as single blanks. */
    static String normalized(String text) {
        String compatible = Normalizer.isNormalized(text, Normalizer.Form.NFKC)
                ? text
                : Normalizer.normalize(text, Normalizer.Form.NFKC);
        String lower = compatible.toLowerCase(Locale.ROOT);
        StringBuilder out = new StringBuilder(lower.length());
        boolean blank = true;
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                if (!blank) {
                    out.append(' ');
                }
                blank = true;
            } else {
                out.append(c);
                blank = false;
            }
        }
        if (blank && out.length() > 0) {
            out.setLength(out.length() - 1);
        }
        return out.toString();
    }

    /** A hash of the digits of a text in their order, 0 for a text without any: texts about different numbers differ in it. */
    static int digits(String text) {
        long hash = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isDigit(c)) {
                boolean first = i == 0 || !Character.isDigit(text.charAt(i - 1));
                hash = mixed(hash * BASE + Character.digit(c, 10) + (first ? 11 : 1));
            }
        }
        return (int) (hash ^ (hash >>> 32));
    }
}
