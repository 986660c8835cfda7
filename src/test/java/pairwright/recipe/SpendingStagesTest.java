package pairwright.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pairwright.agreement.Estimate;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;
import pairwright.judge.Drift;
import pairwright.judge.Judgment;
import pairwright.llm.BudgetSpent;
import pairwright.llm.Spending;
import pairwright.pair.Pair;

/** Estimates, budgets and what a run says of its cost, against a real server on loopback. */
class SpendingStagesTest {
    private static final Pattern NONCE = Pattern.compile("VERDICT ([0-9a-f]{10}) A");

    @TempDir
    Path folder;

    private String pairs(int n) throws IOException {
        return Files.write(
                        folder.resolve("pairs-" + n + ".jsonl"),
                        IntStream.range(0, n)
                                .mapToObj(i -> "{\"id\":\"" + i + "\",\"prompt\":\"q" + i
                                        + "\",\"response_a\":\"good\",\"response_b\":\"" + (i == 3 ? "good" : "poor")
                                        + "\"}")
                                .toList())
                .toString();
    }

    /** ChatReplies bills 100 tokens in and 10 out: at 1 and 10 a million, .0002 a call. */
    private static EndpointSettings priced(EndpointSettings endpoint) {
        Map<String, Object> settings = new HashMap<>(Json.asMap(endpoint));
        settings.put("price_prompt", 1.0);
        settings.put("price_completion", 10.0);
        return Json.convertStrictly(settings, EndpointSettings.class);
    }

