package pairwright.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pairwright.jsonl.Json;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;
import pairwright.judge.Reading;
import pairwright.llm.NoAnswer;
import pairwright.llm.ProviderRefused;
import pairwright.pair.Pair;

/** Stages that ask a model, against a real server on loopback. */
class AskedStagesTest {
    private static final Pattern NONCE = Pattern.compile("VERDICT ([0-9a-f]{10}) A");

    @TempDir
    Path folder;

    private String pairs(int n) throws IOException {
        return Files.write(
                        folder.resolve("pairs.jsonl"),
                        IntStream.range(0, n)
                                .mapToObj(i -> "{\"id\":\"" + i + "\",\"prompt\":\"q" + i
                                        + "\",\"response_a\":\"good\",\"response_b\":\"poor\"}")
                                .toList())
                .toString();
    }

    private JudgeStage judge(String in, EndpointSettings endpoint, String reading, String out) {
        return Json.convertStrictly(
                Map.of(
                        "in",
                        in,
                        "judge",
                        "openai:m",
                        "endpoint",
                        Json.asMap(endpoint),
                        "reading",
                        reading,
                        "ledger",
                        folder.resolve("ledger.sqlite").toString(),
                        "max_abstentions",
                        1.0,
                        "out",
                        folder.resolve(out).toString()),
                JudgeStage.class);
    }

    private static String goodWins(String message) {
        Matcher nonce = NONCE.matcher(message);
        return nonce.find()
                ? "VERDICT " + nonce.group(1) + (message.indexOf("good") < message.indexOf("poor") ? " A" : " B")
                : "A";
    }

    /** The reply's tokens, the last one with a probability of .8 for itself and .1 for the other label. */
    private static Map<String, Object> logprobs(String text) {
        List<Object> tokens = new ArrayList<>();
        String label = text.substring(text.length() - 1);
        if (text.length() > 1) {
            tokens.add(token(text.substring(0, text.length() - 2), Map.of()));
        }
        String shown = text.length() > 1 ? " " + label : label;
        tokens.add(token(shown, Map.of(shown, .8, label.equals("A") ? "B" : "A", .1)));
        return Map.of("logprobs", Map.of("content", tokens));
    }

    private static Map<String, Object> token(String text, Map<String, Double> alternatives) {
        List<Object> top = new ArrayList<>();
        alternatives.forEach((token, p) -> top.add(Map.of("token", token, "logprob", Math.log(p))));
        return Map.of("token", text, "logprob", 0.0, "top_logprobs", top);
    }

    private List<Judgment> written(String out) throws IOException {
        return Files.readAllLines(folder.resolve(out)).stream()
                .map(line -> Judgment.carriedBy(Json.read(line, Pair.class)).orElseThrow())
                .toList();
    }

    @Test
    void logProbabilitiesAreReadWhereTheServerReturnsThem() throws Exception {
        try (ChatReplies server = new ChatReplies(AskedStagesTest::goodWins, AskedStagesTest::logprobs)) {
            judge(pairs(3), server.endpoint(4), "auto", "out.jsonl").run(RunContexts.silent());
        }
        assertThat(written("out.jsonl")).hasSize(3).allSatisfy(judgment -> {
            assertThat(judgment.evidence().trials())
                    .extracting(t -> t.reading())
                    .containsOnly(Reading.LOGPROBS);
            // .8 / (.8 + .1) in both orders.
            assertThat(((Preference) judgment.verdict()).z()).isCloseTo(8 / 9.0, within(1e-9));
        });
        assertThat(Files.readString(folder.resolve("out.jsonl.provenance.json")))
                .contains("the endpoint returns log-probabilities", "m-returned", "helpfulness@");
    }

    @Test
    void verdictsAreReadWhereTheServerReturnsNoLogProbabilities() throws Exception {
        try (ChatReplies server = new ChatReplies(AskedStagesTest::goodWins)) {
            StageReport report =
                    judge(pairs(3), server.endpoint(4), "auto", "out.jsonl").run(RunContexts.silent());
            assertThat(report.headline()).contains("A 3, B 0, tie 0, abstained 0");
        }
        assertThat(Files.readString(folder.resolve("out.jsonl.provenance.json")))
                .contains("the endpoint returns no log-probabilities");
    }

    @Test
    void aSecondRunAsksOnlyWhatIsMissingAndWritesTheSameBytes() throws Exception {
        try (ChatReplies server = new ChatReplies(AskedStagesTest::goodWins)) {
            judge(pairs(20), server.endpoint(4), "verdict", "part.jsonl").run(RunContexts.silent());
            assertThat(server.calls()).isEqualTo(40);
            StageReport whole = judge(pairs(50), server.endpoint(4), "verdict", "whole.jsonl")
                    .run(RunContexts.silent());
            assertThat(server.calls()).isEqualTo(100);
            assertThat(whole.lines().get(0)).contains("60 paid, 40 from the ledger");
            judge(pairs(50), server.endpoint(9), "verdict", "again.jsonl").run(RunContexts.silent());
            assertThat(server.calls()).isEqualTo(100);
        }
        assertThat(folder.resolve("again.jsonl")).hasSameBinaryContentAs(folder.resolve("whole.jsonl"));
    }

