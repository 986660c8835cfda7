package pairwright.reward;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The card that goes with a model: what it is, what it was fitted on, how well it does, what it is not for. */
final class ModelCard {
    private static final String USE = """

            ## Use and limits

            For ranking responses to one prompt, or judging pairs of the kind it was fitted on: `judge --judge reward:FOLDER`. It
            knows wording and style, not truth: a fluent false answer can beat a clumsy true one. Rewards of different prompts do not
            compare. On other topics, languages or kinds of task expect less than the table shows, and measure first with `agree`. Whoever optimises
            against it will find its blind spots; it inherits the preferences, and the biases, of whoever labelled its pairs.
            """;

    private ModelCard() {}

    static String of(RewardModel model) {
        FitReport report = model.report();
        Map<String, String> data = model.data();
        FitReport.Measure training = report.training();
        StringBuilder card = new StringBuilder();
        card.append("# A reward model fitted by Pairwright\n\n")
                .append("r(prompt, response) = ")
                .append(formula(model))
                .append(": sigma(r(a) - r(b)) is the probability that")
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
                .append(
                        isNetwork(model)
                                ? format("- decay of the weights %s, ", report.l2())
                                : format("- L2 penalty %s, style weight %s, ", report.l2(), report.styleWeight()))
                .append(
                        report.search().isEmpty()
                                ? "given\n"
                                : "chosen by log loss on "
                                        + (isNetwork(model)
                                                ? "one of " + report.settings().innerFolds()
                                                : report.settings().innerFolds())
                                        + " inner folds split by prompt\n")
                .append(format(
                        isNetwork(model)
                                ? "- loss %.6f in the last of %d steps' epochs, gradient norm %.1e%s\n"
                                : "- objective %.6f after %d iterations, gradient norm %.1e%s\n",
                        report.objective(),
                        report.iterations(),
                        report.gradientNorm(),
                        isNetwork(model) || report.converged() ? "" : " (NOT converged)"))
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
        card.append("\n\n");
        report.members().ifPresent(members -> members(card, members));
        report.epochs().ifPresent(epochs -> curve(card, epochs));
        card.append("## Features\n\n").append(features(model)).append(USE);
        return card.toString();
    }

    private static boolean isNetwork(RewardModel model) {
        return model instanceof MlpModel || model instanceof EncoderModel || model instanceof TunedModel;
    }

    private static String formula(RewardModel model) {
        if (model instanceof EnsembleModel ensemble) {
            return "a weighted sum of the rewards of " + ensemble.members().size()
                    + " members, each a Bradley-Terry model";
        }
        if (model instanceof EncoderModel encoder) {
            return format(
                    "v . the mean of the tokens' vectors, by a pre-LN transformer of %d layers, width %d and %d heads, %d parameters, a Bradley-Terry model",
                    encoder.shape().layers(),
                    encoder.shape().width(),
                    encoder.shape().heads(),
                    encoder.shape().parameters());
        }
        if (model instanceof TunedModel tuned) {
            return format(
                    "v . the mean of the tokens' vectors, width %d, by an imported encoder that was trained on, %d parameters, a Bradley-Terry model",
                    tuned.shape().width(), tuned.report().columns());
        }
        return model instanceof MlpModel mlp
                ? "v . max(0, W s(x) + b) with " + mlp.shape().hidden() + " hidden units, a Bradley-Terry model"
                : "w . phi, a linear Bradley-Terry model";
    }

    private static void members(StringBuilder card, List<FitReport.Member> members) {
        card.append(
                        "## Members\n\nWhat is said above of penalty, objective and temperature is of the first one. The first of each architecture was")
                .append(" fitted to all pairs, every other one to a bootstrap sample of the prompts.\n\n")
                .append("| architecture | seed | weight | penalty | held-out accuracy | held-out log loss |\n")
                .append("|---|---|---|---|---|---|\n");
        for (FitReport.Member member : members) {
            card.append(format(
                    "| %s | %d | %.4f | %s | %s | %s |\n",
                    member.architecture().name().toLowerCase(Locale.ROOT),
                    member.seed(),
                    member.weight(),
                    member.l2(),
                    share(member.holdOut().flatMap(measure -> measure.model().value())),
                    share(member.holdOut().map(FitReport.Measure::logLoss))));
        }
        card.append('\n');
    }

