package pairwright.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;
import pairwright.judge.Reading;
import pairwright.llm.Protocol;
import pairwright.pair.Pair;
import pairwright.recipe.ProtocolServer.Heeds;

/** Whole stages over every protocol, against a real server on loopback. */
class ProtocolStagesTest {
    private static final String CANARY = "sk-canary-8d1f0c2b7a6e4d5f9a3b";

    @TempDir
    Path folder;

    private String pairs() throws IOException {
        return Files.write(
                        folder.resolve("pairs.jsonl"),
                        List.of(
                                "{\"id\":\"1\",\"prompt\":\"q1\",\"response_a\":\"golden\",\"response_b\":\"leaden\"}",
                                "{\"id\":\"2\",\"prompt\":\"q2\",\"response_a\":\"leaden\",\"response_b\":\"golden\"}",
                                "{\"id\":\"3\",\"prompt\":\"q3\",\"response_a\":\"golden\",\"response_b\":\"golden\"}"))
                .toString();
    }

    private JudgeStage judge(String name, ProtocolServer server, Map<String, Object> more) throws IOException {
        Map<String, Object> stage = new LinkedHashMap<>();
        stage.put("in", pairs());
        stage.put("judge", name);
        stage.put("endpoint", Map.of("base_url", server.baseUrl(), "deadline_seconds", 20));
        stage.put("ledger", folder.resolve("ledger.sqlite").toString());
        stage.put("out", folder.resolve("out.jsonl").toString());
        stage.putAll(more);
        return Json.convert(stage, JudgeStage.class);
    }

    private List<Judgment> written() throws IOException {
        return Files.readAllLines(folder.resolve("out.jsonl")).stream()
                .map(line -> Judgment.carriedBy(Json.read(line, Pair.class)).orElseThrow())
                .toList();
    }

