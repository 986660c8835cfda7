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
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;

/** Chains of steps declared in a recipe, and pairs whose order is known from how they were made. */
class ChainStagesTest {
    private static final String CHAIN = """
            name: constitutional
            seed: 3
            endpoint: {base_url: %s}
            stages:
              - generate: {in: prompts.jsonl, models: ["openai:m"], samples: 1, out: first.jsonl}
              - ask: {in: first.jsonl, template: critique, principle: honest, as: critique, model: "openai:m", out: critiques.jsonl}
              - ask: {in: critiques.jsonl, template: %s, principle: honest, as: revision, model: "openai:n", out: revisions.jsonl}
              - contrast: {in: revisions.jsonl, better: revision, worse: response, out: pairs.jsonl}
              - judge: {in: pairs.jsonl, judge: "openai:j", reading: verdict, out: judgments.jsonl}
            """;

    @TempDir
    Path folder;

    /** First answers, critiques, revisions and verdicts; the judge prefers what it is shown first. */
    private static String reply(String message) {
        if (message.contains("VERDICT")) {
            return message.replaceAll("(?s).*(VERDICT [0-9a-f]{10}) A.*", "$1 A");
        }
        if (message.contains("</critique>")) {
            return "better " + message.replaceAll("(?s).*<response>\\n(.*?)\\n</response>.*", "$1");
        }
        return message.contains("<response>") ? "it is vague" : "answer to " + message;
    }

    private List<StageReport> chain(ChatReplies server, String revise) throws Exception {
        Files.writeString(
                folder.resolve("prompts.jsonl"),
                "{\"id\":\"p\",\"prompt\":\"one\"}\n{\"id\":\"q\",\"messages\":[{\"role\":\"user\",\"content\":\"two\"},{\"role\":\"assistant\",\"content\":\"2\"},{\"role\":\"user\",\"content\":\"three\"}],\"tags\":{\"t\":\"x\"}}\n");
        Path file = Files.writeString(folder.resolve("chain.yaml"), CHAIN.formatted(server.baseUrl(), revise));
        return new RecipeRun(Recipe.load(file), folder, folder.resolve("out")).run(RunContexts.silent(), report -> {});
    }

    private List<Map<String, Object>> rows(String name) throws IOException {
        return Files.readAllLines(folder.resolve(name)).stream()
                .map(Json::readMap)
                .toList();
    }

    @Test
    void aStepFeedsALaterPromptAndEveryStepCanBeRead() throws Exception {
        try (ChatReplies server = new ChatReplies(ChainStagesTest::reply)) {
            chain(server, "revise");
            // One answer, critique and revision a prompt, and two orders of each pair.
            assertThat(server.calls()).isEqualTo(10);
            assertThat(server.requests().get(2).get("messages").toString()
                            + server.requests().get(3).get("messages"))
                    .contains("user: two\n\nassistant: 2\n\nuser: three", "says only what is true");
            assertThat(rows("out/critiques.jsonl"))
                    .extracting(row -> row.get("critique"))
                    .containsExactly("it is vague", "it is vague");
            Map<String, Object> revised = rows("out/revisions.jsonl").get(0);
            assertThat(revised)
                    .containsEntry("response", "answer to one")
                    .containsEntry("critique", "it is vague")
                    .containsEntry("revision", "better answer to one");
            Map<?, ?> step = (Map<?, ?>) ((Map<?, ?>) revised.get("steps")).get("revision");
            assertThat(step.get("model")).isEqualTo("n");
            assertThat(step.get("model_returned")).isEqualTo("n-returned");
            assertThat(step.get("template").toString()).matches("revise@[0-9a-f]{12}");
            for (Map<String, Object> judgment : rows("out/judgments.jsonl")) {
                boolean first = judgment.get("response_a").toString().startsWith("better");
                // The judge said what it was shown first in either order: no preference, whatever was intended.
                assertThat(judgment)
                        .containsEntry("intended", first ? "A" : "B")
                        .containsEntry("contrast", "revision over response")
                        .containsEntry("z", new BigDecimal("0.5"))
                        .containsEntry(first ? "model_a" : "model_b", "n")
                        .containsEntry(first ? "model_b" : "model_a", "m")
                        .containsKey("critique");
            }
            chain(server, "revise");
            assertThat(server.calls()).isEqualTo(10);
        }
    }

