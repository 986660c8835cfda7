package pairwright.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.FileType;
import pairwright.jsonl.Json;
import pairwright.jsonl.RowSink;

class PromptsStageTest {
    @TempDir
    Path folder;

    private StageReport prompts(String file, String settings) throws InterruptedException {
        Map<String, Object> map = new LinkedHashMap<>(Json.readMap(settings));
        map.put("in", folder.resolve(file).toString());
        map.put("out", folder.resolve("prompts.jsonl").toString());
        return Json.convertStrictly(map, PromptsStage.class).run(RunContexts.silent());
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private List<Map<String, Object>> rows() throws IOException {
        return Files.readAllLines(folder.resolve("prompts.jsonl")).stream()
                .map(Json::readMap)
                .toList();
    }

    private static final String CSV = "\ufeffkey,question,topic\r\n"
            + "q1,\"Why, so \"\"they\"\" ask,\r\nis the sea salty?\",sea\r\n"
            + "\r\n"
            + "q2,Why is the sky blue?,sky\n"
            + "q3,too,many,fields\n"
            + "q4,Was it \u00fcberall?,";

    @Test
    void columnsFillATemplateAndBecomeTagsAndABadRecordNamesItsLine() throws Exception {
        write("questions.csv", CSV);
        Path ask = write("ask.txt", "About {{ topic }}: {{question}}\n");
        StageReport report = prompts(
                "questions.csv",
                "{\"template\": " + Json.write(ask.toString()) + ", \"id_by\": \"key\", \"tags\": [\"topic\"]}");
        assertThat(rows())
                .containsExactly(
                        Map.of(
                                "id", "q1",
                                "prompt", "About sea: Why, so \"they\" ask,\r\nis the sea salty?",
                                "tags", Map.of("topic", "sea")),
                        Map.of(
                                "id", "q2",
                                "prompt", "About sky: Why is the sky blue?",
                                "tags", Map.of("topic", "sky")),
                        Map.of(
                                "id", "q4",
                                "prompt", "About : Was it \u00fcberall?",
                                "tags", Map.of("topic", "")));
        assertThat(report.shortfall()).isTrue();
        // The record of line 2 goes over two lines, and line 4 is blank.
        assertThat(report.notes())
                .anySatisfy(
                        note -> assertThat(note).contains("questions.csv:6: has 4 fields, must have 3 as the line of"));
    }

    @Test
    void aFieldThatTheTemplateAsksForAndARowLacksIsABadRow() throws Exception {
        write("rows.jsonl", "{\"question\":\"Why?\",\"lang\":\"en\"}\n{\"question\":\"How?\"}\n");
        Path ask = write("ask.txt", "{{ question }} In {{ lang }}.");
        StageReport report = prompts("rows.jsonl", "{\"template\": " + Json.write(ask.toString()) + "}");
        assertThat(rows()).singleElement().satisfies(row -> assertThat(row).containsEntry("prompt", "Why? In en."));
        assertThat(report.notes())
                .anySatisfy(
                        note -> assertThat(note)
                                .contains(
                                        "rows.jsonl:2: field lang is missing, which the template asks for; the row has [question]"));
    }

    @Test
    void aTemplateWithBracesThatAreNoSlotIsRefusedBeforeAnyRow() throws Exception {
        write("rows.jsonl", "{\"question\":\"Why?\"}\n");
        Path ask = write("ask.txt", "{{ question }} {{ a b }}");
        assertThatThrownBy(() -> prompts("rows.jsonl", "{\"template\": " + Json.write(ask.toString()) + "}"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("has {{ that begins no slot");
    }

    /** As people keep them. */
    public record Question(String id, String prompt) {}

    @Test
    void theSamePromptsComeOfEveryForm() throws Exception {
        write("a.jsonl", "{\"id\":\"1\",\"prompt\":\"Why?\"}\n{\"id\":\"2\",\"prompt\":\"How, then?\"}\n");
        write("a.json", "[{\"id\":\"1\",\"prompt\":\"Why?\"},\n {\"id\":\"2\",\"prompt\":\"How, then?\"}]");
        write("a.csv", "id,prompt\n1,Why?\n2,\"How, then?\"\n");
        write("a.tsv", "id\tprompt\n1\tWhy?\n2\tHow, then?\n");
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("a.csv.gz")))) {
            out.write(Files.readAllBytes(folder.resolve("a.csv")));
        }
        try (RowSink sink = FileType.PARQUET.create(folder.resolve("a.parquet"), Question.class)) {
            sink.write(new Question("1", "Why?"));
            sink.write(new Question("2", "How, then?"));
            sink.commit();
        }
        for (String file : List.of("a.jsonl", "a.json", "a.csv", "a.tsv", "a.csv.gz", "a.parquet")) {
            assertThat(prompts(file, "{}").badRows()).as(file).isZero();
            assertThat(rows())
                    .as(file)
                    .containsExactly(Map.of("id", "1", "prompt", "Why?"), Map.of("id", "2", "prompt", "How, then?"));
        }
        write("a.txt", "Why?\r\n\nHow, then?\nWhy?\n");
        assertThat(prompts("a.txt", "{}").headline()).isEqualTo("3 rows: 2 prompts, 1 stood there before");
        assertThat(rows()).extracting(row -> row.get("prompt")).containsExactly("Why?", "How, then?");
    }

