package pairwright.judge;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * A line without the stars and backticks that Markdown sets around words; each character knows its place in the line. Signs that do not pair
 * up (a footnote's star, a bullet) are no emphasis.
 */
final class Emphasis {
    private final String plain;
    private final int[] places;

    private Emphasis(String plain, int[] places) {
        this.plain = plain;
        this.places = places;
    }

    /** Empty when the line has no such signs, or some that do not pair up. */
    static Optional<Emphasis> removed(String line) {
        StringBuilder plain = new StringBuilder();
        int[] places = new int[line.length()];
        Deque<String> open = new ArrayDeque<>();
        for (int i = 0; i < line.length(); ) {
            int end = i;
            while (end < line.length() && isSign(line.charAt(end))) {
                end++;
            }
            if (end == i) {
                places[plain.length()] = i;
                plain.append(line.charAt(i));
                i++;
                continue;
            }
            String run = line.substring(i, end);
            if (!open.isEmpty()
                    && open.peek().length() == run.length()
                    && new StringBuilder(open.peek()).reverse().toString().equals(run)) {
                open.pop();
            } else {
                open.push(run);
            }
            i = end;
        }
        boolean changed = plain.length() < line.length();
        return changed && open.isEmpty() ? Optional.of(new Emphasis(plain.toString(), places)) : Optional.empty();
    }

    /** The line without the signs. */
    String plain() {
        return plain;
    }

    /** Where what stands in the plain line stands in the line itself. */
    Span placeOf(Span span) {
        return new Span(places[span.start()], places[span.end() - 1] + 1);
    }

    private static boolean isSign(char c) {
        return c == '*' || c == '`';
    }
}
