package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import pairwright.jsonl.AtomicFile;
import pairwright.jsonl.BadRows;
import pairwright.jsonl.Json;
import pairwright.jsonl.RowReader;
import pairwright.judge.JudgeName;
import pairwright.pair.Pair;
import pairwright.pair.UniquePairs;
import pairwright.provenance.Provenance;
import pairwright.provenance.Version;
import pairwright.reward.Accuracy;
import pairwright.reward.Architecture;
import pairwright.reward.BradleyTerryTrainer;
import pairwright.reward.DeviceChoice;
import pairwright.reward.FitPage;
import pairwright.reward.FitReport;
import pairwright.reward.FitSettings;
import pairwright.reward.LengthTreatment;
import pairwright.reward.PseudoLabels;
import pairwright.reward.RewardFit;

/**
 * Judgments, or pairs with labels, to a reward model.
 *
 * @param labels a judge that needs no server, such as {@code field:gold} or {@code human}; the judgments that the rows carry unless said
 * @param holdOut share of the prompts kept out of the fit, on which it is measured, in [0, 1)
 * @param weights how much a row counts: {@code confidence}, which is |2z - 1|, or {@code field:NAME}; alike unless said
 * @param groupBy what splits never part: {@code prompt} unless said, {@code first-message}, {@code id} or a field
 * @param styleWeights factors of the style columns to choose from
 * @param length what is done about the liking for long texts
 * @param hashBits the model has 2 to this power hashed columns
 * @param architecture {@code linear} unless said, or {@code mlp}
 * @param mlp how a network is trained
 * @param ensemble of which members the model consists
 * @param labelWith pairs without a label are labelled by {@code self}, the model fitted to those with one, or {@code reward:FOLDER}, and a second fit takes
 *     them too; of both the one that does better on prompts never seen is kept
 * @param labelConfidence from which a label of the model's is taken, in (0.5, 1), 0.9 unless said
 * @param device {@code auto}, {@code java}, {@code cpu} or {@code gpu}
 */