    private List<Double> z() throws IOException {
        return written().stream()
                .map(judgment -> ((Preference) judgment.verdict()).z())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        // .8 against .1, the tie label unseen: .8 / .9 in both orders.
        "OPENAI, LOGPROBS, LOGPROBS, .8888888888888889",
        "GEMINI, LOGPROBS, LOGPROBS, .8888888888888889",
        "OLLAMA, LOGPROBS, LOGPROBS, .8888888888888889",
        "OPENAI, SCHEMA, SCHEMA, 1",
        "ANTHROPIC, SCHEMA, SCHEMA, 1",
        "GEMINI, SCHEMA, SCHEMA, 1",
        "OLLAMA, SCHEMA, SCHEMA, 1",
        "OPENAI, TOOL, TOOL, 1",
        "ANTHROPIC, TOOL, TOOL, 1",
        "GEMINI, TOOL, TOOL, 1",
        "OLLAMA, TOOL, TOOL, 1",
        "OPENAI, , VERDICT, 1",
        "ANTHROPIC, , VERDICT, 1",
        "GEMINI, , VERDICT, 1",
        "OLLAMA, , VERDICT, 1",
    })
    void theReadingIsWhatTheServerHeedsAndASecondRunAsksNothing(
            Protocol protocol, Heeds heeded, Reading reading, double z) throws Exception {
        Heeds[] heeds = heeded == null ? new Heeds[0] : new Heeds[] {heeded};
        byte[] first;
        try (var server = new ProtocolServer(protocol, heeds)) {
            JudgeStage stage = judge(protocol.prefix() + ":m", server, Map.of());
            stage.check();
            stage.run(RunContexts.with(Map.of(protocol.keyVariable(), CANARY)));
            first = Files.readAllBytes(folder.resolve("out.jsonl"));
            assertThat(z())
                    .satisfiesExactly(
                            one -> assertThat(one).isCloseTo(z, within(1e-9)),
                            two -> assertThat(two).isCloseTo(1 - z, within(1e-9)),
                            three -> assertThat(three).isEqualTo(.5));
            assertThat(written().get(0).evidence().trials()).hasSize(2).allSatisfy(trial -> {
                assertThat(trial.reading()).isEqualTo(reading);
                assertThat(trial.model()).contains("m-returned");
            });
            assertThat(Files.readString(folder.resolve("out.jsonl.provenance.json")))
                    .contains("\"reading\" : \"" + reading.name().toLowerCase(Locale.ROOT) + ": ");
            int asked = server.paths().size();
            stage.run(RunContexts.with(Map.of(protocol.keyVariable(), CANARY)));
            assertThat(server.paths()).hasSize(asked);
            assertThat(server.keys()).hasSize(1).allMatch(header -> header.endsWith(CANARY));
        }
        assertThat(Files.readAllBytes(folder.resolve("out.jsonl"))).isEqualTo(first);
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(CANARY);
            }
        }
    }

    @Test
    void aScoringServerIsAskedForItsLabelsAlone() throws Exception {
        try (var server = new ProtocolServer(Protocol.SCORING)) {
            JudgeStage stage = judge("scoring:m", server, Map.of());
            stage.check();
            stage.run(RunContexts.silent());
            // .8 for the better, .1 for the other, .05 for the tie: (.8 + .025) / .95 in both orders.
            assertThat(z().get(0)).isCloseTo(.825 / .95, within(1e-9));
            assertThat(z().get(1)).isCloseTo(1 - .825 / .95, within(1e-9));
            assertThat(written().get(0).evidence().trials().get(0).mass().orElseThrow())
                    .isCloseTo(.95, within(1e-9));
            assertThat(server.paths()).containsOnly("POST /tokenize", "POST /generative_scoring");
            assertThat(server.bodies()).anyMatch(body -> body.matches("(?s).*VERDICT [0-9a-f]{10} B\"}].*"));
        }
    }

    @Test
    void aRewardServerIsAskedOnceForEachResponse() throws Exception {
        try (var server = new ProtocolServer(Protocol.REWARD)) {
            JudgeStage stage = judge("get-reward:rm", server, Map.of());
            stage.check();
            stage.run(RunContexts.with(Map.of("REWARD_API_KEY", CANARY)));
            // sigma(1.5 - (-.5))
            assertThat(z().get(0)).isCloseTo(.8807970779778823, within(1e-12));
            assertThat(z().get(1)).isCloseTo(1 - .8807970779778823, within(1e-12));
            assertThat(z().get(2)).isEqualTo(.5);
            assertThat(written().get(0).evidence().rewardA()).contains(1.5);
            assertThat(written().get(0).evidence().rewardB()).contains(-.5);
            assertThat(server.paths()).hasSize(4).containsOnly("POST /get_reward");
            assertThat(server.bodies()).contains("{\"query\":[\"q1golden\"],\"prompts\":[\"q1\"],\"labels\":[\"\"]}");
            assertThat(server.keys()).containsExactly("Authorization: Bearer " + CANARY);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "anthropic:m|{\"reading\":\"logprobs\"}|reading is logprobs, which the protocol of anthropic:MODEL does not have, must be auto or schema or tool or verdict",
                "scoring:m|{\"reading\":\"verdict\"}|must be auto or logprobs",
                "get-reward:m|{\"reading\":\"verdict\"}|is a number that is read as it is",
                "anthropic:m|{\"temperature\":1.5}|temperature is 1.5, must be in [0, 1] for anthropic:MODEL",
                "openai:m|{\"endpoint\":{\"base_url\":\"http://h/v1\",\"token_limit_field\":\"x\"}}|token_limit_field is x, must be one of max_tokens, max_completion_tokens",
                "openai:m|{\"endpoint\":{\"base_url\":\"http://h/v1\",\"template\":\"x\"}}|template is x, must be one of plain, chatml, llama3",
                "openai:m|{\"endpoint\":{\"base_url\":\"http://h/v1\",\"context_tokens\":0}}|context_tokens is 0, must be 1 or more",
                "scoring:m|{\"endpoint\":{}}|scoring:MODEL needs the address of its server",
            })
    void whatTheProtocolHasNoPlaceForIsSaidBeforeAnythingIsAsked(String name, String more, String message)
            throws Exception {
        try (var server = new ProtocolServer(Protocol.OPENAI)) {
            assertThatThrownBy(() -> judge(name, server, Json.readMap(more)).check())
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining(message);
            assertThat(server.paths()).isEmpty();
        }
    }

    private GenerateStage generate(ProtocolServer server, List<String> models) throws IOException {
        Path prompts = Files.write(folder.resolve("prompts.jsonl"), List.of("{\"id\":\"p\",\"prompt\":\"one\"}"));
        return Json.convert(
                Map.of(
                        "in",
                        prompts.toString(),
                        "models",
                        models,
                        "samples",
                        2,
                        "duplicates",
                        "keep",
                        "endpoint",
                        Map.of("base_url", server.baseUrl()),
                        "out",
                        folder.resolve("candidates.jsonl").toString()),
                GenerateStage.class);
    }

    @ParameterizedTest
    @CsvSource({"OPENAI", "ANTHROPIC", "GEMINI", "OLLAMA"})
    void modelsOfEveryChatProtocolGenerate(Protocol protocol) throws Exception {
        try (var server = new ProtocolServer(protocol)) {
            GenerateStage stage = generate(server, List.of(protocol.prefix() + ":small", protocol.prefix() + ":large"));
            stage.check();
            stage.run(RunContexts.silent());
            assertThat(Files.readAllLines(folder.resolve("candidates.jsonl")).stream()
                            .map(line -> Json.readMap(line).get("id")))
                    .containsExactly("p/small/0", "p/small/1", "p/large/0", "p/large/1");
            assertThat(server.paths()).hasSize(4);
        }
    }

    @Test
    void oneAddressIsForModelsOfOneProtocolThatWriteText() throws Exception {
        try (var server = new ProtocolServer(Protocol.OPENAI)) {
            assertThatThrownBy(() ->
                            generate(server, List.of("openai:a", "ollama:b")).check())
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("name them in a file for pool, each with its endpoint");
            for (String name : List.of("scoring:a", "get-reward:a", "reward:a")) {
                assertThatThrownBy(() -> generate(server, List.of(name)).check())
                        .isInstanceOf(BadInput.class)
                        .hasMessageContaining("cannot generate, must be openai:MODEL");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"OPENAI", "ANTHROPIC", "GEMINI", "OLLAMA", "SCORING", "REWARD"})
    void aProbeTellsWhatTheServerDoes(Protocol protocol) throws Exception {
        try (var server = new ProtocolServer(protocol, Heeds.LOGPROBS, Heeds.SCHEMA)) {
            ProbeReport report = ProbeReport.of(
                    AskSettings.probing(
                            protocol.prefix() + ":m",
                            Optional.empty(),
                            Optional.of(EndpointSettings.NONE.withBaseUrl(Optional.of(server.baseUrl())))),
                    RunContexts.with(Map.of(protocol.keyVariable(), CANARY)));
            List<String> lines = report.lines();
            assertThat(lines.get(0)).isEqualTo(protocol.prefix() + ":m at " + server.baseUrl());
            assertThat(String.join("\n", lines))
                    .contains("x-ratelimit-limit-requests 60")
                    .doesNotContain(CANARY);
            assertThat(report.reading())
                    .isEqualTo(
                            switch (protocol) {
                                case OPENAI, GEMINI, OLLAMA, SCORING -> Optional.of(Reading.LOGPROBS);
                                case ANTHROPIC -> Optional.of(Reading.SCHEMA);
                                case REWARD -> Optional.empty();
                            });
            if (protocol != Protocol.REWARD) {
                assertThat(report.contextTokens()).contains(8192L);
                assertThat(report.modelReturned()).contains("m-returned");
                assertThat(report.notes()).singleElement().asString().contains("answers as m-returned, not as m");
            }
            if (protocol.can(Protocol.Ability.TOOL)) {
                assertThat(report.findings().get("tool").works()).isFalse();
                assertThat(report.findings().get("tool").detail()).contains("it said: no");
                assertThat(report.findings().get("schema").works()).isTrue();
                assertThat(report.findings().get("schema").latencyMillis()).isPresent();
                assertThat(report.findings().get("verdict").latencyMillis()).isEmpty();
            }
        }
    }

    @Test
    void aJudgeThatAsksNoServerIsNotProbed() {
        assertThatThrownBy(() -> ProbeReport.of(
                        AskSettings.probing("reward:x", Optional.empty(), Optional.empty()), RunContexts.silent()))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("nothing to probe");
    }
}
