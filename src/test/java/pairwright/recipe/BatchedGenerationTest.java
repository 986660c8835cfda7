package pairwright.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;
import pairwright.llm.BatchServer;

/** Stages that write texts by batch, against a real server on loopback that imitates both providers. */
@Timeout(120)
class BatchedGenerationTest {
    private static final Map<String, Object> QUICK = Map.of("poll", .02);

    @TempDir
    Path folder;

    /** Says something of its own to every message; evolves a task by a sentence. */
    private final BatchServer server = new BatchServer(message -> message.contains("<task>")
            ? message.replaceAll("(?s).*<task>\\n(.*)\\n</task>.*", "$1 and give reason " + message.length())
            : "about " + message);

    @AfterEach
    void close() {
        server.close();
    }

    private Map<String, Object> settings(String more, String out) throws Exception {
        Map<String, Object> fields = new LinkedHashMap<>(Json.readMap(more));
        fields.put(
                "in",
                Files.write(
                                folder.resolve("prompts.jsonl"),
                                IntStream.range(0, 5)
                                        .mapToObj(i -> "{\"id\":\"p" + i + "\",\"prompt\":\"Name the prime after " + i
                                                + "0\"}")
                                        .toList())
                        .toString());
        fields.put("endpoint", Map.of("base_url", server.base()));
        fields.put("out", folder.resolve(out).toString());
        return fields;
    }

    private static StageReport run(Class<? extends Stage> stage, Map<String, Object> settings) throws Exception {
        return Json.convertStrictly(settings, stage).run(RunContexts.silent());
    }

    private static Map<String, Object> byBatch(Map<String, Object> settings) {
        Map<String, Object> fields = new LinkedHashMap<>(settings);
        fields.put("batch", QUICK);
        return fields;
    }