public record FitStage(
        @JsonProperty("in") String in,
        @JsonProperty("where") Optional<List<String>> where,
        @JsonProperty("labels") Optional<String> labels,
        @JsonProperty("weights") Optional<String> weights,
        @JsonProperty("group_by") Optional<String> groupBy,
        @JsonProperty("hold_out") Optional<Double> holdOut,
        @JsonProperty("l2") Optional<List<Double>> l2,
        @JsonProperty("style_weights") Optional<List<Double>> styleWeights,
        @JsonProperty("loss") Optional<LossChoice> loss,
        @JsonProperty("length") Optional<LengthTreatment> length,
        @JsonProperty("hash_bits") Optional<Integer> hashBits,
        @JsonProperty("architecture") Optional<Architecture> architecture,
        @JsonProperty("mlp") Optional<MlpChoice> mlp,
        @JsonProperty("ensemble") Optional<EnsembleChoice> ensemble,
        @JsonProperty("label_with") Optional<String> labelWith,
        @JsonProperty("label_confidence") Optional<Double> labelConfidence,
        @JsonProperty("device") Optional<DeviceChoice> device,
        @JsonProperty("max_bad_rows") Optional<Long> maxBadRows,
        @JsonProperty("seed") Optional<Long> seed,
        @JsonProperty("out") String out)
        implements Stage {
    private static final String PAGE = "report.html";
    private static final double USUAL_CONFIDENCE = .9;

    public FitStage {
        Required.named("fit", "in", in);
        Required.named("fit", "out", out);
        labels.ifPresent(JudgeName::parse);
        labelWith.filter(by -> !by.equals(PseudoLabels.SELF)).ifPresent(by -> {
            if (!(JudgeName.parse(by) instanceof JudgeName.Reward)) {
                throw new IllegalArgumentException("label_with is " + by + ", must be self or reward:FOLDER");
            }
        });
        Required.limit(maxBadRows);
    }

    @Override
    public void check() {
        Stage.super.check();
        settings();
        columns();
    }

    @Override
    public List<String> inputs() {
        return List.of(in);
    }

    @Override
    public StageReport run(RunContext context) throws InterruptedException {
        FitSettings settings = settings();
        RowInput input = RowInput.of(in, where.orElse(List.of()), context);
        Path folder = context.places().output(out);
        Path checkpoint = Apart.beside(folder, ".checkpoint");
        Apart.check(context, List.of(in), List.of(Apart.beside(folder, ".bad.jsonl"), checkpoint));
        try (BadRows bad = BadRows.beside(folder);
                RowReader<Pair> reader = input.open(Pair.class, bad);
                UniquePairs rows = UniquePairs.of(reader);
                Progress.Meter meter = context.progress().start("fit", -1)) {
            LabelledRows judgments =
                    new LabelledRows(rows, reader, Judges.local(labels, context.places()), columns(), other(context));
            if (!judgments.hasNext()) {
                throw Required.noRows(in, reader, bad);
            }
            long[] steps = {0};
            BradleyTerryTrainer trainer = BradleyTerryTrainer.with(settings).checkpointedIn(checkpoint);
            RewardFit fit = trainer.fitWeighted(
                    judgments,
                    step -> meter.at(
                            ++steps[0],
                            String.format(
                                    Locale.ROOT,
                                    "fit %d of %d, loss %.4f, %.0f pairs/s",
                                    step.fit(),
                                    step.fits(),
                                    step.objective(),
                                    step.pairsPerSecond())));
            fit.model().fittedTo(Map.of(in, reader.sha256())).save(folder);
            trainer.forgetCheckpoints();
            AtomicFile.write(folder.resolve(PAGE), FitPage.render(fit.report()));
            Map<String, String> files = new LinkedHashMap<>();
            files.put("model", folder.toString());
            files.put("report", folder.resolve(PAGE).toString());
            files.put(
                    "provenance",
                    new Provenance(
                                    Version.current(),
                                    "fit",
                                    Json.asMap(this),
                                    Optional.of(fit.report().settings().seed()),
                                    List.of(new Provenance.Input(in, reader.sha256())),
                                    Map.of("labels", labels.orElse("the judgments of the rows")))
                            .writeFor(folder, true)
                            .toString());
            bad.file().ifPresent(path -> files.put("bad rows", path.toString()));
            return new StageReport(
                    "fit",
                    fit.report(),
                    headline(fit.report()),
                    lines(fit.report()),
                    notes(fit.report(), bad),
                    files,
                    bad.count(),
                    bad.count() > maxBadRows.orElse(0L));
        }
    }

    private static List<String> notes(FitReport report, BadRows bad) {
        List<String> notes = new ArrayList<>();
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

    private Optional<LabelledRows.Other> other(RunContext context) {
        return labelWith
                .filter(by -> !by.equals(PseudoLabels.SELF))
                .map(by -> new LabelledRows.Other(Judges.local(Optional.of(by), context.places()), true));
    }

    private LabelledRows.Columns columns() {
        return new LabelledRows.Columns(weights, groupBy, Optional.empty(), mlp.flatMap(MlpChoice::embeddings));
    }

    private FitSettings settings() {
        FitSettings settings = EnsembleChoice.settings(architecture, mlp, ensemble);
        settings = hashBits.isEmpty()
                ? settings
                : settings.withFeatures(settings.features().withHashBits(hashBits.get()));
        settings = styleWeights.isEmpty() ? settings : settings.withStyleWeights(styleWeights.get());
        settings = loss.isEmpty() ? settings : settings.withLoss(loss.get().settings());
        settings = length.isEmpty() ? settings : settings.withLength(length.get());
        settings = l2.isEmpty() ? settings : EnsembleChoice.withL2(settings, l2.get());
        settings = holdOut.isEmpty() ? settings : settings.withHoldOut(holdOut.get());
        settings = device.isEmpty() ? settings : settings.withDevice(device.get());
        if (labelWith.isPresent()) {
            settings = settings.withPseudoLabels(
                    new PseudoLabels(labelWith.get(), labelConfidence.orElse(USUAL_CONFIDENCE)));
        } else if (labelConfidence.isPresent()) {
            throw new IllegalArgumentException(
                    "label_confidence is given, but nothing labels; name label_with self or reward:FOLDER");
        }
        return seed.isEmpty() ? settings : settings.withSeed(seed.get());
    }

    private static String headline(FitReport report) {
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
                "decay %s, %s after %d epochs, then %d steps on all pairs of the training, %d columns, on %s",
                report.l2(),
                report.converged() ? "the inner split was predicted no better" : "the training ended",
                epochs.size(),
                report.iterations(),
                report.columns(),
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

    private static List<String> lines(FitReport report) {
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
}
