package pairwright.agreement;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/** z by the reference's label: one histogram a label, one under the other, each bar a share of the rows with the label. */
final class HistogramPicture {
    private static final Scale X = new Scale(0, 1, 52, 328);
    private static final double TOP = 12;
    private static final double BOTTOM = 288;
    private static final double BETWEEN = 18;

    private HistogramPicture() {}

    private record Part(String label, String kind, ToLongFunction<ScoreHistogram.Bin> count) {}

    private static final List<Part> PARTS = List.of(
            new Part("A", "a", ScoreHistogram.Bin::a),
            new Part("tie", "t", ScoreHistogram.Bin::tie),
            new Part("B", "b", ScoreHistogram.Bin::b));

    static Map<String, Object> of(ScoreHistogram scores) {
        List<Part> parts = parts(scores);
        double height = (BOTTOM - TOP - BETWEEN * (parts.size() - 1)) / parts.size();
        List<Map<String, Object>> panels = new ArrayList<>();
        for (Part part : parts) {
            double floor = TOP + panels.size() * (height + BETWEEN) + height;
            panels.add(panel(scores, part, floor, height - 14));
        }
        return Map.of("panels", panels, "x_ticks", X.ticks(Scale::plain, 0, .25, .5, .75, 1));
    }

    private static List<Part> parts(ScoreHistogram scores) {
        return PARTS.stream()
                .filter(part -> scores.rows().get(part.label()) > 0)
                .toList();
    }

    private static Map<String, Object> panel(ScoreHistogram scores, Part part, double floor, double height) {
        long all = scores.rows().get(part.label());
        long most = scores.bins().stream().mapToLong(part.count()).max().orElse(1);
        List<Map<String, Object>> bars = new ArrayList<>();
        for (ScoreHistogram.Bin bin : scores.bins()) {
            long count = part.count().applyAsLong(bin);
            if (count > 0) {
                double top = floor - height * count / most;
                bars.add(Map.of(
                        "x", Scale.text(X.of(bin.low()) + .75),
                        "width", Scale.text(X.of(bin.high()) - X.of(bin.low()) - 1.5),
                        "y", Scale.text(top),
                        "height", Scale.text(floor - top),
                        "title",
                                String.format(
                                        Locale.ROOT,
                                        "z from %.3f to %.3f: %d rows that are %s",
                                        bin.low(),
                                        bin.high(),
                                        count,
                                        part.label())));
            }
        }
        return Map.of(
                "bars", bars,
                "kind", part.kind(),
                "floor", Scale.text(floor),
                "label_y", Scale.text(floor - height - 4),
                "label", "reference says " + part.label() + " (" + all + ")",
                "most", Scale.percent((double) most / all),
                "most_y", Scale.text(floor - height + 9));
    }

    /** How often z lies on the side that the reference took. */
    static String finding(ScoreHistogram scores) {
        int middle = ScoreHistogram.BINS / 2;
        long right = 0;
        long even = 0;
        long sides = scores.rows().get("A") + scores.rows().get("B");
        for (int bin = 0; bin < ScoreHistogram.BINS; bin++) {
            ScoreHistogram.Bin at = scores.bins().get(bin);
            right += bin > middle ? at.a() : bin < middle ? at.b() : 0;
            even += bin == middle ? at.a() + at.b() : 0;
        }
        return sides == 0
                ? "The reference takes no side in any row"
                : "z lies on the reference's side in " + Scale.percent((double) right / sides) + " of the " + sides
                        + " rows where it takes one, near a half in " + Scale.percent((double) even / sides);
    }
}
