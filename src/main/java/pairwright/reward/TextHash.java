package pairwright.reward;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The hash that gives an n-gram its column: FNV-1a with 64 bits (offset basis cbf29ce484222325, prime 100000001b3), one
 * step for each symbol of 32 bits, then the finalizer of MurmurHash3 (fmix64), of which the highest bits are the column.
 * A symbol is a code point, or the folded halves of a word's own hash. It depends on neither platform nor locale.
 */
final class TextHash {
    static final long START = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private TextHash() {}

    static long step(long hash, int symbol) {
        return (hash ^ (symbol & 0xffffffffL)) * PRIME;
    }

    /** A word as a symbol of a longer n-gram. */
    static long step(long hash, long word) {
        return step(step(hash, (int) (word >>> 32)), (int) word);
    }

    static long mixed(long hash) {
        long h = hash;
        h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
        h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return h ^ (h >>> 33);
    }

    /** In [0, 1), from the text alone: a checksum, which is linear, mixed so that neighbours are independent. */
    static double uniform(String text) {
        CRC32 digest = new CRC32();
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        return (mixed(digest.getValue()) >>> 11) * 0x1p-53;
    }

    static int column(long hash, int bits) {
        return (int) (mixed(hash) >>> (64 - bits));
    }

    /** Of a whole text, code point by code point. */
    static long of(long start, CharSequence text) {
        long hash = start;
        for (int i = 0; i < text.length(); ) {
            int c = Character.codePointAt(text, i);
            hash = step(hash, c);
            i += Character.charCount(c);
        }
        return hash;
    }
}
