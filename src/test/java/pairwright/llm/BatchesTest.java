package pairwright.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import pairwright.jsonl.BadInput;
import pairwright.llm.BatchServer.Fate;
import pairwright.llm.BatchServer.Making;

/** Rounds of batches against a real server that imitates both providers. */
@Timeout(120)
class BatchesTest {
    private static final String CANARY = "sk-canary-5b0f1d77aa1e4c0d";
    private static final int REQUESTS = 25;

    @TempDir
    Path folder;

    private final BatchServer server = new BatchServer(text -> "about " + text);
    private final HandTime time = new HandTime();
    private final List<String> said = Collections.synchronizedList(new ArrayList<>());
    private final List<BatchProgress.Look> looks = new ArrayList<>();
    private BatchSettings settings = new BatchSettings(Optional.of(10), Duration.ofSeconds(60), Optional.empty());

    @AfterEach
    void close() {
        server.close();
    }

    private PriceTable prices = PriceTable.EMPTY;
    private Optional<Cost> cap = Optional.empty();
    private Totals totals = Totals.NOTHING;

    private Endpoint endpoint(Protocol protocol) {
        return Endpoint.at(protocol, server.base()).withPrices(prices);
    }

    private Path ledgerFile() {
        return folder.resolve("ledger.sqlite");
    }

    private static List<Request> requests(int n) {
        return IntStream.range(0, n).mapToObj(i -> Requests.asking("q" + i)).toList();
    }

    private final BatchProgress progress = new BatchProgress() {
        @Override
        public void at(Look look) {
            looks.add(look);
        }

        @Override
        public void say(String line) {
            said.add(line);
        }
    };

    /** What a run ends with. */
    private record Run(List<Reply> replies, Spending spending) {
        List<String> texts() {
            return replies.stream()
                    .map(reply -> reply instanceof Completion completion
                            ? completion.text()
                            : ((Failure) reply).kind() + " " + ((Failure) reply).detail())
                    .toList();
        }
    }

    /** Asks all by batch, as often as it takes. */
    private Run run(Protocol protocol, List<Request> requests) throws InterruptedException {
        try (Ledger ledger = Ledger.open(ledgerFile(), cap)) {
            try (Batches batches = Batches.open(ledger, settings, progress, time);
                    ConnectedModel model = ConnectedModel.batched(endpoint(protocol), batches, name -> CANARY, time)) {
                batches.run(() -> order(model, requests));
                List<Reply> replies = new ArrayList<>();
                for (Request request : requests) {
                    replies.add(model.ask(request));
                }
                return new Run(replies, model.spending());
            } finally {
                totals = ledger.totals();
            }
        }
    }

    private static void order(LanguageModel model, List<Request> requests) throws InterruptedException {
        for (Request request : requests) {
            try {
                model.ask(request);
            } catch (Pending e) {
                // in the next round
            }
        }
    }

    private Run direct(Protocol protocol, List<Request> requests) throws InterruptedException {
        try (Ledger ledger = Ledger.open(folder.resolve("direct.sqlite"));
                ConnectedModel model =
                        ConnectedModel.open(endpoint(protocol), Optional.of(ledger), name -> CANARY, time)) {
            List<Reply> replies = new ArrayList<>();
            for (Request request : requests) {
                replies.add(model.ask(request));
            }
            return new Run(replies, model.spending());
        }
    }

    private void assertBilledOnceEach(int requests) {
        assertThat(server.billed()).hasSize(requests);
        assertThat(server.billed().values()).containsOnly(1);
    }