    @Test
    void chatsKeepTheirMessagesAndTheirTags() throws Exception {
        String chat =
                "{\"id\":\"c\",\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},{\"role\":\"user\",\"content\":"
                        + "\"Hi\"},{\"role\":\"assistant\",\"content\":\"Yes?\"},{\"role\":\"user\",\"content\":\"Why?\"}],"
                        + "\"tags\":{\"kind\":\"chat\"}}";
        write("chat.jsonl", chat + "\n");
        prompts("chat.jsonl", "{}");
        assertThat(Files.readString(folder.resolve("prompts.jsonl"))).isEqualTo(chat + "\n");
    }

    @Test
    void anIdWithOtherWordsIsABadRow() throws Exception {
        write("a.csv", "id,prompt\n1,Why?\n1,How?\n");
        assertThat(prompts("a.csv", "{}").notes())
                .anySatisfy(note -> assertThat(note)
                        .contains("a.csv:3: id 1 stood already at")
                        .contains("a.csv:2"));
    }

    @Test
    void aStratifiedSampleKeepsTheSharesToThePromptWhateverTheOrderOfTheRows() throws Exception {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            lines.add("p" + i + ",ask " + i + "," + (i < 600 ? "maths" : i < 950 ? "code" : "law"));
        }
        String settings = "{\"tags\": [\"kind\"], \"sample\": 50, \"stratify_by\": \"kind\", \"seed\": 4}";
        write("a.csv", "id,prompt,kind\n" + String.join("\n", lines));
        // 50 of 1000 with shares .6, .35, .05: 30, 17.5 and 2.5; the half goes to the first by name.
        assertThat(prompts("a.csv", settings).headline())
                .isEqualTo("1000 rows: 50 prompts by kind {code=18, law=2, maths=30}");
        Map<Object, Long> kinds = rows().stream()
                .collect(Collectors.groupingBy(
                        row -> ((Map<?, ?>) row.get("tags")).get("kind"), TreeMap::new, Collectors.counting()));
        assertThat(kinds).isEqualTo(Map.of("code", 18L, "law", 2L, "maths", 30L));
        List<Object> before = rows().stream().map(row -> row.get("id")).sorted().toList();
        Collections.shuffle(lines, new Random(1));
        write("a.csv", "id,prompt,kind\n" + String.join("\n", lines));
        prompts("a.csv", settings);
        assertThat(rows().stream().map(row -> row.get("id")).sorted().toList()).isEqualTo(before);
    }

    @Test
    void aQuoteThatDoesNotCloseAndTextThatIsNoUnicodeNameTheirLines() throws Exception {
        Files.write(
                folder.resolve("a.csv"),
                "id,prompt\n1,\u00e9t\u00e9\n2,\"open\nand more".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> prompts("a.csv", "{}")).hasMessageContaining("a.csv:2: not UTF-8");
        write("a.csv", "id,prompt\n1,ok\n2,\"open\nand more");
        assertThat(prompts("a.csv", "{}").notes())
                .anySatisfy(
                        note -> assertThat(note).contains("a.csv:3: the quote that opens in line 3 does not close"));
        write("a.csv", "id,id\n1,2\n");
        assertThatThrownBy(() -> prompts("a.csv", "{}")).hasMessageContaining("has one twice");
    }
}
