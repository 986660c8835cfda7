package pairwright.agreement;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;

/**
 * Statistics one under the other, each a mark with its interval. The kinds differ in shape and shade as well as in colour; the
 * template draws what stands here.
 */
final class ForestPicture {
    static final double LEFT = 256;
    static final double RIGHT = 560;
    private static final double ROW = 28;
    private static final double TOP = 8;
    private static final int LABEL_LENGTH = 36;

    private ForestPicture() {}

    /** Whose statistic it is. */
    enum Kind {
        JUDGE("M-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0 -11 0z"),
        PERSON("M0 -7l7 7l-7 7l-7 -7z"),
        PLAIN("M-4.5 -4.5h9v9h-9z");

        private final String shape;

        Kind(String shape) {
            this.shape = shape;
        }

        /** A path around the point that it marks. */
        String shape() {
            return shape;
        }

        String words() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    record Row(String name, Kind kind, Statistic statistic) {}

    /**
     * The picture.
     *
     * @param axis from {@link #LEFT} to {@link #RIGHT}
     * @param label of the axis
     */
    static Map<String, Object> of(
            List<Row> rows, Scale axis, String label, DoubleFunction<String> words, double... ticks) {
        List<Map<String, Object>> marks = new ArrayList<>();
        for (Row row : rows) {
            marks.add(mark(row, TOP + (marks.size() + .5) * ROW, axis));
        }
        double bottom = TOP + rows.size() * ROW;
        return Map.ofEntries(
                Map.entry("marks", marks),
                Map.entry("top", Scale.text(TOP)),
                Map.entry("bottom", Scale.text(bottom)),
                Map.entry("tick_y", Scale.text(bottom + 17)),
                Map.entry("label_y", Scale.text(bottom + 38)),
                Map.entry("label_x", Scale.text((LEFT + RIGHT) / 2)),
                Map.entry("label", label),
                Map.entry("name_x", Scale.text(LEFT - 14)),
                Map.entry("text_x", Scale.text(RIGHT + 14)),
                Map.entry("height", Scale.text(bottom + 46)),
                Map.entry("ticks", axis.ticks(words, ticks)));
    }

    private static Map<String, Object> mark(Row row, double y, Scale axis) {
        Statistic statistic = row.statistic();
        return Map.of(
                "name", VisibleText.shortened(row.name(), LABEL_LENGTH),
                "title", VisibleText.of(row.name()) + ": " + StatisticText.of(statistic),
                "text", statistic.number().isPresent() ? StatisticText.of(statistic) : "undefined",
                "kind", row.kind().words(),
                "shape", row.kind().shape,
                "y", Scale.text(y),
                "text_y", Scale.text(y + 4.5),
                "x", statistic.number().map(axis::at).stream().toList(),
                "interval",
                        statistic instanceof Estimate estimate
                                ? List.of(Map.of("low", axis.at(estimate.low()), "high", axis.at(estimate.high())))
                                : List.of());
    }
}
