package pairwright.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.DiskGroups;
import pairwright.jsonl.Fingerprint;
import pairwright.jsonl.Json;
import pairwright.jsonl.Row;
import pairwright.jsonl.RowReader;
import pairwright.jsonl.RowSink;
import pairwright.judge.Judgment;
import pairwright.pair.Pair;

/**
 * Rows of preferences from one form to another, one at a time, over z. The same texts with the same winner are written once; what the target
 * cannot hold is counted.
 */
public final class Conversion {
    /** How many rows show what form a file has. */
    private static final int FIRST_ROWS = 20;

    private final Optional<ImportFormat> from;
    private final Optional<ExportFormat> to;
    private final Margins margins;

    /**
     * Chooses the two forms.
     *
     * @param from empty to tell it from the first rows
     * @param to empty for judgments, which hold everything
     */
    public Conversion(Optional<ImportFormat> from, Optional<ExportFormat> to, Margins margins) {
        this.from = from;
        this.to = to;
        this.margins = margins;
    }

    /** The record of the rows that are written; none where they are judgments. */
    public Optional<Class<? extends Record>> rowType() {
        return to.map(ExportFormat::rowType);
    }

    /**
     * Converts all rows.
     *
     * @param drops takes file, line and reason of each that is left out
     * @param onRow told how many rows were read
     * @throws BadInput if the form cannot be told
     */
    public ConversionCounts convert(
            RowReader<Map<String, Object>> rows, RowSink out, RowSink drops, LongConsumer onRow) {
        List<Row<Map<String, Object>>> first = new ArrayList<>();
        while (first.size() < (from.isPresent() ? 1 : FIRST_ROWS) && rows.hasNext()) {
            first.add(rows.next());
        }
        if (first.isEmpty()) {
            throw new BadInput(rows.name() + ": no row can be read; nothing was written");
        }
        ImportFormat form = from.orElseGet(() -> ImportFormat.detected(
                rows.name(), first.stream().map(Row::value).toList()));
        try (Run run = new Run(form, rows, out, drops, onRow)) {
            first.forEach(run::read);
            while (rows.hasNext()) {
                run.read(rows.next());
            }
            return run.end();
        }
    }

    private final class Run implements AutoCloseable {
        private final ImportFormat form;
        private final RowReader<Map<String, Object>> rows;
        private final RowSink drops;
        private final LongConsumer onRow;
        private final Imported imported;
        private final ConvertedRows converted;
        private final Optional<DiskGroups> unpaired;
        private long read;

        Run(ImportFormat form, RowReader<Map<String, Object>> rows, RowSink out, RowSink drops, LongConsumer onRow) {
            this.form = form;
            this.rows = rows;
            this.drops = drops;
            this.onRow = onRow;
            this.imported = new Imported(margins, "file:" + form);
            this.converted = new ConvertedRows(to, out);
            this.unpaired = form.form().unpaired() ? Optional.of(DiskGroups.temporary()) : Optional.empty();
        }

        void read(Row<Map<String, Object>> row) {
            onRow.accept(++read);
            try {
                Fields fields = Fields.of(row.value());
                if (form == ImportFormat.JUDGMENTS) {
                    Judgment judgment = Judgment.carriedBy(Json.convert(row.value(), Pair.class))
                            .orElseThrow(() -> new BadInput("z and abstention are missing, must be a judgment"));
                    write(judgment, row.file(), row.line());
                } else if (unpaired.isPresent()) {
                    String prompt = Json.canonical(form.form().promptOf(fields));
                    unpaired.get()
                            .add(
                                    Fingerprint.of(List.of(prompt)).toString().getBytes(StandardCharsets.US_ASCII),
                                    Json.write(new Held(row.line(), row.value()))
                                            .getBytes(StandardCharsets.UTF_8));
                } else {
                    write(form.form().read(fields), row.file(), row.line());
                }
            } catch (BadInput | IllegalArgumentException | NullPointerException e) {
                rows.refuse(row, e.getMessage());
            }
        }

        private void write(List<Compared> compared, String file, long line) {
            List<Judgment> judgments = new ArrayList<>(); // all of a row or none
            for (int i = 0; i < compared.size(); i++) {
                judgments.add(imported.judgment(compared.get(i), compared.size() == 1 ? 0 : i + 1));
            }
            if (compared.isEmpty()) {
                drop(file, line, Drop.ALONE);
            }
            if (compared.size() > 1) {
                converted.lose("rows of several responses, now as pairs");
            }
            judgments.forEach(judgment -> write(judgment, file, line));
        }

        private void write(Judgment judgment, String file, long line) {
            converted.write(judgment).ifPresent(reason -> drop(file, line, reason));
        }

        private void drop(String file, long line, String reason) {
            Map<String, Object> drop = new LinkedHashMap<>();
            drop.put("file", file);
            drop.put("line", line);
            drop.put("reason", reason);
            drops.write(drop);
            converted.drop(reason);
        }

        ConversionCounts end() {
            unpaired.ifPresent(groups -> groups.forEach(group -> {
                List<Held> held = group.stream()
                        .map(bytes -> Json.read(new String(bytes, StandardCharsets.UTF_8), Held.class))
                        .toList();
                List<Compared> compared = form.form()
                        .readTogether(
                                held.stream().map(one -> Fields.of(one.row())).toList());
                write(compared, rows.name(), held.get(0).line());
            }));
            return converted.counts(form, to.map(ExportFormat::toString).orElse("judgments"), read);
        }

        @Override
        public void close() {
            converted.close();
            unpaired.ifPresent(DiskGroups::close);
        }
    }

    private record Held(
            @JsonProperty("line") long line,
            @JsonProperty("row") Map<String, Object> row) {}
}
