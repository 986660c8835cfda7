package pairwright.jsonl;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * Some lines of a file, drawn without replacement and with equal chances (Vitter's algorithm R), and the rows that they hold.
 *
 * @param rows those that can be read and are wanted; their line numbers are those within the sample
 * @param drawn lines drawn, those included that hold no wanted row
 * @param lines that the file has, blank ones not counted
 */
public record RowSample<T>(List<Row<T>> rows, int drawn, long lines) {
    public RowSample {
        rows = List.copyOf(rows);
    }

    /**
     * Draws.
     *
     * @param file a regular file, packed or not
     * @param where null when every row is wanted
     * @param most how many lines at most
     */
    public static <T> RowSample<T> draw(
            String file, Class<T> type, Predicate<Map<String, Object>> where, int most, long seed) throws IOException {
        List<byte[]> drawn = new ArrayList<>();
        long lines = 0;
        SplittableRandom random = new SplittableRandom(seed);
        try (InputStream in = PackedText.unpacked(file, Files.newInputStream(Path.of(file)))) {
            LineReader reader = new LineReader(in, RowReader.MAX_LINE_BYTES);
            for (byte[] line = reader.next(); line != null; line = reader.next()) {
                if (isBlank(line)) {
                    continue;
                }
                lines++;
                if (drawn.size() < most) {
                    drawn.add(line);
                } else {
                    long place = random.nextLong(lines);
                    if (place < most) {
                        drawn.set((int) place, line);
                    }
                }
            }
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (byte[] line : drawn) {
            text.writeBytes(line);
            text.write('\n');
        }
        List<Row<T>> rows = new ArrayList<>();
        try (BadRows bad = BadRows.counted();
                RowReader<T> reader =
                        new RowReader<>(file, new ByteArrayInputStream(text.toByteArray()), type, where, bad)) {
            reader.forEachRemaining(rows::add);
        }
        return new RowSample<>(rows, drawn.size(), lines);
    }

    private static boolean isBlank(byte[] line) {
        for (byte each : line) {
            if (each != ' ' && each != '\t') {
                return false;
            }
        }
        return true;
    }
}
