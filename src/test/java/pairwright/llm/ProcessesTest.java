package pairwright.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes on one ledger. */
class ProcessesTest {
    private static final int QUESTIONS = 200;
    private static final int IN_FLIGHT = 4;

    @TempDir
    Path folder;

    @Test
    void twoProcessesOnOneLedgerEndWithTheSameReplies() throws Exception {
        // No two replies are equal, so that a reply which is not the ledger's would show.
        try (var server = new ChatServer((n, exchange) -> exchange.say("reply " + n))) {
            Path ledger = folder.resolve("ledger.db");
            Process one = AskingProcess.start(ledger, server.base(), QUESTIONS, folder.resolve("one.txt"));
            Process two = AskingProcess.start(ledger, server.base(), QUESTIONS, folder.resolve("two.txt"));
            assertThat(one.waitFor(60, TimeUnit.SECONDS) && two.waitFor(60, TimeUnit.SECONDS))
                    .isTrue();
            List<String> replies = Files.readAllLines(folder.resolve("one.txt"));
            assertThat(replies).hasSize(QUESTIONS).doesNotHaveDuplicates();
            assertThat(Files.readAllLines(folder.resolve("two.txt"))).isEqualTo(replies);
            int paid = server.count();
            assertThat(AskingProcess.ask(ledger, server.base(), QUESTIONS)).isEqualTo(replies);
            assertThat(server.count()).isEqualTo(paid);
        }
    }

    @Test
    void afterAKillOnlyWhatWasInFlightIsPaidTwice() throws Exception {
        var enough = new java.util.concurrent.CountDownLatch(QUESTIONS / 3);
        try (var server = new ChatServer((n, exchange) -> {
            enough.countDown();
            exchange.say("reply " + n);
        })) {
            Path ledger = folder.resolve("ledger.db");
            Process process = AskingProcess.start(ledger, server.base(), QUESTIONS, folder.resolve("out.txt"));
            assertThat(enough.await(60, TimeUnit.SECONDS)).isTrue();
            process.destroyForcibly().waitFor();
            long kept;
            try (var opened = Ledger.open(ledger)) {
                kept = opened.contents().answered();
                assertThat(opened.contents().open()).isBetween(0L, (long) IN_FLIGHT);
            }
            int sent = server.count();
            assertThat(kept).isBetween((long) sent - IN_FLIGHT, (long) sent);
            assertThat(AskingProcess.ask(ledger, server.base(), QUESTIONS)).hasSize(QUESTIONS);
            assertThat(server.count()).isEqualTo(sent + QUESTIONS - (int) kept);
        }
    }
}
