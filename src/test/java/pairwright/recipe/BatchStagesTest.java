package pairwright.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;
import pairwright.llm.BatchServer;

/** Stages that ask by batch, against a real server on loopback. */
@Timeout(120)
class BatchStagesTest {
    private static final Pattern NONCE = Pattern.compile("VERDICT ([0-9a-f]{10}) A");
    private static final int PAIRS = 12;

    @TempDir
    Path folder;

    /** Says that the good response is better, but contradicts itself between the orders where the question has a 3. */
    private final BatchServer server = new BatchServer(message -> {
        Matcher nonce = NONCE.matcher(message);
        assertThat(nonce.find()).as(message).isTrue();
        boolean goodFirst = message.indexOf("good") < message.indexOf("poor");
        return "VERDICT " + nonce.group(1) + (goodFirst || message.contains("question 3") ? " A" : " B");
    });

    @AfterEach
    void close() {
        server.close();
    }

    private String pairs() throws Exception {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < PAIRS; i++) {
            rows.add(Json.write(Map.of(
                    "id", "" + i, "prompt", "question " + i, "response_a", "good " + i, "response_b", "poor " + i)));
        }
        return Files.write(folder.resolve("pairs.jsonl"), rows).toString();
    }

    private JudgeStage judge(String judge, String out, Optional<Object> batch) throws Exception {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("in", pairs());
        fields.put("judge", judge);
        fields.put("endpoint", Map.of("base_url", server.base()));
        fields.put("reading", "verdict");
        fields.put("out", folder.resolve(out).toString());
        batch.ifPresent(value -> fields.put("batch", value));
        return Json.convertStrictly(fields, JudgeStage.class);
    }

    private JudgeStage panel(String file, String out, Optional<Object> batch) throws Exception {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("in", pairs());
        fields.put("judge", "panel:" + file);
        fields.put("out", folder.resolve(out).toString());
        batch.ifPresent(value -> fields.put("batch", value));
        return Json.convertStrictly(fields, JudgeStage.class);
    }

    private static final Optional<Object> QUICK = Optional.of(Map.of("poll", .02));

    @Test
    void aJuryOfTwoProvidersIsAskedInOneRoundAndSaysWhatItSaysDirectly() throws Exception {
        String file = Files.writeString(folder.resolve("jury.yaml"), """
                        jury:
                          - {judge: openai:a, reading: verdict, endpoint: {base_url: %1$s}}
                          - {judge: anthropic:b, reading: verdict, weight: 2, endpoint: {base_url: %1$s}}
                        """.formatted(server.base()))
                .toString();
        panel(file, "direct.jsonl", Optional.empty()).run(RunContexts.silent());
        assertThat(server.direct()).isEqualTo(4 * PAIRS);
        panel(file, "batch.jsonl", QUICK).run(RunContexts.silent());
        assertThat(server.direct()).isEqualTo(4 * PAIRS);
        assertThat(server.batches()).extracting(BatchServer.Batch::size).containsExactly(2 * PAIRS, 2 * PAIRS);
        assertThat(folder.resolve("batch.jsonl")).hasSameBinaryContentAs(folder.resolve("direct.jsonl"));
    }

    /** While the cheap judge's replies are under way nobody knows who has to be asked next, so nobody is. */
    @Test
    void aCascadeAsksTheNextJudgeOnlyAboutThePairsThatNeedIt() throws Exception {
        String file = Files.writeString(folder.resolve("cascade.yaml"), """
                        cascade:
                          - {judge: openai:cheap, reading: verdict, confidence: 0.9, endpoint: {base_url: %1$s}}
                          - {judge: openai:dear, reading: verdict, endpoint: {base_url: %1$s}}
                        """.formatted(server.base()))
                .toString();
        panel(file, "direct.jsonl", Optional.empty()).run(RunContexts.silent());
        // One pair of twelve is contradictory: z is one half.
        assertThat(server.direct()).isEqualTo(2 * PAIRS + 2);
        panel(file, "batch.jsonl", QUICK).run(RunContexts.silent());
        assertThat(server.batches()).extracting(BatchServer.Batch::size).containsExactly(2 * PAIRS, 2);
        assertThat(folder.resolve("batch.jsonl")).hasSameBinaryContentAs(folder.resolve("direct.jsonl"));
    }

    @Test
    void theReportCountsWhatTheBatchesBrought() throws Exception {
        StageReport report = judge("anthropic:m", "out.jsonl", QUICK).run(RunContexts.silent());
        assertThat(report.lines().get(0))
                .startsWith("calls: 24 paid, 0 from the ledger, 0 without a reply; tokens 264 in");
        StageReport same = judge("anthropic:m", "out.jsonl", QUICK).run(RunContexts.silent());
        assertThat(same.lines().get(0)).startsWith("up to date");
        Files.delete(folder.resolve("out.jsonl"));
        StageReport again = judge("anthropic:m", "out.jsonl", QUICK).run(RunContexts.silent());
        assertThat(again.lines().get(0)).startsWith("calls: 0 paid, 24 from the ledger");
        assertThat(server.batches()).hasSize(1);
    }

    @Test
    void aProbeOfTheServerIsAskedAtOnce() throws Exception {
        Map<String, Object> fields = new LinkedHashMap<>(Json.asMap(judge("openai:m", "out.jsonl", QUICK)));
        fields.put("reading", "auto");
        // The test server answers the probe's question with an error of its own, for it holds no code.
        assertThatThrownBy(() -> Json.convertStrictly(fields, JudgeStage.class).run(RunContexts.silent()))
                .isInstanceOf(Exception.class);
        assertThat(server.batches()).isEmpty();
        assertThat(server.direct()).isPositive();
    }

    @Test
    void aRecipeMaySayHowOrOnlyThat() throws Exception {
        assertThat(judge("openai:m", "o", Optional.of(true)).batch())
                .hasValueSatisfying(
                        batch -> assertThat(batch.settings()).isEqualTo(pairwright.llm.BatchSettings.DEFAULT));
        assertThat(judge("openai:m", "o", Optional.of(false)).batch()).isEmpty();
        BatchingSettings said = judge("openai:m", "o", Optional.of(Map.of("size", 100, "wait", 60)))
                .batch()
                .orElseThrow();
        assertThat(said.settings().mostRequests()).hasValue(100);
        assertThat(said.settings().longestWait()).hasValue(java.time.Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            openai:m   | {"size": 0}     | batch size is 0, must be 1 or more
            openai:m   | {"wait": -1}    | batch wait is -1.0 s, must be 0 or more
            openai:m   | {"poll": 0}     | batch poll is 0.0 s, must be above 0
            openai:m   | {"pause": 1}    | pause
            openai:m   | "yes"           | batch
            gemini:m   | {}              | gemini has no batch API: leave out --batch, or ask openai:MODEL or anthropic:MODEL
            gold       | {}              | judge field:gold: asks no server, so there is nothing to ask by batch
            """)
    void whatCannotBeIsSaid(String judge, String batch, String message) {
        assertThatThrownBy(() -> judge(
                        judge,
                        "o",
                        Optional.of(Json.readMap("{\"x\":" + batch + "}").get("x"))))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(message);
    }

    @Test
    void rowsFromStandardInputCannotBeReadTwice() throws Exception {
        Map<String, Object> fields = new LinkedHashMap<>(Json.asMap(judge("openai:m", "o", QUICK)));
        fields.put("in", "-");
        assertThatThrownBy(() -> Json.convertStrictly(fields, JudgeStage.class))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("in is -: rows that are judged by batch are read several times; name a file");
    }
}
