package pairwright.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pairwright.jsonl.Json;

/** The same command again, when all is done, against a real server on loopback. */
class StandingRunTest {
    private static final Pattern NONCE = Pattern.compile("VERDICT ([0-9a-f]{10}) A");
    private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

    @TempDir
    Path folder;

    private static String firstWins(String message) {
        Matcher nonce = NONCE.matcher(message);
        return nonce.find() ? "VERDICT " + nonce.group(1) + " A" : "A";
    }

    private Path out() {
        return folder.resolve("out.jsonl");
    }

    private void pairs(String... lines) throws IOException {
        Files.writeString(folder.resolve("pairs.jsonl"), String.join("\n", lines) + "\n");
    }

    private static String pair(String id) {
        return "{\"id\":\"" + id + "\",\"prompt\":\"q\",\"response_a\":\"x " + id + "\",\"response_b\":\"y\"}";
    }

    private StageReport judge(ChatReplies server, Map<String, Object> more) throws Exception {
        Map<String, Object> settings = new LinkedHashMap<>(Map.of(
                "in", folder.resolve("pairs.jsonl").toString(),
                "judge", "openai:m",
                "endpoint", Json.asMap(server.endpoint(2)),
                "reading", "verdict",
                "out", out().toString()));
        settings.putAll(more);
        return Json.convertStrictly(settings, JudgeStage.class).run(RunContexts.silent());
    }

    private StageReport judge(ChatReplies server) throws Exception {
        return judge(server, Map.of());
    }

    private static boolean stood(StageReport report) {
        return report.lines().stream().anyMatch(line -> line.startsWith("up to date"));
    }

    private static String calls(StageReport report) {
        return report.lines().stream()
                .filter(line -> line.startsWith("calls: "))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatIsDoneIsNotDoneAgain() throws Exception {
        pairs(pair("1"), pair("2"), pair("3"));
        try (ChatReplies server = new ChatReplies(StandingRunTest::firstWins)) {
            StageReport first = judge(server);
            assertThat(stood(first)).isFalse();
            assertThat(calls(first)).startsWith("calls: 6 paid, 0 from the ledger");
            Files.setLastModifiedTime(out(), LONG_AGO);
            StageReport again = judge(server);
            assertThat(stood(again)).isTrue();
            assertThat(calls(again)).startsWith("calls: 0 paid, 0 from the ledger");
            assertThat(again.headline()).isEqualTo(first.headline()).contains("3 pairs", "tie 3");
            assertThat(again.files()).isEqualTo(first.files());
            assertThat(again.shortfall()).isEqualTo(first.shortfall());
            assertThat(Files.getLastModifiedTime(out())).isEqualTo(LONG_AGO);
            assertThat(server.calls()).isEqualTo(6);
        }
    }

    @Test
    void whatWasChangedOrRemovedSinceIsWrittenAgainFromTheLedger() throws Exception {
        pairs(pair("1"), pair("2"));
        try (ChatReplies server = new ChatReplies(StandingRunTest::firstWins)) {
            judge(server);
            String written = Files.readString(out());
            Files.writeString(out(), "{}\n", StandardOpenOption.APPEND);
            StageReport mended = judge(server);
            assertThat(stood(mended)).isFalse();
            assertThat(calls(mended)).startsWith("calls: 0 paid, 4 from the ledger");
            assertThat(Files.readString(out())).isEqualTo(written);
            Files.delete(folder.resolve("out.jsonl.provenance.json"));
            assertThat(stood(judge(server))).isFalse();
            assertThat(folder.resolve("out.jsonl.provenance.json")).exists();
            assertThat(stood(judge(server))).isTrue();
        }
    }

    @Test
    void otherPairsSettingsOrRubricsAreJudged() throws Exception {
        pairs(pair("1"), pair("2"));
        Path rubric = folder.resolve("rubric.yaml");
        Files.copy(Path.of("rubrics/pairwise.peb"), folder.resolve("pairwise.peb"));
        Files.writeString(rubric, Files.readString(Path.of("rubrics/helpfulness.yaml")));
        Map<String, Object> under = Map.of("rubric", rubric.toString());
        try (ChatReplies server = new ChatReplies(StandingRunTest::firstWins)) {
            judge(server, under);
            assertThat(stood(judge(server, under))).isTrue();
            Files.writeString(rubric, Files.readString(rubric).replace("helpful", "useful"));
            assertThat(stood(judge(server, under))).isFalse();
            assertThat(server.calls()).isEqualTo(8);
            assertThat(stood(judge(server, Map.of("rubric", rubric.toString(), "tie_band", .1))))
                    .isFalse();
            pairs(pair("1"), pair("2"), pair("3"));
            StageReport more = judge(server, under);
            assertThat(stood(more)).isFalse();
            assertThat(calls(more)).startsWith("calls: 2 paid, 4 from the ledger");
        }
    }

    @Test
    void badRowsAndCallsWithoutAReplyDoNotStand() throws Exception {
        pairs(pair("1"), "{\"id\":\"2\"}");
        try (ChatReplies server = new ChatReplies(StandingRunTest::firstWins)) {
            assertThat(judge(server).badRows()).isEqualTo(1);
            assertThat(judge(server).badRows()).isEqualTo(1);
            assertThat(folder.resolve("out.jsonl.bad.jsonl")).exists();
        }
    }
}
