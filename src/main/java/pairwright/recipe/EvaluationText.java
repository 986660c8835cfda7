package pairwright.recipe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import pairwright.reward.Accuracy;
import pairwright.reward.EvaluationReport;
import pairwright.reward.Interval;

/** An evaluation in words, and in the shape of RewardBench's results. */
final class EvaluationText {
    private EvaluationText() {}

    static String headline(String name, EvaluationReport report, long leftOut) {
        return name + " on " + report.rows() + " pairs of " + report.groups() + " groups: accuracy "
                + report.accuracy().map(EvaluationText::shown).orElse("undefined (all are ties)") + "; "
                + report.baselines().entrySet().stream()
                        .map(rule ->
                                rule.getKey() + format(" %.3f", rule.getValue().value()))
                        .collect(Collectors.joining(", "))
                + (leftOut == 0 ? "" : "; " + leftOut + " rows without a label or with equal responses left out");
    }

    static List<String> lines(EvaluationReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("log loss " + shown(report.logLoss()) + " nats (a coin has .693), Brier score "
                + shown(report.brier()) + format(", calibration error %.3f", report.calibrationError()));
        lines.add("right where the longer one is better " + share(report.whereLonger()) + ", where the shorter one is "
                + share(report.whereShorter()) + "; correlation with length "
                + report.lengthCorrelation().map(r -> format("%.3f", r)).orElse("undefined (no variation)"));
        report.margins()
                .forEach(part -> lines.add("  where it is sure by " + part.name() + ": " + shown(part.accuracy())
                        + " of " + part.accuracy().n()));
        report.slices()
                .forEach(part -> lines.add("  " + part.name() + ": " + shown(part.accuracy()) + " of "
                        + part.accuracy().n()));
        lines.add("intervals: 95%, clustered by group");
        return lines;
    }

    /** Accuracy by subset beside what names the model, as RewardBench's result files are. */
    static Map<String, Object> rewardBench(String name, EvaluationReport report) {
        Map<String, Object> scores = new LinkedHashMap<>();
        scores.put("model", name);
        scores.put("model_type", "Pairwright");
        report.slices().forEach(part -> scores.put(part.name(), part.accuracy().value()));
        return scores;
    }

    private static String shown(Interval interval) {
        return format("%.3f [%.3f, %.3f]", interval.value(), interval.low(), interval.high());
    }

    private static String share(Accuracy accuracy) {
        Optional<Double> value = accuracy.value();
        return value.map(v -> format("%.3f", v)).orElse("undefined") + " of " + accuracy.n();
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
