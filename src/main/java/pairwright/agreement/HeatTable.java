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

    /** How often the judge finds each label, in a sentence. */
    static String finding(List<ConfusionRow> confusion) {
        return confusion.stream()
                .filter(row -> total(row) > 0)
                .map(row -> Outcome.of(row.reference()).words() + " in "
                        + Scale.percent((double) row.judged()
                                        .get(Outcome.of(row.reference()).words())
                                / total(row)))
                .reduce((a, b) -> a + ", " + b)
                .map(found -> "Of what the reference says, the judge says the same: " + found)
                .orElse("The reference labels no row");
    }

    private static long total(ConfusionRow row) {
        return row.judged().values().stream().mapToLong(Long::longValue).sum();
    }

    private static Map<String, Object> row(ConfusionRow row) {
        long total = total(row);
        return Map.of(
                "label",
                Outcome.of(row.reference()).words(),
                "total",
                total,
                "cells",
                row.judged().entrySet().stream()
                        .map(said -> cell(
                                said.getValue(),
                                total,
                                said.getKey().equals(Outcome.of(row.reference()).words())))
                        .toList());
    }

    private static Map<String, Object> cell(long count, long total, boolean same) {
        double share = total == 0 ? 0 : (double) count / total;
        return Map.of(
                "count",
                count,
                "kind",
                same ? "same" : "other",
                "share",
                String.format(Locale.ROOT, "%.0f%%", share * 100),
                "shade",
                String.format(Locale.ROOT, "%.1f%%", share * DARKEST));
    }
}
