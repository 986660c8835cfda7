package pairwright.jsonl;

import java.util.List;

/**
 * One line of JSON, looked at in place: an object of plain ASCII texts, numbers, true, false and null, without nesting and without escapes,
 * each key once. Most rows of large files are such, and need no parser; any other line is left to one.
 */
public final class FlatLine {
    private static final int MOST_KEYS = 24;
    private static final int TEXT = 1;
    private static final int OTHER = 2;

    private final byte[][] wanted;
    private final int[] kind;
    private final int[] from;
    private final int[] to;
    private final int[] keyFrom = new int[MOST_KEYS];
    private final int[] keyTo = new int[MOST_KEYS];
    private byte[] line = new byte[0];
    private int at;

    /** Looks for these keys. */
    public FlatLine(List<String> keys) {
        wanted = new byte[keys.size()][];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = keys.get(i).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        }
        kind = new int[wanted.length];
        from = new int[wanted.length];
        to = new int[wanted.length];
    }

    /** Looks at a line; false where it is not flat, and then nothing of it may be asked. */
    boolean parse(byte[] bytes) {
        line = bytes;
        at = 0;
        java.util.Arrays.fill(kind, 0);
        skipSpace();
        if (!take('{')) {
            return false;
        }
        int keys = 0;
        do {
            skipSpace();
            if (keys == MOST_KEYS || !text()) {
                return false;
            }
            keyFrom[keys] = start;
            keyTo[keys] = at - 1;
            for (int i = 0; i < keys; i++) {
                if (same(keyFrom[i], keyTo[i], keyFrom[keys], keyTo[keys])) {
                    return false;
                }
            }
            skipSpace();
            if (!take(':')) {
                return false;
            }
            skipSpace();
            int which = which(keyFrom[keys], keyTo[keys]);
            boolean text = at < line.length && line[at] == '"';
            if (!(text ? text() : scalar())) {
                return false;
            }
            if (which >= 0) {
                kind[which] = text ? TEXT : OTHER;
                from[which] = start;
                to[which] = text ? at - 1 : at;
            }
            keys++;
            skipSpace();
        } while (take(','));
        if (!take('}')) {
            return false;
        }
        skipSpace();
        return at == line.length;
    }

    private int start;

    /** A text in quotes; {@link #start} is behind the first one. */
    private boolean text() {
        if (!take('"')) {
            return false;
        }
        start = at;
        while (at < line.length) {
            byte b = line[at++];
            if (b == '"') {
                return true;
            }
            if (b == '\\' || b < ' ') { // bytes of 128 and more are below 0
                return false;
            }
        }
        return false;
    }

    /** A whole or decimal number of up to 18 digits, true, false or null. */
    private boolean scalar() {
        start = at;
        if (word("true") || word("false") || word("null")) {
            return true;
        }
        take('-');
        int digits = digits();
        if (digits == 0 || (digits > 1 && line[at - digits] == '0')) {
            return false;
        }
        if (take('.')) {
            int decimals = digits();
            if (decimals == 0) {
                return false;
            }
            digits += decimals;
        }
        return digits <= 18 && at < line.length && "eE.".indexOf(line[at]) < 0;
    }

    private int digits() {
        int before = at;
        while (at < line.length && line[at] >= '0' && line[at] <= '9') {
            at++;
        }
        return at - before;
    }

    private boolean word(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (at + i >= line.length || line[at + i] != word.charAt(i)) {
                return false;
            }
        }
        at += word.length();
        return true;
    }

    private boolean take(char c) {
        if (at < line.length && line[at] == c) {
            at++;
            return true;
        }
        return false;
    }

    private void skipSpace() {
        while (at < line.length && (line[at] == ' ' || line[at] == '\t')) {
            at++;
        }
    }

    private boolean same(int a, int aEnd, int b, int bEnd) {
        return java.util.Arrays.equals(line, a, aEnd, line, b, bEnd);
    }

    private int which(int keyStart, int keyEnd) {
        for (int i = 0; i < wanted.length; i++) {
            if (java.util.Arrays.equals(wanted[i], 0, wanted[i].length, line, keyStart, keyEnd)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether the line has a wanted key, by its place among them, with a text. */
    public boolean isText(int key) {
        return kind[key] == TEXT;
    }

    /** Whether the line has a wanted key at all. */
    public boolean has(int key) {
        return kind[key] != 0;
    }

    /** The bytes of the line, of which {@link #from} and {@link #to} tell the part of a text; good until the next line. */
    public byte[] bytes() {
        return line;
    }

    public int from(int key) {
        return from[key];
    }

    public int to(int key) {
        return to[key];
    }

    /** Whether a key has this text. */
    public boolean isText(int key, byte[] text) {
        return kind[key] == TEXT && java.util.Arrays.equals(line, from[key], to[key], text, 0, text.length);
    }
}
