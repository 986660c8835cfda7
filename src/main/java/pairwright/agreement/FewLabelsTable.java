package pairwright.agreement;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Win rates from few labels, in lines. */
final class FewLabelsTable {
    private FewLabelsTable() {}

    static List<String> lines(FewLabels few) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "Win rates over all %,d rows from %,d labels, if these are a random part (a tie is half):",
                few.labelled() + few.unlabelled(),
                few.labelled()));
        lines.add("");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("wins of", "labels", "people alone", "judge alone", "both (PPI++)", "lambda", "worth labels"));
        for (PoweredRate rate : few.rates()) {
            rows.add(List.of(
                    VisibleText.of(rate.name()).replaceAll("[\\\\|`*<&\\[]", "\\\\$0"),
                    Long.toString(rate.labelled()),
                    StatisticText.of(rate.people()),
                    StatisticText.decimal(rate.judge()),
                    StatisticText.of(rate.powered()),
                    StatisticText.decimal(rate.lambda()),
                    String.format(Locale.ROOT, "%.0f", rate.effectiveLabels())));
        }
        lines.addAll(MarkdownTable.of(rows));
        if (few.modelsLeftOut() > 0) {
            lines.add("and " + few.modelsLeftOut() + " more models");
        }
        return lines;
    }
}
