package pairwright.jsonl;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Whether bytes and texts are plain ASCII, eight at a time and without a copy. */
final class Ascii {
    /** Eight bytes of an array, the first of them lowest. */
    static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** A one in each of eight bytes. */
    static final long EACH = 0x0101010101010101L;
    /** The high bit of each of eight bytes. */
    static final long HIGH = 0x8080808080808080L;

    private Ascii() {}

    /** Whether no byte has its high bit set. */
    static boolean is(byte[] bytes) {
        long all = 0;
        int i = 0;
        for (; i + Long.BYTES <= bytes.length; i += Long.BYTES) {
            all |= (long) EIGHT.get(bytes, i);
        }
        for (; i < bytes.length; i++) {
            all |= bytes[i]; // a negative one sets all bits above it
        }
        return (all & HIGH) == 0;
    }

    /**
     * Whether the text is ASCII.
     *
     * @param bytes of the text in UTF-8, as {@link String#getBytes} gives them: a question mark for each lone surrogate
     */
    static boolean is(String text, byte[] bytes) {
        if (bytes.length != text.length() || !is(bytes)) {
            return false;
        }
        int mark = questionMark(bytes, 0);
        while (mark < bytes.length && text.charAt(mark) == '?') {
            mark = questionMark(bytes, mark + 1);
        }
        return mark == bytes.length;
    }

    /** Where the next one stands in what is ASCII; the length where there is none. */
    private static int questionMark(byte[] ascii, int from) {
        int i = from;
        for (; i + Long.BYTES <= ascii.length; i += Long.BYTES) {
            long mark = (long) EIGHT.get(ascii, i) ^ ('?' * EACH);
            long found = (mark - EACH) & HIGH; // a borrow can set bits above the first, never below it
            if (found != 0) {
                return i + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
        }
        while (i < ascii.length && ascii[i] != '?') {
            i++;
        }
        return i;
    }
}