    @Test
    void aWholeLedgerNeedsNoServer() throws Exception {
        EndpointSettings endpoint;
        try (ChatReplies server = new ChatReplies(AskedStagesTest::goodWins)) {
            endpoint = server.endpoint(4);
            judge(pairs(5), endpoint, "auto", "first.jsonl").run(RunContexts.silent());
            assertThat(server.calls()).isEqualTo(13); // both orders of 5 pairs, and what the probe asks
        }
        judge(pairs(5), endpoint, "auto", "again.jsonl").run(RunContexts.silent());
        assertThat(folder.resolve("again.jsonl")).hasSameBinaryContentAs(folder.resolve("first.jsonl"));
    }

    @Test
    void theKeyComesFromTheNamedVariableAndStandsInNoFile() throws Exception {
        String canary = "sk-canary-8d1f0c2b7a6e4d5f9a3b";
        try (ChatReplies server = new ChatReplies(AskedStagesTest::goodWins)) {
            judge(pairs(3), server.endpoint(2), "verdict", "out.jsonl")
                    .run(RunContexts.with(Map.of("OPENAI_API_KEY", canary)));
            assertThat(server.keys()).containsOnly("Bearer " + canary);
        }
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(canary);
            }
        }
    }

    @Test
    void aServerThatIsNotThereIsSaidSoBeforeAnyPairIsJudged() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        EndpointSettings nowhere = new EndpointSettings(
                Optional.of("http://127.0.0.1:" + port + "/v1"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(1),
                Optional.of(1),
                Optional.empty(),
                Optional.empty());
        JudgeStage stage = judge(pairs(3), nowhere, "auto", "out.jsonl");
        assertThatThrownBy(() -> stage.run(RunContexts.silent()))
                .isInstanceOf(NoAnswer.class)
                .hasMessageContaining("is it running");
        assertThat(folder.resolve("out.jsonl")).doesNotExist();
    }

    private GenerateStage generate(String in, EndpointSettings endpoint) {
        return new GenerateStage(
                in,
                Optional.empty(),
                List.of("openai:small", "openai:large"),
                Optional.empty(),
                Optional.of(3),
                List.of(.7),
                List.of(),
                Optional.of(64),
                List.of("Be brief."),
                List.of(),
                Optional.of("keep"),
                Optional.of(endpoint),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(1.0),
                Optional.empty(),
                Optional.empty(),
                folder.resolve("candidates.jsonl").toString());
    }

    private String prompts() throws IOException {
        return Files.write(
                        folder.resolve("prompts.jsonl"),
                        List.of(
                                "{\"id\":\"p1\",\"prompt\":\"one\",\"tags\":{\"kind\":\"k\"}}",
                                "{\"id\":\"p2\",\"messages\":[{\"role\":\"user\",\"content\":\"two\"}]}",
                                "{\"id\":\"p3\",\"prompt\":7}"))
                .toString();
    }

    @Test
    void everyPromptGetsItsSamplesOfEveryModelInOrder() throws Exception {
        try (ChatReplies server = new ChatReplies(message -> "answer to " + message)) {
            StageReport report = generate(prompts(), server.endpoint(4)).run(RunContexts.silent());
            assertThat(server.calls()).isEqualTo(12);
            assertThat(report.headline()).startsWith("12 samples asked: 12 candidates");
            // The third prompt is a number: set aside with its line.
            assertThat(report.badRows()).isEqualTo(1);
            assertThat(report.notes().get(1)).contains("prompts.jsonl:3").contains("prompt");
            generate(prompts(), server.endpoint(4)).run(RunContexts.silent());
            assertThat(server.calls()).isEqualTo(12);
        }
        List<Map<String, Object>> rows = Files.readAllLines(folder.resolve("candidates.jsonl")).stream()
                .map(Json::readMap)
                .toList();
        assertThat(rows)
                .extracting(r -> r.get("id"))
                .startsWith("p1/small/0", "p1/small/1", "p1/small/2", "p1/large/0");
        assertThat(rows).extracting(r -> r.get("response")).startsWith("answer to one");
        assertThat(rows.get(0)).containsEntry("model", "small").containsEntry("model_returned", "small-returned");
        assertThat(Files.readString(folder.resolve("candidates.jsonl.provenance.json")))
                .contains("small-returned", "large-returned");
        assertThat(rows.get(0)).containsEntry("tags", Map.of("kind", "k")).containsKey("sampling");
    }

    @Test
    void aCutReplyIsNoCandidateAndIsCounted() throws Exception {
        try (ChatReplies server = new ChatReplies(message -> "half a", text -> Map.of("finish_reason", "length"))) {
            StageReport report = generate(prompts(), server.endpoint(4)).run(RunContexts.silent());
            assertThat(report.headline()).contains("0 candidates, without an answer 12 {TRUNCATED=12}");
            assertThat(Files.readAllLines(folder.resolve("candidates.jsonl.bad.jsonl")))
                    .hasSize(13);
        }
    }

    @Test
    void aRefusedKeyStopsTheRunAtOnce() throws Exception {
        try (ChatReplies server = new ChatReplies(message -> "never sent")) {
            server.refuse(401);
            JudgeStage stage = judge(pairs(40), server.endpoint(4), "verdict", "out.jsonl");
            assertThatThrownBy(() -> stage.run(RunContexts.silent()))
                    .isInstanceOf(ProviderRefused.class)
                    .hasMessageContaining("OPENAI_API_KEY");
            assertThat(server.calls()).isLessThan(40);
            assertThat(folder.resolve("out.jsonl")).doesNotExist();
        }
    }
}
