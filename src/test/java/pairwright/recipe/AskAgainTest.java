package pairwright.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;
import pairwright.judge.Abstention;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;
import pairwright.judge.Trial;
import pairwright.llm.BatchServer;
import pairwright.llm.BudgetSpent;
import pairwright.llm.Cost;
import pairwright.pair.Pair;

/** Failed judgments are asked again where that is said, against a real server on loopback, and only there. */
class AskAgainTest {
    private static final Pattern NONCE = Pattern.compile("VERDICT ([0-9a-f]{10}) A");
    /** ChatReplies bills 100 tokens in and 10 out: at 1 and 10 a million, .0002 a call. */
    private static final double CALL = .0002;

    @TempDir
    Path folder;

    private final Set<String> heard = ConcurrentHashMap.newKeySet();

    /** Of six pairs two are answered with no verdict and two are filtered, both at the first asking alone. */
    private String unsteady(String message) {
        boolean first = heard.add(message);
        if (first && message.contains("mumbled")) {
            return "I would rather not say.";
        }
        return first && message.contains("filtered") ? "FILTER" : goodWins(message);
    }

    private static String goodWins(String message) {
        Matcher nonce = NONCE.matcher(message);
        assertThat(nonce.find()).isTrue();
        return "VERDICT " + nonce.group(1) + (message.indexOf("good") < message.indexOf("poor") ? " A" : " B");
    }

    private static Map<String, Object> more(String text) {
        return text.equals("FILTER") ? Map.of("finish_reason", "content_filter") : Map.of();
    }

    private String pairs() throws IOException {
        List<String> kinds = List.of("plain", "mumbled", "filtered");
        return Files.write(
                        folder.resolve("pairs.jsonl"),
                        IntStream.range(0, 6)
                                .mapToObj(i -> "{\"id\":\"" + i + "\",\"prompt\":\"" + kinds.get(i % 3) + i
                                        + "\",\"response_a\":\"good\",\"response_b\":\"poor\"}")
                                .toList())
                .toString();
    }

    private JudgeStage judge(ChatReplies server, List<String> reasons, String out) throws IOException {
        return judge(server, reasons, Optional.empty(), out);
    }

    private JudgeStage judge(ChatReplies server, List<String> reasons, Optional<Double> budget, String out)
            throws IOException {
        Map<String, Object> endpoint = new HashMap<>(Json.asMap(server.endpoint(4)));
        endpoint.put("price_prompt", 1.0);
        endpoint.put("price_completion", 10.0);
        Map<String, Object> settings = new HashMap<>();
        settings.put("in", pairs());
        settings.put("judge", "openai:m");
        settings.put("reading", "verdict");
        settings.put("endpoint", endpoint);
        settings.put("max_abstentions", 1.0);
        if (!reasons.isEmpty()) {
            settings.put("ask_again", reasons);
        }
        budget.ifPresent(most -> settings.put("budget", most));
        settings.put("ledger", folder.resolve("ledger.sqlite").toString());
        settings.put("out", folder.resolve(out).toString());
        return Json.convertStrictly(settings, JudgeStage.class);
    }

    private List<Judgment> written(String out) throws IOException {
        return Files.readAllLines(folder.resolve(out)).stream()
                .map(line -> Judgment.carriedBy(Json.read(line, Pair.class)).orElseThrow())
                .toList();
    }

    private static Optional<Abstention.Reason> abstained(Judgment judgment) {
        return judgment.verdict() instanceof Abstention why ? Optional.of(why.reason()) : Optional.empty();
    }

