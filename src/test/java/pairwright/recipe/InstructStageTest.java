package pairwright.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;

/** New prompts from a model behind a real server on loopback. */
class InstructStageTest {
    @TempDir
    Path folder;

    private StageReport instruct(ChatReplies server, String settings, String... seeds) throws Exception {
        Map<String, Object> all = new LinkedHashMap<>(Json.readMap(settings));
        all.put("in", Files.write(folder.resolve("seeds.jsonl"), List.of(seeds)).toString());
        all.put("out", folder.resolve("new.jsonl").toString());
        all.put("model", "openai:m");
        all.put("endpoint", Json.asMap(server.endpoint(4)));
        return Json.convertStrictly(all, InstructStage.class).run(RunContexts.silent());
    }

    private List<Map<String, Object>> rows(String name) throws IOException {
        return Files.readAllLines(folder.resolve(name)).stream()
                .map(Json::readMap)
                .toList();
    }

    private static String tasks(String message) {
        int key = Math.floorMod(message.hashCode(), 9973);
        return "Sure!\n1. Explain how a vaccine works\n2. Describe word" + key + " to word" + key * 7 + " in word"
                + key * 3
                + " style\n3. Explain how vaccine works\n4. Hm?\n5. Compare x" + key + " and y" + key * 5 + " for z"
                + key * 2 + "\n";
    }

    @Test
    void selfInstructKeepsWhatIsNewAndSaysWhyTheRestIsNot() throws Exception {
        try (ChatReplies server = new ChatReplies(InstructStageTest::tasks)) {
            String settings =
                    "{\"method\": \"self-instruct\", \"count\": 5, \"per_call\": 2, \"examples\": 4, \"seed\": 3}";
            String[] seeds = {
                "{\"id\":\"v\",\"prompt\":\"Explain how a vaccine works\"}",
                "{\"id\":\"b\",\"prompt\":\"Name five birds of the north\"}",
                "{\"id\":\"c\",\"prompt\":\"Convert three miles to metres\"}",
                "{\"id\":\"d\",\"prompt\":\"Why do cats purr at night?\"}",
                "{\"id\":\"e\",\"prompt\":\"Fix the bug in my loop\"}"
            };
            StageReport report = instruct(server, settings, seeds);
            // Three calls, each a seed, a new task, one like the seed, one too short and a new one; with the second
            // task of
            // the third call it is enough.
            assertThat(report.headline())
                    .isEqualTo(
                            "5 seeds: 5 new prompts by self-instruct, depth at most 1, dropped {enough=3, repeated=3,"
                                    + " short=2, similar=2}, without an answer 0");
            Map<String, Object> first = rows("new.jsonl").get(0);
            Map<?, ?> lineage = (Map<?, ?>) first.get("lineage");
            assertThat(first.get("tags")).isEqualTo(Map.of("method", "self-instruct", "depth", "1"));
            assertThat(((List<?>) lineage.get("parents")).stream().map(Object::toString))
                    .hasSize(4)
                    .isSubsetOf("v", "b", "c", "d", "e");
            assertThat(lineage.get("model_returned")).isEqualTo("m-returned");
            assertThat(rows("new.jsonl.dropped.jsonl"))
                    .anySatisfy(row -> assertThat(row)
                            .containsEntry("reason", "similar")
                            .hasEntrySatisfying(
                                    "like", like -> assertThat(like.toString()).startsWith("v 0.8")));
            int calls = server.calls();
            byte[] before = Files.readAllBytes(folder.resolve("new.jsonl"));
            instruct(server, settings, seeds);
            assertThat(server.calls()).isEqualTo(calls).isEqualTo(3);
            assertThat(folder.resolve("new.jsonl")).hasBinaryContent(before);
        }
    }

