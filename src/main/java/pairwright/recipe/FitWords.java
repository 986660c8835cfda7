package pairwright.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import pairwright.jsonl.BadRows;
import pairwright.reward.Accuracy;
import pairwright.reward.FitReport;
import pairwright.reward.RewardModel;

/** What a fit says of itself on the terminal. */
final class FitWords {
    private FitWords() {}

    static String headline(FitReport report) {
        return report.training().rows() + " pairs of " + report.training().prompts() + " prompts fitted"
                + report.holdOut()
                        .map(held ->
                                "; on " + held.rows() + " pairs of " + held.prompts() + " prompts never seen: right "
                                        + share(held.model()) + ", the longer text " + share(held.longer())
                                        + ", the majority side " + share(held.majority()))
                        .orElse("")
                + (report.leftOut().isEmpty() ? "" : "; left out " + report.leftOut());
    }

    private static String exactFit(FitReport report) {
        return String.format(
                Locale.ROOT,
                "l2 %s, style weight %s, %d iterations, gradient norm %.1e%s, %d columns, on %s",
                report.l2(),
                report.styleWeight(),
                report.iterations(),
                report.gradientNorm(),
                report.converged()
                        ? ""
                        : " (the tolerance " + report.settings().weightTolerance() + " of the weights is not certain)",
                report.columns(),
                report.device());
    }

    private static String course(FitReport report, List<FitReport.Epoch> epochs) {
        return String.format(
                Locale.ROOT,
                "decay %s, %s after %d epochs, then %d steps on all pairs of the training, %d %s, on %s",
                report.l2(),
                report.converged() ? "the inner split was predicted no better" : "the training ended",
                epochs.size(),
                report.iterations(),
                report.columns(),
                (report.settings().encoder().isPresent()
                                        || report.settings().tuning().isPresent())
                                && report.settings().ensemble().isEmpty()
                        ? "parameters"
                        : "columns",
                report.device());
    }

    private static String pseudoLabelled(FitReport.PseudoLabelled labelled) {
        return labelled.labelled() + " of " + labelled.unlabelled() + " pairs without a label labelled by "
                + labelled.by()
                + labelled.with()
                        .map(with -> String.format(
                                Locale.ROOT,
                                "; on the prompts never seen without them right %s, log loss %.4f, with them right %s, log loss"
                                        + " %.4f: the fit %s them is kept",
                                share(labelled.without().model()),
                                labelled.without().logLoss(),
                                share(with.model()),
                                with.logLoss(),
                                labelled.kept() ? "with" : "without"))
                        .orElse(": it was sure of none, so there is no second fit");
    }

    private static String members(List<FitReport.Member> members) {
        return "the first of " + members.size()
                + " members is told above; their weights and accuracies on the prompts never seen: "
                + members.stream()
                        .map(member -> String.format(
                                Locale.ROOT,
                                "%s %.3f%s",
                                member.architecture().name().toLowerCase(Locale.ROOT),
                                member.weight(),
                                member.holdOut()
                                        .map(held -> " right " + share(held.model()))
                                        .orElse("")))
                        .collect(Collectors.joining(", "));
    }

    static List<String> lines(FitReport report) {
        List<String> lines = new ArrayList<>();
        report.epochs().ifPresent(epochs -> lines.add(course(report, epochs)));
        if (report.epochs().isEmpty()) {
            lines.add(exactFit(report));
        }
        report.pseudoLabelled().ifPresent(labelled -> lines.add(pseudoLabelled(labelled)));
        report.members().ifPresent(members -> lines.add(members(members)));
        report.tieParameter()
                .ifPresent(value -> lines.add(String.format(
                        Locale.ROOT,
                        "ties by %s, parameter %.3f",
                        report.settings().loss().ties(),
                        value)));
        if (report.settings().loss().estimateNoise()) {
            lines.add("share of labels turned over, chosen on inner folds: " + report.noiseRate());
        }
        report.holdOut()
                .ifPresentOrElse(
                        held -> lines.add(String.format(
                                Locale.ROOT,
                                "log loss on the prompts never seen %.3f nats (a coin has .693), %d ties among the %d pairs",
                                held.logLoss(),
                                held.ties(),
                                held.rows())),
                        () -> lines.add("no prompts were held out, so nothing is said here about prompts never seen"));
        return lines;
    }

    private static String share(Accuracy accuracy) {
        return accuracy.value()
                .map(value -> String.format(Locale.ROOT, "%.3f", value))
                .orElse("undefined (no pair with a better side)");
    }

    static List<String> notes(RewardModel model, BadRows bad) {
        FitReport report = model.report();
        List<String> notes = new ArrayList<>();
        report.pseudoLabelled()
                .filter(labelled -> labelled.with().isPresent())
                .ifPresent(labelled -> notes.add(
                        "Which of both fits is kept was chosen on the prompts never seen, so what is said of it there flatters it a little:"
                                + " measure it on other labels with `evaluate`."));
        model.program()
                .ifPresent(digest -> notes.add(
                        "Wherever the model is loaded its encoder.pt runs, which is a program: to trust it there, set"
                                + " PAIRWRIGHT_TRUSTED_TORCHSCRIPT=" + digest));
        report.holdOut().ifPresent(held -> {
            double rule = Math.max(
                    held.longer().value().orElse(0.0), held.majority().value().orElse(0.0));
            if (held.model().value().orElse(0.0) <= rule) {
                notes.add("On prompts never seen the model is no better than a rule that reads nothing"
                        + " (the longer text, the majority side): do not let it judge.");
            }
        });
        notes.addAll(StageReport.aboutBadRows(bad));
        return notes;
    }
}
