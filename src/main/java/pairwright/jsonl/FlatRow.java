package pairwright.jsonl;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Finds texts in rows of JSON as the rows lie in a buffer, without making objects of them: about ten times as fast as parsing. It is
 * sure of a row, or it is not and the row must be parsed. Sure means: valid JSON in valid UTF-8 without a key twice, in which the
 * wanted fields are texts whose bytes are those that {@link Json#write} would give. For one thread.
 */
public final class FlatRow {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;
    private static final long QUOTES = LOW * '"';
    private static final long BACKSLASHES = LOW * '\\';
    private static final long SPACES = LOW * ' ';

    /** More fields than these make a row unsure. */
    private static final int MOST_FIELDS = 48;

    private static final int UNSURE = -1;

    private final FieldNames names;
    private final int wanted;
    private final int[] slices;
    private byte[] buffer;
    private int to;
    private int end;
    private long seen;
    private boolean blank;

    /** @param names of all fields, of which the first {@code wanted} are wanted */
    public FlatRow(FieldNames names, int wanted) {
        this.names = names;
        this.wanted = wanted;
        this.slices = new int[2 * wanted];
    }

    /**
     * Scans the row that begins at {@code from}.
     *
     * @param limit the buffer's end, behind a line feed or behind the last row
     * @return whether it is sure of the row, or that the line is blank
     */
    public boolean scan(byte[] bytes, int from, int limit) {
        buffer = bytes;
        to = limit;
        seen = 0;
        blank = false;
        int at = row(from);
        if (at == UNSURE) {
            end = from;
            while (end < to && bytes[end++] != '\n') {
                // to the end of the line
            }
            return false;
        }
        end = at;
        return blank || (seen & ((1L << wanted) - 1)) == (1L << wanted) - 1;
    }

    /** Behind the row's line feed. */
    public int end() {
        return end;
    }

    /** Whether the line holds nothing but white space. */
    public boolean isBlank() {
        return blank;
    }

    /** Where the text of a wanted field begins, behind its quote. */
    public int start(int field) {
        return slices[2 * field];
    }

    /** Where it ends, before its quote. */
    public int end(int field) {
        return slices[2 * field + 1];
    }

    /** The fields that have a value other than null, a bit each, in the order of the names. */
    public long fields() {
        return seen;
    }

    private int row(int from) {
        int at = space(from);
        if (at == to || buffer[at] == '\n') {
            blank = true;
            return at == to ? to : at + 1;
        }
        if (buffer[at] != '{') {
            return UNSURE;
        }
        long all = 0;
        at = space(at + 1);
        if (at < to && buffer[at] == '}') {
            return UNSURE;
        }
        while (true) {
            if (at >= to || buffer[at] != '"') {
                return UNSURE;
            }
            int name = plain(at + 1);
            int field = name == UNSURE ? UNSURE : names.find(buffer, at + 1, name - at - 1);
            if (field < 0 || field >= MOST_FIELDS || (all & 1L << field) != 0) {
                return UNSURE;
            }
            all |= 1L << field;
            at = space(name + 1);
            if (at >= to || buffer[at] != ':') {
                return UNSURE;
            }
            at = space(at + 1);
            if (at >= to) {
                return UNSURE;
            }
            if (buffer[at] == 'n') {
                at = field < wanted ? UNSURE : word(at, "null");
            } else {
                seen |= 1L << field;
                if (field < wanted) {
                    if (buffer[at] != '"') {
                        return UNSURE;
                    }
                    slices[2 * field] = at + 1;
                    at = string(at + 1, true);
                    slices[2 * field + 1] = at;
                    at = at == UNSURE ? UNSURE : at + 1;
                } else {
                    at = value(at);
                }
            }
            if (at == UNSURE) {
                return UNSURE;
            }
            at = space(at);
            if (at >= to) {
                return UNSURE;
            }
            if (buffer[at] == '}') {
                at = space(at + 1);
                return at == to ? to : buffer[at] == '\n' ? at + 1 : UNSURE;
            }
            if (buffer[at] != ',') {
                return UNSURE;
            }
            at = space(at + 1);
        }
    }

    private int space(int at) {
        while (at < to && (buffer[at] == ' ' || buffer[at] == '\t' || buffer[at] == '\r')) {
            at++;
        }
        return at;
    }

    /** The end of a name of plain letters. */
    private int plain(int at) {
        while (at < to && buffer[at] != '"') {
            if (buffer[at] < ' ' || buffer[at] == '\\') {
                return UNSURE;
            }
            at++;
        }
        return at < to ? at : UNSURE;
    }

    /** A value that is only passed over; an object or a list in it is left to the parser. */
    private int value(int at) {
        return switch (buffer[at]) {
            case '"' -> {
                int closed = string(at + 1, false);
                yield closed == UNSURE ? UNSURE : closed + 1;
            }
            case 't' -> word(at, "true");
            case 'f' -> word(at, "false");
            default -> number(at);
        };
    }

    private int word(int at, String word) {
        for (int i = 0; i < word.length(); i++) {
            if (at + i >= to || buffer[at + i] != word.charAt(i)) {
                return UNSURE;
            }
        }
        return at + word.length();
    }

    private boolean digit(int at) {
        return at < to && buffer[at] >= '0' && buffer[at] <= '9';
    }

    /** Without an exponent and of a few digits; others are left to the parser. */
    private int number(int from) {
        int at = buffer[from] == '-' ? from + 1 : from;
        if (!digit(at) || (buffer[at] == '0' && digit(at + 1))) {
            return UNSURE;
        }
        while (digit(at)) {
            at++;
        }
        if (at < to && buffer[at] == '.') {
            at++;
            if (!digit(at)) {
                return UNSURE;
            }
            while (digit(at)) {
                at++;
            }
        }
        return at - from > Json.MAX_DIGITS || (at < to && (buffer[at] | 0x20) == 'e') ? UNSURE : at;
    }

    /**
     * The closing quote of a string.
     *
     * @param canonical whether only strings pass that would be written with the same bytes
     */
    private int string(int from, boolean canonical) {
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
                at = escape(at, canonical);
            } else if (next < 0) {
                at = letter(at, canonical);
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

    private int escape(int at, boolean canonical) {
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
    private int letter(int at, boolean canonical) {
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

    /** Names of fields and their numbers, shared by several threads. */
    public static final class FieldNames {
        private volatile byte[][] names;

        /** Numbers these names from 0; others that come get the numbers behind them. */
        public FieldNames(List<String> first) {
            names = first.stream()
                    .map(name -> name.getBytes(StandardCharsets.UTF_8))
                    .toArray(byte[][]::new);
        }

        int find(byte[] bytes, int from, int length) {
            byte[][] known = names;
            for (int i = 0; i < known.length; i++) {
                if (known[i].length == length && Arrays.equals(known[i], 0, length, bytes, from, from + length)) {
                    return i;
                }
            }
            return add(Arrays.copyOfRange(bytes, from, from + length));
        }

        private synchronized int add(byte[] name) {
            for (int i = 0; i < names.length; i++) {
                if (Arrays.equals(names[i], name)) {
                    return i;
                }
            }
            if (names.length >= MOST_FIELDS) {
                return UNSURE;
            }
            byte[][] more = Arrays.copyOf(names, names.length + 1);
            more[names.length] = name;
            names = more;
            return more.length - 1;
        }

        /** The name of a number. */
        public String name(int field) {
            return new String(names[field], StandardCharsets.UTF_8);
        }
    }
}
