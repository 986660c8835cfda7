package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pairwright.dataset.ConflictPolicy;
import pairwright.dataset.DatasetExport;
import pairwright.dataset.ExportCounts;
import pairwright.dataset.ExportFormat;
import pairwright.dataset.ExportSettings;
import pairwright.dataset.Licensing;
import pairwright.dataset.SelectionRules;
import pairwright.dataset.SplitRules;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.BadRows;
import pairwright.jsonl.FileType;
import pairwright.jsonl.Json;
import pairwright.jsonl.RowReader;
import pairwright.pair.Pair;
import pairwright.pair.UniquePairs;
import pairwright.provenance.Provenance;
import pairwright.provenance.Version;

/**
 * Judgments to a dataset that trainers read.
 *
 * @param in files of judgments
 * @param format a name of {@link ExportFormat}
 * @param fileType a name of {@link FileType}
 * @param minMargin least |2z - 1| that is exported, in [0, 1]
 * @param testFraction share of the prompts on the test side, in [0, 1)
 * @param license the verdict of {@code agree --license}; judgments that it does not fit are refused as a whole
 * @param unlicensed true exports them all the same, with every row and the card marked
 * @param family of data that the judgments are said to be of; their field {@code dataset} unless said
 * @param conflicts {@code keep} or {@code drop} judgments whose trials contradict each other
 * @param select which judgments become examples, beyond margin and tie band
 * @param split what stays together on one side, and what is split evenly
 * @param card what the card tells beside what the judgments show
 */
public record ExportStage(
        @JsonProperty("in") @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<String> in,

        @JsonProperty("where") Optional<List<String>> where,
        @JsonProperty("format") Optional<String> format,
        @JsonProperty("file_type") Optional<String> fileType,
        @JsonProperty("min_margin") Optional<Double> minMargin,
        @JsonProperty("tie_band") Optional<Double> tieBand,
        @JsonProperty("test_fraction") Optional<Double> testFraction,
        @JsonProperty("conflicts") Optional<String> conflicts,
        @JsonProperty("select") Optional<SelectionRules> select,
        @JsonProperty("split") Optional<SplitRules> split,
        @JsonProperty("card") Optional<CardSettings> card,
        @JsonProperty("license") Optional<String> license,
        @JsonProperty("unlicensed") Optional<Boolean> unlicensed,
        @JsonProperty("family") Optional<String> family,
        @JsonProperty("max_bad_rows") Optional<Long> maxBadRows,
        @JsonProperty("seed") Optional<Long> seed,
        @JsonProperty("out") String out)
        implements Stage {
    public ExportStage {
        if (in == null || in.isEmpty()) {
            throw new BadInput("export: in is missing, must name at least one file of judgments");
        }
        in = List.copyOf(in);
        Required.named("export", "out", out);
        Required.limit(maxBadRows);
    }

    private ExportSettings settings() {
        ExportSettings defaults = ExportSettings.DEFAULTS;
        return new ExportSettings(
                format.map(ExportFormat::named).orElse(defaults.format()),
                minMargin.orElse(defaults.minimumMargin()),
                tieBand.orElse(defaults.tieBand()),
                testFraction.orElse(defaults.testFraction()),
                seed.orElse(defaults.seed()),
                conflicts.map(ConflictPolicy::named).orElse(defaults.conflicts()),
                fileType.map(FileType::named).orElse(defaults.fileType()),
                select.orElse(defaults.rules()),
                split.orElse(defaults.splitRules()),
                defaults.card());
    }

    @Override
    public void check() {
        Stage.super.check();
        settings();
    }

    @Override
    public List<String> inputs() {
        List<String> inputs = new ArrayList<>(in);
        card.ifPresent(settings -> inputs.addAll(settings.files()));
        license.ifPresent(inputs::add);
        return inputs;
    }

    @Override
    public StageReport run(RunContext context) {
        Path folder = context.places().output(out);
        ExportSettings settings =
                settings().withCard(card.orElse(CardSettings.NONE).facts(in, context));
        List<Path> written = new ArrayList<>(List.of(Apart.beside(folder, ".bad.jsonl")));
        DatasetExport.files(settings).forEach(file -> written.add(folder.resolve(file)));
        Apart.check(context, inputs(), written);
        Licensing licensing = LicensedExport.of(license, unlicensed.orElse(false), family, in, context.places());
        List<RowReader<Pair>> readers = new ArrayList<>();
        try (BadRows bad = BadRows.beside(folder);
                Progress.Meter meter = context.progress().start("export", -1)) {
            for (String name : in) {
                readers.add(RowInput.of(name, where.orElse(List.of()), context).open(Pair.class, bad));
            }
            ExportCounts counts;
            try (UniquePairs rows = new UniquePairs(readers, done -> meter.at(done, ""))) {
                if (!rows.hasNext()) {
                    throw Required.noRows(String.join(", ", in), readers, bad);
                }
                counts = new DatasetExport(settings, licensing).write(rows, folder);
            }
            List<Provenance.Input> inputs = new ArrayList<>();
            for (int i = 0; i < in.size(); i++) {
                inputs.add(new Provenance.Input(in.get(i), readers.get(i).sha256()));
            }
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("judges", counts.judges());
            facts.putAll(LicensedExport.facts(licensing));
            Map<String, String> files = new LinkedHashMap<>();
            files.put("dataset", folder.toString());
            files.put(
                    "provenance",
                    new Provenance(
                                    Version.current(),
                                    "export",
                                    Json.asMap(this),
                                    Optional.of(settings.seed()),
                                    inputs,
                                    facts)
                            .writeFor(folder, true)
                            .toString());
            bad.file().ifPresent(path -> files.put("bad rows", path.toString()));
            String headline = StageReport.counted(counts.read(), "judgment") + ": " + side(counts.train(), "train")
                    + prompts(counts.trainPrompts()) + ", " + side(counts.test(), "test")
                    + prompts(counts.testPrompts()) + ", dropped " + counts.droppedTotal()
                    + (counts.droppedTotal() == 0 ? "" : " " + counts.dropped());
            return new StageReport(
                    "export",
                    counts,
                    headline,
                    List.of(),
                    notes(counts, licensing, bad),
                    files,
                    bad.count(),
                    bad.count() > maxBadRows.orElse(0L));
        } finally {
            readers.forEach(RowReader::close);
        }
    }

    private static String side(long rows, String name) {
        return StageReport.counted(rows, name + " row");
    }

    private static String prompts(long prompts) {
        return " (" + StageReport.counted(prompts, "prompt") + ")";
    }

    private static List<String> notes(ExportCounts counts, Licensing licensing, BadRows bad) {
        List<String> notes = new ArrayList<>(LicensedExport.notes(licensing));
        counts.facts().warnings().forEach(warning -> notes.add("warning: " + warning));
        notes.addAll(StageReport.aboutBadRows(bad));
        return notes;
    }
}