    @Test
    void aFieldThatNoStepWillMakeIsAnErrorBeforeAnyCallIsPaid() throws Exception {
        Path wrong = Files.writeString(folder.resolve("wrong.txt"), "Mend {{ response }} by {{ critic }}");
        try (ChatReplies server = new ChatReplies(ChainStagesTest::reply)) {
            assertThatThrownBy(() -> chain(server, wrong.toString()))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("stage 3 (ask): template ")
                    .hasMessageContaining(
                            "wrong.txt asks for field critic, which no row of critiques.jsonl will have; they have [")
                    .hasMessageContaining("nothing was asked");
            assertThat(server.calls()).isZero();
        }
    }

    @Test
    void aFieldThatOneRowLacksIsAnErrorWithItsLineBeforeAnyCallIsPaid() throws Exception {
        Path rows = Files.writeString(
                folder.resolve("rows.jsonl"),
                "{\"id\":\"1\",\"prompt\":\"q\",\"response\":\"r\",\"topic\":\"t\"}\n{\"id\":\"2\",\"prompt\":\"q\",\"response\":\"r\"}\n");
        Path template = Files.writeString(folder.resolve("t.txt"), "{{ response }} on {{ topic }}\n");
        try (ChatReplies server = new ChatReplies(ChainStagesTest::reply)) {
            Map<String, Object> settings = new LinkedHashMap<>(Map.of(
                    "in", rows.toString(),
                    "template", template.toString(),
                    "as", "remark",
                    "model", "openai:m",
                    "endpoint", Json.asMap(server.endpoint(2)),
                    "out", folder.resolve("out.jsonl").toString()));
            assertThatThrownBy(
                            () -> Json.convertStrictly(settings, AskStage.class).run(RunContexts.silent()))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("rows.jsonl:2: field topic is missing, which the template asks for")
                    .hasMessageContaining("nothing was asked");
            settings.put("as", "response");
            assertThatThrownBy(
                            () -> Json.convertStrictly(settings, AskStage.class).run(RunContexts.silent()))
                    .hasMessageContaining("rows.jsonl:1: has a field response already");
            assertThat(server.calls()).isZero();
            settings.put("as", "remark");
            settings.put("where", List.of("topic=t"));
            StageReport report = Json.convertStrictly(settings, AskStage.class).run(RunContexts.silent());
            assertThat(report.headline()).isEqualTo("1 rows asked for remark: 1 answers, without an answer 0");
        }
    }

    private StageReport contrast(String in, Map<String, Object> more) throws InterruptedException {
        Map<String, Object> settings = new LinkedHashMap<>(more);
        settings.put("in", in);
        settings.put("out", folder.resolve("out.jsonl").toString());
        return Json.convertStrictly(settings, ContrastStage.class).run(RunContexts.silent());
    }

    @Test
    void candidatesWithAndAgainstAPrincipleOrOfAWarmerModelMeetInOrder() throws Exception {
        Path rows = Files.writeString(
                folder.resolve("rows.jsonl"),
                "{\"id\":\"1\",\"prompt_id\":\"p\",\"prompt\":\"q\",\"response\":\"good\",\"stance\":\"for\",\"sampling\":{\"temperature\":0.20}}\n"
                        + "{\"id\":\"2\",\"prompt_id\":\"p\",\"prompt\":\"q\",\"response\":\"bad\",\"stance\":\"against\",\"sampling\":{\"temperature\":1.4}}\n"
                        + "{\"id\":\"3\",\"prompt_id\":\"p\",\"prompt\":\"q\",\"response\":\"more\",\"stance\":\"for\",\"sampling\":{\"temperature\":1.4}}\n");
        StageReport report = contrast(rows.toString(), Map.of("better", "stance=for", "worse", "stance=against"));
        assertThat(report.headline())
                .isEqualTo("3 rows: 1 pairs whose order is intended {stance=for over stance=against 1}, left out"
                        + " {no counterpart 1}");
        Map<String, Object> pair = rows("out.jsonl").get(0);
        assertThat(pair.get("intended")).isEqualTo(pair.get("response_a").equals("good") ? "A" : "B");
        contrast(rows.toString(), Map.of("better", "sampling.temperature=0.2", "worse", "sampling.temperature=1.4"));
        assertThat(rows("out.jsonl").get(0).get("id").toString()).contains("1").contains("2");
        assertThatThrownBy(() -> contrast(rows.toString(), Map.of("better", "stance=for")))
                .hasMessageContaining("worse and flaws are both missing");
        assertThatThrownBy(() -> contrast(rows.toString(), Map.of("better", "stance=for", "worse", "response")))
                .hasMessageContaining("must be two fields of a row, or two conditions");
    }

