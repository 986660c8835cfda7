package pairwright.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AmendedRowsTest {
    @TempDir
    Path folder;

    private static String mark(String line) {
        return line.replace("}", ",\"m\":1}");
    }

    private static List<Map<String, Object>> rows(Random random) {
        List<Map<String, Object>> rows = new ArrayList<>();
        int n = random.nextInt(60);
        for (int i = 0; i < n; i++) {
            // Some lines are longer than every buffer on the way.
            int length = random.nextInt(10) == 0 ? 70_000 + random.nextInt(150_000) : random.nextInt(50);
            rows.add(Map.of("t", "\u00e9\n".repeat(length)));
        }
        return rows;
    }

    private static BitSet some(Random random, int n) {
        BitSet some = new BitSet();
        for (int i = 0; i < n; i++) {
            some.set(i, random.nextInt(3) == 0);
        }
        return some;
    }

    private static String expected(List<Map<String, Object>> rows, BitSet marked) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            String line = Json.write(rows.get(i));
            text.append(marked.get(i) ? mark(line) : line).append('\n');
        }
        return text.toString();
    }

    @Test
    void markedRowsChangeAndAllOthersKeepTheirBytes() throws Exception {
        Random random = new Random(8);
        for (int round = 0; round < 30; round++) {
            List<Map<String, Object>> rows = rows(random);
            BitSet marked = some(random, rows.size());
            Path file = folder.resolve("rows" + round + ".jsonl");
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            try (RowWriter toFile = RowWriter.to(file);
                    RowWriter toStream = RowWriter.holding(stream)) {
                for (Map<String, Object> row : rows) {
                    toFile.write(row);
                    toStream.write(row);
                }
                toFile.amend(marked, AmendedRowsTest::mark);
                toStream.amend(marked, AmendedRowsTest::mark);
                assertThat(stream.size()).isZero();
                toFile.commit();
                toStream.commit();
            }
            assertThat(Files.readString(file)).isEqualTo(expected(rows, marked));
            assertThat(stream.toString(StandardCharsets.UTF_8)).isEqualTo(expected(rows, marked));
        }
        try (var left = Files.list(folder)) {
            assertThat(left).noneMatch(file -> file.toString().endsWith(".part"));
        }
    }

    @Test
    void rowsMayFollowAndBeAmendedAgain() throws Exception {
        Path file = folder.resolve("rows.jsonl");
        try (RowWriter writer = RowWriter.to(file)) {
            writer.write(Map.of("a", 1));
            writer.amend(BitSet.valueOf(new long[] {1}), AmendedRowsTest::mark);
            writer.write(Map.of("b", 2));
            writer.amend(BitSet.valueOf(new long[] {3}), AmendedRowsTest::mark);
            writer.commit();
        }
        assertThat(Files.readString(file)).isEqualTo("{\"a\":1,\"m\":1,\"m\":1}\n{\"b\":2,\"m\":1}\n");
    }

    @Test
    void heldRowsReachTheStreamWithoutAnyAmendment() {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        try (RowWriter writer = RowWriter.holding(stream)) {
            writer.write(Map.of("a", 1));
            writer.commit();
        }
        assertThat(stream.toString(StandardCharsets.UTF_8)).isEqualTo("{\"a\":1}\n");
    }

    @Test
    void aChangeThatFailsLeavesNoFile() {
        Path file = folder.resolve("rows.jsonl");
        assertThatThrownBy(() -> {
                    try (RowWriter writer = RowWriter.to(file)) {
                        writer.write(Map.of("a", 1));
                        writer.amend(BitSet.valueOf(new long[] {1}), line -> {
                            throw new IllegalStateException("cannot");
                        });
                    }
                })
                .hasMessage("cannot");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void rowsThatHaveLeftCannotBeAmended() {
        try (RowWriter writer = RowWriter.to(new ByteArrayOutputStream())) {
            assertThatThrownBy(() -> writer.amend(new BitSet(), AmendedRowsTest::mark))
                    .isInstanceOf(IllegalStateException.class);
        }
    }
}
