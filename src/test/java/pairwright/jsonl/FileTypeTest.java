package pairwright.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FileTypeTest {
    record Inner(String name, double value) {}

    record Sample(String text, boolean flag, int count, List<Inner> inner) {}

    @TempDir
    Path folder;

    private final BadRows bad = BadRows.counted();

    private List<Row<Map<String, Object>>> read(Path file) {
        List<Row<Map<String, Object>>> rows = new ArrayList<>();
        try (RowReader<Map<String, Object>> reader = RowReader.openFields(file.toString(), bad)) {
            reader.forEachRemaining(rows::add);
        }
        return rows;
    }

    @ParameterizedTest
    @EnumSource
    void rowsComeBackWithTheirNumbers(FileType type) throws IOException {
        Path file = folder.resolve("rows." + type);
        try (RowSink sink = type.create(file, Sample.class)) {
            for (int i = 0; i < 1000; i++) {
                sink.write(new Sample("text \ud83d\ude00 " + i, i % 2 == 0, i, List.of(new Inner("n", i + .5))));
            }
            assertThat(file).doesNotExist();
            sink.commit();
        }
        List<Row<Map<String, Object>>> rows = read(file);
        assertThat(rows).hasSize(1000);
        assertThat(rows.get(999).line()).isEqualTo(1000);
        assertThat(Json.write(rows.get(999).value()))
                .isEqualTo("{\"text\":\"text \ud83d\ude00 999\",\"flag\":false,\"count\":999,"
                        + "\"inner\":[{\"name\":\"n\",\"value\":999.5}]}");
        assertThat(PackedText.countLines(file.toString())).isEqualTo(1000);
        try (RowReader<Map<String, Object>> reader = RowReader.openFields(file.toString(), bad)) {
            assertThat(reader.sha256()).isEqualTo(Digests.sha256(file));
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutACommitNothingAppears(FileType type) throws IOException {
        Path file = folder.resolve("rows." + type);
        try (RowSink sink = type.create(file, Sample.class)) {
            sink.write(new Sample("t", true, 1, List.of()));
        }
        assertThat(folder.toFile().list()).isEmpty();
    }

    @Test
    void aListOfObjectsIsReadAsRowsNumberedByTheirLines() throws IOException {
        Path file = Files.writeString(
                folder.resolve("list.json"), "\ufeff\n[\n  {\"a\": 1,\n   \"b\": [1.50]},\n  {\"a\": 2}, 3\n]\n");
        List<Row<Map<String, Object>>> rows = read(file);
        assertThat(rows).extracting(Row::line).containsExactly(3L, 5L);
        assertThat(Json.write(rows.get(0).value())).isEqualTo("{\"a\":1,\"b\":[1.50]}");
        assertThat(bad.firstMessages()).singleElement().asString().contains("list.json:5: ");
    }

    @Test
    void aTypeIsToldByTheEndingOfANameOrNotAtAll() {
        assertThat(FileType.of("a/b.jsonl.gz")).isEqualTo(FileType.GZIP);
        assertThat(FileType.of("b.jsonl")).isEqualTo(FileType.JSONL);
        assertThatThrownBy(() -> FileType.of("b.csv"))
                .hasMessage("b.csv: ends with none of jsonl, jsonl.gz, jsonl.zst, parquet; name the file by its type");
        assertThatThrownBy(() -> FileType.named("zip"))
                .hasMessage("file type is \"zip\", must be one of jsonl, jsonl.gz, jsonl.zst, parquet");
    }

    @Test
    void aParquetFileInAPipeIsRefused() {
        assertThatThrownBy(() -> PackedText.unpacked(
                        "in",
                        new ByteArrayInputStream("PAR1PAR1".getBytes(java.nio.charset.StandardCharsets.US_ASCII))))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("in: is a Parquet file, which cannot be read in one go");
    }

    @Test
    void aFingerprintIsFoundAgainInMemoryAndOnDisk() {
        try (FingerprintMap map = new FingerprintMap(1 << 16)) {
            for (int i = 0; i < 100_000; i++) {
                assertThat(map.putIfAbsent(Fingerprint.of(List.of("text " + i)), 1 + i % 100))
                        .isZero();
            }
            for (int i = 0; i < 100_000; i++) {
                assertThat(map.putIfAbsent(Fingerprint.of(List.of("text " + i)), 101))
                        .isEqualTo(1 + i % 100);
            }
        }
        assertThat(Fingerprint.of(List.of("ab", "c"))).isNotEqualTo(Fingerprint.of(List.of("a", "bc")));
    }
}
