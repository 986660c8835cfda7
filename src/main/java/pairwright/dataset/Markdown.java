package pairwright.dataset;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import pairwright.jsonl.Json;

/** Lines of Markdown that hold what others wrote, so that it can neither end a table nor start a link, a heading or a tag. */
final class Markdown {
    private static final int LONGEST = 300;

    private Markdown() {}

    /** One row of a table; cells with foreign text are {@link #quoted} before. */
    static void row(StringBuilder card, Object... cells) {
        for (Object cell : cells) {
            card.append("| ").append(cell).append(' ');
        }
        card.append("|\n");
    }

    static void row(StringBuilder card, List<?> cells) {
        row(card, cells.toArray());
    }

    /** A name that somebody else chose, as code. */
    static String quoted(String name) {
        String line = Json.write(name);
        String inside = line.substring(1, line.length() - 1);
        return "`" + cut(inside).replace("`", "'").replace("|", "\\|") + "`";
    }

    /** A name as it is where it is plain, else as code. */
    static String name(String name) {
        return name.matches("[A-Za-z0-9][A-Za-z0-9 .,:'_{}=\\[\\]-]*") ? cut(name) : quoted(name);
    }

    /** Text of one line in which nothing is markup. */
    static String plain(String text) {
        StringBuilder plain = new StringBuilder();
        for (char c : cut(text).toCharArray()) {
            if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                plain.append(' ');
            } else {
                plain.append("\\`*_{}[]()#+-!|<>&~".indexOf(c) >= 0 ? "\\" : "").append(c);
            }
        }
        return plain.toString();
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }

    /** A number to three digits behind the point, or a dash. */
    static String number(Optional<Double> value) {
        return value.map(v -> String.format(Locale.ROOT, "%.3f", v)).orElse("-");
    }

    static String percent(Optional<Double> share) {
        return share.map(v -> String.format(Locale.ROOT, "%.1f%%", 100 * v)).orElse("-");
    }
}
