package pairwright.judge;

import java.util.Optional;

/** The lines of a text from its end, without those that are blank. A line ends where Unicode says that one does, so none can hide. */
final class Lines {
    private final String text;
    private final int from;
    private int end;

    /** The lines of the text after {@code from}. */
    Lines(String text, int from) {
        this.text = text;
        this.from = from;
        this.end = text.length();
    }

    /** A line without the white space around it, by its place in the text. */
    record Line(String text, int start) {
        int end() {
            return start + text.length();
        }
    }

    /** The last line that was not given yet. */
    Optional<Line> previous() {
        int last = end;
        while (last > from && blank(text.charAt(last - 1))) {
            last--;
        }
        if (last == from) {
            end = from;
            return Optional.empty();
        }
        int first = last;
        while (first > from && !ends(text.charAt(first - 1))) {
            first--;
        }
        end = first;
        while (blank(text.charAt(first))) {
            first++;
        }
        return Optional.of(new Line(text.substring(first, last), first));
    }

    private static boolean blank(char c) {
        return Character.isWhitespace(c) || ends(c);
    }

    private static boolean ends(char c) {
        return c == '\n' || c == '\r' || c == '\u000b' || c == '\f' || c == '\u0085' || c == '\u2028' || c == '\u2029';
    }

    /** Whether the place lies in a code fence that was opened before it and not closed. */
    static boolean inFence(String text, int from, int place) {
        boolean open = false;
        boolean lineStart = true;
        for (int i = from; i < place; i++) {
            char c = text.charAt(i);
            if (lineStart && (text.startsWith("```", i) || text.startsWith("~~~", i))) {
                open = !open;
                i += 2;
                lineStart = false;
            } else {
                lineStart = ends(c) || (lineStart && Character.isWhitespace(c));
            }
        }
        return open;
    }

    /** Whether the line is nothing but the beginning or the end of a code fence. */
    static boolean isFence(String line, boolean begins) {
        if (!line.startsWith("```") && !line.startsWith("~~~")) {
            return false;
        }
        String rest = line.substring(3);
        return begins ? rest.chars().allMatch(Character::isLetterOrDigit) : rest.isEmpty();
    }
}
