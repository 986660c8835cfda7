package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.BadRows;
import pairwright.jsonl.Json;
import pairwright.jsonl.Row;
import pairwright.jsonl.RowReader;
import pairwright.judge.Judge;
import pairwright.judge.JudgeName;
import pairwright.judge.Judgment;
import pairwright.pair.Pair;
import pairwright.pair.UniquePairs;
import pairwright.provenance.Provenance;
import pairwright.provenance.Version;
import pairwright.reward.Accuracy;
import pairwright.reward.BradleyTerryTrainer;
import pairwright.reward.DeviceChoice;
import pairwright.reward.FitReport;
import pairwright.reward.FitSettings;
import pairwright.reward.RewardFit;

/**
 * Judgments, or pairs with labels, to a reward model.
 *
 * @param labels a judge that needs no server, such as {@code field:gold} or {@code human}; the judgments that the rows carry unless said
 * @param holdOut share of the prompts kept out of the fit, on which it is measured, in [0, 1)
 * @param hashBits the model has 2 to this power hashed columns
 * @param device {@code auto}, {@code cpu} or {@code gpu}
 */
public record FitStage(
        @JsonProperty("in") String in,
        @JsonProperty("where") Optional<List<String>> where,
        @JsonProperty("labels") Optional<String> labels,
        @JsonProperty("hold_out") Optional<Double> holdOut,
        @JsonProperty("l2") Optional<List<Double>> l2,
        @JsonProperty("hash_bits") Optional<Integer> hashBits,
        @JsonProperty("device") Optional<DeviceChoice> device,
        @JsonProperty("max_bad_rows") Optional<Long> maxBadRows,
        @JsonProperty("seed") Optional<Long> seed,
        @JsonProperty("out") String out)
        implements Stage {
    public FitStage {
        Required.named("fit", "in", in);
        Required.named("fit", "out", out);
        labels.ifPresent(JudgeName::parse);
        Required.limit(maxBadRows);
    }

    @Override
    public void check() {
        Stage.super.check();
        settings();
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
        Apart.check(context, List.of(in), List.of(Apart.beside(folder, ".bad.jsonl")));
        try (BadRows bad = BadRows.beside(folder);
                RowReader<Pair> reader = input.open(Pair.class, bad);
                UniquePairs rows = UniquePairs.of(reader);
                Progress.Meter meter = context.progress().start("fit", -1)) {
            Judgments judgments = new Judgments(rows, reader, Judges.local(labels, context.places()));
            if (!judgments.hasNext()) {
                throw Required.noRows(in, reader, bad);
            }
            long[] steps = {0};
            RewardFit fit = BradleyTerryTrainer.with(settings)
                    .fit(
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
            fit.model().save(folder);
            Map<String, String> files = new LinkedHashMap<>();
            files.put("model", folder.toString());
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

    private FitSettings settings() {
        FitSettings settings = FitSettings.DEFAULT;
        settings = hashBits.isEmpty()
                ? settings
                : settings.withFeatures(settings.features().withHashBits(hashBits.get()));
        settings = l2.isEmpty() ? settings : settings.withL2(l2.get());
        settings = holdOut.isEmpty() ? settings : settings.withHoldOut(holdOut.get());
        settings = device.isEmpty() ? settings : settings.withDevice(device.get());
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

    private static List<String> lines(FitReport report) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "l2 %s, %d iterations, gradient norm %.1e%s, %d columns, on %s",
                report.l2(),
                report.iterations(),
                report.gradientNorm(),
                report.converged()
                        ? ""
                        : " (the tolerance " + report.settings().weightTolerance() + " of the weights is not certain)",
                report.columns(),
                report.device()));
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

    /** The labels of the rows, one judgment a row; a row whose label cannot be used is a bad row. */
    private static final class Judgments implements Iterator<Judgment> {
        private final UniquePairs rows;
        private final RowReader<Pair> reader;
        private final Judge judge;
        private Judgment next;

        Judgments(UniquePairs rows, RowReader<Pair> reader, Judge judge) {
            this.rows = rows;
            this.reader = reader;
            this.judge = judge;
        }

        @Override
        public boolean hasNext() {
            while (next == null && rows.hasNext()) {
                Row<Pair> row = rows.next();
                try {
                    next = judge.judge(row.value());
                } catch (BadInput | IllegalArgumentException e) {
                    reader.refuse(row, e.getMessage());
                } catch (InterruptedException e) {
                    throw new IllegalStateException("a label needs no waiting", e);
                }
            }
            return next != null;
        }

        @Override
        public Judgment next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Judgment judgment = next;
            next = null;
            return judgment;
        }
    }
}
