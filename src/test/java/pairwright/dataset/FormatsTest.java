package pairwright.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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

class FormatsTest {
    @TempDir
    Path folder;

    private ExportCounts export(ExportFormat format, FileType type, double testFraction) {
        Path file = folder.resolve("judgments.jsonl");
        try (RowWriter writer = RowWriter.to(file)) {
            SampleJudgments.all().stream().map(Judgment::row).forEach(writer::write);
            writer.commit();
        }
        ExportSettings settings =
                ExportSettings.DEFAULTS.withFormat(format).withFileType(type).withTestFraction(testFraction);
        try (RowReader<Pair> rows = RowReader.open(file.toString(), Pair.class, BadRows.counted())) {
            return new DatasetExport(settings).write(UniquePairs.of(rows), dataset());
        }
    }

    private Path dataset() {
        return folder.resolve("dataset");
    }

    private Path train(ExportFormat format, FileType type) {
        return dataset().resolve(format.fileName(Split.Side.TRAIN, type));
    }

    private static List<Map<String, Object>> rows(Path file) {
        List<Map<String, Object>> rows = new ArrayList<>();
        BadRows bad = BadRows.counted();
        try (RowReader<Map<String, Object>> reader = RowReader.openFields(file.toString(), bad)) {
            reader.forEachRemaining(row -> rows.add(row.value()));
        }
        assertThat(bad.firstMessages()).isEmpty();
        return rows;
    }

