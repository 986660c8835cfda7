package pairwright.jsonl;

import java.util.Arrays;

/**
 * Finds texts in rows of JSON as the rows lie in a buffer, without making objects of them: about ten times as fast as parsing. It is
 * sure of a row, or it is not and the row must be parsed. Sure means: one JSON object in valid UTF-8 without a key twice and without
 * another object or list in it, in which wanted fields that are texts have the bytes that {@link Json#write} would give. For one thread.
 */
public final class FlatRow {
    private static final int UNSURE = FlatText.UNSURE;

    private final FieldNames names;
    private final int wanted;
    private final int[] slices;
    private byte[] buffer;
    private int to;
    private int end;
    private long named;
    private long seen;
    private long texts;
    private boolean blank;
    /** The field that stood at each place in the last row, since most rows of a file have the same ones. */
    private final int[] usual = new int[FieldNames.MOST];

    /** @param names of all fields, of which the first {@code wanted} are wanted */
    public FlatRow(FieldNames names, int wanted) {
        this.names = names;
        this.wanted = wanted;
        this.slices = new int[2 * wanted];
        Arrays.fill(usual, UNSURE);
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
        named = 0;
        seen = 0;
        texts = 0;
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
        return true;
    }

    /** The buffer, good until it is written over. */
    public byte[] bytes() {
        return buffer;
    }

    /** Behind the row's line feed. */
    public int end() {
        return end;
    }

    /** Whether the line holds nothing but white space. */
    public boolean isBlank() {
        return blank;
    }

    /** Whether a wanted field is a text. */
    public boolean isText(int field) {
        return (texts & 1L << field) != 0;
    }

    /** Whether all wanted fields are texts. */
    public boolean holdsAllTexts() {
        return texts == (1L << wanted) - 1;
    }

    /** Whether the row has a field of this number, be it null. */
    public boolean has(int field) {
        return (named & 1L << field) != 0;
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
        at = space(at + 1);
        if (at < to && buffer[at] == '}') {
            return UNSURE;
        }
        for (int place = 0; ; place++) {
            if (at >= to || buffer[at] != '"') {
                return UNSURE;
            }
            int name = plain(at + 1);
            int field = name == UNSURE ? UNSURE : field(place, at + 1, name - at - 1);
            if (field < 0 || has(field)) {
                return UNSURE;
            }
            named |= 1L << field;
            at = space(name + 1);
            if (at >= to || buffer[at] != ':') {
                return UNSURE;
            }
            at = space(at + 1);
            if (at >= to) {
                return UNSURE;
            }
            if (buffer[at] == 'n') {
                at = word(at, "null");
            } else if (field < wanted && buffer[at] == '"') {
                slices[2 * field] = at + 1;
                at = FlatText.end(buffer, at + 1, to, true);
                slices[2 * field + 1] = at;
                seen |= 1L << field;
                texts |= 1L << field;
                at = at == UNSURE ? UNSURE : at + 1;
            } else {
                seen |= 1L << field;
                at = value(at);
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

    private int field(int place, int from, int length) {
        int before = place < usual.length ? usual[place] : UNSURE;
        if (before >= 0 && names.is(before, buffer, from, length)) {
            return before;
        }
        int field = names.find(buffer, from, length);
        if (place < usual.length) {
            usual[place] = field;
        }
        return field;
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
                int closed = FlatText.end(buffer, at + 1, to, false);
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
}