    private static List<String> about(int n) {
        return IntStream.range(0, n).mapToObj(i -> "about q" + i).toList();
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENAI", "ANTHROPIC"})
    void repliesAreThoseOfDirectCallsAndASecondRunPaysNothing(Protocol protocol) throws Exception {
        Run batched = run(protocol, requests(REQUESTS));
        assertThat(batched.replies())
                .isEqualTo(direct(protocol, requests(REQUESTS)).replies());
        assertThat(batched.texts()).isEqualTo(about(REQUESTS));
        assertThat(server.batches()).extracting(BatchServer.Batch::size).containsExactly(10, 10, 5);
        assertBilledOnceEach(REQUESTS);
        Spending spending = batched.spending();
        assertThat(List.of(spending.sent(), spending.paid(), spending.replayed(), spending.promptTokens()))
                .containsExactly((long) REQUESTS, (long) REQUESTS, 0L, 11L * REQUESTS);

        Run again = run(protocol, requests(REQUESTS + 1));
        assertThat(again.texts()).isEqualTo(about(REQUESTS + 1));
        assertThat(again.spending().paid()).isEqualTo(1);
        assertThat(again.spending().replayed()).isEqualTo(REQUESTS);
        assertThat(server.batches()).hasSize(4);
        assertBilledOnceEach(REQUESTS + 1);
        assertThat(said).isEmpty();
        assertThat(looks.get(0)).isEqualTo(new BatchProgress.Look(1, 3, 3, REQUESTS, 0, 0, Duration.ZERO));
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENAI", "ANTHROPIC"})
    void theSameRequestTwiceIsSentOnce(Protocol protocol) throws Exception {
        List<Request> twice = new ArrayList<>(requests(3));
        twice.addAll(requests(3));
        assertThat(run(protocol, twice).texts()).hasSize(6).startsWith("about q0");
        assertBilledOnceEach(3);
    }

    /** OpenAI takes one model a batch. */
    @Test
    void eachModelHasItsOwnBatch() throws Exception {
        List<Request> two = List.of(
                Requests.asking("a"),
                new Request("other", Requests.asking("a").messages(), Sampling.greedy(16), 0, 0),
                Requests.asking("b"));
        assertThat(run(Protocol.OPENAI, two).texts()).containsExactly("about a", "about a", "about b");
        assertThat(server.batches()).extracting(BatchServer.Batch::size).containsExactly(2, 1);
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAI, EXPIRED", "OPENAI, CANCELED", "OPENAI, SERVER_ERROR", "OPENAI, GARBAGE", "OPENAI, SILENT",
        "ANTHROPIC, EXPIRED", "ANTHROPIC, CANCELED", "ANTHROPIC, SERVER_ERROR", "ANTHROPIC, GARBAGE",
                "ANTHROPIC, SILENT"
    })
    void whatSucceededCountsAndTheRestGoesIntoTheNextBatch(Protocol protocol, Fate fate) throws Exception {
        settings = BatchSettings.DEFAULT;
        server.fate((key, n) -> key.compareTo("8") < 0 && n == 1 ? fate : Fate.DONE)
                .ending(batch -> fate == Fate.EXPIRED ? "expired" : fate == Fate.CANCELED ? "cancelled" : "completed");
        assertThat(run(protocol, requests(REQUESTS)).texts()).isEqualTo(about(REQUESTS));
        assertBilledOnceEach(REQUESTS);
        assertThat(server.batches()).hasSize(2);
        assertThat(looks.get(looks.size() - 1).round()).isEqualTo(2);
        assertThat(said.stream()
                        .filter(line -> line.contains("lines that cannot be read"))
                        .count())
                .isEqualTo(fate == Fate.GARBAGE ? 1 : 0);
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENAI", "ANTHROPIC"})
    void whatBringsNoReplyIsGivenUpAfterThreeBatchesAndAskedAgainByTheNextRun(Protocol protocol) throws Exception {
        server.fate((key, n) -> n <= 3 ? Fate.SERVER_ERROR : Fate.DONE);
        Run first = run(protocol, requests(2));
        assertThat(first.texts())
                .allSatisfy(text ->
                        assertThat(text).startsWith("TRANSPORT").contains("try again", "gave up after 3 batches"));
        assertThat(first.spending().failed()).isEqualTo(2);
        assertThat(server.batches()).hasSize(3);
        assertThat(run(protocol, requests(2)).texts()).isEqualTo(about(2));
        assertBilledOnceEach(2);
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAI, BAD_REQUEST, TRANSPORT HTTP 400: bad request",
        "OPENAI, TOO_LONG, OVERFLOW maximum context length is 10 tokens",
        "OPENAI, FILTERED, FILTERED flagged by the filter",
        "OPENAI, HUGE, TRANSPORT the reply is larger than 16777216 bytes",
        "ANTHROPIC, BAD_REQUEST, TRANSPORT HTTP 400: bad request",
        "ANTHROPIC, TOO_LONG, OVERFLOW prompt is too long: 11 tokens > 10 maximum",
        "ANTHROPIC, FILTERED, FILTERED blocked by content filter",
        "ANTHROPIC, HUGE, TRANSPORT the reply is larger than 16777216 bytes"
    })
    void aRequestThatWouldFailAgainIsSentOnceAndFailsAsInADirectCall(Protocol protocol, Fate fate, String failure)
            throws Exception {
        server.fate((key, n) -> fate);
        assertThat(run(protocol, requests(2)).texts()).containsExactly(failure, failure);
        assertThat(server.batches()).hasSize(1);
        boolean fact = !failure.startsWith("TRANSPORT");
        run(protocol, requests(2));
        assertThat(server.batches()).hasSize(fact ? 1 : 2);
    }

    @ParameterizedTest
    @CsvSource({"OPENAI, UNKNOWN_MODEL", "OPENAI, QUOTA", "ANTHROPIC, UNKNOWN_MODEL", "ANTHROPIC, QUOTA"})
    void aLineThatSaysThatEveryCallIsRefusedStopsTheRunAfterTheOthersAreKept(Protocol protocol, Fate fate)
            throws Exception {
        server.fate((key, n) -> n == 1 && key.compareTo("8") < 0 ? fate : Fate.DONE);
        settings = BatchSettings.DEFAULT;
        assertThatThrownBy(() -> run(protocol, requests(REQUESTS)))
                .isInstanceOf(ProviderRefused.class)
                .hasMessageContaining("refuses");
        int kept = server.billed().size();
        assertThat(kept).isBetween(1, REQUESTS - 1);
        assertThat(run(protocol, requests(REQUESTS)).spending().paid()).isEqualTo(REQUESTS - kept);
        assertBilledOnceEach(REQUESTS);
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAI, FAILS", "OPENAI, FAILS_AFTERWARDS", "OPENAI, HANGS_UP_AFTERWARDS", "OPENAI, TOO_MANY",
        "ANTHROPIC, FAILS", "ANTHROPIC, FAILS_AFTERWARDS", "ANTHROPIC, HANGS_UP_AFTERWARDS", "ANTHROPIC, TOO_MANY"
    })
    void aBatchThatMayHaveBeenMadeIsLookedForBeforeItIsSentAgain(Protocol protocol, Making how) throws Exception {
        server.making(n -> n <= 2 ? how : Making.WELL);
        assertThat(run(protocol, requests(REQUESTS)).texts()).isEqualTo(about(REQUESTS));
        assertBilledOnceEach(REQUESTS);
        assertThat(server.batches()).hasSize(3);
        assertThat(said.stream()
                        .filter(line -> line.contains("may have been made or not"))
                        .count())
                .isEqualTo(how == Making.TOO_MANY ? 0 : 2);
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENAI", "ANTHROPIC"})
    void batchesOfOthersAreTakenForOursByNobody(Protocol protocol) throws Exception {
        // As many requests, and listed before and after ours, over several pages.
        for (int i = 0; i < 5; i++) {
            server.addForeign(10, protocol == Protocol.ANTHROPIC);
        }
        server.endAll();
        server.making(n -> n == 1 ? Making.FAILS : n == 3 ? Making.FAILS_AFTERWARDS : Making.WELL)
                .afterMaking(() -> server.addForeign(10, protocol == Protocol.ANTHROPIC));
        Thread ends = new Thread(() -> {
            try {
                while (true) {
                    Thread.sleep(20);
                    server.endAll();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        ends.start();
        try {
            assertThat(run(protocol, requests(REQUESTS)).texts()).isEqualTo(about(REQUESTS));
        } finally {
            ends.interrupt();
            ends.join();
        }
        assertThat(server.billed().keySet().stream()
                        .filter(key -> !key.startsWith("foreign"))
                        .map(server.billed()::get))
                .hasSize(REQUESTS)
                .containsOnly(1);
        assertThat(said).noneMatch(line -> line.contains("not in it"));
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENAI", "ANTHROPIC"})
    void aResultThatStandsTwiceCountsOnceAndAContradictionIsSaid(Protocol protocol) throws Exception {
        settings = BatchSettings.DEFAULT;
        server.fate((key, n) -> key.compareTo("8") < 0 ? Fate.DONE_TWICE : Fate.DONE_AND_CONTRADICTED);
        Run batched = run(protocol, requests(REQUESTS));
        assertThat(batched.texts()).isEqualTo(about(REQUESTS));
        assertThat(batched.spending().paid()).isEqualTo(REQUESTS);
        assertThat(said).hasSize(1).allMatch(line -> line.contains("say something else; the first stands"));
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENAI", "ANTHROPIC"})
    void resultsThatEndTooEarlyAreFetchedAgainAndNeverPaidAgain(Protocol protocol) throws Exception {
        settings = BatchSettings.DEFAULT;
        server.cutTo(n -> n <= 2 ? 1000 : -1);
        assertThat(run(protocol, requests(REQUESTS)).texts()).isEqualTo(about(REQUESTS));
        assertBilledOnceEach(REQUESTS);

        server.cutTo(n -> n <= 3 ? 0 : -1);
        List<Request> more = requests(REQUESTS + 5);
        assertThatThrownBy(() -> run(protocol, more))
                .isInstanceOf(NoAnswer.class)
                .hasMessageContaining("end too early, 3 times: 0 lines for 5 replies");
        assertThat(run(protocol, more).texts()).isEqualTo(about(REQUESTS + 5));
        assertBilledOnceEach(REQUESTS + 5);
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENAI", "ANTHROPIC"})
    void resultsThatAreNotThereAnyMoreAreSentAgainAndThatIsSaid(Protocol protocol) throws Exception {
        server.contentStatus(n -> 404);
        server.making(n -> {
            if (n == 4) {
                server.contentStatus(d -> 200);
            }
            return Making.WELL;
        });
        assertThat(run(protocol, requests(REQUESTS)).texts()).isEqualTo(about(REQUESTS));
        assertThat(said)
                .hasSize(3)
                .allMatch(line -> line.contains("are not there any more: what they held is sent again"));
    }

    @ParameterizedTest
    @CsvSource({"OPENAI, 429", "OPENAI, 503", "ANTHROPIC, 429", "ANTHROPIC, 529"})
    void looksThatFailAreMadeAgain(Protocol protocol, int status) throws Exception {
        server.pollStatus(n -> n % 3 == 0 ? 200 : status).looksUntilEnd(3);
        assertThat(run(protocol, requests(REQUESTS)).texts()).isEqualTo(about(REQUESTS));
        assertBilledOnceEach(REQUESTS);
    }

    @Test
    void looksAreFurtherAndFurtherApart() throws Exception {
        server.looksUntilEnd(12);
        run(Protocol.OPENAI, requests(1));
        // 5 s, and half as much again each time, up to a minute.
        assertThat(time.slept())
                .startsWith(Duration.ofSeconds(5), Duration.ofMillis(7500), Duration.ofMillis(11_250))
                .endsWith(Duration.ofSeconds(60), Duration.ofSeconds(60))
                .hasSize(11);
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENAI", "ANTHROPIC"})
    void whenTheLongestWaitIsOverTheSameRunLaterCollects(Protocol protocol) throws Exception {
        server.looksUntilEnd(1000);
        settings = new BatchSettings(Optional.of(10), Duration.ofSeconds(60), Optional.of(Duration.ofSeconds(100)));
        assertThatThrownBy(() -> run(protocol, requests(REQUESTS)))
                .isInstanceOf(BatchesUnderWay.class)
                .hasMessage(
                        "3 batches with 25 requests still under way after 100 s; they go on at the provider, and the"
                                + " same command run again collects them");
        // More rows by then: what is new is sent at once, what is under way is not sent again.
        server.looksUntilEnd(1);
        assertThat(run(protocol, requests(REQUESTS + 1)).texts()).isEqualTo(about(REQUESTS + 1));
        assertThat(server.batches()).extracting(BatchServer.Batch::size).containsExactly(10, 10, 5, 1);
        assertBilledOnceEach(REQUESTS + 1);
    }

    @Test
    void aWaitOfNothingSendsAndLeaves() throws Exception {
        settings = new BatchSettings(Optional.empty(), Duration.ofSeconds(60), Optional.of(Duration.ZERO));
        server.looksUntilEnd(2);
        assertThatThrownBy(() -> run(Protocol.OPENAI, requests(1))).isInstanceOf(BatchesUnderWay.class);
        assertThat(run(Protocol.OPENAI, requests(1)).texts()).isEqualTo(about(1));
        assertThat(time.slept()).isEmpty();
    }

    @Test
    void aBatchThatFailsValidationIsRefusedWithItsLine() throws Exception {
        server.ending(batch -> "failed:invalid_json_line");
        assertThatThrownBy(() -> run(Protocol.OPENAI, requests(3)))
                .isInstanceOf(ProviderRefused.class)
                .hasMessageMatching(".* refuses batch batch_1 of 3 requests: line 2 \\(custom_id "
                        + server.batches().get(0).keys().get(1) + "\\): something is wrong \\(invalid_json_line\\)");
        server.ending(batch -> "completed");
        assertThat(run(Protocol.OPENAI, requests(3)).texts()).isEqualTo(about(3));
        assertBilledOnceEach(3);
    }

    @Test
    void aBatchForWhichTheProviderHasNoRoomWaitsAndIsMadeSmaller() throws Exception {
        settings = BatchSettings.DEFAULT;
        server.ending(batch -> batch.size() > 7 ? "failed:token_limit_exceeded" : "completed");
        assertThat(run(Protocol.OPENAI, requests(REQUESTS)).texts()).isEqualTo(about(REQUESTS));
        assertBilledOnceEach(REQUESTS);
        // Halved whenever none was taken.
        assertThat(server.batches())
                .extracting(BatchServer.Batch::size)
                .containsExactly(25, 12, 12, 1, 12, 12, 6, 6, 6, 6);
        assertThat(said).anyMatch(line -> line.contains("has to wait: line 2"));
    }

    /** The run ends in the instant in which the batch is made, before its name is known here. */
    @ParameterizedTest
    @EnumSource(names = {"OPENAI", "ANTHROPIC"})
    void aBatchWhoseNameWasNeverLearntIsFoundByTheNextRun(Protocol protocol) throws Exception {
        Thread runs = Thread.currentThread();
        server.afterMaking(runs::interrupt).making(n -> Making.HANGS_UP_AFTERWARDS);
        assertThatThrownBy(() -> run(protocol, requests(REQUESTS))).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
        server.afterMaking(() -> {}).making(n -> Making.WELL);
        assertThat(run(protocol, requests(REQUESTS)).texts()).isEqualTo(about(REQUESTS));
        assertBilledOnceEach(REQUESTS);
        assertThat(server.batches()).extracting(BatchServer.Batch::size).containsExactlyInAnyOrder(10, 10, 5);
    }

    @Test
    void twoRunsDoNotSendBatchesOfOneLedgerAtOnce() throws Exception {
        try (Ledger ledger = Ledger.open(ledgerFile());
                Batches held = Batches.open(ledger, settings, progress)) {
            assertThat(held.writing()).isFalse();
            assertThatThrownBy(() -> run(Protocol.OPENAI, requests(1)))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("another process is writing it");
        }
        assertThat(run(Protocol.OPENAI, requests(1)).texts()).isEqualTo(about(1));
    }

    @ParameterizedTest
    @EnumSource(names = {"GEMINI", "OLLAMA", "SCORING", "REWARD"})
    void aProtocolWithoutABatchApiIsNamed(Protocol protocol) {
        assertThatThrownBy(() -> run(protocol, requests(1)))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(protocol.prefix() + " has no batch API: leave out --batch");
    }

    @Test
    void anEndpointWithoutABatchApiIsRefused() throws Exception {
        try (ChatServer chat = new ChatServer((n, exchange) -> exchange.reply(404, "{\"detail\":\"Not Found\"}"));
                Ledger ledger = Ledger.open(folder.resolve("other.sqlite"));
                Batches batches = Batches.open(ledger, settings, progress, time);
                ConnectedModel model =
                        ConnectedModel.batched(Endpoint.at(chat.base()), batches, name -> CANARY, time)) {
            assertThatThrownBy(() -> batches.run(() -> order(model, requests(1))))
                    .isInstanceOf(ProviderRefused.class)
                    .hasMessageContaining("HTTP 404: Not Found")
                    .hasMessageContaining("has a batch API for openai, or leave out --batch");
        }
    }

    @Test
    void neitherTheKeyNorATextIsLeftOnDisk() throws Exception {
        server.looksUntilEnd(1000);
        settings = new BatchSettings(Optional.empty(), Duration.ofSeconds(60), Optional.of(Duration.ZERO));
        List<Request> secret = List.of(Requests.asking("the-candidate-text"));
        assertThatThrownBy(() -> run(Protocol.OPENAI, secret)).isInstanceOf(BatchesUnderWay.class);
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile).toList()).allSatisfy(file -> {
                assertThat(text(file)).doesNotContain(CANARY).doesNotContain("the-candidate-text");
            });
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    }

    /** A million tokens cost 1,000,000 units, in a batch half of that: so a token costs half a unit. */
    private void price() {
        prices = new PriceTable(
                        Optional.empty(),
                        List.of(new PriceTable.Entry("judge-1", 1e6, 1e6, Optional.empty(), Optional.of(.5))))
                .batched();
    }

    /** 11 tokens of the request and 3 of the reply. */
    private static final Cost BILLED = Cost.of("", 7);

    /** 256 around a request, 16 around its message, 2 bytes of text, 16 of the reply, as {@link TokenBound} has it. */
    private static final Cost WORST = Cost.of("", (256 + 16 + 2 + 16) / 2.0);

    private static Cost times(Cost cost, int n) {
        return new Cost(cost.nanos() * n);
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENAI", "ANTHROPIC"})
    void theWorstIsReservedWhileABatchIsUnderWayAndTheBillReplacesIt(Protocol protocol) throws Exception {
        price();
        settings = new BatchSettings(Optional.empty(), Duration.ofSeconds(60), Optional.of(Duration.ZERO));
        assertThatThrownBy(() -> run(protocol, requests(4))).isInstanceOf(BatchesUnderWay.class);
        assertThat(totals).isEqualTo(new Totals(Cost.ZERO, times(WORST, 4)));
        // One did not succeed, which is not billed; of another nothing is said, so it may have been.
        List<String> keys = server.batches().get(0).keys();
        server.fate((key, n) -> n > 1
                ? Fate.DONE
                : key.equals(keys.get(0)) ? Fate.EXPIRED : key.equals(keys.get(1)) ? Fate.SILENT : Fate.DONE);
        settings = BatchSettings.DEFAULT;
        Run ended = run(protocol, requests(4));
        assertThat(ended.texts()).isEqualTo(about(4));
        assertThat(totals).isEqualTo(new Totals(times(BILLED, 4), WORST));
        assertThat(ended.spending().cost()).hasValue(times(BILLED, 4));
    }

    @Test
    void aBatchThatWasRefusedOrNotMadeIsNotBilled() throws Exception {
        price();
        server.ending(batch -> "failed:invalid").making(n -> n == 1 ? Making.FAILS : Making.WELL);
        assertThatThrownBy(() -> run(Protocol.OPENAI, requests(4))).isInstanceOf(ProviderRefused.class);
        assertThat(totals).isEqualTo(Totals.NOTHING);
    }

    @Test
    void aBudgetMakesBatchesSmallerAndIsNeverExceeded() throws Exception {
        price();
        cap = Optional.of(times(WORST, 3));
        Run whole = run(Protocol.OPENAI, requests(6));
        assertThat(whole.texts()).isEqualTo(about(6));
        // 3 of the worst fit; what they truly cost leaves room for 2, and so on.
        assertThat(server.batches()).extracting(BatchServer.Batch::size).startsWith(3, 2);
        assertThat(totals).isEqualTo(new Totals(times(BILLED, 6), Cost.ZERO));

        assertThatThrownBy(() -> run(Protocol.OPENAI, requests(100)))
                .isInstanceOf(BudgetSpent.class)
                .hasMessageContaining("is spent");
        assertThat(totals.reserved()).isLessThanOrEqualTo(cap.get());
        assertBilledOnceEach(server.billed().size());
        cap = Optional.empty();
        assertThat(run(Protocol.OPENAI, requests(100)).texts()).isEqualTo(about(100));
        assertBilledOnceEach(100);
    }

    @Test
    void withABudgetAnUnknownPriceIsRefused() {
        cap = Optional.of(WORST);
        assertThatThrownBy(() -> run(Protocol.OPENAI, requests(1)))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("no price is known for the model judge-1");
        assertThat(server.batches()).isEmpty();
    }

    @Test
    void whatIsInABatchIsNotAskedOneByOne() throws Exception {
        settings = new BatchSettings(Optional.empty(), Duration.ofSeconds(60), Optional.of(Duration.ZERO));
        assertThatThrownBy(() -> run(Protocol.OPENAI, requests(2))).isInstanceOf(BatchesUnderWay.class);
        try (Ledger ledger = Ledger.open(ledgerFile());
                ConnectedModel model =
                        ConnectedModel.open(endpoint(Protocol.OPENAI), Optional.of(ledger), name -> CANARY, time)) {
            assertThatThrownBy(() -> model.ask(requests(1).get(0)))
                    .isInstanceOf(BatchesUnderWay.class)
                    .hasMessageContaining("run with --batch to collect it");
            assertThat(((Completion) model.ask(requests(3).get(2))).text()).isEqualTo("about q2");
        }
        assertThat(server.direct()).isEqualTo(1);
        settings = BatchSettings.DEFAULT;
        assertThat(run(Protocol.OPENAI, requests(3)).texts()).isEqualTo(about(3));
        assertBilledOnceEach(2);
    }

    @Test
    void aBatchIsSplitByCountAndByBytes() throws Exception {
        BatchForm form = new BatchForm() {
            @Override
            public int mostRequests() {
                return 4;
            }

            @Override
            public long mostBytes() {
                return 64;
            }

            @Override
            public String line(String key, String body) {
                return key + body;
            }

            @Override
            public byte[] head() {
                return new byte[] {'['};
            }

            @Override
            public byte[] between() {
                return new byte[] {','};
            }

            @Override
            public byte[] tail() {
                return new byte[] {']'};
            }
        };
        Path file = folder.resolve("part");
        try (BatchSpool spool = BatchSpool.temporary()) {
            TokenBound bound = new TokenBound(1, 1);
            for (String key : List.of("a", "b", "c", "d", "e", "f")) {
                String body = key.equals("e") ? "é".repeat(40) : "=" + key.repeat(9);
                var line = new BatchLines.Line(key, Requests.asking("x"), bound, Optional.empty());
                spool.add("lane", line, body);
                spool.add("lane", line, "the same key again");
            }
            List<String> written = new ArrayList<>();
            var part = spool.part("lane", 0, form, form.mostRequests());
            while (part.isPresent()) {
                spool.write(part.get(), Set.of("f"), form, file);
                written.add(Files.readString(file));
                part = spool.part("lane", part.get().last(), form, form.mostRequests());
            }
            // Four are the most; one that is too large by itself goes alone, for the provider to decide; f is left out.
            assertThat(written)
                    .containsExactly(
                            "[a=aaaaaaaaa,b=bbbbbbbbb,c=ccccccccc,d=ddddddddd]", "[e" + "é".repeat(40) + "]", "[]");
        }
    }

    // The providers' own limits: API reference, Batch, and API reference, Message Batches.
    @ParameterizedTest
    @CsvSource({"OPENAI, 50000, 200000000", "ANTHROPIC, 100000, 256000000"})
    void aBatchKeepsWithinWhatItsProviderTakes(Protocol protocol, int requests, long bytes) throws Exception {
        BatchForm form = protocol == Protocol.OPENAI
                ? new OpenAiBatches(null, null)
                : new AnthropicBatches(null, null, folder.resolve("unused"));
        TokenBound bound = new TokenBound(1, 1);
        try (BatchSpool spool = BatchSpool.temporary()) {
            for (int i = 0; i <= requests; i++) {
                spool.add("many", new BatchLines.Line("k" + i, Requests.asking("x"), bound, Optional.empty()), "{}");
            }
            var first = spool.part("many", 0, form, form.mostRequests()).orElseThrow();
            var second =
                    spool.part("many", first.last(), form, form.mostRequests()).orElseThrow();
            assertThat(lines(spool, first)).isEqualTo(requests);
            assertThat(lines(spool, second)).isOne();
        }
        try (BatchSpool spool = BatchSpool.temporary()) {
            // Four would be some bytes more than the most, by what stands around each.
            String body = "{\"q\":\"" + "x".repeat((int) (bytes / 4) - 8) + "\"}";
            for (int i = 0; i < 4; i++) {
                spool.add("large", new BatchLines.Line("k" + i, Requests.asking("x"), bound, Optional.empty()), body);
            }
            var part = spool.part("large", 0, form, form.mostRequests()).orElseThrow();
            assertThat(lines(spool, part)).isEqualTo(3);
        }
    }

    private static int lines(BatchSpool spool, BatchSpool.Part part) throws Exception {
        int[] lines = {0};
        spool.each(part, (number, line) -> {
            lines[0]++;
            return true;
        });
        return lines[0];
    }
}