    /** Loss and accuracy by epoch, as numbers and as bars that a text can show. */
    private static void curve(StringBuilder card, List<FitReport.Epoch> epochs) {
        card.append("## Course of the training that the settings were chosen by\n\n")
                .append("| epoch | training loss | | inner log loss | | inner accuracy |\n|---|---|---|---|---|---|\n");
        double most = epochs.stream()
                .mapToDouble(e -> Math.max(e.trainingLoss(), e.innerLogLoss().orElse(0.0)))
                .max()
                .orElse(1);
        for (FitReport.Epoch epoch : epochs) {
            card.append(format(
                    "| %d | %.4f | %s | %s | %s | %s |\n",
                    epoch.epoch(),
                    epoch.trainingLoss(),
                    bar(epoch.trainingLoss() / most),
                    epoch.innerLogLoss().map(v -> format("%.4f", v)).orElse("-"),
                    epoch.innerLogLoss().map(v -> bar(v / most)).orElse(""),
                    share(epoch.innerAccuracy())));
        }
        card.append('\n');
    }

    private static <T, K> Predicate<T> distinctly(Function<T, K> key) {
        Set<K> seen = new HashSet<>();
        return each -> seen.add(key.apply(each));
    }

    private static String bar(double share) {
        return "#".repeat((int) Math.round(20 * Math.max(0, Math.min(1, share))));
    }

    private static String features(RewardModel model) {
        if (model instanceof EnsembleModel ensemble) {
            return ensemble.members().stream()
                    .map(EnsembleModel.Member::model)
                    .filter(distinctly(RewardModel::architecture))
                    .map(ModelCard::features)
                    .collect(Collectors.joining("\n"));
        }
        if (model instanceof LinearModel linear) {
            FeatureSettings features = linear.features();
            return format(
                    """
                    Word 1- to %d-grams, character %d- to %d-grams and 1- to %d-grams at the start of the reply, hashed to 2^%d columns, and %d
                    columns for length, layout, ending, repetition, language and overlap with the prompt. %d columns were met in training; all
                    other weights are zero. Weights are raw float32 in
                    `model.safetensors`; `manifest.json` holds the SHA-256 of each file and the whole report. `explain` shows what moves a reward.
                    """,
                    features.wordOrder(),
                    features.charShortest(),
                    features.charLongest(),
                    features.startOrder(),
                    features.hashBits(),
                    Style.COLUMNS,
                    model.report().columns());
        }
        if (model instanceof EncoderModel encoder) {
            return format("""
                    Up to %d WordPiece tokens of prompt and response together, [CLS] prompt [SEP] response [SEP]; a quarter of the room is the prompt's, if it needs
                    it, and of a longer one the end is read, of a response the beginning. The %d pieces were learned from the training's texts; `tokenizer.json` holds them as
                    the library `tokenizers` reads them. Weights are raw float32 in `model.safetensors`; `manifest.json` holds the SHA-256 of each file and the
                    whole report.
                    """, encoder.shape().maxTokens(), encoder.shape().vocabulary());
        }
        if (model instanceof TunedModel tuned) {
            return format("""
                    Up to %d tokens of prompt and response together, cut up by `tokenizer.json`. The encoder is `encoder.pt`, TorchScript, a program that is loaded only
                    where its SHA-256 is trusted; `torch.jit.load` reads it. The head is raw float32 in `model.safetensors`; `manifest.json` holds the SHA-256 of
                    each file and the whole report.
                    """, tuned.shape().maxTokens());
        }
        MlpNetwork.Shape shape = ((MlpModel) model).shape();
        return format(
                """
                %s, each standardised by its mean and deviation in training. Means, scales and weights are raw float32 in
                `model.safetensors`; `manifest.json` holds the SHA-256 of each file and the whole report.
                """,
                shape.encoderTokens().isPresent()
                        ? "Embeddings, " + shape.inputs() + " numbers, of prompt and response together, up to "
                                + shape.encoderTokens().get()
                                + " tokens, by the encoder in `encoder.pt`, a program that is loaded only where"
                                + " its SHA-256 is trusted,"
                        : shape.embeddings()
                                .map(name -> shape.inputs() + " numbers of the field `" + name
                                        + "` of a candidate's row, `" + name + "_a` and `" + name + "_b` of a pair's")
                                .orElse(
                                        shape.inputs()
                                                + " columns for length, layout, ending, repetition, language and overlap with the prompt"));
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
