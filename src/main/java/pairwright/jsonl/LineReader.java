package pairwright.jsonl;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Lines of bytes, ended by LF or CRLF; never holds more than the longest allowed line. */
public final class LineReader implements Lines {
    private final InputStream in;
    private final int maxBytes;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int limit;
    private long number;
    private long bytesRead;
    private boolean overlong;

    /**
     * Begins at the stream's next byte; the stream stays the caller's to close.
     *
     * @param maxBytes of a longer line only its beginning is kept
     */
    public LineReader(InputStream in, int maxBytes) {
        this.in = in;
        this.maxBytes = maxBytes;
    }

    /** The next line without its end, or null at the end of the input. */
    @Override
    public byte[] next() throws IOException {
        ByteArrayOutputStream line = null;
        overlong = false;
        boolean any = false;
        while (true) {
            if (position == limit) {
                limit = Math.max(0, in.read(buffer));
                position = 0;
                if (limit == 0) {
                    if (!any) {
                        return null;
                    }
                    number++;
                    return trimmed(line == null ? new byte[0] : line.toByteArray());
                }
                bytesRead += limit;
            }
            any = true;
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            if (line == null && end < limit && end - position <= maxBytes) {
                byte[] whole = Arrays.copyOfRange(buffer, position, end);
                position = end + 1;
                number++;
                return trimmed(whole);
            }
            line = line == null ? new ByteArrayOutputStream(Math.max(32, end - position)) : line;
            int room = maxBytes - line.size();
            overlong |= end - position > room;
            line.write(buffer, position, Math.min(end - position, room));
            if (end < limit) {
                position = end + 1;
                number++;
                return trimmed(line.toByteArray());
            }
            position = limit;
        }
    }

    private static byte[] trimmed(byte[] line) {
        int length = line.length;
        return length > 0 && line[length - 1] == '\r' ? java.util.Arrays.copyOf(line, length - 1) : line;
    }

    /** Number of the last line, from 1. */
    @Override
    public long number() {
        return number;
    }

    /** Whether the last line was longer than allowed and holds only its beginning. */
    @Override
    public boolean overlong() {
        return overlong;
    }

    @Override
    public long bytesRead() {
        return bytesRead;
    }
}
