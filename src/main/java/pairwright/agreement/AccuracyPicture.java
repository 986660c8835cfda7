package pairwright.agreement;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Where the marks of the accuracy picture stand, in the units of its SVG view box; the template draws them. */
final class AccuracyPicture {
    private static final double LEFT = 190;
    private static final double RIGHT = 560;
    private static final double ROW = 30;
    private static final double TOP = 10;
    private static final int LABEL_LENGTH = 24;

    private AccuracyPicture() {}

    static Map<String, Object> of(String judge, ReferenceAgreement agreement) {
        List<Map<String, Object>> marks = new ArrayList<>();
        marks.add(mark(judge, "judge", agreement.scores().accuracy(), 0));
        for (Baseline baseline : agreement.baselines()) {
            marks.add(mark(baseline.name(), "baseline", baseline.accuracy(), marks.size()));
        }
        double bottom = TOP + marks.size() * ROW;
        return Map.of(
                "marks", marks,
                "top", number(TOP),
                "bottom", number(bottom),
                "label_y", number(bottom + 18),
                "height", number(bottom + 26),
                "ticks",
                        Stream.of(0., .25, .5, .75, 1.)
                                .map(tick -> Map.of(
                                        "x", number(x(tick)), "text", String.format(Locale.ROOT, "%.0f%%", tick * 100)))
                                .toList());
    }

    private static Map<String, Object> mark(String name, String kind, Statistic accuracy, int row) {
        double y = TOP + (row + .5) * ROW;
        double low = accuracy instanceof Estimate estimate ? estimate.low() : 0;
        double high = accuracy instanceof Estimate estimate ? estimate.high() : 0;
        return Map.of(
                "name", VisibleText.shortened(name, LABEL_LENGTH),
                "title", VisibleText.of(name) + ": " + StatisticText.of(accuracy),
                "text", accuracy.number().isPresent() ? StatisticText.of(accuracy) : "undefined",
                "kind", kind,
                "y", number(y),
                "text_y", number(y + 4.5),
                "has_value", accuracy.number().isPresent(),
                "x", number(x(accuracy.number().orElse(0.))),
                "interval",
                        accuracy instanceof Estimate
                                ? List.of(Map.of("low", number(x(low)), "high", number(x(high))))
                                : List.of());
    }

    private static double x(double share) {
        return LEFT + share * (RIGHT - LEFT);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
