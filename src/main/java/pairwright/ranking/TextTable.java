package pairwright.ranking;

import java.util.ArrayList;
import java.util.List;

/** Rows as Markdown that also reads well as plain text; numbers stand to the right. */
final class TextTable {
    private TextTable() {}

    /** The first row is the head. */
    static List<String> of(List<List<String>> rows) {
        int columns = rows.get(0).size();
        List<String> lines = new ArrayList<>();
        int[] widths = new int[columns];
        boolean[] text = new boolean[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(
                        widths[i], row.get(i).codePointCount(0, row.get(i).length()));
                text[i] |= row != rows.get(0) && !row.get(i).matches("[-+]?[0-9.]*|\\[.*]");
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder("|");
            for (int i = 0; i < columns; i++) {
                String cell = row.get(i);
                String pad = " ".repeat(widths[i] - cell.codePointCount(0, cell.length()));
                line.append(' ').append(text[i] ? cell + pad : pad + cell).append(" |");
            }
            lines.add(line.toString());
            if (lines.size() == 1) {
                StringBuilder rule = new StringBuilder("|");
                for (int i = 0; i < columns; i++) {
                    rule.append("-".repeat(widths[i] + 1)).append(text[i] ? "-|" : ":|");
                }
                lines.add(rule.toString());
            }
        }
        return lines;
    }
}
