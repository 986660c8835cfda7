package pairwright.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pairwright.jsonl.BadRows;
import pairwright.jsonl.FileType;
import pairwright.jsonl.Json;
import pairwright.jsonl.RowReader;
import pairwright.jsonl.RowWriter;
import pairwright.judge.Judgment;
import pairwright.pair.Pair;
import pairwright.pair.UniquePairs;

/** The formats against the trainers themselves, where they are, and against what these loaded, everywhere. */
class TrainerContractsTest {
    /** A python with datasets, trl, transformers, torch and zstandard; {@code bench/contracts} makes one. */
    private static final String PYTHON =
            Optional.ofNullable(System.getenv("PAIRWRIGHT_TRAINERS_PYTHON")).orElse("target/bench/trainers/bin/python");

    private static final Path LOADED = Path.of("src/test/resources/contracts");

    @TempDir
    Path folder;

    private Path judgments() {
        Path file = folder.resolve("judgments.jsonl");
        try (RowWriter writer = RowWriter.to(file)) {
            SampleJudgments.all().stream().map(Judgment::row).forEach(writer::write);
            writer.commit();
        }
        return file;
    }

    private Path export(Path judgments, ExportFormat format, FileType type, double testFraction) {
        Path dataset = folder.resolve("exports").resolve(format.toString()).resolve(type.toString());
        ExportSettings settings =
                ExportSettings.DEFAULTS.withFormat(format).withFileType(type).withTestFraction(testFraction);
        try (RowReader<Pair> rows = RowReader.open(judgments.toString(), Pair.class, BadRows.counted())) {
            var unused = new DatasetExport(settings).write(UniquePairs.of(rows), dataset);
        }
        return dataset;
    }

    /**
     * The files there were written by bench/peers/contracts.py from what Hugging Face datasets 5.2.0 made of an export of the quickstart's
     * judgments, whose first twelve lie beside them.
     */
    @ParameterizedTest
    @EnumSource
    void rowsAreStillThoseThatTheTrainersLoaded(ExportFormat format) throws IOException {
        Path dataset = export(LOADED.resolve("judgments.jsonl"), format, FileType.JSONL, .1);
        List<String> rows = new ArrayList<>();
        for (Split.Side side : Split.Side.values()) {
            Files.readAllLines(dataset.resolve(format.fileName(side, FileType.JSONL)))
                    .forEach(line -> rows.add(sorted(Json.readMap(line))));
        }
        List<String> loaded = Files.readAllLines(LOADED.resolve(format + ".jsonl")).stream()
                .map(line -> sorted(Json.readMap(line)))
                .toList();
        assertThat(loaded).isNotEmpty();
        assertThat(rows.subList(0, loaded.size())).isEqualTo(loaded);
    }

    private static String sorted(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, String> fields = new TreeMap<>();
            map.forEach((name, field) -> {
                if (field != null) {
                    fields.put((String) name, sorted(field));
                }
            });
            return fields.toString();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(TrainerContractsTest::sorted).toList().toString();
        }
        return value instanceof Number number ? String.valueOf(number.doubleValue()) : Json.write(value);
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void theTrainersOwnLoadersReadEveryExport() throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                new File(PYTHON).canExecute(),
                "no python with the trainers at " + PYTHON
                        + "; bench/contracts makes one, or name one in PAIRWRIGHT_TRAINERS_PYTHON");
        Path judgments = judgments();
        for (ExportFormat format : ExportFormat.values()) {
            for (FileType type : FileType.values()) {
                if (format.form().reads(type)) {
                    export(judgments, format, type, .4);
                }
            }
        }
        Path log = folder.resolve("log");
        List<String> command = new ArrayList<>(List.of(
                PYTHON,
                "bench/peers/contracts.py",
                judgments.toString(),
                folder.resolve("exports").toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(29, TimeUnit.MINUTES);
        if (!ended) {
            process.destroyForcibly();
        }
        assertThat(ended).as(() -> read(log)).isTrue();
        assertThat(process.exitValue()).as(() -> read(log)).isZero();
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
