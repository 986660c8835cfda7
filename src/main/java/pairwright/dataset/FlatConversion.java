package pairwright.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.BadRows;
import pairwright.jsonl.FieldNames;
import pairwright.jsonl.Fingerprint;
import pairwright.jsonl.FingerprintMap;
import pairwright.jsonl.FlatReader;
import pairwright.jsonl.FlatRow;
import pairwright.jsonl.HandedLines;
import pairwright.jsonl.Json;
import pairwright.jsonl.RowReader;
import pairwright.jsonl.RowSink;
import pairwright.jsonl.TextSink;

/**
 * Rows of {@code prompt}, {@code chosen} and {@code rejected} as text, checked, each once, without making objects of those that are plain:
 * their bytes are found, compared and copied as they lie, on several threads. A row that is anything but plain takes the way of
 * {@link Conversion}, with the same outcome: rows, drops, bad rows and counts are those of {@link Conversion} to the byte.
 */
public final class FlatConversion implements AutoCloseable {
    /** The fields that are written. */
    public static final List<String> FIELDS = List.of("prompt", "chosen", "rejected");

    private static final int FIRST_ROWS = 20;
    private static final int MOST_WORKERS = 4;

    private final String file;
    private final TextSink out;
    private final RowSink drops;
    private final FieldNames names = new FieldNames(FIELDS);
    private final FlatReader<FlatBlock> blocks;
    private final HandedLines handed;
    private final ConvertedRows converted;
    private final Imported imported = new Imported(Margins.KEPT, "file:trl-explicit");
    private final FingerprintMap seen = new FingerprintMap();
    private final long[] lostFields = new long[Long.SIZE];
    private long read;
    private long line;

    /** Over a file that {@link #suits}. */
    public FlatConversion(String file, TextSink out, RowSink drops, BadRows bad) {
        this.file = file;
        this.out = out;
        this.drops = drops;
        this.handed = new HandedLines(file, bad);
        this.converted = new ConvertedRows(Optional.of(ExportFormat.TRL_EXPLICIT), out, this::repetition);
        int workers = Math.max(1, Math.min(MOST_WORKERS, Runtime.getRuntime().availableProcessors() - 1));
        ThreadLocal<FlatRow> rows = ThreadLocal.withInitial(() -> new FlatRow(names, FIELDS.size()));
        this.blocks = new FlatReader<>(file, workers, block -> FlatBlock.of(block, rows.get()));
    }

