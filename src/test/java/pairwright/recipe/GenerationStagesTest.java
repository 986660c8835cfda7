package pairwright.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;

/** Candidates from several models and servers in many ways, and those that are there already. */
class GenerationStagesTest {
    @TempDir
    Path folder;

    private StageReport run(Class<? extends Stage> kind, Map<String, Object> settings) throws InterruptedException {
        Map<String, Object> all = new LinkedHashMap<>(settings);
        all.put("out", folder.resolve("out.jsonl").toString());
        return Json.convertStrictly(all, kind).run(RunContexts.silent());
    }

    private String write(String name, String... lines) throws IOException {
        return Files.write(folder.resolve(name), List.of(lines)).toString();
    }

    private List<Map<String, Object>> rows() throws IOException {
        return Files.readAllLines(folder.resolve("out.jsonl")).stream()
                .map(Json::readMap)
                .toList();
    }

    private static Object system(Map<String, Object> request) {
        Map<?, ?> first = (Map<?, ?>) ((List<?>) request.get("messages")).get(0);
        return first.get("role").equals("system") ? first.get("content") : null;
    }

    @Test
    void aPoolAsksModelsBehindSeveralServersEachInItsOwnWay() throws Exception {
        AtomicInteger number = new AtomicInteger();
        try (ChatReplies one = new ChatReplies(message -> "one " + number.incrementAndGet());
                ChatReplies other = new ChatReplies(message -> "other " + number.incrementAndGet())) {
            String pool = write(
                    "pool.yaml",
                    "generators:",
                    "  - {model: openai:m, name: hot, samples: 1, temperature: 1.5, endpoint: {base_url: "
                            + one.baseUrl() + ", price_prompt: 1, price_completion: 10}}",
                    "  - {model: openai:m, name: cold, temperature: 0.1, system: Be brief., endpoint: {base_url: "
                            + other.baseUrl() + "}}");
            Map<String, Object> settings =
                    Map.of("in", write("prompts.jsonl", "{\"id\":\"p\",\"prompt\":\"q\"}"), "pool", pool, "samples", 2);
            StageReport report = run(GenerateStage.class, settings);
            assertThat(report.headline()).isEqualTo("3 samples asked: 3 candidates, without an answer 0");
            assertThat(rows()).extracting(row -> row.get("id")).containsExactly("p/hot/0", "p/cold/0", "p/cold/1");
            // ChatReplies bills 100 tokens in and 10 out: at 1 and 10 a million, .0002.
            assertThat(rows().get(0))
                    .containsEntry("model", "hot")
                    .containsEntry("model_returned", "m-returned")
                    .containsEntry("finish_reason", "stop")
                    .containsEntry("prompt_tokens", 100)
                    .containsEntry("completion_tokens", 10)
                    .containsEntry("cost", new BigDecimal("0.0002"))
                    .containsEntry("sampling", Map.of("temperature", new BigDecimal("1.5"), "max_tokens", 1024));
            assertThat(rows().get(1)).containsEntry("system", "Be brief.").doesNotContainKey("cost");
            assertThat(one.requests())
                    .extracting(request -> request.get("temperature"))
                    .containsExactly(new BigDecimal("1.5"));
            assertThat(other.requests())
                    .hasSize(2)
                    .allSatisfy(request -> assertThat(system(request)).isEqualTo("Be brief."));
            byte[] before = Files.readAllBytes(folder.resolve("out.jsonl"));
            run(GenerateStage.class, settings);
            assertThat(number).hasValue(3);
            assertThat(folder.resolve("out.jsonl")).hasBinaryContent(before);
        }
    }

    @Test
    void theSamplesGoThroughEveryTemperatureAndPrincipleEquallyOften() throws Exception {
        try (ChatReplies server = new ChatReplies(message -> "same to all")) {
            Map<String, Object> settings = new LinkedHashMap<>(Map.of(
                    "in",
                    write(
                            "prompts.jsonl",
                            "{\"id\":\"p\",\"prompt\":\"q\"}",
                            "{\"id\":\"s\",\"messages\":[{\"role\":\"system\",\"content\":\"You are Ann.\"},{\"role\":\"user\",\"content\":\"q\"}]}"),
                    "models",
                    List.of("openai:m"),
                    "samples",
                    8,
                    "temperature",
                    List.of(.2, 1.2),
                    "principles",
                    List.of("helpful", "not:helpful"),
                    "duplicates",
                    "keep",
                    "seed",
                    5,
                    "endpoint",
                    Json.asMap(server.endpoint(1))));
            run(GenerateStage.class, settings);
            Map<String, Long> ways = rows().stream()
                    .collect(Collectors.groupingBy(
                            row -> row.get("prompt_id") + " " + row.get("stance") + " "
                                    + ((Map<?, ?>) row.get("sampling")).get("temperature"),
                            TreeMap::new,
                            Collectors.counting()));
            assertThat(ways)
                    .hasSize(8)
                    .allSatisfy((way, times) -> assertThat(times).isEqualTo(2));
            assertThat(rows().get(0).get("principle").toString()).matches("helpful@[0-9a-f]{12}");
            // The principle comes behind what the prompt itself says to the model.
            assertThat(server.requests().get(8))
                    .satisfies(request -> assertThat(system(request).toString()).startsWith("You are Ann.\n\n"));
            // A server that heeds the seed gives every sample another one.
            assertThat(server.requests().subList(0, 8))
                    .extracting(request -> request.get("seed"))
                    .containsExactly(5, 6, 7, 8, 9, 10, 11, 12);
            settings.put("duplicates", "model");
            StageReport report = run(GenerateStage.class, settings);
            assertThat(report.headline()).startsWith("16 samples asked: 2 candidates, left out as duplicates 14");
        }
    }

    @Test
    void aPrincipleThatIsNotThereIsSaidBeforeAnythingIsAsked() throws Exception {
        try (ChatReplies server = new ChatReplies(message -> "x")) {
            Map<String, Object> settings = Map.of(
                    "in", write("prompts.jsonl", "{\"id\":\"p\",\"prompt\":\"q\"}"),
                    "models", List.of("openai:m"),
                    "principles", List.of("kind"),
                    "endpoint", Json.asMap(server.endpoint(1)));
            assertThatThrownBy(() -> run(GenerateStage.class, settings))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("principle kind: no file");
            assertThat(server.calls()).isZero();
        }
    }

    @Test
    void responsesThatAreThereStandInAColumnForEachModel() throws Exception {
        Map<String, Object> settings = Map.of(
                "in",
                write(
                        "answers.csv",
                        "question,small,large,topic",
                        "Why?,because,,x",
                        "\"How, then?\",so,thus,y",
                        "Why?,again,other,x"),
                "template",
                write("ask.txt", "Answer: {{ question }}"),
                "tags",
                List.of("topic"),
                "responses",
                Map.of("small", "small", "big", "large"));
        StageReport report = run(CandidatesStage.class, settings);
        assertThat(report.headline()).isEqualTo("2 prompts: 3 candidates of 2 models, 1 responses are missing");
        assertThat(rows())
                .extracting(row ->
                        row.get("model") + ": " + row.get("prompt") + " " + row.get("response") + " " + row.get("tags"))
                .containsExactlyInAnyOrder(
                        "small: Answer: Why? because {topic=x}",
                        "small: Answer: How, then? so {topic=y}",
                        "big: Answer: How, then? thus {topic=y}");
        // The third row has the words of the first, so its id too.
        assertThat(report.badRows()).isEqualTo(1);
        assertThat(report.notes())
                .anySatisfy(note -> assertThat(note).contains("answers.csv:4", "stood already at", "answers.csv:2"));
    }
}
