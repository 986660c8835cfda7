package pairwright.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.BadRow;
import pairwright.jsonl.BadRows;
import pairwright.jsonl.FileType;
import pairwright.jsonl.Fingerprint;
import pairwright.jsonl.FingerprintMap;
import pairwright.jsonl.Json;
import pairwright.jsonl.Row;
import pairwright.jsonl.RowReader;

/**
 * Holds files to what a trainer's loader asks of them: each row by the format's own rules; all rows of a file together, as the columns of
 * Hugging Face datasets want them; and that no prompt stands in two files, which would be two sides of a split. Memory does not
 * grow with the rows.
 */
public final class ContractCheck implements AutoCloseable {
    private static final int MOST_FILES = 120;

    private final ExportFormat format;
    private final Consumer<BadRow> faults;
    private final FingerprintMap prompts = new FingerprintMap();
    private final List<String> files = new ArrayList<>();
    private final List<FileCounts> counts = new ArrayList<>();

    /**
     * What was found in a file.
     *
     * @param rows that were read, good or not
     * @param faults rows that break the contract, and 1 more where the file as a whole does
     */
    public record FileCounts(
            @JsonProperty("file") String file,
            @JsonProperty("rows") long rows,
            @JsonProperty("faults") long faults) {}

    /** @param faults takes each row that breaks the contract, with file, line and reason; line 0 is the file as a whole */
    public ContractCheck(ExportFormat format, Consumer<BadRow> faults) {
        this.format = format;
        this.faults = faults;
    }

    /**
     * Checks one file more.
     *
     * @param onRow told how many rows of it were read
     * @throws BadInput if it cannot be opened
     */
    public void file(String file, LongConsumer onRow) {
        if (files.size() == MOST_FILES) {
            throw new BadInput("more than " + MOST_FILES + " files, the most that are checked against each other");
        }
        files.add(file);
        long[] found = {0, 0};
        Consumer<BadRow> counted = fault -> {
            found[1]++;
            faults.accept(fault);
        };
        FileRules rules = format.form().fileRules();
        Columns columns = new Columns();
        try (BadRows unread = BadRows.handedTo(fault -> {
                    found[0]++;
                    counted.accept(fault);
                });
                RowReader<Map<String, Object>> rows = RowReader.openFields(file, unread)) {
            while (rows.hasNext()) {
                Row<Map<String, Object>> row = rows.next();
                onRow.accept(++found[0]);
                Fields fields = Fields.of(row.value());
                try {
                    format.form().check(fields);
                    columns.take(row.value(), rows.bytesRead());
                    rules.see(fields);
                    onOneSide(fields);
                } catch (BadInput e) {
                    counted.accept(new BadRow(file, row.line(), e.getMessage(), Json.write(row.value())));
                }
            }
        }
        if (found[0] == 0) {
            counted.accept(new BadRow(file, 0, "has no row, must have at least one", ""));
        } else {
            rules.atEnd().ifPresent(fault -> counted.accept(new BadRow(file, 0, fault, "")));
        }
        counts.add(new FileCounts(file, found[0], found[1]));
    }

    private void onOneSide(Fields row) {
        Object prompt = format.form().prompt(row);
        int before = prompts.putIfAbsent(Fingerprint.of(List.of(Json.canonical(prompt))), files.size());
        if (before != 0 && before != files.size()) {
            throw new BadInput(
                    "its prompt stands in " + files.get(before - 1) + " too, must be on one side of the split");
        }
    }

    /** What was found so far, file by file. */
    public List<FileCounts> counts() {
        return List.copyOf(counts);
    }

    @Override
    public void close() {
        prompts.close();
    }

    /**
     * What Hugging Face datasets makes of the fields (5.2.0, {@code packaged_modules/json/json.py}): the first 10 MiB of rows decide the columns
     * and their types; a later row cannot bring a column, nor a decimal where all numbers so far were whole.
     */
    private static final class Columns {
        private static final long DECIDING_BYTES = 10L << 20;

        private final Map<String, String> kinds = new LinkedHashMap<>();

        void take(Map<String, Object> row, long bytesRead) {
            boolean decided = bytesRead > DECIDING_BYTES;
            row.forEach((name, value) -> {
                if (value == null) {
                    return;
                }
                String kind = kind(value);
                String before = kinds.get(name);
                if (before == null && decided) {
                    throw new BadInput(name + " is a field that the first rows do not have, which loaders refuse");
                }
                if (before == null || (kind.equals("a decimal") && before.equals("a whole number") && !decided)) {
                    kinds.put(name, kind);
                } else if (!before.equals(kind) && !(before.equals("a decimal") && kind.equals("a whole number"))) {
                    throw new BadInput(
                            name + " is " + kind + " and was " + before + " in rows before, must be one of them");
                }
            });
        }

        private static String kind(Object value) {
            return value instanceof String
                    ? "text"
                    : value instanceof Boolean
                            ? "true or false"
                            : value instanceof Integer || value instanceof Long || value instanceof BigInteger
                                    ? "a whole number"
                                    : value instanceof Number
                                            ? "a decimal"
                                            : value instanceof List<?> ? "a list" : "an object";
        }
    }

    /** The files of a folder that an export of this format wrote, of whatever type. */
    public static Optional<List<String>> filesIn(Path folder, ExportFormat format) {
        List<String> found = new ArrayList<>();
        for (Split.Side side : Split.Side.values()) {
            for (FileType type : FileType.values()) {
                Path file = folder.resolve(format.form().fileName(side) + "." + type);
                if (Files.exists(file)) {
                    found.add(file.toString());
                }
            }
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(found);
    }
}
