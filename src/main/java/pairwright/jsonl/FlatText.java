package pairwright.jsonl;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds the end of a string of JSON in valid UTF-8, eight bytes at a time, without decoding it. */
final class FlatText {
    static final int UNSURE = -1;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;
    private static final long QUOTES = LOW * '"';
    private static final long BACKSLASHES = LOW * '\\';
    private static final long SPACES = LOW * ' ';

    private FlatText() {}

    /**
     * The closing quote of a string that begins at {@code from}, behind its opening one; {@link #UNSURE} where it is not valid, not closed
     * before {@code to}, or would be written with other bytes.
     *
     * @param canonical whether only strings pass that would be written with the same bytes
     */
    static int end(byte[] buffer, int from, int to, boolean canonical) {
        int at = from;
        while (true) {
            while (at + Long.BYTES <= to) {
                long eight = (long) LONGS.get(buffer, at);
                long quote = eight ^ QUOTES;
                long backslash = eight ^ BACKSLASHES;
                long hits =
                        (eight | (eight - SPACES) | ((quote - LOW) & ~quote) | ((backslash - LOW) & ~backslash)) & HIGH;
                if (hits != 0) {
                    at += Long.numberOfTrailingZeros(hits) >>> 3;
                    break;
                }
                at += Long.BYTES;
            }
            if (at >= to) {
                return UNSURE;
            }
            byte next = buffer[at];
            if (next == '"') {
                return at;
            }
            if (next == '\\') {
                at = escape(buffer, at, to, canonical);
            } else if (next < 0) {
                at = letter(buffer, at, to, canonical);
            } else if (next < ' ') {
                return UNSURE;
            } else {
                at++;
            }
            if (at == UNSURE) {
                return UNSURE;
            }
        }
    }

    private static int escape(byte[] buffer, int at, int to, boolean canonical) {
        if (at + 1 >= to) {
            return UNSURE;
        }
        return switch (buffer[at + 1]) {
            case 'n', 't', 'r', 'b', 'f', '"', '\\' -> at + 2;
            case '/' -> canonical ? UNSURE : at + 2;
            default -> UNSURE;
        };
    }

    /** Behind a letter of two to four bytes (The Unicode Standard, table 3-7). */
    private static int letter(byte[] buffer, int at, int to, boolean canonical) {
        int first = buffer[at] & 0xff;
        int length = first >= 0xc2 && first <= 0xdf
                ? 2
                : (first & 0xf0) == 0xe0 ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0;
        if (length == 0 || at + length > to) {
            return UNSURE;
        }
        int second = buffer[at + 1] & 0xff;
        int low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
        int high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
        if (second < low || second > high) {
            return UNSURE;
        }
        for (int i = 2; i < length; i++) {
            if ((buffer[at + i] & 0xc0) != 0x80) {
                return UNSURE;
            }
        }
        // U+0085, U+2028 and U+2029 are written as escapes.
        boolean separator = (first == 0xc2 && second == 0x85)
                || (first == 0xe2 && second == 0x80 && (buffer[at + 2] & 0xfe) == 0xa8);
        return separator && canonical ? UNSURE : at + length;
    }
}