    @Test
    void aRulePlantsAFlawWhereTheResponseHasAPlaceForIt() throws Exception {
        Path rows = Files.writeString(
                folder.resolve("rows.jsonl"),
                "{\"id\":\"1\",\"prompt\":\"a\",\"response\":\"There are 24 hours.\",\"model\":\"m\"}\n"
                        + "{\"id\":\"2\",\"prompt\":\"b\",\"response\":\"yes\",\"model\":\"m\"}\n");
        StageReport report = contrast(rows.toString(), Map.of("flaws", List.of("number-changed", "cut-off")));
        assertThat(report.headline())
                .isEqualTo(
                        "2 rows: 1 pairs whose order is intended {planted number-changed 1}, left out {no place for a"
                                + " flaw 1}");
        Map<String, Object> pair = rows("out.jsonl").get(0);
        boolean first = pair.get("intended").equals("A");
        assertThat(pair)
                .containsEntry(first ? "response_b" : "response_a", "There are 27 hours.")
                .containsEntry(first ? "flaw_b" : "flaw_a", "number-changed")
                .containsEntry(first ? "flaw_a" : "flaw_b", "none")
                .containsEntry("model_a", "m");
        assertThatThrownBy(() -> contrast(rows.toString(), Map.of("flaws", "typo")))
                .hasMessageContaining("flaw is \"typo\", must be one of cut-off, number-changed, negated");
    }

    @Test
    void aStageIsEstimatedBeforeItIsPaid() throws Exception {
        Path rows =
                Files.writeString(folder.resolve("rows.jsonl"), "{\"id\":\"1\",\"prompt\":\"q\",\"response\":\"r\"}\n");
        try (ChatReplies server = new ChatReplies(ChainStagesTest::reply)) {
            AskStage stage = Json.convertStrictly(
                    Map.of(
                            "in", rows.toString(),
                            "template", "plant-flaw",
                            "with", Map.of("flaw", "one wrong date"),
                            "as", "flawed",
                            "model", "openai:m",
                            "endpoint", Json.asMap(server.endpoint(2)),
                            "out", folder.resolve("out.jsonl").toString()),
                    AskStage.class);
            assertThat(stage.forecast(RunContexts.silent()).headline()).startsWith("estimate: 1 call");
            assertThat(server.calls()).isZero();
            stage.run(RunContexts.silent());
            assertThat(server.requests().get(0).get("messages").toString()).contains("one flaw in it: one wrong date");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"constitutional", "principle-contrast", "flawed", "weaker", "new-prompts"})
    void theRecipesThatTheProjectBringsRunToTheirEnd(String name) throws Exception {
        AtomicInteger number = new AtomicInteger();
        try (ChatReplies server = new ChatReplies(message -> message.contains("VERDICT")
                ? reply(message)
                : "Thing " + number.incrementAndGet() + " is x" + number.get() + " of y" + number.get() + ".")) {
            Recipe recipe =
                    Recipe.load(Path.of("recipes", name + ".yaml"), Optional.empty(), Optional.of(server.baseUrl()));
            List<StageReport> reports = new RecipeRun(recipe, Path.of("recipes"), folder.resolve("out"))
                    .run(RunContexts.silent(), report -> {});
            assertThat(reports.stream().filter(report -> report.stage().equals("judge")))
                    .isNotEmpty()
                    .allSatisfy(report -> assertThat(report.headline()).contains("tie"));
        }
    }
}
