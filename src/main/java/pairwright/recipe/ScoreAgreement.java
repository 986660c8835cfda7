package pairwright.recipe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import pairwright.agreement.AgreementSettings;
import pairwright.agreement.ScoreReport;
import pairwright.agreement.ScoreStudy;
import pairwright.agreement.ScoredRow;
import pairwright.jsonl.AtomicFile;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.BadRows;
import pairwright.jsonl.Json;
import pairwright.jsonl.Row;
import pairwright.jsonl.RowReader;
import pairwright.judge.JudgeName;
import pairwright.provenance.Provenance;
import pairwright.provenance.Version;

/** {@link AgreeStage} over rows of scores instead of pairs. */
final class ScoreAgreement {
    private final AgreeStage stage;
    private final String criterion;
    private final AgreementSettings settings;

    ScoreAgreement(AgreeStage stage, String criterion, AgreementSettings settings) {
        this.stage = stage;
        this.criterion = criterion;
        this.settings = settings;
    }

    StageReport run(RunContext context) throws InterruptedException {
        if (stage.in().size() > 1) {
            throw new BadInput("scores: " + stage.in().size() + " files are given, must be one");
        }
        String in = stage.in().get(0);
        Optional<Path> folder = stage.out().equals("-")
                ? Optional.empty()
                : Optional.of(context.places().output(stage.out()));
        folder.ifPresent(f ->
                Apart.check(context, stage.in(), List.of(f.resolve("agreement.json"), Apart.beside(f, ".bad.jsonl"))));
        RowInput input = RowInput.of(in, stage.where().orElse(List.of()), context);
        ScoreStudy study = new ScoreStudy(
                criterion,
                stage.judge().map(JudgeName::parse),
                JudgeName.parse(stage.against().orElse("human")),
                settings);
        try (BadRows bad = folder.map(BadRows::beside).orElseGet(BadRows::counted);
                RowReader<ScoredRow> reader = input.open(ScoredRow.class, bad);
                Progress.Meter meter = context.progress().start("agree", input.lines())) {
            long done = 0;
            while (reader.hasNext()) {
                Row<ScoredRow> row = reader.next();
                try {
                    study.add(row.value());
                } catch (IllegalArgumentException | NullPointerException e) {
                    reader.refuse(row, e.getMessage());
                }
                meter.at(++done + reader.passedOver(), "");
            }
            ScoreReport report = study.report();
            if (report.rows() == 0) {
                throw Required.noRows(in, reader, bad);
            }
            if (report.pairs() == 0 && report.people().isEmpty()) {
                throw new BadInput(in + ": no row holds scores of two on " + criterion
                        + ", must hold scores of --judge and --against, or of two people");
            }
            return told(report, folder, bad, new Provenance.Input(in, reader.sha256()));
        }
    }

    private StageReport told(ScoreReport report, Optional<Path> folder, BadRows bad, Provenance.Input input) {
        Map<String, String> files = new LinkedHashMap<>();
        if (folder.isPresent()) {
            Path json = folder.get().resolve("agreement.json");
            AtomicFile.write(json, Json.pretty(report));
            files.put("agreement", json.toString());
            files.put(
                    "provenance",
                    new Provenance(
                                    Version.current(),
                                    "agree",
                                    Json.asMap(stage),
                                    Optional.of(settings.seed()),
                                    List.of(input),
                                    Map.of("judge", report.judge().orElse("none")))
                            .writeFor(folder.get(), true)
                            .toString());
        }
        bad.file().ifPresent(path -> files.put("bad rows", path.toString()));
        return new StageReport(
                "agree",
                report,
                headline(report),
                report.lines(),
                new ArrayList<>(StageReport.aboutBadRows(bad)),
                files,
                bad.count(),
                bad.count() > stage.maxBadRows().orElse(0L));
    }

    private static String headline(ScoreReport report) {
        return report.judge()
                .map(judge ->
                        judge + " against " + report.reference() + " on " + report.criterion() + ", " + report.pairs()
                                + " rows of " + report.prompts() + " prompts: "
                                + report.correlations().stream()
                                        .map(c -> c.name() + " "
                                                + c.estimate()
                                                        .number()
                                                        .map(r -> String.format(Locale.ROOT, "%.3f", r))
                                                        .orElse("undefined"))
                                        .collect(Collectors.joining(", ")))
                .orElseGet(() -> report.raters() + " people on " + report.criterion() + ", " + report.rows() + " rows");
    }
}
