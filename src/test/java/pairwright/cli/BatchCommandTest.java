package pairwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pairwright.llm.BatchServer;

/** {@code judge --batch} as a person runs it, against a server that imitates both providers. */
@Timeout(300)
class BatchCommandTest {
    private static final int PAIRS = 12;
    private static final Pattern NONCE = Pattern.compile("VERDICT ([0-9a-f]{10}) A");
    /** Tokens of a reply in the rubric; a second try has twice as many. */
    private static final int FIRST_TRY = 24;

    private static final String CANARY = "sk-canary-7c1e5a90bd2f4e38";

    @TempDir
    Path folder;

    /** Prefers this or that; about every third reply is cut unless it has more room. */
    private final BatchServer server = new BatchServer((message, maxTokens) -> {
        Matcher nonce = NONCE.matcher(message);
        assertThat(nonce.find()).as(message).isTrue();
        int hash = Math.floorMod(message.hashCode(), 3);
        return hash == 0 && maxTokens <= FIRST_TRY
                ? "I think that..."
                : "VERDICT " + nonce.group(1) + (hash == 1 ? " A" : " B");
    });

    @BeforeEach
    void pairs() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < PAIRS; i++) {
            rows.append("{\"id\":\"p" + i + "\",\"prompt\":\"question " + i + "\",\"response_a\":\"one " + i
                    + "\",\"response_b\":\"two\"}\n");
        }
        Files.writeString(folder.resolve("pairs.jsonl"), rows);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private List<String> judge(String judge, String out, String... more) {
        List<String> args = new ArrayList<>(List.of(
                "judge",
                folder.resolve("pairs.jsonl").toString(),
                "--judge",
                judge,
                "--base-url",
                server.base(),
                "--reading",
                "verdict",
                "--out",
                folder.resolve(out).toString()));
        args.addAll(List.of(more));
        return args;
    }

    private static int run(List<String> args) {
        return Pairwright.execute(args.toArray(String[]::new));
    }

    private Process start(List<String> args, String log) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Pairwright.class.getName()));
        command.addAll(args);
        ProcessBuilder process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(log).toFile());
        process.environment().put("OPENAI_API_KEY", CANARY);
        process.environment().put("ANTHROPIC_API_KEY", CANARY);
        return process.start();
    }

    private void assertBilledOnceEach() {
        assertThat(server.billed().values()).isNotEmpty().containsOnly(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai:m", "anthropic:m"})
    void theOutputIsThatOfADirectRunToTheByte(String judge) throws Exception {
        assertThat(run(judge(judge, "direct.jsonl"))).isZero();
        int direct = server.direct();
        assertThat(direct).isGreaterThan(2 * PAIRS); // some were cut and asked again
        assertThat(run(judge(judge, "batch.jsonl", "--batch", "--batch-size", "10", "--batch-poll", "0.05")))
                .isZero();
        assertThat(server.direct()).isEqualTo(direct);
        assertThat(server.billed()).hasSize(direct);
        assertBilledOnceEach();
        assertThat(folder.resolve("batch.jsonl")).hasSameBinaryContentAs(folder.resolve("direct.jsonl"));
        // 10, 10 and 4 in the first round, the second tries in another.
        assertThat(server.batches())
                .extracting(BatchServer.Batch::size)
                .startsWith(10, 10, 4)
                .hasSize(4);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(
                            name -> name.contains("batch-out") || name.contains("batch-in") || name.endsWith(".part"));
        }
    }

    /**
     * A chain of runs on one ledger: each is killed in the instant before the server's n-th answer to it, the server having done
     * what was asked; or a little later, in the middle of whatever follows.
     */
    @ParameterizedTest
    @ValueSource(strings = {"openai:m", "anthropic:m"})
    void whateverInstantItIsKilledInNothingIsPaidTwiceAndTheOutputIsTheSame(String judge) throws Exception {
        assertThat(run(judge(judge, "direct.jsonl"))).isZero();
        List<String> args = judge(judge, "out.jsonl", "--batch", "--batch-size", "10", "--batch-poll", "0.3");
        server.looksUntilEnd(3);
        int[][] kills = {{2, 0}, {4, 0}, {3, 20}, {6, 0}};
        for (int i = 0; i < kills.length; i++) {
            int[] kill = kills[i];
            Process process = start(args, "run-" + i + ".log");
            server.beforeAnswer(n -> {
                if (n == kill[0]) {
                    end(process, kill[1]);
                }
            });
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        server.beforeAnswer(n -> {});
        Process last = start(args, "last.log");
        assertThat(last.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(last.exitValue())
                .as(Files.readString(folder.resolve("last.log")))
                .isZero();
        assertThat(folder.resolve("out.jsonl")).hasSameBinaryContentAs(folder.resolve("direct.jsonl"));
        assertThat(server.billed()).hasSize(server.direct());
        assertBilledOnceEach();
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile))
                    .allSatisfy(file -> assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                            .as(file.toString())
                            .doesNotContain(CANARY));
        }
    }

    private static void end(Process process, int millis) {
        try {
            if (millis == 0) {
                process.destroyForcibly().waitFor();
            } else {
                Thread later = new Thread(() -> {
                    try {
                        Thread.sleep(millis);
                        process.destroyForcibly();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
                later.start();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void itLeavesWhenItShouldNotWaitLongerAndTheSameCommandCollects() throws Exception {
        server.looksUntilEnd(1000);
        List<String> args = judge("anthropic:m", "out.jsonl", "--batch", "--batch-wait", "0");
        Process first = start(args, "first.log");
        assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(first.exitValue()).isEqualTo(130);
        assertThat(Files.readString(folder.resolve("first.log")))
                .contains("pairwright: 1 batch with 24 requests still under way after")
                .contains("the same command run again collects them")
                .doesNotContain("Mend the cause")
                .doesNotContain("\tat ");
        assertThat(folder.resolve("out.jsonl")).doesNotExist();
        server.looksUntilEnd(1);
        Process second = start(judge("anthropic:m", "out.jsonl", "--batch", "--batch-poll", "0.1"), "second.log");
        assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue())
                .as(Files.readString(folder.resolve("second.log")))
                .isZero();
        assertThat(Files.readAllLines(folder.resolve("out.jsonl"))).hasSize(PAIRS);
        assertBilledOnceEach();
    }

    @Test
    void whatCannotBeAskedByBatchIsSaidBeforeAnythingIsRead() {
        assertThat(run(judge("ollama:m", "out.jsonl", "--batch"))).isEqualTo(ExitCode.USAGE.code());
        assertThat(run(judge("reward:models/quickstart", "out.jsonl", "--batch")))
                .isEqualTo(ExitCode.USAGE.code());
        assertThat(run(judge("openai:m", "out.jsonl", "--batch-wait", "5"))).isEqualTo(ExitCode.USAGE.code());
        assertThat(run(judge("openai:m", "out.jsonl", "--batch", "--batch-size", "0")))
                .isEqualTo(ExitCode.USAGE.code());
        assertThat(run(judge("openai:m", "out.jsonl", "--batch", "--batch-wait", "-1")))
                .isEqualTo(ExitCode.USAGE.code());
        assertThat(server.paths()).isEmpty();
    }
}