    private void assertAskedByBatchAlone(int direct, Integer... sizes) {
        assertThat(server.direct()).isEqualTo(direct);
        assertThat(server.batches()).extracting(BatchServer.Batch::size).containsExactly(sizes);
        assertThat(server.billed().values()).containsOnly(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai:m", "anthropic:m"})
    void candidatesOfABatchAreThoseOfADirectRunToTheByte(String model) throws Exception {
        String how = "{\"models\": [\"" + model + "\"], \"samples\": 2, \"duplicates\": \"keep\"}";
        run(GenerateStage.class, settings(how, "direct.jsonl"));
        StageReport report = run(GenerateStage.class, byBatch(settings(how, "batch.jsonl")));
        assertAskedByBatchAlone(10, 10);
        assertThat(folder.resolve("batch.jsonl")).hasSameBinaryContentAs(folder.resolve("direct.jsonl"));
        assertThat(report.lines().get(0)).startsWith("calls: 10 paid, 0 from the ledger");
        StageReport again = run(GenerateStage.class, byBatch(settings(how, "batch.jsonl")));
        assertThat(again.lines().get(0)).startsWith("calls: 0 paid, 10 from the ledger");
        assertThat(server.batches()).hasSize(1);
    }

    @Test
    void aPoolOfTwoModelsIsOneRoundOfABatchEach() throws Exception {
        String how = "{\"models\": [\"openai:a\", \"openai:b\"], \"samples\": 1}";
        run(GenerateStage.class, byBatch(settings(how, "batch.jsonl")));
        assertAskedByBatchAlone(0, 5, 5);
        assertThat(Files.readAllLines(folder.resolve("batch.jsonl"))).hasSize(10);
    }

    /** Where the table of prices says that a batch costs half. */
    @Test
    void theCostOfACandidateIsThatOfTheBatch() throws Exception {
        Path prices = Files.writeString(
                folder.resolve("prices.yaml"),
                "currency: EUR\nmodels:\n  - {model: m, prompt: 10, completion: 20, batch: 0.5}\n");
        String how = "{\"models\": [\"openai:m\"], \"samples\": 1, \"prices\": " + Json.write(prices.toString()) + "}";
        run(GenerateStage.class, settings(how, "direct.jsonl"));
        run(GenerateStage.class, byBatch(settings(how, "batch.jsonl")));
        assertThat(cost("batch.jsonl")).isEqualTo(cost("direct.jsonl") / 2).isPositive();
    }

    private double cost(String file) throws Exception {
        return ((Number) Json.readMap(Files.readAllLines(folder.resolve(file)).get(0))
                        .get("cost"))
                .doubleValue();
    }

    @Test
    void aStepOfAChainIsAskedByBatch() throws Exception {
        Path template = Files.writeString(folder.resolve("ask.md"), "Judge this: {{conversation}}");
        String how = "{\"model\": \"anthropic:m\", \"template\": " + Json.write(template.toString())
                + ", \"as\": \"critique\"}";
        run(AskStage.class, settings(how, "direct.jsonl"));
        run(AskStage.class, byBatch(settings(how, "batch.jsonl")));
        assertAskedByBatchAlone(5, 5);
        assertThat(folder.resolve("batch.jsonl")).hasSameBinaryContentAs(folder.resolve("direct.jsonl"));
    }

    /** What the second round asks is what the first made, so each is a batch of its own. */
    @Test
    void newPromptsAreMadeByABatchARound() throws Exception {
        String how = "{\"model\": \"openai:m\", \"method\": \"deeper\", \"rounds\": 2, \"max_similarity\": 1}";
        run(InstructStage.class, settings(how, "direct.jsonl"));
        StageReport report = run(InstructStage.class, byBatch(settings(how, "batch.jsonl")));
        assertThat(report.headline()).startsWith("5 seeds: 10 new prompts by deeper, depth at most 2");
        assertAskedByBatchAlone(10, 5, 5);
        assertThat(folder.resolve("batch.jsonl")).hasSameBinaryContentAs(folder.resolve("direct.jsonl"));
    }

    @Test
    void aRequestThatFailsForGoodCostsItsSampleAlone() throws Exception {
        server.fate((key, n) -> key.equals(server.batches().get(0).keys().get(0))
                ? BatchServer.Fate.BAD_REQUEST
                : BatchServer.Fate.DONE);
        String how = "{\"models\": [\"openai:m\"], \"samples\": 1}";
        StageReport report = run(GenerateStage.class, byBatch(settings(how, "batch.jsonl")));
        assertThat(report.headline()).startsWith("5 samples asked: 4 candidates, without an answer 1");
        assertThat(report.shortfall()).isTrue();
    }

    @Test
    void whatCannotBeAskedByBatchIsSaidBeforeAnything() throws Exception {
        assertThatThrownBy(() -> run(
                        GenerateStage.class,
                        byBatch(settings("{\"models\": [\"openai:a\", \"ollama:b\"]}", "o.jsonl"))))
                .isInstanceOf(BadInput.class);
        Map<String, Object> ollama = byBatch(settings("{\"models\": [\"ollama:b\"]}", "o.jsonl"));
        assertThatThrownBy(() -> run(GenerateStage.class, ollama))
                .hasMessageContaining("ollama has no batch API: leave out --batch");
        Map<String, Object> gemini = byBatch(settings("{\"model\": \"gemini:b\", \"method\": \"wider\"}", "o.jsonl"));
        assertThatThrownBy(() -> run(InstructStage.class, gemini)).hasMessageContaining("gemini has no batch API");
        Map<String, Object> stream = byBatch(settings("{\"models\": [\"openai:b\"]}", "o.jsonl"));
        stream.put("in", "-");
        assertThatThrownBy(() -> run(GenerateStage.class, stream))
                .hasMessageContaining("in is -: rows that are asked about by batch are read several times");
        assertThat(server.paths()).isEmpty();
    }

    @Test
    void anEstimateOfABatchHasItsPriceAndNoTime() throws Exception {
        Path prices = Files.writeString(
                folder.resolve("prices.yaml"),
                "currency: EUR\nmodels:\n  - {model: m, prompt: 10, completion: 20, batch: 0.5}\n");
        String how = "{\"models\": [\"openai:m\"], \"samples\": 1, \"prices\": " + Json.write(prices.toString()) + "}";
        GenerateStage direct = Json.convertStrictly(settings(how, "o.jsonl"), GenerateStage.class);
        GenerateStage batch = Json.convertStrictly(byBatch(settings(how, "o.jsonl")), GenerateStage.class);
        CallForecast whole =
                (CallForecast) direct.forecast(RunContexts.silent()).numbers();
        CallForecast half = (CallForecast) batch.forecast(RunContexts.silent()).numbers();
        assertThat(half.cost().orElseThrow().value())
                .isEqualTo(whole.cost().orElseThrow().value() / 2);
        assertThat(half.seconds()).isEmpty();
        assertThat(half.unknown()).contains("time unknown: providers end a batch within 24 hours, most far sooner");
        assertThat(server.paths()).isEmpty();
    }
}
