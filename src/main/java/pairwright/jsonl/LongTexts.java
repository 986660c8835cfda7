package pairwright.jsonl;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.UTF8JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes strings as the generator itself would, byte for byte, but long ASCII ones eight characters at a time: prompts and
 * responses are most of what is written, and the generator looks at each of their characters.
 */
final class LongTexts extends StdScalarSerializer<String> {
    private static final long serialVersionUID = 1L;

    /** Below it the copy costs more than it saves. */
    private static final int LONG = 64;

    /** What a character takes at most: a backslash, u and four digits. */
    private static final int ESCAPE = 6;

    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    LongTexts() {
        super(String.class);
    }

    @Override
    public void serialize(String text, JsonGenerator out, SerializerProvider provider) throws IOException {
        if (text.length() < LONG || !(out instanceof UTF8JsonGenerator)) {
            out.writeString(text);
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (!Ascii.is(text, bytes)) {
            out.writeString(text);
            return;
        }
        int next = firstEscaped(bytes, 0);
        if (next == bytes.length) {
            out.writeRawUTF8String(bytes, 0, bytes.length);
            return;
        }
        byte[] quoted = new byte[bytes.length + bytes.length / 16 + ESCAPE];
        int size = 0;
        int from = 0;
        while (true) {
            int most = size + (next - from) + ESCAPE;
            if (most > quoted.length) {
                quoted = Arrays.copyOf(quoted, most + (bytes.length - next) + quoted.length / 8);
            }
            System.arraycopy(bytes, from, quoted, size, next - from);
            size += next - from;
            if (next == bytes.length) {
                break;
            }
            size = escape(bytes[next], quoted, size);
            from = next + 1;
            next = firstEscaped(bytes, from);
        }
        out.writeRawUTF8String(quoted, 0, size);
    }

    /** The next quote, backslash or control character; the length where there is none. */
    private static int firstEscaped(byte[] ascii, int from) {
        int i = from;
        for (; i + Long.BYTES <= ascii.length; i += Long.BYTES) {
            long eight = (long) Ascii.EIGHT.get(ascii, i);
            long quote = eight ^ ('"' * Ascii.EACH);
            long backslash = eight ^ ('\\' * Ascii.EACH);
            // The high bit of each byte below a space, and of each quote and backslash.
            // A borrow can set bits above the first such byte, never below it.
            long found = ((eight - ' ' * Ascii.EACH) | (quote - Ascii.EACH) | (backslash - Ascii.EACH)) & Ascii.HIGH;
            if (found != 0) {
                return i + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
        }
        for (; i < ascii.length; i++) {
            if (ascii[i] < ' ' || ascii[i] == '"' || ascii[i] == '\\') {
                return i;
            }
        }
        return i;
    }

    private static int escape(byte character, byte[] out, int size) {
        int end = size;
        out[end++] = '\\';
        switch (character) {
            case '"', '\\' -> out[end++] = character;
            case '\b' -> out[end++] = 'b';
            case '\t' -> out[end++] = 't';
            case '\n' -> out[end++] = 'n';
            case '\f' -> out[end++] = 'f';
            case '\r' -> out[end++] = 'r';
            default -> {
                out[end++] = 'u';
                out[end++] = '0';
                out[end++] = '0';
                out[end++] = HEX[character >> 4];
                out[end++] = HEX[character & 15];
            }
        }
        return end;
    }
}
