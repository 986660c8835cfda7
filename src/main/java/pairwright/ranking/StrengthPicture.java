package pairwright.ranking;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Where the marks of the strengths and their intervals stand, in the units of the picture's view box; the template draws them. */
final class StrengthPicture {
    static final int MOST = 60;
    private static final double LEFT = 200;
    private static final double RIGHT = 560;
    private static final double ROW = 24;
    private static final double TOP = 10;
    private static final int NAME_LENGTH = 26;
    private static final String DOT = "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0";

    private StrengthPicture() {}

    static String caption(Ranking ranking) {
        return ranking.items().get(0).estimate().isEmpty()
                ? "Strengths in log-odds; no intervals for so many items"
                : "Strengths in log-odds with "
                        + Math.round(100 * ranking.settings().confidence())
                        + "% intervals, and the ranks that each may have";
    }

    static Map<String, Object> of(Ranking ranking) {
        List<RankedItem> items = ranking.items().stream().limit(MOST).toList();
        double low = items.stream()
                .mapToDouble(item -> item.estimate().map(StrengthEstimate::low).orElse(item.strength()))
                .min()
                .orElseThrow();
        double high = items.stream()
                .mapToDouble(item -> item.estimate().map(StrengthEstimate::high).orElse(item.strength()))
                .max()
                .orElseThrow();
        double step = step(high - low);
        double from = Math.floor(low / step) * step;
        double to = Math.max(from + step, Math.ceil(high / step) * step);
        List<Map<String, Object>> marks = new ArrayList<>();
        for (RankedItem item : items) {
            marks.add(mark(item, TOP + (marks.size() + .5) * ROW, from, to));
        }
        double bottom = TOP + marks.size() * ROW;
        List<Map<String, String>> ticks = new ArrayList<>();
        for (int i = 0; from + i * step <= to + step / 2; i++) {
            double tick = from + i * step;
            ticks.add(Map.of(
                    "at", number(x(tick, from, to)),
                    "text", String.format(Locale.ROOT, step < .1 ? "%.2f" : step < 1 ? "%.1f" : "%.0f", tick + 0.0)));
        }
        return Map.ofEntries(
                Map.entry("marks", marks),
                Map.entry("ticks", ticks),
                Map.entry("top", number(TOP)),
                Map.entry("bottom", number(bottom)),
                Map.entry("tick_y", number(bottom + 16)),
                Map.entry("label", "strength"),
                Map.entry("label_x", number((LEFT + RIGHT) / 2)),
                Map.entry("label_y", number(bottom + 34)),
                Map.entry("name_x", number(LEFT - 12)),
                Map.entry("text_x", number(RIGHT + 12)),
                Map.entry("height", number(bottom + 42)));
    }

    /** 1, 2 or 5 times a power of ten, for four to ten ticks. */
    private static double step(double range) {
        double step = Math.pow(10, Math.floor(Math.log10(Math.max(range, 1e-6) / 4)));
        return range / step <= 8 ? step : range / (2 * step) <= 8 ? 2 * step : 5 * step;
    }

    private static Map<String, Object> mark(RankedItem item, double y, double from, double to) {
        Optional<StrengthEstimate> e = item.estimate();
        String value = RankingWords.signed(item.strength());
        return Map.of(
                "kind", "judge",
                "name", VisibleName.shortened(item.item(), NAME_LENGTH),
                "title", VisibleName.of(item.item()) + ": " + value + " " + RankingWords.interval(e),
                "text",
                        value
                                + item.ranks()
                                        .map(r -> "  rank " + RankingWords.ranks(item))
                                        .orElse(""),
                "y", number(y),
                "text_y", number(y + 4.5),
                "shape", DOT,
                "x", List.of(number(x(item.strength(), from, to))),
                "interval",
                        e
                                .map(i -> Map.of(
                                        "low", number(x(i.low(), from, to)), "high", number(x(i.high(), from, to))))
                                .stream()
                                .toList());
    }

    private static double x(double value, double from, double to) {
        return LEFT + (value - from) / (to - from) * (RIGHT - LEFT);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
