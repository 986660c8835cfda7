package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pairwright.dataset.Conversion;
import pairwright.dataset.ConversionCounts;
import pairwright.dataset.ExportFormat;
import pairwright.dataset.FlatConversion;
import pairwright.dataset.ImportFormat;
import pairwright.dataset.Margins;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.BadRows;
import pairwright.jsonl.FileType;
import pairwright.jsonl.Json;
import pairwright.jsonl.RowReader;
import pairwright.jsonl.RowSink;
import pairwright.jsonl.RowWriter;
import pairwright.jsonl.TextSink;
import pairwright.provenance.Provenance;
import pairwright.provenance.Version;

/**
 * Rows of preferences from one form to another.
 *
 * @param from a name of {@link ImportFormat}; {@code auto}, or absent, tells it from the first rows
 * @param to a name of {@link ExportFormat}, or {@code judgments}
 * @param margins what a margin says of z, a name of {@link Margins}
 * @param maxBadRows number of bad rows above which the stage counts as short
 * @param out the file; its ending says how rows lie in it
 */
public record ConvertStage(
        @JsonProperty("in") String in,
        @JsonProperty("from") Optional<String> from,
        @JsonProperty("to") String to,
        @JsonProperty("margins") Optional<String> margins,
        @JsonProperty("max_bad_rows") Optional<Long> maxBadRows,
        @JsonProperty("out") String out)
        implements Stage {
    private static final String AUTO = "auto";
    private static final String JUDGMENTS = "judgments";

    public ConvertStage {
        Required.named("convert", "in", in);
        Required.named("convert", "to", to);
        Required.named("convert", "out", out);
        Required.limit(maxBadRows);
    }

    @Override
    public void check() {
        conversion();
        fileType();
    }

    private Conversion conversion() {
        return new Conversion(source(), sink(), margins.map(Margins::named).orElse(Margins.KEPT));
    }

    private Optional<ImportFormat> source() {
        return from.filter(name -> !name.equals(AUTO)).map(ImportFormat::named);
    }

    private Optional<ExportFormat> sink() {
        return to.equals(JUDGMENTS) ? Optional.empty() : Optional.of(ExportFormat.named(to));
    }

    private FileType fileType() {
        FileType type = FileType.of(out);
        if (to.equals(JUDGMENTS) && type == FileType.PARQUET) {
            throw new BadInput("out is " + out + ": judgments are written as lines of JSON; end its name with jsonl,"
                    + " jsonl.gz or jsonl.zst");
        }
        return type;
    }

    @Override
    public List<String> inputs() {
        return List.of(in);
    }

    @Override
    public Optional<List<String>> where() {
        return Optional.empty();
    }

    @Override
    public StageReport run(RunContext context) {
        Conversion conversion = conversion();
        FileType type = fileType();
        Path target = context.places().output(out);
        Path dropped = Apart.beside(target, ".dropped.jsonl");
        Apart.check(
                context,
                inputs(),
                List.of(target, dropped, Apart.beside(target, ".bad.jsonl"), Apart.beside(target, ".provenance.json")));
        String file = context.places().input(in);
        try (BadRows bad = BadRows.beside(target);
                RowWriter drops = RowWriter.to(dropped);
                Progress.Meter meter = context.progress().start("convert", -1)) {
            Done done = FlatConversion.suits(source(), sink(), file)
                    ? flat(file, target, type, drops, bad, meter)
                    : parsed(conversion, file, target, type, drops, bad, meter);
            ConversionCounts counts = done.counts();
            drops.commit();
            Map<String, String> files = new LinkedHashMap<>();
            files.put("rows", target.toString());
            files.put("dropped", dropped.toString());
            files.put(
                    "provenance",
                    new Provenance(
                                    Version.current(),
                                    "convert",
                                    Json.asMap(this),
                                    Optional.empty(),
                                    List.of(done.input()),
                                    Map.of("counts", counts))
                            .writeFor(target, false)
                            .toString());
            bad.file().ifPresent(path -> files.put("bad rows", path.toString()));
            return new StageReport(
                    "convert",
                    counts,
                    headline(counts),
                    counts.lost().entrySet().stream()
                            .map(loss -> "  " + counts.to() + " cannot hold: " + loss.getKey() + " (" + loss.getValue()
                                    + ")")
                            .toList(),
                    StageReport.aboutBadRows(bad),
                    files,
                    bad.count(),
                    bad.count() > maxBadRows.orElse(0L));
        }
    }

    private record Done(ConversionCounts counts, Provenance.Input input) {}

    /** Plain rows of texts, without parsing them. */
    private Done flat(String file, Path target, FileType type, RowWriter drops, BadRows bad, Progress.Meter meter) {
        try (TextSink sink = TextSink.create(target, type, FlatConversion.FIELDS);
                FlatConversion rows = new FlatConversion(file, sink, drops, bad)) {
            ConversionCounts counts = rows.convert(done -> meter.at(done, ""));
            sink.finish();
            drops.finish();
            sink.commit();
            return new Done(counts, Provenance.Input.withXxh3(in, rows.xxh3()));
        }
    }

    private Done parsed(
            Conversion conversion,
            String file,
            Path target,
            FileType type,
            RowWriter drops,
            BadRows bad,
            Progress.Meter meter) {
        try (RowReader<Map<String, Object>> rows = RowReader.openFields(file, bad);
                RowSink sink = type.create(target, conversion.rowType().orElse(Judged.class))) {
            ConversionCounts counts = conversion.convert(rows, sink, drops, done -> meter.at(done, ""));
            sink.finish();
            drops.finish();
            sink.commit();
            return new Done(counts, new Provenance.Input(in, rows.sha256()));
        }
    }

    /** Stands for the rows of judgments, which need no columns. */
    private record Judged() {}

    private static String headline(ConversionCounts counts) {
        long left =
                counts.dropped().values().stream().mapToLong(Long::longValue).sum();
        return StageReport.counted(counts.read(), "row") + " of " + counts.from() + " with "
                + StageReport.counted(counts.comparisons(), "comparison") + ": "
                + counts.written() + " written as " + counts.to() + ", dropped " + left
                + (left == 0 ? "" : " " + counts.dropped());
    }
}
