package pairwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pairwright.recipe.ChatReplies;

/** The real program in a process of its own, stopped in the middle of its work. */
class InterruptionTest {
    private static final int PAIRS = 12;
    private static final int CALLS = 2 * PAIRS;
    private static final int IN_FLIGHT = 2;
    private static final String CANARY = "sk-canary-93b1f07c5d";

    private static final Pattern VERDICT = Pattern.compile("VERDICT [0-9a-f]{10} A");

    @TempDir
    Path folder;

    private Process judge(String baseUrl, String out, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Pairwright.class.getName()));
        command.addAll(List.of("judge", folder.resolve("pairs.jsonl").toString()));
        command.addAll(List.of("--judge", "openai:m", "--base-url", baseUrl, "--reading", "verdict"));
        command.addAll(List.of("--in-flight", Integer.toString(IN_FLIGHT), "--max-abstentions", "1"));
        command.addAll(List.of("--out", folder.resolve(out).toString()));
        command.addAll(List.of(more));
        ProcessBuilder process = new ProcessBuilder(command)
                .redirectOutput(folder.resolve(out + ".stdout").toFile())
                .redirectError(folder.resolve(out + ".stderr").toFile());
        process.environment().put("OPENAI_API_KEY", CANARY);
        return process.start();
    }

    private void writePairs() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < PAIRS; i++) {
            rows.append("{\"id\":\"p" + i + "\",\"prompt\":\"question " + i
                    + "\",\"response_a\":\"one\",\"response_b\":\"two\"}\n");
        }
        Files.writeString(folder.resolve("pairs.jsonl"), rows);
    }

    private static int ended(Process process) throws InterruptedException {
        assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }

    @ParameterizedTest
    @CsvSource({"KILL, 137", "TERM, 143", "INT, 130"})
    void whatWasStoppedGoesOnWhereItWasAndEndsWithTheSameBytes(String signal, int code) throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/kill")), "no kill here");
        writePairs();
        AtomicInteger answered = new AtomicInteger();
        CountDownLatch some = new CountDownLatch(CALLS / 2);
        CountDownLatch stopped = new CountDownLatch(1);
        try (ChatReplies server = new ChatReplies(prompt -> {
            // From the middle on nothing is answered until the first process has ended.
            if (answered.incrementAndGet() > CALLS / 2) {
                some.countDown();
                await(stopped);
            }
            some.countDown();
            return "about a prompt of " + prompt.length() + " characters";
        })) {
            Process first = judge(server.baseUrl(), "out.jsonl");
            assertThat(some.await(60, TimeUnit.SECONDS)).isTrue();
            new ProcessBuilder("/bin/kill", "-" + signal, Long.toString(first.pid()))
                    .start()
                    .waitFor();
            assertThat(ended(first)).isEqualTo(code);
            stopped.countDown();
            assertThat(folder.resolve("out.jsonl")).doesNotExist();
            if (!signal.equals("KILL")) {
                assertThat(folder.resolve("out.jsonl.part")).doesNotExist();
                assertThat(Files.readString(folder.resolve("out.jsonl.stderr")))
                        .contains("interrupted", "To go on where it stopped, run again:", "--judge openai:m");
            }

            assertThat(ended(judge(server.baseUrl(), "out.jsonl"))).isZero();
            assertThat(server.calls()).isBetween(CALLS, CALLS + IN_FLIGHT);
            assertThat(ended(judge(server.baseUrl(), "whole.jsonl"))).isZero();
            assertThat(folder.resolve("out.jsonl")).hasSameBinaryContentAs(folder.resolve("whole.jsonl"));
            assertThat(folder.resolve("out.jsonl.part")).doesNotExist();
        }
        assertNoCanary();
    }

    @Test
    void whatAServerCouldNotAnswerIsParkedAndTheSameCommandAsksItLater() throws Exception {
        writePairs();
        AtomicInteger answered = new AtomicInteger();
        AtomicReference<ChatReplies> working = new AtomicReference<>();
        try (ChatReplies server = new ChatReplies(prompt -> {
            if (answered.incrementAndGet() == CALLS / 2) {
                working.get().refuse(503);
            }
            Matcher verdict = VERDICT.matcher(prompt);
            return verdict.find() ? verdict.group() : "no verdict was asked for";
        })) {
            working.set(server);
            assertThat(ended(judge(server.baseUrl(), "out.jsonl", "--deadline", "1")))
                    .isZero();
            int before = answered.get();
            assertThat(before).isLessThan(CALLS);
            assertThat(Files.readString(folder.resolve("out.jsonl.stdout")))
                    .contains("TRANSPORT=", "The same command asks for those alone.");
            List<String> rows = Files.readAllLines(folder.resolve("out.jsonl"));
            assertThat(rows).hasSize(PAIRS);
            // Who always takes the slot shown first says a tie in two orders; half an answer is no verdict.
            assertThat(rows)
                    .allMatch(row -> row.contains("\"reason\":\"TRANSPORT\"") != row.contains("\"z\":0.5"))
                    .anyMatch(row -> row.contains("\"reason\":\"TRANSPORT\""));
            server.refuse(0);
            assertThat(ended(judge(server.baseUrl(), "out.jsonl", "--deadline", "1")))
                    .isZero();
            assertThat(answered).hasValue(CALLS);
            assertThat(ended(judge(server.baseUrl(), "whole.jsonl"))).isZero();
            assertThat(Files.readAllLines(folder.resolve("out.jsonl"))).allMatch(row -> row.contains("\"z\":0.5"));
            assertThat(folder.resolve("out.jsonl")).hasSameBinaryContentAs(folder.resolve("whole.jsonl"));
        }
        assertNoCanary();
    }

    @Test
    void aRefusalEndsWithCodeFourAndSendsNothingMore() throws Exception {
        writePairs();
        try (ChatReplies server = new ChatReplies(prompt -> "x")) {
            server.refuse(401);
            assertThat(ended(judge(server.baseUrl(), "out.jsonl"))).isEqualTo(4);
            assertThat(server.calls()).isBetween(1, IN_FLIGHT);
            assertThat(Files.readString(folder.resolve("out.jsonl.stderr")))
                    .contains("refuses", "OPENAI_API_KEY", "only what is missing is asked")
                    .doesNotContain("\tat ");
        }
        assertThat(folder.resolve("out.jsonl")).doesNotExist();
        assertNoCanary();
    }

    @Test
    void aSpentBudgetEndsWithCodeSixAndTheCommandThatGoesOn() throws Exception {
        writePairs();
        String[] money = {"--price-prompt", "1", "--price-completion", "10", "--budget"};
        try (ChatReplies server = new ChatReplies(prompt -> "x")) {
            // 100 tokens in and 10 out are .0002 a call, 24 calls .0048.
            assertThat(ended(judge(
                            server.baseUrl(), "out.jsonl", money[0], money[1], money[2], money[3], money[4], "0.004")))
                    .isEqualTo(6);
            String said = Files.readString(folder.resolve("out.jsonl.stderr"));
            assertThat(said)
                    .contains(
                            "the budget of 0.00400 is spent: ", " judgments are done", "every reply of a server so far")
                    .containsPattern("--price-completion 10 --budget 0\\.\\d+\\n")
                    .doesNotContain("\tat ");
            Matcher more = Pattern.compile("--budget (\\S+)\n").matcher(said);
            assertThat(more.find()).isTrue();
            assertThat(ended(judge(
                            server.baseUrl(),
                            "out.jsonl",
                            money[0],
                            money[1],
                            money[2],
                            money[3],
                            money[4],
                            more.group(1))))
                    .isZero();
            assertThat(server.calls()).isEqualTo(CALLS);
        }
        assertNoCanary();
    }

    @Test
    void theCommandToGoOnCanBePastedIntoAShell() {
        assertThat(Interruption.quoted("out/a-b.jsonl")).isEqualTo("out/a-b.jsonl");
        assertThat(Interruption.quoted("my file")).isEqualTo("'my file'");
        assertThat(Interruption.quoted("it's; rm")).isEqualTo("'it'\\''s; rm'");
        assertThat(Interruption.quoted("")).isEqualTo("''");
    }

    private void assertNoCanary() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile))
                    .allSatisfy(file -> assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                            .as(file.toString())
                            .doesNotContain(CANARY));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