    @Test
    void anEvolvedPromptKnowsItsParentAndItsDepth() throws Exception {
        Function<String, String> harder =
                message -> message.replaceAll("(?s).*<task>\\n(.*)\\n</task>.*", "$1 and say why, in verse");
        try (ChatReplies server = new ChatReplies(harder)) {
            StageReport report = instruct(
                    server,
                    "{\"method\": \"deeper\", \"rounds\": 2}",
                    "{\"id\":\"a\",\"prompt\":\"Name a prime number\",\"tags\":{\"kind\":\"math\"}}",
                    "{\"id\":\"n\",\"prompt\":7}");
            assertThat(report.headline()).startsWith("1 seeds: 2 new prompts by deeper, depth at most 2, dropped {}");
            assertThat(report.badRows()).isEqualTo(1);
            Map<String, Object> second = rows("new.jsonl").get(1);
            assertThat(second)
                    .containsEntry("prompt", "Name a prime number and say why, in verse and say why, in verse")
                    .containsEntry("tags", Map.of("kind", "math", "method", "deeper", "depth", "2"));
            assertThat(((Map<?, ?>) second.get("lineage")).get("parents"))
                    .isEqualTo(List.of(rows("new.jsonl").get(0).get("id")));
            assertThat(((Map<?, ?>) second.get("lineage")).get("template").toString())
                    .startsWith("evolve-deeper@");
        }
    }

    @Test
    void aDocumentIsTracedBackToItsTaskAndALabelGetsItsMessages() throws Exception {
        Function<String, String> writer = message -> message.contains("<text>")
                ? "Tell me about " + message.replaceAll("(?s).*<text>\\n(.*)\\n</text>.*", "$1")
                : "My order " + message.hashCode() + " never came";
        try (ChatReplies server = new ChatReplies(writer)) {
            instruct(server, "{\"method\": \"backtranslate\"}", "{\"id\":\"d\",\"document\":\"the salt of the sea\"}");
            assertThat(rows("new.jsonl"))
                    .singleElement()
                    .satisfies(row -> assertThat(row).containsEntry("prompt", "Tell me about the salt of the sea"));
            StageReport report = instruct(
                    server,
                    "{\"method\": \"label\", \"count\": 2, \"rounds\": 1, \"seed\": 1}",
                    "{\"label\":\"complaint\"}");
            // The server says the same twice.
            assertThat(report.headline())
                    .startsWith("1 seeds: 1 new prompts by label")
                    .contains("{repeated=1}");
            assertThat(report.notes().get(0)).startsWith("only 1 of 2 prompts were made in 1 rounds");
            assertThat(server.requests().subList(1, 3))
                    .extracting(request -> request.get("seed"))
                    .containsExactlyInAnyOrder(1, 2);
            assertThat(rows("new.jsonl").get(0).get("tags").toString()).contains("label=complaint");
        }
    }

    @Test
    void seedsAreTheJudgmentsThatAreLeastSureOrThatAModelLosesMostSurely() throws Exception {
        String[] judged = {
            row("p1", .52, "small", "large"),
            row("p2", .05, "small", "large"),
            row("p3", .9, "small", "large"),
            row("p4", .8, "large", "small"),
            "{\"id\":\"5\",\"prompt_id\":\"p5\",\"prompt\":\"about p5\",\"response_a\":\"x\",\"response_b\":\"y\",\"abstention\":{\"reason\":\"REFUSED\"}}"
        };
        try (ChatReplies server =
                new ChatReplies(message -> message.replaceAll("(?s).*about (p.).*", "Thing $1 of $1 in $1"))) {
            instruct(server, "{\"method\": \"wider\", \"choose\": \"least-sure\", \"seeds\": 2}", judged);
            assertThat(parents()).containsExactly("p1", "p4");
            instruct(server, "{\"method\": \"wider\", \"choose\": \"losing:small\"}", judged);
            assertThat(parents()).containsExactly("p2", "p4");
            instruct(server, "{\"method\": \"wider\", \"choose\": \"losing:small\", \"seeds\": 1}", judged);
            assertThat(parents()).containsExactly("p2");
            assertThatThrownBy(() -> instruct(server, "{\"method\": \"wider\", \"choose\": \"losing:tiny\"}", judged))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("no row is a seed under choose losing:tiny");
        }
    }

    private static String row(String prompt, double z, String a, String b) {
        return "{\"id\":\"" + prompt + "\",\"prompt_id\":\"" + prompt + "\",\"prompt\":\"about " + prompt
                + "\",\"response_a\":\"x\",\"response_b\":\"y\",\"model_a\":\"" + a + "\",\"model_b\":\"" + b
                + "\",\"judge\":\"j\",\"z\":" + z + "}";
    }

    private List<Object> parents() throws IOException {
        return rows("new.jsonl").stream()
                .<Object>map(row -> ((List<?>) ((Map<?, ?>) row.get("lineage")).get("parents")).get(0))
                .toList();
    }

