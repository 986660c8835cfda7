package pairwright.agreement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Judge and reference on the generators, as lines of Markdown. */
final class SystemsText {
    private static final int MOST_SHOWN = 20;

    private SystemsText() {}

    static List<String> lines(SystemAgreement systems) {
        List<String> lines = new ArrayList<>();
        boolean strengths = !systems.strengthCorrelations().isEmpty();
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(
                List.of("win rate of", "rows", "judge", "reference", "judge less reference", "judge at equal length"));
        if (strengths) {
            head.addAll(List.of("strength by the judge", "by the reference"));
        }
        rows.add(head);
        systems.generators().stream().limit(MOST_SHOWN).forEach(generator -> {
            List<String> row = new ArrayList<>(List.of(
                    MarkdownTable.name(generator.name()),
                    Long.toString(generator.rows()),
                    StatisticText.of(generator.judge()),
                    StatisticText.of(generator.referenceWins()),
                    StatisticText.of(generator.difference()),
                    StatisticText.of(generator.judgeAtEqualLength())));
            if (strengths) {
                row.add(strength(generator.judgeStrength()));
                row.add(strength(generator.referenceStrength()));
            }
            rows.add(row);
        });
        lines.addAll(MarkdownTable.of(rows));
        int more = systems.generators().size() - MOST_SHOWN;
        if (more > 0) {
            lines.add("and " + more + " more generators, in the JSON.");
        }
        lines.addAll(sentences(systems));
        return lines;
    }

    /** What is said beside the table. */
    static List<String> sentences(SystemAgreement systems) {
        List<String> lines = new ArrayList<>();
        lines.add("Win rates of " + systems.generators().size() + " generators over " + systems.rows()
                + " rows, judge and " + MarkdownTable.name(systems.reference()) + ": "
                + correlations(systems.correlations()) + ".");
        if (!systems.strengthCorrelations().isEmpty()) {
            lines.add("Their strengths (Bradley-Terry): " + correlations(systems.strengthCorrelations()) + ".");
        }
        systems.noStrengths().ifPresent(why -> lines.add("No strengths: " + MarkdownTable.name(why) + "."));
        return lines;
    }

    private static String strength(Optional<Estimate> strength) {
        return strength.map(StatisticText::of).orElse("-");
    }

    private static String correlations(List<SystemAgreement.Correlated> correlations) {
        return correlations.stream()
                .map(each -> each.name() + " "
                        + (each.estimate() instanceof Point point
                                ? StatisticText.decimal(point.value())
                                : StatisticText.of(each.estimate())))
                .collect(Collectors.joining(", "));
    }
}