    private JudgeStage judge(String in, EndpointSettings endpoint, Optional<Double> budget, String out) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("in", in);
        settings.put("judge", "openai:m");
        settings.put("reading", "verdict");
        settings.put("endpoint", Json.asMap(endpoint));
        budget.ifPresent(most -> settings.put("budget", most));
        settings.put("ledger", folder.resolve("ledger.sqlite").toString());
        settings.put("out", folder.resolve(out).toString());
        return Json.convertStrictly(settings, JudgeStage.class);
    }

    private static String verdict(String message) {
        Matcher nonce = NONCE.matcher(message);
        return nonce.find() ? "VERDICT " + nonce.group(1) + " A" : "A";
    }

    /** What a run tells people. */
    private static final class Heard implements Progress {
        private final List<String> lines = new ArrayList<>();
        private final List<String> beats = new ArrayList<>();
        private final CountDownLatch paid = new CountDownLatch(1);

        @Override
        public Meter start(String task, long total) {
            return (done, extra) -> {
                synchronized (this) {
                    beats.add(extra);
                }
                if (!extra.startsWith("0 paid")) {
                    paid.countDown();
                }
            };
        }

        /** Answers the first call at once, and the others once the display has told of it. */
        Function<String, String> answer() {
            AtomicInteger calls = new AtomicInteger();
            return message -> {
                try {
                    if (calls.getAndIncrement() > 0 && !paid.await(60, TimeUnit.SECONDS)) {
                        return "the display told of no call";
                    }
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return verdict(message);
            };
        }

        @Override
        public synchronized void say(String line) {
            lines.add(line);
        }

        RunContext context() {
            return new RunContext(Places.AS_TYPED, this, name -> null, java.io.OutputStream.nullOutputStream());
        }
    }

    @Test
    void anEstimateAsksAndWritesNothing() throws Exception {
        EndpointSettings nobody;
        try (ChatReplies server = new ChatReplies(SpendingStagesTest::verdict)) {
            nobody = priced(server.endpoint(4));
        }
        StageReport report =
                judge(pairs(10), nobody, Optional.empty(), "out.jsonl").forecast(RunContexts.silent());
        CallForecast forecast = (CallForecast) report.numbers();
        // Identical responses are not asked about; all rows were rehearsed, so these are no guesses.
        assertThat(forecast.calls()).isEqualTo(new Estimate(18, 18, 18, 10, "every row"));
        assertThat(forecast.rows().value()).isEqualTo(10);
        assertThat(forecast.promptTokens().low()).isPositive();
        assertThat(forecast.promptTokens().value())
                .isBetween(
                        forecast.promptTokens().low(), forecast.promptTokens().high());
        // Between one token and the rubric's 24 for each reply.
        assertThat(forecast.completionTokens().low()).isEqualTo(18);
        assertThat(forecast.completionTokens().high()).isEqualTo(18 * 24);
        Estimate cost = forecast.cost().orElseThrow();
        assertThat(cost.value())
                .isCloseTo(
                        (forecast.promptTokens().value()
                                        + 10 * forecast.completionTokens().value())
                                / 1e6,
                        within(1e-12));
        assertThat(forecast.seconds()).isEmpty();
        assertThat(forecast.unknown()).singleElement().asString().contains("time unknown");
        assertThat(report.headline()).startsWith("estimate: 18 calls; tokens ");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("pairs-10.jsonl"));
        }
    }

    @Test
    void theProgressSaysWhatWasSpentSoFar() throws Exception {
        Heard heard = new Heard();
        try (ChatReplies server = new ChatReplies(heard.answer())) {
            judge(pairs(6), priced(server.endpoint(1)), Optional.empty(), "out.jsonl")
                    .run(heard.context());
        }
        // The display may look in the middle of a call, which costs .0002.
        Pattern said = Pattern.compile("(\\d+) paid, 0 from the ledger, cost ([0-9.]+) USD");
        assertThat(heard.beats).anyMatch(beat -> !beat.startsWith("0 paid")).allSatisfy(beat -> {
            Matcher words = said.matcher(beat);
            assertThat(words.matches()).as(beat).isTrue();
            assertThat(Double.parseDouble(words.group(2)))
                    .isCloseTo(.0002 * Integer.parseInt(words.group(1)), within(.00021));
        });
        Heard capped = new Heard();
        try (ChatReplies server = new ChatReplies(capped.answer())) {
            judge(pairs(8), priced(server.endpoint(1)), Optional.of(.1), "more.jsonl")
                    .run(capped.context());
        }
        assertThat(capped.beats).anySatisfy(beat -> assertThat(beat).contains(" paid, ", ", spent ", " of 0.1"));
    }

    @Test
    void anEstimateCountsBothStepsOfARubricThatReasonsFirst() throws Exception {
        try (ChatReplies server = new ChatReplies(SpendingStagesTest::verdict)) {
            Map<String, Object> settings = new HashMap<>(
                    Json.asMap(judge(pairs(10), priced(server.endpoint(4)), Optional.empty(), "out.jsonl")));
            settings.put("rubric", "rlaif-summary");
            JudgeStage stage = Json.convertStrictly(settings, JudgeStage.class);
            CallForecast forecast =
                    (CallForecast) stage.forecast(RunContexts.silent()).numbers();
            // Nine pairs that are not identical, two orders, two steps.
            assertThat(forecast.calls().value()).isEqualTo(36);
            stage.run(RunContexts.silent());
            assertThat(server.calls()).isEqualTo(36);
        }
    }

    @Test
    void anEstimateKnowsWhatTheLedgerHasAndHasSeen() throws Exception {
        try (ChatReplies server = new ChatReplies(SpendingStagesTest::verdict)) {
            EndpointSettings endpoint = priced(server.endpoint(4));
            judge(pairs(30), endpoint, Optional.empty(), "part.jsonl").run(RunContexts.silent());
            StageReport report =
                    judge(pairs(60), endpoint, Optional.empty(), "out.jsonl").forecast(RunContexts.silent());
            assertThat(server.calls()).isEqualTo(58);
            CallForecast forecast = (CallForecast) report.numbers();
            assertThat(forecast.calls().value()).isEqualTo(60);
            assertThat(forecast.known().value()).isEqualTo(58);
            // 58 replies of 10 tokens each, requests billed at 100 each.
            assertThat(forecast.completionTokens().value()).isEqualTo(600);
            assertThat(forecast.completionTokens().low()).isEqualTo(600);
            assertThat(forecast.promptTokens().value()).isCloseTo(6000, within(200.0));
            assertThat(forecast.cost().orElseThrow().value()).isCloseTo(.012, within(.0002));
            assertThat(forecast.seconds().orElseThrow().value()).isPositive();

            Heard heard = new Heard();
            judge(pairs(60), endpoint, Optional.empty(), "out.jsonl").run(heard.context());
            assertThat(heard.lines)
                    .anySatisfy(line ->
                            assertThat(line).startsWith("estimate: 60 calls, 58 more are in the ledger; tokens "));
            judge(pairs(60), endpoint, Optional.empty(), "again.jsonl").run(heard.context());
            assertThat(heard.lines).contains("estimate: no calls, 118 more are in the ledger");
        }
    }

    @Test
    void aSampleOfManyRowsHasAnIntervalThatHoldsTheTruth() throws Exception {
        EndpointSettings nobody;
        try (ChatReplies server = new ChatReplies(SpendingStagesTest::verdict)) {
            nobody = priced(server.endpoint(4));
        }
        Path many = folder.resolve("many.jsonl");
        Files.write(
                many,
                IntStream.range(0, 3000)
                        .mapToObj(i -> "{\"id\":\"" + i + "\",\"prompt\":\"q" + i
                                + "\",\"response_a\":\"good\",\"response_b\":\"" + (i % 4 == 0 ? "good" : "poor")
                                + "\"}")
                        .toList());
        CallForecast forecast = (CallForecast) judge(many.toString(), nobody, Optional.empty(), "out.jsonl")
                .forecast(RunContexts.silent())
                .numbers();
        // 2250 rows are asked about in both orders.
        assertThat(forecast.calls().low()).isLessThan(4500);
        assertThat(forecast.calls().high()).isGreaterThan(4500);
        assertThat(forecast.calls().n()).isEqualTo(200);
        assertThat(forecast.calls().method()).isEqualTo("from 200 rows drawn of 3000, normal 95% interval");
        assertThat(forecast.promptTokens().method()).contains("o200k_base", "assumed");
    }

    @Test
    void withoutPricesTheCostIsUnknownAndABudgetIsRefusedBeforeAnythingIsSent() throws Exception {
        try (ChatReplies server = new ChatReplies(SpendingStagesTest::verdict)) {
            CallForecast forecast = (CallForecast) judge(pairs(5), server.endpoint(4), Optional.empty(), "out.jsonl")
                    .forecast(RunContexts.silent())
                    .numbers();
            assertThat(forecast.cost()).isEmpty();
            assertThat(forecast.unknown()).anySatisfy(why -> assertThat(why).contains("no price for m"));
            assertThatThrownBy(() -> judge(pairs(5), server.endpoint(4), Optional.of(1.0), "out.jsonl")
                            .run(RunContexts.silent()))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("no price is known for the model m");
            assertThat(server.calls()).isZero();
        }
        assertThat(folder.resolve("out.jsonl")).doesNotExist();
    }

    @Test
    void aBudgetEndsTheRunAndALargerOneGoesOnWhereItWas() throws Exception {
        try (ChatReplies server = new ChatReplies(SpendingStagesTest::verdict)) {
            EndpointSettings endpoint = priced(server.endpoint(4));
            assertThatThrownBy(() -> judge(pairs(40), endpoint, Optional.of(.01), "out.jsonl")
                            .run(RunContexts.silent()))
                    .isInstanceOfSatisfying(BudgetSpent.class, e -> {
                        assertThat(e).hasMessageContaining("the budget of 0.0100 is spent: ");
                        assertThat(e).hasMessageMatching("(?s).*\\. \\d+ of 40 judgments are done");
                        assertThat(e.totals().atRisk().nanos()).isZero();
                        assertThat(e.totals().spent().nanos()).isEqualTo(server.calls() * 200_000L);
                        assertThat(e.more().compareTo(e.cap())).isPositive();
                    });
            int paid = server.calls();
            // At least until the worst of a call would not fit: some 2,000 bytes and 24 tokens.
            assertThat(paid).isBetween(20, 50);
            assertThat(folder.resolve("out.jsonl")).doesNotExist();

            StageReport report =
                    judge(pairs(40), endpoint, Optional.of(1.0), "out.jsonl").run(RunContexts.silent());
            assertThat(server.calls()).isEqualTo(78);
            assertThat(report.lines().get(0)).contains((78 - paid) + " paid, " + paid + " from the ledger");
            assertThat(report.lines()).anySatisfy(line -> assertThat(line).startsWith("budget: 0.0156 of 1.0000"));
            Spending spending = (Spending) ((Map<?, ?>) report.numbers()).get("calls");
            assertThat(spending.cost().orElseThrow().nanos()).isEqualTo((78 - paid) * 200_000L);
            assertThat(report.lines().get(0)).contains("0.000390 a judgment"); // 78 calls for 40 judgments
            assertThat(report.lines().get(1))
                    .matches("latency: p50 \\d+ ms, p90 \\d+ ms, p99 \\d+ ms, max \\d+ ms;"
                            + " 1\\.00 attempts a call; \\d+\\.\\d% from the ledger");
            judge(pairs(40), endpoint, Optional.empty(), "free.jsonl").run(RunContexts.silent());
        }
        assertThat(folder.resolve("free.jsonl")).hasSameBinaryContentAs(folder.resolve("out.jsonl"));
    }

    @Test
    void candidatesAreUnderABudgetToo() throws Exception {
        Path prompts = Files.write(
                folder.resolve("prompts.jsonl"),
                IntStream.range(0, 10)
                        .mapToObj(i -> "{\"id\":\"" + i + "\",\"prompt\":\"q" + i + "\"}")
                        .toList());
        try (ChatReplies server = new ChatReplies(message -> "an answer")) {
            Map<String, Object> settings = new HashMap<>(Map.of(
                    "in", prompts.toString(),
                    "models", List.of("openai:m"),
                    "samples", 2,
                    "max_tokens", 20,
                    "budget", .003,
                    "endpoint", Json.asMap(priced(server.endpoint(2))),
                    "out", folder.resolve("candidates.jsonl").toString()));
            GenerateStage stage = Json.convertStrictly(settings, GenerateStage.class);
            CallForecast forecast =
                    (CallForecast) stage.forecast(RunContexts.silent()).numbers();
            assertThat(forecast.calls().value()).isEqualTo(20);
            assertThat(server.calls()).isZero();
            assertThatThrownBy(() -> stage.run(RunContexts.silent()))
                    .isInstanceOf(BudgetSpent.class)
                    .hasMessageContaining("of 20 samples are done");
            assertThat(server.calls()).isBetween(5, 15);
            settings.put("budget", 1.0);
            Json.convertStrictly(settings, GenerateStage.class).run(RunContexts.silent());
            assertThat(server.calls()).isEqualTo(20);
        }
    }

    @Test
    void aRecipeHasOneBudgetForAllItsStages() throws Exception {
        Files.writeString(folder.resolve("prompts.jsonl"), "{\"id\":\"1\",\"prompt\":\"q\"}\n");
        Path file = folder.resolve("recipe.yaml");
        String text = """
                name: r
                judge: openai:m
                budget: 0.5
                endpoint: {base_url: "http://localhost:1/v1", price_prompt: 0, price_completion: 0}
                stages:
                  - generate: {in: prompts.jsonl, models: ["openai:m"], out: candidates.jsonl}
                  - pair: {in: candidates.jsonl, out: pairs.jsonl}
                  - judge: {in: pairs.jsonl, out: judgments.jsonl}
                """;
        Files.writeString(file, text);
        List<Stage> stages = Recipe.load(file).bound();
        assertThat(stages.get(0).ledger()).contains("calls.ledger.sqlite");
        assertThat(stages.get(2)).isInstanceOfSatisfying(JudgeStage.class, judge -> {
            assertThat(judge.budget()).contains(.5);
            assertThat(judge.ledger()).contains("calls.ledger.sqlite");
        });
        Files.writeString(file, text.replace("out: judgments.jsonl", "out: judgments.jsonl, ledger: mine.sqlite"));
        assertThatThrownBy(() -> Recipe.load(file)).hasMessageContaining("the recipe's budget is one for all stages");
        Files.writeString(file, text.replace("budget: 0.5", "budget: -1"));
        assertThatThrownBy(() -> Recipe.load(file)).hasMessageContaining("budget is -1.0, must be in [0, 9000000]");
    }

    @Test
    void aModelThatChangesInTheMiddleIsMarkedAndToldOnce() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        try (ChatReplies server = new ChatReplies(SpendingStagesTest::verdict)) {
            server.fingerprint(() -> calls.incrementAndGet() <= 6 ? "fp_1" : "fp_2");
            StageReport report = judge(pairs(8), server.endpoint(1), Optional.empty(), "out.jsonl")
                    .run(RunContexts.silent());
            assertThat(report.notes())
                    .singleElement()
                    .asString()
                    // Three pairs are two calls each, the fourth is identical, four have the second fingerprint.
                    .isEqualTo("The endpoint's fingerprint changed, so its system did: 4 judgments are flagged"
                            + " fingerprint-changed.");
            judge(pairs(8), server.endpoint(4), Optional.empty(), "again.jsonl").run(RunContexts.silent());
        }
        List<Judgment> judgments = Files.readAllLines(folder.resolve("out.jsonl")).stream()
                .map(line -> Judgment.carriedBy(Json.read(line, Pair.class)).orElseThrow())
                .toList();
        for (int i = 0; i < judgments.size(); i++) {
            assertThat(judgments.get(i).evidence().flags().contains(Drift.FINGERPRINT))
                    .isEqualTo(i > 3);
        }
        assertThat(folder.resolve("again.jsonl")).hasSameBinaryContentAs(folder.resolve("out.jsonl"));
    }

    @Test
    void aModelThatIsNotTheOneThatWasAskedForIsMarkedAndSoIsOneThatChanges() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        List<String> flags = new ArrayList<>();
        try (ChatReplies server = new ChatReplies(SpendingStagesTest::verdict)) {
            server.returned(requested -> calls.incrementAndGet() <= 2 ? requested + "-2026-11-01" : "x-large");
            judge(pairs(3), server.endpoint(1), Optional.empty(), "out.jsonl").run(RunContexts.silent());
        }
        for (String line : Files.readAllLines(folder.resolve("out.jsonl"))) {
            flags.add(String.join(
                    " ",
                    Judgment.carriedBy(Json.read(line, Pair.class))
                            .orElseThrow()
                            .evidence()
                            .flags()));
        }
        // A dated name of the model is the model; two calls are one pair.
        assertThat(flags).containsExactly("", "model-differs model-changed", "model-differs model-changed");
    }
}
