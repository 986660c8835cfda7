package pairwright.agreement;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A confusion table for the page: counts, each with its share of the reference's label, which is its shade. */
final class HeatTable {
    /** Shade of a share of 1, in percent of the accent colour, so that the text on it stays readable. */
    private static final double DARKEST = 60;

    private HeatTable() {}

    static Map<String, Object> of(List<ConfusionRow> confusion) {
        return Map.of(
                "columns",
                List.copyOf(confusion.get(0).judged().keySet()),
                "rows",
                confusion.stream().map(HeatTable::row).toList());
    }

    private static Map<String, Object> row(ConfusionRow row) {
        long total = row.judged().values().stream().mapToLong(Long::longValue).sum();
        return Map.of(
                "label",
                Outcome.of(row.reference()).words(),
                "total",
                total,
                "cells",
                row.judged().values().stream().map(count -> cell(count, total)).toList());
    }

    private static Map<String, Object> cell(long count, long total) {
        double share = total == 0 ? 0 : (double) count / total;
        return Map.of(
                "count", count,
                "share", String.format(Locale.ROOT, "%.0f%%", share * 100),
                "shade", String.format(Locale.ROOT, "%.1f%%", share * DARKEST));
    }
}
