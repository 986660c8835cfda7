package pairwright.agreement;

import java.util.ArrayList;
import java.util.List;

/** A table in Markdown whose columns also stand one under the other in plain text. */
final class MarkdownTable {
    private MarkdownTable() {}

    /** The first row is the head. */
    static List<String> of(List<List<String>> rows) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder("|");
            StringBuilder rule = new StringBuilder("|");
            for (int i = 0; i < columns; i++) {
                line.append(' ')
                        .append(row.get(i))
                        .append(" ".repeat(widths[i] - row.get(i).length()))
                        .append(" |");
                rule.append("-".repeat(widths[i] + 2)).append('|');
            }
            lines.add(line.toString());
            if (lines.size() == 1) {
                lines.add(rule.toString());
            }
        }
        return lines;
    }

    /** A name in which nothing can be taken for more than a name by Markdown or a terminal. */
    static String name(String text) {
        return VisibleText.of(text).replaceAll("[\\\\|`*<&\\[]", "\\\\$0");
    }
}
