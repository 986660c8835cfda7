package pairwright.ranking;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The table of who was preferred to whom, as its template wants it. */
final class WinMatrix {
    private static final int MOST = 40;
    private static final int NAME_LENGTH = 22;

    private WinMatrix() {}

    /** One table, or none where there are too many items to be read. */
    static List<Map<String, Object>> of(Ranking ranking) {
        if (ranking.pairs().isEmpty() || ranking.items().size() > MOST) {
            return List.of();
        }
        Map<List<String>, PairCount> pairs = new HashMap<>();
        ranking.pairs().forEach(pair -> pairs.put(List.of(pair.first(), pair.second()), pair));
        List<String> names = ranking.items().stream().map(RankedItem::item).toList();
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String row : names) {
            List<Map<String, String>> cells = new ArrayList<>();
            for (String column : names) {
                cells.add(cell(row, column, pairs));
            }
            rows.add(Map.of("name", VisibleName.shortened(row, NAME_LENGTH), "cells", cells));
        }
        return List.of(Map.of(
                "names",
                names.stream()
                        .map(name -> VisibleName.shortened(name, NAME_LENGTH))
                        .toList(),
                "rows",
                rows));
    }

    private static Map<String, String> cell(String row, String column, Map<List<String>, PairCount> pairs) {
        PairCount pair = pairs.get(List.of(row, column));
        PairCount turned = pairs.get(List.of(column, row));
        if (pair == null && turned == null) {
            return Map.of("kind", "none", "shade", "0", "share", "", "count", "", "title", "not compared");
        }
        long n = pair != null ? pair.comparisons() : turned.comparisons();
        double won = pair != null ? pair.won() : n - turned.won();
        double share = won / n;
        return Map.of(
                "kind", share >= .5 ? "more" : "less",
                "shade", String.format(Locale.ROOT, "%.0f", 90 * Math.abs(share - .5)),
                "share", String.format(Locale.ROOT, "%.2f", share),
                "count", Long.toString(n),
                "title",
                        VisibleName.of(row) + " over " + VisibleName.of(column) + ": "
                                + String.format(Locale.ROOT, "%.1f of %d", won, n));
    }
}