    private long replies() throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ledger.sqlite"));
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT COUNT(*) FROM call WHERE outcome IS NOT NULL")) {
            return row.getLong(1);
        }
    }

    @Test
    void whatIsNamedIsAskedOnceMoreAndTheFirstReplyStaysInLedgerAndBill() throws Exception {
        try (ChatReplies server = new ChatReplies(this::unsteady, AskAgainTest::more)) {
            judge(server, List.of(), "first.jsonl").run(RunContexts.silent());
            assertThat(server.calls()).isEqualTo(12);
            judge(server, List.of(), "same.jsonl").run(RunContexts.silent());
            assertThat(server.calls()).as("nothing is asked again unasked").isEqualTo(12);

            StageReport report =
                    judge(server, List.of("UNPARSEABLE"), "again.jsonl").run(RunContexts.silent());
            assertThat(server.calls())
                    .as("both orders of the two mumbled pairs")
                    .isEqualTo(16);
            assertThat(replies()).isEqualTo(16);
            assertThat(report.lines())
                    .contains("asked again: 2 pairs, 2 with a preference now")
                    .anySatisfy(line -> assertThat(line).startsWith("calls: 4 paid, 12 from the ledger"));
            Map<?, ?> account = (Map<?, ?>) ((Map<?, ?>) report.numbers()).get("account");
            assertThat(account.get("spent")).isEqualTo(Cost.of("spent", 16 * CALL));

            judge(server, List.of("UNPARSEABLE"), "once-more.jsonl").run(RunContexts.silent());
            judge(server, List.of(), "unasked.jsonl").run(RunContexts.silent());
            assertThat(server.calls()).isEqualTo(16);
        }
        assertThat(folder.resolve("once-more.jsonl")).hasSameBinaryContentAs(folder.resolve("again.jsonl"));
        assertThat(folder.resolve("unasked.jsonl")).hasSameBinaryContentAs(folder.resolve("first.jsonl"));

        assertThat(written("first.jsonl"))
                .extracting(AskAgainTest::abstained)
                .containsExactly(
                        Optional.empty(),
                        Optional.of(Abstention.Reason.UNPARSEABLE),
                        Optional.of(Abstention.Reason.FILTERED),
                        Optional.empty(),
                        Optional.of(Abstention.Reason.UNPARSEABLE),
                        Optional.of(Abstention.Reason.FILTERED));
        List<Judgment> again = written("again.jsonl");
        assertThat(again.get(1).verdict()).isEqualTo(new Preference(1));
        assertThat(again.get(1).evidence().flags()).contains("asked-again");
        assertThat(again.get(1).evidence().trials()).hasSize(2).allSatisfy(trial -> {
            assertThat(trial.askedAgain()).map(Abstention::reason).contains(Abstention.Reason.UNPARSEABLE);
            assertThat(trial.promptTokens()).contains(200L);
            assertThat(trial.completionTokens()).contains(20L);
        });
        assertThat(abstained(again.get(2))).contains(Abstention.Reason.FILTERED);
        for (int other : List.of(0, 2, 3, 5)) {
            assertThat(again.get(other)).isEqualTo(written("first.jsonl").get(other));
        }
    }

    @Test
    void theSecondReplyStandsWhateverItIs() throws Exception {
        try (ChatReplies server = new ChatReplies(
                message -> message.contains("mumbled") ? "No." : goodWins(message), AskAgainTest::more)) {
            StageReport report = judge(server, List.of("all"), "out.jsonl").run(RunContexts.silent());
            assertThat(server.calls()).isEqualTo(12 + 4);
            assertThat(report.lines()).contains("asked again: 2 pairs, 0 with a preference now");
            judge(server, List.of("all"), "out.jsonl").run(RunContexts.silent());
            assertThat(server.calls()).isEqualTo(12 + 4);
        }
        assertThat(written("out.jsonl").get(1).evidence().trials())
                .extracting(Trial::abstention)
                .allSatisfy(why -> assertThat(why.orElseThrow().reason()).isEqualTo(Abstention.Reason.UNPARSEABLE));
    }

    @Test
    void anEstimateCountsWhatIsKnownToBeAskedAgainAndGuessesNothing() throws Exception {
        try (ChatReplies server = new ChatReplies(this::unsteady, AskAgainTest::more)) {
            JudgeStage all = judge(server, List.of("all"), "out.jsonl");
            CallForecast blind =
                    (CallForecast) all.forecast(RunContexts.silent()).numbers();
            assertThat(blind.calls().value()).isEqualTo(12);
            judge(server, List.of(), "first.jsonl").run(RunContexts.silent());
            CallForecast seeing =
                    (CallForecast) all.forecast(RunContexts.silent()).numbers();
            assertThat(seeing.calls().value())
                    .as("mumbled and filtered, two pairs each, both orders")
                    .isEqualTo(8);
            assertThat(seeing.known().value()).isEqualTo(12);
            assertThat(server.calls()).isEqualTo(12);
            all.run(RunContexts.silent());
            assertThat(server.calls()).isEqualTo(20);
        }
    }

    @Test
    void theBudgetHoldsForWhatIsAskedAgain() throws Exception {
        try (ChatReplies server = new ChatReplies(this::unsteady, AskAgainTest::more)) {
            judge(server, List.of(), "first.jsonl").run(RunContexts.silent());
            // What was spent and no worst case of one more call, which may bring all of the rubric's tokens.
            JudgeStage poor = judge(server, List.of("all"), Optional.of(12 * CALL), "out.jsonl");
            assertThatThrownBy(() -> poor.run(RunContexts.silent())).isInstanceOf(BudgetSpent.class);
            assertThat(server.calls()).isEqualTo(12);
            judge(server, List.of("all"), Optional.of(1.0), "out.jsonl").run(RunContexts.silent());
            assertThat(server.calls()).isEqualTo(20);
        }
    }

    @Test
    void byBatchTheSameIsAskedAgainAndTheRowsAreTheSame() throws Exception {
        try (BatchServer server = new BatchServer(message -> message.contains("mumbled") ? "No." : goodWins(message))) {
            Map<String, Object> settings = new HashMap<>();
            settings.put("in", pairs());
            settings.put("judge", "openai:m");
            settings.put("reading", "verdict");
            settings.put("endpoint", Map.of("base_url", server.base()));
            settings.put("max_abstentions", 1.0);
            settings.put("ask_again", List.of("UNPARSEABLE"));
            settings.put("out", folder.resolve("direct.jsonl").toString());
            Json.convertStrictly(settings, JudgeStage.class).run(RunContexts.silent());
            assertThat(server.direct()).isEqualTo(16);
            settings.put("out", folder.resolve("batch.jsonl").toString());
            settings.put("batch", Map.of("poll", .02));
            Json.convertStrictly(settings, JudgeStage.class).run(RunContexts.silent());
            assertThat(server.direct()).isEqualTo(16);
            assertThat(server.batches()).extracting(BatchServer.Batch::size).containsExactly(12, 4);
        }
        assertThat(folder.resolve("batch.jsonl")).hasSameBinaryContentAs(folder.resolve("direct.jsonl"));
    }

    @Test
    void theMembersOfAPanelAreAskedAgainAndThePanelKeepsItsName() throws Exception {
        String file = Files.writeString(
                        folder.resolve("jury.yaml"),
                        "jury: [{judge: 'openai:m', reading: verdict, weight: 3}, {judge: 'field:gold', name: people}]")
                .toString();
        try (ChatReplies server = new ChatReplies(this::unsteady, AskAgainTest::more)) {
            Map<String, Object> settings = new HashMap<>(Json.asMap(judge(server, List.of(), "first.jsonl")));
            settings.remove("reading");
            settings.put("judge", "panel:" + file);
            Json.convertStrictly(settings, JudgeStage.class).run(RunContexts.silent());
            settings.put("ask_again", List.of("all"));
            settings.put("out", folder.resolve("again.jsonl").toString());
            Json.convertStrictly(settings, JudgeStage.class).run(RunContexts.silent());
            assertThat(server.calls()).isEqualTo(20);
        }
        assertThat(written("first.jsonl").get(1).verdict()).isInstanceOf(Abstention.class);
        assertThat(written("again.jsonl").get(1).verdict()).isEqualTo(new Preference(1));
        assertThat(written("again.jsonl").get(1).judge())
                .isEqualTo(written("first.jsonl").get(1).judge());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BORED     | ask_again names BORED, must be one or more of REFUSED, FILTERED, TRUNCATED, OVERFLOW, UNPARSEABLE, or all",
                "refused   | ask_again names refused, must be one or more of REFUSED",
                "ABSENT    | ask_again names ABSENT, must be one or more of REFUSED",
                "TRANSPORT | ask_again names TRANSPORT, but a reply that never came is asked for by every run without it"
            })
    void whatIsNoReasonToAskAgainIsRefusedWithThoseThatAre(String reason, String why) throws Exception {
        try (ChatReplies server = new ChatReplies(this::unsteady)) {
            assertThatThrownBy(() -> judge(server, List.of(reason), "out.jsonl"))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining(why);
            assertThat(server.calls()).isZero();
        }
    }

    @Test
    void aJudgeThatIsNotAskedCannotBeAskedAgain() throws Exception {
        Map<String, Object> settings =
                Map.of("in", pairs(), "judge", "gold", "ask_again", List.of("all"), "out", folder + "/out.jsonl");
        JudgeStage stage = Json.convertStrictly(settings, JudgeStage.class);
        assertThatThrownBy(() -> stage.run(RunContexts.silent()))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("ask_again is for judges that are asked, not for gold");
    }
}
