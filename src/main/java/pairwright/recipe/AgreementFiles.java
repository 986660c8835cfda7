package pairwright.recipe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pairwright.agreement.AgreementPage;
import pairwright.agreement.AgreementReport;
import pairwright.agreement.AgreementSummary;
import pairwright.agreement.AgreementTable;
import pairwright.agreement.Calibration;
import pairwright.agreement.License;
import pairwright.jsonl.AtomicFile;
import pairwright.jsonl.BadRows;
import pairwright.jsonl.Json;
import pairwright.provenance.Provenance;
import pairwright.provenance.Version;

/** Writes what an {@link AgreeStage} found, and says where. */
final class AgreementFiles {
    private static final String REPORT = "agreement.json";
    private static final String PAGE = "agreement.html";

    private final AgreeStage stage;
    private final Places places;
    private final List<Provenance.Input> inputs;

    AgreementFiles(AgreeStage stage, Places places, List<Provenance.Input> inputs) {
        this.stage = stage;
        this.places = places;
        this.inputs = inputs;
    }

    /** Every file that may be written. */
    static List<Path> all(Optional<Path> folder, Optional<Path> license) {
        List<Path> all = new ArrayList<>(license.stream().toList());
        folder.ifPresent(f -> all.addAll(List.of(
                f.resolve(REPORT), f.resolve(PAGE), f.resolve(CalibratorFile.NAME), Apart.beside(f, ".bad.jsonl"))));
        return all;
    }

    StageReport told(AgreementReport report, Optional<String> unmatched, long absent, BadRows bad) {
        Map<String, String> files = new LinkedHashMap<>();
        if (!stage.out().equals("-")) {
            folder(report, places.output(stage.out()), files);
        }
        report.license().ifPresent(verdict -> {
            Path file = stage.licensing().path(places).orElseThrow();
            AtomicFile.write(file, Json.pretty(verdict));
            files.put("license", file.toString());
        });
        bad.file().ifPresent(path -> files.put("bad rows", path.toString()));
        List<String> notes = new ArrayList<>();
        if (absent > 0) {
            notes.add(absent + " rows hold no verdict of " + report.judge() + " and are left out");
        }
        unmatched.ifPresent(notes::add);
        notes.addAll(StageReport.aboutBadRows(bad));
        return new StageReport(
                "agree",
                report,
                String.join("\n", AgreementSummary.headline(report)),
                stage.tables().orElse(false) ? AgreementTable.lines(report) : AgreementSummary.lines(report),
                notes,
                files,
                bad.count(),
                bad.count() > stage.maxBadRows().orElse(0L)
                        || !report.license().map(License::isGranted).orElse(true));
    }

    private void folder(AgreementReport report, Path folder, Map<String, String> files) {
        Path json = folder.resolve(REPORT);
        Path page = folder.resolve(PAGE);
        AtomicFile.write(json, Json.pretty(report));
        AtomicFile.write(page, AgreementPage.render(report));
        files.put("agreement", json.toString());
        files.put("picture", page.toString());
        if (report.calibration().orElse(null) instanceof Calibration.Fitted fitted) {
            Path calibrator = folder.resolve(CalibratorFile.NAME);
            Optional<String> model =
                    JudgeDigests.rewardModel(stage.judge(), stage.in().get(0), places);
            AtomicFile.write(calibrator, Json.pretty(fitted.calibrator().ofRewardModel(model)));
            files.put("calibrator", calibrator.toString());
        }
        Provenance provenance = new Provenance(
                Version.current(),
                "agree",
                Json.asMap(stage),
                Optional.of(stage.settings().seed()),
                inputs,
                Map.of("judge", report.judge()));
        files.put("provenance", provenance.writeFor(folder, true).toString());
    }
}
