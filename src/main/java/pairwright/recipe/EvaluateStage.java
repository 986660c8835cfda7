package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pairwright.jsonl.AtomicFile;
import pairwright.jsonl.BadRows;
import pairwright.jsonl.Json;
import pairwright.jsonl.RowReader;
import pairwright.judge.JudgeName;
import pairwright.judge.Preference;
import pairwright.pair.Pair;
import pairwright.pair.UniquePairs;
import pairwright.provenance.Provenance;
import pairwright.provenance.Version;
import pairwright.reward.Architecture;
import pairwright.reward.CrossValidation;
import pairwright.reward.DeviceChoice;
import pairwright.reward.EvaluatedPair;
import pairwright.reward.Evaluation;
import pairwright.reward.EvaluationReport;
import pairwright.reward.FitProgress;
import pairwright.reward.FitRow;
import pairwright.reward.FitSettings;
import pairwright.reward.LengthTreatment;
import pairwright.reward.Response;
import pairwright.reward.RewardModel;

/**
 * How well rewards follow labels: those of a model, or, in folds, those of fits to the rows themselves.
 *
 * @param format {@code pairs} unless said, or {@code rewardbench}: rows of prompt, chosen, rejected and subset
 * @param labels as for fit; not for rewardbench
 * @param model folder of a reward model; without it {@code folds} fits
 * @param folds each row is judged by a fit to the other folds
 * @param groupBy what folds never part and intervals resample
 * @param sliceBy a field; accuracy is told for each of its values
 * @param labelNoise share of the labels turned over in the fits, to see what noise does
 * @param fitLabels with folds, whose labels the fits follow, such as {@code recorded:NAME}, while {@code labels} is what they are measured by; rows without
 *     both are left out
 * @param architecture of the fits, {@code linear} unless said
 * @param ensemble of which members each fit consists
 * @param out folder
 */
