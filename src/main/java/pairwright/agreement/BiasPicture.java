package pairwright.agreement;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Where the marks of the picture of shifts stand, in the units of its SVG view box; the template draws them. */
final class BiasPicture {
    private static final double LEFT = 190;
    private static final double RIGHT = 560;
    private static final double ROW = 44;
    private static final double TOP = 10;
    /** The axis reaches at least so far on both sides. */
    private static final double LEAST = .1;

    private BiasPicture() {}

    static Map<String, Object> of(BiasReport report) {
        double reach = reach(report.biases());
        List<Map<String, Object>> marks = new ArrayList<>();
        double y = TOP - .5 * ROW;
        for (Bias bias : report.biases()) {
            y += ROW;
            marks.add(mark(bias.kind(), "judge", bias.effect(), y - 7, reach));
            marks.add(mark("asking again", "baseline", bias.noise(), y + 9, reach));
        }
        double bottom = TOP + report.biases().size() * ROW;
        return Map.of(
                "marks", marks,
                "top", number(TOP),
                "bottom", number(bottom),
                "label_y", number(bottom + 18),
                "height", number(bottom + 26),
                "ticks",
                        Stream.of(-1., -.5, 0., .5, 1.)
                                .map(tick -> Map.of(
                                        "x",
                                        number(x(tick * reach, reach)),
                                        "text",
                                        tick == 0 ? "0" : String.format(Locale.ROOT, "%+.2f", tick * reach)))
                                .toList());
    }

    /** The furthest end of any interval, rounded up to a tenth. */
    private static double reach(List<Bias> biases) {
        double furthest = biases.stream()
                .flatMap(bias -> Stream.of(bias.effect(), bias.noise()))
                .mapToDouble(statistic -> statistic instanceof Estimate estimate
                        ? Math.max(Math.abs(estimate.low()), Math.abs(estimate.high()))
                        : Math.abs(statistic.number().orElse(0.)))
                .max()
                .orElse(0);
        return Math.max(LEAST, Math.ceil(furthest * 10) / 10);
    }

    private static Map<String, Object> mark(String name, String kind, Statistic shift, double y, double reach) {
        return Map.of(
                "name",
                name,
                "title",
                name + ": " + StatisticText.of(shift),
                "text",
                shift.number().isPresent() ? StatisticText.of(shift) : "undefined",
                "kind",
                kind,
                "y",
                number(y),
                "text_y",
                number(y + 4.5),
                "has_value",
                shift.number().isPresent(),
                "x",
                number(x(shift.number().orElse(0.), reach)),
                "interval",
                shift instanceof Estimate estimate
                        ? List.of(Map.of(
                                "low", number(x(estimate.low(), reach)),
                                "high", number(x(estimate.high(), reach))))
                        : List.of());
    }

    private static double x(double shift, double reach) {
        return (LEFT + RIGHT) / 2 + shift / reach * (RIGHT - LEFT) / 2;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
