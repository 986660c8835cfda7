package pairwright.jsonl;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Lines of plain text, each as a row of JSON with the one field {@code prompt}. */
final class PlainLines implements Lines {
    private final LineReader lines;

    PlainLines(InputStream in) {
        this.lines = new LineReader(in, RowReader.MAX_LINE_BYTES);
    }

    @Override
    public byte[] next() throws IOException {
        byte[] line = lines.next();
        if (line == null || lines.overlong()) {
            return line;
        }
        String text = new String(line, StandardCharsets.UTF_8);
        // What is not UTF-8 goes on as it is, to be set aside as such.
        if (text.isBlank() || (text.indexOf('\ufffd') >= 0 && !SeparatedLines.isUtf8(line))) {
            return line;
        }
        String plain = lines.number() == 1 && text.startsWith("\ufeff") ? text.substring(1) : text;
        return plain.isBlank()
                ? new byte[0]
                : Json.write(Map.of("prompt", plain)).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public long number() {
        return lines.number();
    }

    @Override
    public boolean overlong() {
        return lines.overlong();
    }

    @Override
    public long bytesRead() {
        return lines.bytesRead();
    }
}