public record EvaluateStage(
        @JsonProperty("in") String in,
        @JsonProperty("where") Optional<List<String>> where,
        @JsonProperty("format") Optional<String> format,
        @JsonProperty("labels") Optional<String> labels,
        @JsonProperty("model") Optional<String> model,
        @JsonProperty("folds") Optional<Integer> folds,
        @JsonProperty("group_by") Optional<String> groupBy,
        @JsonProperty("slice_by") Optional<String> sliceBy,
        @JsonProperty("label_noise") Optional<Double> labelNoise,
        @JsonProperty("fit_labels") Optional<String> fitLabels,
        @JsonProperty("weights") Optional<String> weights,
        @JsonProperty("l2") Optional<List<Double>> l2,
        @JsonProperty("style_weights") Optional<List<Double>> styleWeights,
        @JsonProperty("loss") Optional<LossChoice> loss,
        @JsonProperty("length") Optional<LengthTreatment> length,
        @JsonProperty("hash_bits") Optional<Integer> hashBits,
        @JsonProperty("architecture") Optional<Architecture> architecture,
        @JsonProperty("mlp") Optional<MlpChoice> mlp,
        @JsonProperty("ensemble") Optional<EnsembleChoice> ensemble,
        @JsonProperty("device") Optional<DeviceChoice> device,
        @JsonProperty("max_bad_rows") Optional<Long> maxBadRows,
        @JsonProperty("seed") Optional<Long> seed,
        @JsonProperty("encoder") Optional<EncoderChoice> encoder,
        @JsonProperty("out") String out)
        implements Stage {
    private static final String PAIRS = "pairs";
    private static final String REWARDBENCH = "rewardbench";
    private static final String REPORT = "evaluation.json";
    private static final String SCORES = "rewardbench.json";

    public EvaluateStage {
        Required.named("evaluate", "in", in);
        Required.named("evaluate", "out", out);
        Required.oneOf("format", format, List.of(PAIRS, REWARDBENCH));
        labels.ifPresent(JudgeName::parse);
        fitLabels.ifPresent(JudgeName::parse);
        if (fitLabels.isPresent() && (folds.isEmpty() || format.orElse(PAIRS).equals(REWARDBENCH))) {
            throw new IllegalArgumentException("fit_labels is " + fitLabels.get()
                    + ", but nothing is fitted to it: it is for" + " folds and for pairs");
        }
        Required.limit(maxBadRows);
        if (model.isPresent() == folds.isPresent()) {
            throw new IllegalArgumentException(
                    "one of model and folds must be given: a model is measured as it is, folds"
                            + " measure fits to the other rows");
        }
        if (labelNoise.isPresent() && !(labelNoise.get() >= 0 && labelNoise.get() <= .5)) {
            throw new IllegalArgumentException("label_noise is " + labelNoise.get() + ", must be in [0, 0.5]");
        }
    }

    @Override
    public void check() {
        Stage.super.check();
        settings();
        columns(mlp.flatMap(MlpChoice::embeddings));
    }

    @Override
    public boolean writesRows() {
        return false;
    }

    @Override
    public List<String> inputs() {
        return List.of(in);
    }

    private boolean isRewardBench() {
        return format.orElse(PAIRS).equals(REWARDBENCH);
    }

    private LabelledRows.Columns columns(Optional<String> embeddings) {
        return new LabelledRows.Columns(
                weights, groupBy, isRewardBench() && sliceBy.isEmpty() ? Optional.of("subset") : sliceBy, embeddings);
    }

    private FitSettings settings() {
        FitSettings settings =
                EnsembleChoice.settings(architecture, mlp, encoder, ensemble).withHoldOut(0);
        settings = hashBits.isEmpty()
                ? settings
                : settings.withFeatures(settings.features().withHashBits(hashBits.get()));
        settings = l2.isEmpty() ? settings : EnsembleChoice.withL2(settings, l2.get());
        settings = styleWeights.isEmpty() ? settings : settings.withStyleWeights(styleWeights.get());
        settings = loss.isEmpty() ? settings : settings.withLoss(loss.get().settings());
        settings = length.isEmpty() ? settings : settings.withLength(length.get());
        settings = device.isEmpty() ? settings : settings.withDevice(device.get());
        return seed.isEmpty() ? settings : settings.withSeed(seed.get());
    }

    @Override
    public StageReport run(RunContext context) throws InterruptedException {
        FitSettings settings = settings();
        RowInput input = RowInput.of(in, where.orElse(List.of()), context);
        Path folder = context.places().output(out);
        Apart.check(
                context,
                List.of(in),
                List.of(Apart.beside(folder, ".bad.jsonl"), folder.resolve(REPORT), folder.resolve(SCORES)));
        Optional<RewardModel> loaded =
                model.map(name -> RewardModel.load(Path.of(context.places().input(name))));
        LabelledRows.Columns columns =
                columns(loaded.map(RewardModel::embeddings).orElseGet(() -> mlp.flatMap(MlpChoice::embeddings)));
        Evaluation evaluation = new Evaluation();
        long leftOut;
        String sha256;
        try (BadRows bad = BadRows.beside(folder);
                Progress.Meter meter = context.progress().start("evaluate", -1)) {
            if (isRewardBench()) {
                try (RowReader<ChosenRejected> reader = input.open(ChosenRejected.class, bad)) {
                    leftOut = evaluate(new ChosenRejected.Rows(reader, columns), settings, loaded, evaluation, meter);
                    sha256 = reader.sha256();
                }
            } else {
                try (RowReader<Pair> reader = input.open(Pair.class, bad);
                        UniquePairs rows = UniquePairs.of(reader)) {
                    leftOut = evaluate(
                            new LabelledRows(
                                    rows,
                                    reader,
                                    Judges.local(labels, context.places()),
                                    columns,
                                    fitLabels.map(name -> new LabelledRows.Other(
                                            Judges.local(Optional.of(name), context.places()), false))),
                            settings,
                            loaded,
                            evaluation,
                            meter);
                    sha256 = reader.sha256();
                }
            }
            EvaluationReport report = evaluation.report();
            Map<String, String> files = new LinkedHashMap<>();
            AtomicFile.write(folder.resolve(REPORT), Json.pretty(report));
            files.put("evaluation", folder.resolve(REPORT).toString());
            if (isRewardBench()) {
                AtomicFile.write(folder.resolve(SCORES), Json.pretty(EvaluationText.rewardBench(name(), report)));
                files.put("scores by subset", folder.resolve(SCORES).toString());
            }
            files.put(
                    "provenance",
                    new Provenance(
                                    Version.current(),
                                    "evaluate",
                                    Json.asMap(this),
                                    Optional.of(settings.seed()),
                                    List.of(new Provenance.Input(in, sha256)),
                                    Map.of())
                            .writeFor(folder, true)
                            .toString());
            bad.file().ifPresent(path -> files.put("bad rows", path.toString()));
            return new StageReport(
                    "evaluate",
                    report,
                    EvaluationText.headline(name(), report, leftOut),
                    EvaluationText.lines(report),
                    StageReport.aboutBadRows(bad),
                    files,
                    bad.count(),
                    bad.count() > maxBadRows.orElse(0L));
        }
    }

    private String name() {
        return model.map(folder -> "reward:" + folder).orElseGet(() -> "fits in " + folds.orElseThrow() + " folds");
    }

    /** Adds every usable row; returns how many others there were. */
    private long evaluate(
            Iterator<FitRow> rows,
            FitSettings settings,
            Optional<RewardModel> loaded,
            Evaluation evaluation,
            Progress.Meter meter) {
        if (!rows.hasNext()) {
            throw new pairwright.jsonl.BadInput(in + ": holds no usable row; see the bad rows beside the output");
        }
        long before = 0;
        if (loaded.isPresent()) {
            while (rows.hasNext()) {
                before++;
                judged(rows.next(), loaded.get()).ifPresent(evaluation::add);
                meter.at(before, "");
            }
        } else {
            List<FitRow> kept = new ArrayList<>();
            rows.forEachRemaining(kept::add);
            before = kept.size();
            long[] steps = {0};
            FitProgress progress = step -> meter.at(++steps[0], "fit " + step.fit() + " of " + step.fits());
            CrossValidation validation = new CrossValidation(settings, folds.orElseThrow());
            double noise = labelNoise.orElse(0.0);
            validation.run(kept.iterator(), noise, progress, evaluation::add);
            validation.ofWords().run(kept.iterator(), noise, progress, pair -> evaluation.addBaseline("tf-idf", pair));
        }
        if (evaluation.rows() == 0) {
            throw new pairwright.jsonl.BadInput(
                    in + ": no row of " + before + " has a label and two different responses");
        }
        return before - evaluation.rows();
    }

    private static Optional<EvaluatedPair> judged(FitRow row, RewardModel model) {
        Pair pair = row.judgment().pair();
        if (!(row.judgment().verdict() instanceof Preference preference)
                || pair.responseA().equals(pair.responseB())) {
            return Optional.empty();
        }
        return Optional.of(new EvaluatedPair(
                preference.z(),
                model.score(Response.a(pair)) - model.score(Response.b(pair)),
                pair.responseA().codePointCount(0, pair.responseA().length()),
                pair.responseB().codePointCount(0, pair.responseB().length()),
                row.group(),
                row.slice()));
    }
}