    /** Whether a file's rows are such, from plain lines to plain lines or columns. */
    public static boolean suits(Optional<ImportFormat> from, Optional<ExportFormat> to, String file) {
        if (!to.equals(Optional.of(ExportFormat.TRL_EXPLICIT))
                || !from.orElse(ImportFormat.TRL_EXPLICIT).equals(ImportFormat.TRL_EXPLICIT)
                || !Files.isRegularFile(Path.of(file))) {
            return false;
        }
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            int first = in.read();
            if (first != '{' && first != 0xef) { // packed, columns, a list, or no rows at all
                return false;
            }
        } catch (IOException e) {
            throw new BadInput(file + ": cannot be read: " + e.getMessage(), e);
        }
        return from.isPresent() || looksSo(file);
    }

    private static boolean looksSo(String file) {
        List<Map<String, Object>> first = new ArrayList<>();
        try (BadRows unread = BadRows.counted();
                RowReader<Map<String, Object>> rows = RowReader.openFields(file, unread)) {
            while (first.size() < FIRST_ROWS && rows.hasNext()) {
                first.add(rows.next().value());
            }
        }
        return !first.isEmpty() && ImportFormat.detected(file, first) == ImportFormat.TRL_EXPLICIT;
    }

    /**
     * Converts all rows.
     *
     * @param onRow told how many rows were read
     * @throws BadInput if no row can be read
     */
    public ConversionCounts convert(LongConsumer onRow) {
        for (FlatBlock block = blocks.next(); block != null; block = blocks.next()) {
            for (int i = 0; i < block.lines; i++) {
                take(block, i);
            }
            onRow.accept(read);
        }
        if (read == 0) {
            throw new BadInput(file + ": no row can be read; nothing was written");
        }
        for (int field = FIELDS.size(); field < lostFields.length; field++) {
            if (lostFields[field] > 0) {
                converted.lose("field " + Imported.carried(names.name(field)), lostFields[field]);
            }
        }
        return converted.counts(ImportFormat.TRL_EXPLICIT, ExportFormat.TRL_EXPLICIT.toString(), read);
    }

    /** XXH3 (128 bits) over the whole file, hex; call after all rows are converted. */
    public String xxh3() {
        return blocks.xxh3();
    }

    private void take(FlatBlock block, int i) {
        line++;
        switch (block.verdicts[i]) {
            case FlatBlock.BLANK -> {}
            case FlatBlock.UNSURE -> parsed(lineOf(block, i));
            case FlatBlock.SAME_TEXTS -> {
                read++;
                converted.compared();
                drop(Drop.EQUAL_TEXTS);
            }
            default -> {
                read++;
                converted.compared();
                Optional<String> repetition = repetition(block.fingerprints[i], block.winners[i]);
                if (repetition.isPresent()) {
                    drop(repetition.get());
                    return;
                }
                out.write(block.bytes, block.slices, 2 * FIELDS.size() * i);
                converted.wrote();
                for (long left = block.fields[i] >>> FIELDS.size(); left != 0; left &= left - 1) {
                    lostFields[FIELDS.size() + Long.numberOfTrailingZeros(left)]++;
                }
            }
        }
    }

    private static byte[] lineOf(FlatBlock block, int i) {
        int from = block.start(i);
        int to = block.ends[i];
        while (to > from && (block.bytes[to - 1] == '\n' || block.bytes[to - 1] == '\r')) {
            to--;
        }
        return Arrays.copyOfRange(block.bytes, from, to);
    }

    private void parsed(byte[] bytes) {
        handed.parsed(bytes, line).ifPresent(row -> {
            read++;
            try {
                Compared compared = ImportFormat.TRL_EXPLICIT
                        .form()
                        .read(Fields.of(row.value()))
                        .get(0);
                converted.write(imported.judgment(compared, 0)).ifPresent(this::drop);
            } catch (BadInput | IllegalArgumentException | NullPointerException e) {
                handed.refuse(row, e.getMessage());
            }
        });
    }

    private void drop(String reason) {
        Map<String, Object> drop = new LinkedHashMap<>();
        drop.put("file", file);
        drop.put("line", line);
        drop.put("reason", reason);
        drops.write(drop);
        converted.drop(reason);
    }

    private Optional<String> repetition(Fingerprint texts, int winner) {
        int before = seen.putIfAbsent(texts, winner);
        return before == 0 ? Optional.empty() : Optional.of(before == winner ? Drop.REPEATED : Drop.CONTRADICTS);
    }

    /** Of a row that was parsed: the fingerprint of its texts as they would lie in a line. */
    private Optional<String> repetition(Example example) {
        byte[] chosen = escaped(example.chosen());
        byte[] rejected = escaped(example.rejected());
        boolean chosenFirst = Arrays.compare(chosen, rejected) < 0;
        byte[] prompt = escaped(example.prompt().text().orElseThrow());
        return repetition(
                Fingerprint.joined(
                        of(prompt), of(chosenFirst ? chosen : rejected), of(chosenFirst ? rejected : chosen)),
                chosenFirst ? 1 : 2);
    }

    private static Fingerprint of(byte[] bytes) {
        return Fingerprint.of(bytes, 0, bytes.length);
    }

    private static byte[] escaped(String text) {
        byte[] quoted = Json.write(text).getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOfRange(quoted, 1, quoted.length - 1);
    }

    @Override
    public void close() {
        blocks.close();
        handed.close();
        seen.close();
        converted.close();
    }
}
