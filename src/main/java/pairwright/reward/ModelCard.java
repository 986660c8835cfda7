package pairwright.reward;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The card that goes with a model: what it is, what it was fitted on, how well it does, what it is not for. */
final class ModelCard {
    private ModelCard() {}

    static String of(FeatureSettings features, FitReport report, Map<String, String> data) {
        FitReport.Measure training = report.training();
        StringBuilder card = new StringBuilder();
        card.append("# A reward model fitted by Pairwright\n\n")
                .append(
                        "r(prompt, response) = w . phi, a linear Bradley-Terry model: sigma(r(a) - r(b)) is the probability that")
                .append(" response a is preferred to b for the same prompt.\n\n## Fitted on\n\n")
                .append("- ")
                .append(count(training.rows(), "pair"))
                .append(" over ")
                .append(count(training.prompts(), "prompt"))
                .append(", of them ")
                .append(count(training.ties(), "tie"))
                .append("; ")
                .append(count(report.rows(), "judgment"))
                .append(" were read\n")
                .append("- left out: ")
                .append(leftOut(report.leftOut()))
                .append('\n')
                .append(data.entrySet().stream()
                        .map(file -> "- rows: " + file.getKey() + ", SHA-256 " + file.getValue() + "\n")
                        .collect(Collectors.joining()))
                .append(format("- L2 penalty %s, style weight %s, ", report.l2(), report.styleWeight()))
                .append(
                        report.search().isEmpty()
                                ? "given\n"
                                : "chosen by log loss on " + report.settings().innerFolds()
                                        + " inner folds split by prompt\n")
                .append(format(
                        "- objective %.6f after %d iterations, gradient norm %.1e%s\n",
                        report.objective(),
                        report.iterations(),
                        report.gradientNorm(),
                        report.converged() ? "" : " (NOT converged)"))
                .append(format(
                        "- temperature %.3f, by which the weights were divided so that sigma(r(a) - r(b)) is calibrated\n",
                        report.temperature()))
                .append(format(
                        "- seed %d, device %s\n\n## How well it does\n\n",
                        report.settings().seed(), report.device()))
                .append(
                        "| pairs | n | model | longer wins | majority side | log loss (a coin: 0.693) | Brier | calibration error |\n")
                .append("|---|---|---|---|---|---|---|---|\n");
        report.holdOut().ifPresent(measure -> row(card, "held-out prompts", measure));
        row(card, "training", training);
        card.append(
                        "\n| pairs | where the longer one is better | where the shorter one is | correlation with length |\n")
                .append("|---|---|---|---|\n");
        report.holdOut().ifPresent(measure -> lengthRow(card, "held-out prompts", measure));
        lengthRow(card, "training", training);
        card.append("\nn counts the pairs with a better response; ties count in the log loss alone.");
        if (report.holdOut().isEmpty()) {
            card.append(" No prompt was held out: the training row flatters the model.");
        }
        card.append(format(
                """


                ## Features

                Word 1- to %d-grams, character %d- to %d-grams and 1- to %d-grams at the start of the reply, hashed to 2^%d columns, and %d
                columns for length, layout, ending, repetition, language and overlap with the prompt. %d columns were met in training; all
                other weights are zero. Weights are raw float32 in
                `model.safetensors`; `manifest.json` holds the SHA-256 of each file and the whole report. `explain` shows what moves a reward.

                ## Use and limits

                For ranking responses to one prompt, or judging pairs of the kind it was fitted on: `judge --judge reward:FOLDER`. It
                knows wording and style, not truth: a fluent false answer can beat a clumsy true one. Rewards of different prompts do not
                compare. On other topics, languages or kinds of task expect less than the table shows, and measure first with `agree`. Whoever optimises
                against it will find its blind spots; it inherits the preferences, and the biases, of whoever labelled its pairs.
                """,
                features.wordOrder(),
                features.charShortest(),
                features.charLongest(),
                features.startOrder(),
                features.hashBits(),
                Style.COLUMNS,
                report.columns()));
        return card.toString();
    }

    private static void row(StringBuilder card, String name, FitReport.Measure measure) {
        card.append(format(
                "| %s | %d | %s | %s | %s | %.3f | %.3f | %.3f |\n",
                name,
                measure.model().n(),
                share(measure.model().value()),
                share(measure.longer().value()),
                share(measure.majority().value()),
                measure.logLoss(),
                measure.brier(),
                measure.calibrationError()));
    }

    private static void lengthRow(StringBuilder card, String name, FitReport.Measure measure) {
        card.append(format(
                "| %s | %s | %s | %s |\n",
                name,
                share(measure.whereLonger().value()),
                share(measure.whereShorter().value()),
                share(measure.lengthCorrelation())));
    }

    private static String share(Optional<Double> value) {
        return value.map(v -> format("%.3f", v)).orElse("-");
    }

    private static String leftOut(Map<String, Long> reasons) {
        return reasons.isEmpty()
                ? "none"
                : reasons.entrySet().stream()
                        .map(e -> e.getValue() + " " + e.getKey())
                        .collect(Collectors.joining(", "));
    }

    private static String count(long n, String thing) {
        return n + " " + thing + (n == 1 ? "" : "s");
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
