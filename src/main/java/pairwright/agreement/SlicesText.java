package pairwright.agreement;

import java.util.ArrayList;
import java.util.List;

/** The judge in the parts of the rows, as lines of Markdown. */
final class SlicesText {
    private static final int MOST_SHOWN = 10;
    private static final int FEW = 30;

    private SlicesText() {}

    static List<String> lines(List<Slicing> slicings) {
        List<String> lines = new ArrayList<>();
        for (Slicing slicing : slicings) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of(
                    "by " + MarkdownTable.name(slicing.field()),
                    "rows",
                    "prompts",
                    "accuracy",
                    "Cohen's kappa",
                    "longer: judge less reference"));
            slicing.slices().stream()
                    .limit(MOST_SHOWN)
                    .forEach(slice -> rows.add(List.of(
                            MarkdownTable.name(slice.value()),
                            Long.toString(slice.accuracy().n()),
                            Long.toString(slice.prompts()),
                            StatisticText.of(slice.accuracy()),
                            StatisticText.of(slice.kappa()),
                            StatisticText.of(slice.longer()))));
            lines.addAll(MarkdownTable.of(rows));
            int more = slicing.slices().size() - MOST_SHOWN;
            if (more > 0 || slicing.more() > 0) {
                lines.add("and " + (Math.max(0, more) + slicing.more()) + " more values; "
                        + (slicing.more() > 0
                                ? "those of the " + slicing.slices().size() + " commonest"
                                : "all")
                        + " are in the JSON.");
            }
            slicing.warnings().forEach(warning -> lines.add("Warning: " + MarkdownTable.name(warning) + "."));
        }
        if (slicings.stream().flatMap(slicing -> slicing.slices().stream()).anyMatch(slice -> slice.prompts() < FEW)) {
            lines.add("Intervals of parts with fewer than " + FEW + " prompts are too narrow.");
        }
        return lines;
    }
}