    @ParameterizedTest
    @EnumSource
    void whatIsExportedKeepsItsOwnContractOnBothSides(ExportFormat format) {
        ExportCounts counts = export(format, FileType.JSONL, .4);
        assertThat(counts.exported()).isPositive();
        assertThat(counts.test()).isPositive();
        // The few rows of a side may be all of one sign only where rows are unpaired, and these are written in twos.
        assertThat(Contracts.faults(format, dataset())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everyFileTypeThatTheTrainerReadsHoldsTheSameRows(ExportFormat format) {
        export(format, FileType.JSONL, 0);
        List<Map<String, Object>> plain = rows(train(format, FileType.JSONL));
        assertThat(plain).isNotEmpty();
        for (FileType type : FileType.values()) {
            if (format.form().reads(type)) {
                export(format, type, 0);
                assertThat(Json.write(rows(train(format, type))))
                        .as(type.toString())
                        .isEqualTo(Json.write(plain));
                assertThat(Contracts.faults(format, List.of(train(format, type).toString())))
                        .isEmpty();
            } else {
                assertThatThrownBy(() -> export(format, type, 0))
                        .hasMessageStartingWith(
                                "file type is " + type + ", which the loader of " + format + " does not read");
            }
        }
    }

    /** DuckDB's reader of Parquet shares no code with the writer. */
    @ParameterizedTest
    @EnumSource
    void anotherReaderSeesTheSameRowsInParquet(ExportFormat format) throws SQLException {
        export(format, FileType.JSONL, 0);
        List<Map<String, Object>> plain = rows(train(format, FileType.JSONL));
        export(format, FileType.PARQUET, 0);
        List<Map<String, Object>> columns = new ArrayList<>();
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement();
                ResultSet found = statement.executeQuery("SELECT CAST(to_json(t) AS VARCHAR) FROM read_parquet('"
                        + train(format, FileType.PARQUET) + "') t")) {
            while (found.next()) {
                columns.add(Json.readMap(found.getString(1)));
            }
        }
        assertThat(columns).hasSameSizeAs(plain);
        for (int i = 0; i < plain.size(); i++) {
            assertThat(normal(columns.get(i))).isEqualTo(normal(plain.get(i)));
        }
    }

    /** Numbers by their value: 0.50 is 0.5. */
    private static String normal(Object value) {
        if (value instanceof Map<?, ?> map) {
            StringBuilder text = new StringBuilder();
            new TreeSet<>(map.keySet().stream().map(Object::toString).toList())
                    .forEach(key -> text.append(key)
                            .append('=')
                            .append(normal(map.get(key)))
                            .append('\n'));
            return text.toString();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(FormatsTest::normal).toList().toString();
        }
        return value instanceof Number number ? String.valueOf(number.doubleValue()) : String.valueOf(value);
    }

    @Test
    void whatAFormatCannotHoldIsDroppedUnderItsReason() {
        assertThat(export(ExportFormat.TRL_EXPLICIT, FileType.JSONL, 0).dropped())
                .isEqualTo(Map.of("tie", 1L, "prompt of several messages", 2L));
        assertThat(export(ExportFormat.LLAMA_FACTORY_ALPACA, FileType.JSONL, 0).dropped())
                .isEqualTo(Map.of("tie", 1L, "prompt of several turns", 1L));
        assertThat(export(ExportFormat.HH_RLHF, FileType.JSONL, 0).dropped())
                .isEqualTo(Map.of("tie", 1L, "system message", 1L));
        assertThat(export(ExportFormat.SOFT, FileType.JSONL, 0).dropped()).isEmpty();
    }

    @Test
    void rowsAreThoseOfTheFormatsOwnDescriptions() throws IOException {
        assertThat(first(ExportFormat.TRL_EXPLICIT))
                .isEqualTo("{'prompt':'The sky is','chosen':' blue.','rejected':' green.'}");
        assertThat(first(ExportFormat.TRL_IMPLICIT))
                .isEqualTo("{'chosen':[{'role':'user','content':'The sky is'},{'role':'assistant','content':' blue.'}],"
                        + "'rejected':[{'role':'user','content':'The sky is'},{'role':'assistant','content':' green.'}],"
                        + "'margin':0.5}");
        assertThat(first(ExportFormat.TRL_KTO))
                .isEqualTo("{'prompt':[{'role':'user','content':'The sky is'}],"
                        + "'completion':[{'role':'assistant','content':' blue.'}],'label':true}");
        assertThat(first(ExportFormat.LLAMA_FACTORY_ALPACA))
                .isEqualTo(
                        "{'system':'','instruction':'The sky is','input':'','chosen':' blue.','rejected':' green.'}");
        assertThat(first(ExportFormat.LLAMA_FACTORY_SHAREGPT))
                .isEqualTo("{'conversations':[{'from':'human','value':'The sky is'}],"
                        + "'chosen':{'from':'gpt','value':' blue.'},'rejected':{'from':'gpt','value':' green.'}}");
        assertThat(first(ExportFormat.AXOLOTL))
                .isEqualTo("{'messages':[{'role':'user','content':'The sky is'}],"
                        + "'chosen':{'role':'assistant','content':'blue.'},"
                        + "'rejected':{'role':'assistant','content':'green.'}}");
        assertThat(first(ExportFormat.HH_RLHF))
                .isEqualTo("{'chosen':'\\n\\nHuman: The sky is\\n\\nAssistant:  blue.',"
                        + "'rejected':'\\n\\nHuman: The sky is\\n\\nAssistant:  green.'}");
        assertThat(first(ExportFormat.NEMO_RL))
                .isEqualTo("{'context':[{'role':'user','content':'The sky is'}],'completions':["
                        + "{'rank':0,'completion':[{'role':'assistant','content':' blue.'}]},"
                        + "{'rank':1,'completion':[{'role':'assistant','content':' green.'}]}]}");
        assertThat(first(ExportFormat.SOFT))
                .isEqualTo("{'id':'one','prompt':[{'role':'user','content':'The sky is'}],'x1':' blue.','x2':' green.',"
                        + "'z':0.75,'label':'A','margin':0.5,'weight':0.5,'epsilon':0.25,'orders':0,"
                        + "'conflicts':['position'],'judge':'llm:m','rubric':'help@1'}");
    }

    private String first(ExportFormat format) throws IOException {
        export(format, FileType.JSONL, 0);
        return Files.readAllLines(train(format, FileType.JSONL)).get(0).replace('"', '\'');
    }

    @Test
    void llamaFactoryGetsTheEntryWithoutWhichItReadsNothing() throws IOException {
        export(ExportFormat.LLAMA_FACTORY_SHAREGPT, FileType.PARQUET, .4);
        Map<String, Object> info = Json.readMap(Files.readString(dataset().resolve("dataset_info.json")));
        assertThat(info).containsOnlyKeys("preferences_train", "preferences_test");
        assertThat(info.get("preferences_train"))
                .isEqualTo(Map.of(
                        "file_name",
                        "train.parquet",
                        "formatting",
                        "sharegpt",
                        "ranking",
                        true,
                        "columns",
                        Map.of("messages", "conversations", "chosen", "chosen", "rejected", "rejected")));
    }

    @Test
    void theCardNamesTheFilesOfTheFormatsOwnSplits() throws IOException {
        export(ExportFormat.ULTRAFEEDBACK_BINARIZED, FileType.ZSTD, .4);
        assertThat(Files.readString(dataset().resolve("README.md")))
                .contains("  - split: train_prefs\n    path: train_prefs.jsonl.zst\n")
                .contains("  - split: test_prefs\n    path: test_prefs.jsonl.zst\n");
    }

    @Test
    void theSameInputGivesTheSameBytesInEveryFileType() throws IOException {
        for (FileType type : FileType.values()) {
            export(ExportFormat.TRL, type, 0);
            byte[] before = Files.readAllBytes(train(ExportFormat.TRL, type));
            export(ExportFormat.TRL, type, 0);
            assertThat(Files.readAllBytes(train(ExportFormat.TRL, type)))
                    .as(type.toString())
                    .isEqualTo(before);
        }
    }

    @Test
    void aPromptIsWrittenOnceWhereOnlyPromptsAre() throws IOException {
        export(ExportFormat.PROMPT_ONLY, FileType.JSONL, 0);
        try (Stream<String> lines = Files.lines(train(ExportFormat.PROMPT_ONLY, FileType.JSONL))) {
            List<String> all = lines.toList();
            assertThat(all).hasSize(5);
            assertThat(Set.copyOf(all)).hasSameSizeAs(all);
        }
    }
}
