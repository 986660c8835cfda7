package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pairwright.jsonl.AtomicFile;
import pairwright.jsonl.BadRows;
import pairwright.jsonl.Json;
import pairwright.jsonl.RowReader;
import pairwright.judge.JudgeName;
import pairwright.pair.Pair;
import pairwright.pair.UniquePairs;
import pairwright.provenance.Provenance;
import pairwright.provenance.Version;
import pairwright.reward.Architecture;
import pairwright.reward.BradleyTerryTrainer;
import pairwright.reward.DeviceChoice;
import pairwright.reward.FitPage;
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
 * @param architecture {@code linear} unless said, {@code mlp} or {@code encoder}
 * @param mlp how a network over numbers is trained
 * @param encoder how a transformer is trained
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
        @JsonProperty("encoder") Optional<EncoderChoice> encoder,
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
            BradleyTerryTrainer trainer = BradleyTerryTrainer.with(settings).checkpointedIn(checkpoint);
            RewardFit fit = trainer.fitWeighted(judgments, new FitMeter(meter));
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
                    FitWords.headline(fit.report()),
                    FitWords.lines(fit.report()),
                    FitWords.notes(fit.model(), bad),
                    files,
                    bad.count(),
                    bad.count() > maxBadRows.orElse(0L));
        }
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
        FitSettings settings = EnsembleChoice.settings(architecture, mlp, encoder, ensemble);
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
}
