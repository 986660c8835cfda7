package pairwright.jsonl;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Separated values under a line of column names (RFC 4180; lines may end in LF alone), each record as a line of JSON whose values are text,
 * numbered by the line where it begins. Reads bytes, since quotes, separators and line ends are ASCII, which UTF-8 uses for nothing else.
 */
final class SeparatedLines implements Lines {
    private static final int END = -1;
    private static final int NONE = -2;

    private final InputStream in;
    private final int separator;
    private List<String> header = List.of();
    private final ByteArrayOutputStream field = new ByteArrayOutputStream();
    private final ByteArrayOutputStream raw = new ByteArrayOutputStream();
    private int ahead = NONE;
    private long bytesRead;
    private long line = 1;
    private long number;
    private Optional<String> fault = Optional.empty();

    /** From the stream's next byte; the stream, which should be buffered, stays the caller's to close. */
    SeparatedLines(InputStream in, char separator) {
        this.in = in;
        this.separator = separator;
    }

    @Override
    public byte[] next() throws IOException {
        while (true) {
            List<byte[]> values = record();
            if (values == null) {
                return null;
            }
            if (values.size() == 1 && raw.toString(StandardCharsets.ISO_8859_1).isBlank()) {
                continue;
            }
            if (fault.isPresent()) {
                return raw.toByteArray();
            }
            List<String> texts = new ArrayList<>();
            for (byte[] value : values) {
                if (!isUtf8(value)) {
                    fault = Optional.of("not UTF-8; save the file as UTF-8");
                    return raw.toByteArray();
                }
                texts.add(new String(value, StandardCharsets.UTF_8));
            }
            if (header.isEmpty()) {
                header = names(texts);
                continue;
            }
            if (texts.size() != header.size()) {
                fault = Optional.of("has " + texts.size() + " fields, must have " + header.size()
                        + " as the line of column names; put a field with a separator or a quote in it in quotes");
                return raw.toByteArray();
            }
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < texts.size(); i++) {
                row.put(header.get(i), texts.get(i));
            }
            return Json.write(row).getBytes(StandardCharsets.UTF_8);
        }
    }

    private static List<String> names(List<String> texts) throws IOException {
        List<String> names = new ArrayList<>(texts);
        if (names.get(0).startsWith("\ufeff")) {
            names.set(0, names.get(0).substring(1));
        }
        names.replaceAll(String::strip);
        if (names.contains("")) {
            throw new IOException("the line of column names has a blank one; every column needs a name");
        }
        if (new LinkedHashSet<>(names).size() < names.size()) {
            throw new IOException("the line of column names " + names + " has one twice; every column needs its own");
        }
        return names;
    }

    static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** The next record's fields, null at the end. */
    private List<byte[]> record() throws IOException {
        fault = Optional.empty();
        field.reset();
        raw.reset();
        number = line;
        int c = unquoted();
        if (c == END) {
            return null;
        }
        List<byte[]> values = new ArrayList<>();
        while (true) {
            if (c == '"' && field.size() == 0) {
                c = quoted();
                // Between the closing quote and the separator nothing may stand.
                if (c != separator && c != '\n' && c != END && fault.isEmpty()) {
                    fault = Optional.of("something stands behind a closing quote; double the quotes within a field");
                }
            }
            while (c != separator && c != '\n' && c != END) {
                field.write(c);
                c = unquoted();
            }
            values.add(field.toByteArray());
            field.reset();
            if (c != separator) {
                return values;
            }
            c = unquoted();
        }
    }

    /** Reads on behind an opening quote; returns what stands behind the closing one. */
    private int quoted() throws IOException {
        long opened = line;
        while (true) {
            int c = read();
            if (c == END) {
                fault = Optional.of("the quote that opens in line " + opened + " does not close");
                return END;
            }
            if (c == '"') {
                c = read();
                if (c != '"') {
                    return lineEnd(c);
                }
            }
            field.write(c);
        }
    }

    /** A byte outside quotes, where CRLF is one line end; within them it is two bytes of the text. */
    private int unquoted() throws IOException {
        return lineEnd(read());
    }

    private int lineEnd(int c) throws IOException {
        if (c == '\r') {
            ahead = in.read();
            return ahead == '\n' ? read() : c;
        }
        return c;
    }

    private int read() throws IOException {
        int c = ahead != NONE ? ahead : in.read();
        ahead = NONE;
        if (c == END) {
            return END;
        }
        bytesRead++;
        if (c == '\n') {
            line++;
        }
        raw.write(c);
        if (raw.size() > RowReader.MAX_LINE_BYTES) {
            throw new IOException("the record that begins in line " + number + " is longer than "
                    + RowReader.MAX_LINE_BYTES + " bytes; does a quote in it not close?");
        }
        return c;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public Optional<String> fault() {
        return fault;
    }

    @Override
    public long bytesRead() {
        return bytesRead;
    }
}
