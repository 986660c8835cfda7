package pairwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pairwright.recipe.ChatReplies;

/**
 * The real program in a process of its own, where the system itself refuses to write: files that may not grow, a full disk, a folder
 * that is read-only.
 */
class NoRoomTest {
    private static final Pattern NONCE = Pattern.compile("VERDICT ([0-9a-f]{10}) A");
    private static final int PAIRS = 40;
    private static final int CALLS = 2 * PAIRS;
    private static final int IN_FLIGHT = 4;

    @TempDir
    Path folder;

    private Path pairs;

    @BeforeEach
    void writePairs() throws IOException {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < PAIRS; i++) {
            rows.add("{\"id\":\"p" + i + "\",\"prompt\":\"question " + i
                    + "\",\"response_a\":\"one\",\"response_b\":\"two\"}");
        }
        pairs = Files.write(folder.resolve("pairs.jsonl"), rows);
    }

    /** Long enough for some dozens of replies to fill a megabyte. */
    private static ChatReplies server() throws IOException {
        return new ChatReplies(message -> {
            Matcher nonce = NONCE.matcher(message);
            assertThat(nonce.find()).isTrue();
            return "word ".repeat(10_000) + "\nVERDICT " + nonce.group(1) + " A";
        });
    }

    private List<String> judge(ChatReplies server, Path out) {
        return OwnProcess.command(
                "256m",
                "judge",
                pairs.toString(),
                "--judge",
                "openai:m",
                "--base-url",
                server.baseUrl(),
                "--reading",
                "verdict",
                "--orders",
                "both",
                "--max-abstentions",
                "1",
                "--in-flight",
                Integer.toString(IN_FLIGHT),
                "--out",
                out.toString());
    }

    private static List<String> shell(String script, List<String> command) {
        List<String> whole = new ArrayList<>(Arrays.asList("/bin/bash", "-c", script, "bash"));
        whole.addAll(command);
        return whole;
    }

    private static void assertStopped(OwnProcess.Ended ended) {
        assertThat(ended.code()).as(ended.said()).isEqualTo(ExitCode.STORAGE.code());
        assertThat(ended.said())
                .contains("out.jsonl.ledger.sqlite: cannot be ")
                .contains("No file was left half-written, and every reply that was written before stays in the ledger.")
                .contains("run the same command again")
                .doesNotContain("\tat ");
    }

    @Test
    void whereTheLedgerMayNotGrowNothingMoreIsSentAndWithRoomTheRunGoesOnWithoutPayingTwice() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no bash here to set a limit of file sizes");
        Path out = folder.resolve("out.jsonl");
        try (ChatReplies server = server()) {
            // The unit is 1 KiB; SQLite's library, which is unpacked at the start, has 1.1 MB.
            OwnProcess.Ended ended = OwnProcess.run(shell("ulimit -f 2048; exec \"$@\"", judge(server, out)));
            assertStopped(ended);
            assertThat(server.calls()).isBetween(1, CALLS - IN_FLIGHT);
            assertThat(out).doesNotExist();
            assertThat(folder.resolve("out.jsonl.part")).doesNotExist();

            int sent = server.calls();
            ended = OwnProcess.run(judge(server, out));
            assertThat(ended.code()).as(ended.said()).isZero();
            // What was on its way when the room ran out may be asked again; nothing else is.
            assertThat(server.calls()).isBetween(CALLS, CALLS + IN_FLIGHT);
            assertThat(ended.said()).contains((server.calls() - sent) + " paid, " + (CALLS - (server.calls() - sent)));
            int all = server.calls();
            assertThat(OwnProcess.run(judge(server, folder.resolve("whole.jsonl")))
                            .code())
                    .isZero();
            assertThat(server.calls()).isEqualTo(all + CALLS);
        }
        assertThat(out).hasSameBinaryContentAs(folder.resolve("whole.jsonl"));
    }

    @Test
    void onAFullDiskNothingMoreIsSentAndWithRoomTheRunGoesOnWithoutPayingTwice() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeMounts(disk);
        Path out = disk.resolve("out.jsonl");
        Path marks = folder.resolve("marks");
        try (ChatReplies server = server()) {
            List<String> command = new ArrayList<>(List.of(disk.toString(), marks.toString()));
            command.addAll(judge(server, out));
            OwnProcess.Ended ended = OwnProcess.run(inItsOwnMounts(
                    "mount -t tmpfs -o size=1m none \"$1\" || exit 99\n"
                            + "disk=$1 marks=$2; shift 2\n"
                            + "\"$@\" > \"$marks.first\" 2>&1; echo $? > \"$marks.code\"; ls \"$disk\" > \"$marks.ls\"\n"
                            + "mount -o remount,size=64m \"$disk\" || exit 98\n"
                            + "\"$@\"; code=$?; cp \"$disk/out.jsonl\" \"$marks.jsonl\"; exit $code",
                    command));
            OwnProcess.Ended first = new OwnProcess.Ended(
                    Integer.parseInt(
                            Files.readString(folder.resolve("marks.code")).strip()),
                    Files.readString(folder.resolve("marks.first")));
            assertStopped(first);
            assertThat(first.said()).contains("the disk is full; make room");
            assertThat(Files.readAllLines(folder.resolve("marks.ls")))
                    .contains("out.jsonl.ledger.sqlite")
                    .doesNotContain("out.jsonl", "out.jsonl.part");
            assertThat(ended.code()).as(ended.said()).isZero();
            assertThat(server.calls()).isBetween(CALLS, CALLS + IN_FLIGHT);
            int all = server.calls();
            assertThat(OwnProcess.run(judge(server, folder.resolve("whole.jsonl")))
                            .code())
                    .isZero();
            assertThat(server.calls()).isEqualTo(all + CALLS);
        }
        assertThat(folder.resolve("marks.jsonl")).hasSameBinaryContentAs(folder.resolve("whole.jsonl"));
    }

    @Test
    void aReadOnlyFolderIsSaidBeforeAnythingIsSent() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeMounts(disk);
        try (ChatReplies server = server()) {
            List<String> command = new ArrayList<>(List.of(disk.toString()));
            command.addAll(judge(server, disk.resolve("out.jsonl")));
            OwnProcess.Ended ended = OwnProcess.run(
                    inItsOwnMounts("mount -t tmpfs -o ro none \"$1\" || exit 99\nshift; exec \"$@\"", command));
            assertThat(ended.code()).as(ended.said()).isEqualTo(ExitCode.STORAGE.code());
            assertThat(ended.said()).contains(disk.toString(), "Read-only").doesNotContain("\tat ");
            assertThat(server.calls()).isZero();
        }
    }

    /** With file systems of their own, which these processes alone see and which end with them. */
    private static List<String> inItsOwnMounts(String script, List<String> command) {
        List<String> whole = new ArrayList<>(List.of("unshare", "--map-root-user", "--mount"));
        whole.addAll(shell(script, command));
        return whole;
    }

    private static void assumeMounts(Path disk) throws InterruptedException {
        try {
            OwnProcess.Ended trial =
                    OwnProcess.run(inItsOwnMounts("mount -t tmpfs -o size=1m none \"$1\"", List.of(disk.toString())));
            Assumptions.assumeTrue(trial.code() == 0, "no file system can be mounted here: " + trial.said());
        } catch (IOException e) {
            Assumptions.abort("no file system can be mounted here: " + e.getMessage());
        }
    }
}