    private CallForecast forecast(ChatReplies server, String settings) throws Exception {
        Map<String, Object> all = new LinkedHashMap<>(Json.readMap(settings));
        all.put("in", folder.resolve("seeds.jsonl").toString());
        all.put("out", folder.resolve("new.jsonl").toString());
        all.put("model", "openai:m");
        all.put("endpoint", Json.asMap(server.endpoint(4)));
        return (CallForecast) Json.convertStrictly(all, InstructStage.class)
                .forecast(RunContexts.silent())
                .numbers();
    }

    @Test
    void anEstimateCountsTheCallsOfTheFirstRoundAndHowOftenThereMayBeAnother() throws Exception {
        Files.write(
                folder.resolve("seeds.jsonl"),
                List.of("{\"id\":\"a\",\"prompt\":\"Name a prime\"}", "{\"id\":\"b\",\"prompt\":\"Name a bird\"}"));
        try (ChatReplies server = new ChatReplies(message -> "never asked")) {
            // Two seeds, each evolved three times at most.
            CallForecast evolved = forecast(server, "{\"method\": \"deeper\", \"rounds\": 3}");
            assertThat(List.of(
                            evolved.calls().value(),
                            evolved.calls().low(),
                            evolved.calls().high()))
                    .containsExactly(6., 2., 6.);
            assertThat(evolved.unknown()).anySatisfy(why -> assertThat(why).startsWith("1 to 3 rounds, likely 3"));
            // 7 of 2 a call are 4 calls, and up to 10 rounds of them where nothing comes of it.
            CallForecast counted = forecast(server, "{\"method\": \"self-instruct\", \"count\": 7, \"per_call\": 2}");
            assertThat(List.of(
                            counted.calls().value(),
                            counted.calls().low(),
                            counted.calls().high()))
                    .containsExactly(4., 4., 40.);
            assertThat(server.calls()).isZero();
            assertThat(folder.resolve("new.jsonl.ledger.sqlite")).doesNotExist();
        }
    }

    @Test
    void anEstimateAfterTheRunSaysThatNothingIsLeftToAsk() throws Exception {
        Function<String, String> harder =
                message -> message.replaceAll("(?s).*<task>\\n(.*)\\n</task>.*", "$1 and say why, in verse");
        try (ChatReplies server = new ChatReplies(harder)) {
            String settings = "{\"method\": \"deeper\", \"rounds\": 2}";
            instruct(server, settings, "{\"id\":\"a\",\"prompt\":\"Name a prime number\"}");
            CallForecast left = forecast(server, settings);
            assertThat(left.asksNothing()).isTrue();
            assertThat(left.known().value()).isEqualTo(2);
            // The third round is open, the first two are in the ledger.
            CallForecast deeper = forecast(server, "{\"method\": \"deeper\", \"rounds\": 3}");
            assertThat(List.of(deeper.calls().value(), deeper.known().value())).containsExactly(1., 2.);
            assertThat(server.calls()).isEqualTo(2);
        }
    }

    @Test
    void seedsAreThePairsThatAnEnsembleIsLeastSureOf() throws Exception {
        String[] scored = {
            "{\"id\":\"1\",\"prompt_id\":\"p1\",\"prompt\":\"about p1\",\"reward_spread\":0.2}",
            "{\"id\":\"2\",\"prompt_id\":\"p2\",\"prompt\":\"about p2\",\"reward_spread\":1.7}",
            "{\"id\":\"3\",\"prompt_id\":\"p3\",\"prompt\":\"about p3\",\"reward_spread\":0.9}",
            "{\"id\":\"4\",\"prompt_id\":\"p4\",\"prompt\":\"about p4\"}",
            "{\"id\":\"5\",\"prompt_id\":\"p5\",\"prompt\":\"about p5\",\"reward_spread\":\"much\"}"
        };
        try (ChatReplies server =
                new ChatReplies(message -> message.replaceAll("(?s).*about (p.).*", "Thing $1 of $1 in $1"))) {
            StageReport report =
                    instruct(server, "{\"method\": \"wider\", \"choose\": \"disputed\", \"seeds\": 2}", scored);
            assertThat(parents()).containsExactly("p2", "p3");
            assertThat(report.badRows()).isEqualTo(1);
            assertThatThrownBy(() -> instruct(server, "{\"method\": \"wider\", \"choose\": \"disputed\"}", scored[3]))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("none has reward_spread, which score writes beside a pair from an ensemble");
        }
    }
}
