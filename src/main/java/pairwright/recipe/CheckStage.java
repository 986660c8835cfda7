package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pairwright.dataset.ContractCheck;
import pairwright.dataset.ExportFormat;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.RowWriter;

/**
 * Files of rows held to their trainer's rules.
 *
 * @param in files, or folders that {@code export} wrote
 * @param out where the rows that break the rules are listed with file, line and reason; {@code -} lists none
 */
public record CheckStage(
        @JsonProperty("in") @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<String> in,

        @JsonProperty("format") String format,
        @JsonProperty("out") String out)
        implements Stage {
    private static final int SHOWN = 20;

    public CheckStage {
        if (in == null || in.isEmpty()) {
            throw new BadInput("check: in is missing, must name at least one file of rows");
        }
        in = List.copyOf(in);
        Required.named("check", "format", format);
        Required.named("check", "out", out);
    }

    @Override
    public void check() {
        ExportFormat.named(format);
    }

    @Override
    public boolean writesRows() {
        return false;
    }

    @Override
    public List<String> inputs() {
        return in;
    }

    @Override
    public Optional<List<String>> where() {
        return Optional.empty();
    }

    private record Numbers(
            @JsonProperty("format") String format,
            @JsonProperty("rows") long rows,
            @JsonProperty("faults") long faults,
            @JsonProperty("files") List<ContractCheck.FileCounts> files) {}

    @Override
    public StageReport run(RunContext context) {
        ExportFormat trainer = ExportFormat.named(format);
        Optional<Path> list = out.equals("-")
                ? Optional.empty()
                : Optional.of(context.places().output(out));
        Apart.check(context, in, list.map(List::of).orElse(List.of()));
        List<String> first = new ArrayList<>();
        List<ContractCheck.FileCounts> counts;
        try (RowWriter faults = list.map(RowWriter::to).orElse(null);
                Progress.Meter meter = context.progress().start("check", -1);
                ContractCheck check = new ContractCheck(trainer, fault -> {
                    if (faults != null) {
                        faults.write(fault);
                    }
                    if (first.size() < SHOWN) {
                        first.add(fault.line() == 0 ? fault.file() + ": " + fault.error() : fault.message());
                    }
                })) {
            for (String name : in) {
                for (String file : files(context.places().input(name), trainer)) {
                    check.file(file, done -> meter.at(done, ""));
                }
            }
            counts = check.counts();
            if (faults != null) {
                faults.commit();
            }
        }
        long rows = counts.stream().mapToLong(ContractCheck.FileCounts::rows).sum();
        long broken =
                counts.stream().mapToLong(ContractCheck.FileCounts::faults).sum();
        List<String> lines = new ArrayList<>(first);
        if (broken > first.size()) {
            lines.add("and " + (broken - first.size()) + " more");
        }
        Map<String, String> files = new LinkedHashMap<>();
        list.ifPresent(path -> files.put("faults", path.toString()));
        return new StageReport(
                "check",
                new Numbers(format, rows, broken, counts),
                StageReport.counted(rows, "row") + " in " + StageReport.counted(counts.size(), "file") + ": "
                        + (broken == 0
                                ? "all as " + format + " asks"
                                : broken + (broken == 1 ? " breaks" : " break") + " the contract of " + format),
                lines,
                List.of(),
                files,
                broken,
                broken > 0);
    }

    private static List<String> files(String name, ExportFormat format) {
        if (!Files.isDirectory(Path.of(name))) {
            return List.of(name);
        }
        return ContractCheck.filesIn(Path.of(name), format)
                .orElseThrow(
                        () -> new BadInput(name + ": is a folder without files of " + format + "; name the files"));
    }
}
