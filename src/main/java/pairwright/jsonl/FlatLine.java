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
    private static final List<String> WORDS = List.of("true", "false", "null");

    private final byte[][] wanted;
    private final int[] kind;
    private final int[] from;
    private final int[] to;
    private final int[] keyFrom = new int[MOST_KEYS];
    private final int[] keyTo = new int[MOST_KEYS];
    private final int[] found = new int[MOST_KEYS];
    private final byte[][] usualNames = new byte[MOST_KEYS][];
    private final int[] usualWhich = new int[MOST_KEYS];
    private int usualKeys;
    private byte[] line = new byte[0];

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
        java.util.Arrays.fill(kind, 0);
        int at = space(bytes, 0);
        if (at >= bytes.length || bytes[at] != '{') {
            return false;
        }
        int keys = 0;
        boolean usual = true;
        do {
            int start = space(bytes, at + 1);
            at = text(bytes, start);
            if (at < 0 || keys == MOST_KEYS) {
                return false;
            }
            keyFrom[keys] = start + 1;
            keyTo[keys] = at - 1;
            // Where the keys so far are those of the line before, none stands twice, and what it is for is known.
            usual = usual && keys < usualKeys && isUsual(keys);
            if (!usual && repeated(keys)) {
                return false;
            }
            at = space(bytes, at);
            if (at >= bytes.length || bytes[at] != ':') {
                return false;
            }
            start = space(bytes, at + 1);
            boolean text = start < bytes.length && bytes[start] == '"';
            at = text ? text(bytes, start) : scalar(bytes, start);
            if (at < 0) {
                return false;
            }
            int which = usual ? usualWhich[keys] : which(keyFrom[keys], keyTo[keys]);
            found[keys] = which;
            if (which >= 0) {
                kind[which] = text ? TEXT : OTHER;
                from[which] = text ? start + 1 : start;
                to[which] = text ? at - 1 : at;
            }
            keys++;
            at = space(bytes, at);
        } while (at < bytes.length && bytes[at] == ',');
        if (at >= bytes.length || bytes[at] != '}' || space(bytes, at + 1) != bytes.length) {
            return false;
        }
        if (!usual || keys != usualKeys) {
            remember(keys);
        }
        return true;
    }

    /** The first place from here on that is no blank. */
    private static int space(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && (bytes[at] == ' ' || bytes[at] == '\t')) {
            at++;
        }
        return at;
    }

    /** Where a text in quotes ends that begins here, below 0 where there is none. */
    private static int text(byte[] bytes, int from) {
        if (from >= bytes.length || bytes[from] != '"') {
            return -1;
        }
        for (int at = from + 1; at < bytes.length; at++) {
            byte b = bytes[at];
            if (b == '"') {
                return at + 1;
            }
            if (b == '\\' || b < ' ') { // bytes of 128 and more are below 0
                return -1;
            }
        }
        return -1;
    }

    /** Where a whole or decimal number of up to 18 digits, true, false or null ends, below 0 where there is none. */
    private static int scalar(byte[] bytes, int from) {
        for (String word : WORDS) {
            if (starts(bytes, from, word)) {
                return from + word.length();
            }
        }
        int first = from < bytes.length && bytes[from] == '-' ? from + 1 : from;
        int at = digits(bytes, first);
        int digits = at - first;
        if (digits == 0 || (digits > 1 && bytes[first] == '0')) {
            return -1;
        }
        if (at < bytes.length && bytes[at] == '.') {
            int decimals = digits(bytes, at + 1) - at - 1;
            if (decimals == 0) {
                return -1;
            }
            digits += decimals;
            at += 1 + decimals;
        }
        return digits <= 18 && at < bytes.length && "eE.".indexOf(bytes[at]) < 0 ? at : -1;
    }

    private static int digits(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at;
    }

    private static boolean starts(byte[] bytes, int from, String word) {
        if (from + word.length() > bytes.length) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (bytes[from + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean isUsual(int key) {
        byte[] name = usualNames[key];
        int start = keyFrom[key];
        if (name.length != keyTo[key] - start) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (line[start + i] != name[i]) {
                return false;
            }
        }
        return true;
    }

    private boolean repeated(int key) {
        for (int i = 0; i < key; i++) {
            if (same(keyFrom[i], keyTo[i], keyFrom[key], keyTo[key])) {
                return true;
            }
        }
        return false;
    }

    private void remember(int keys) {
        for (int key = 0; key < keys; key++) {
            usualNames[key] = java.util.Arrays.copyOfRange(line, keyFrom[key], keyTo[key]);
            usualWhich[key] = found[key];
        }
        usualKeys = keys;
    }

    private boolean same(int a, int aEnd, int b, int bEnd) {
        return aEnd - a == bEnd - b && java.util.Arrays.equals(line, a, aEnd, line, b, bEnd);
    }

    private int which(int keyStart, int keyEnd) {
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].length == keyEnd - keyStart
                    && java.util.Arrays.equals(wanted[i], 0, wanted[i].length, line, keyStart, keyEnd)) {
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
