import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** See {@code bench/crash}. */
final class Crash {
    private static final long LONGEST_RUN_SECONDS = 600;
    /** How far a process may come before it is killed, in requests. */
    private static final int FARTHEST = 1000;

    private static final int LATEST_MILLIS = 30;
    /** One kill in so many comes by the clock instead: at the start, before anything was asked, or at the end. */
    private static final int BY_THE_CLOCK = 5;

    private static final int LATEST_CLOCK_MILLIS = 1500;

    private final Path work;
    private final int kills;
    private final int pairs;
    private final int inFlight;
    private final int latency;
    private final Random random;
    private final long seed;

    private int killed;
    private int runs;
    private int lost;
    private int duplicates;
    private int different;
    private int mostAgain;
    private long again;
    private int failed;

    private Crash(Path work, int kills, int pairs, int inFlight, int latency, long seed) {
        this.work = work;
        this.kills = kills;
        this.pairs = pairs;
        this.inFlight = inFlight;
        this.latency = latency;
        this.seed = seed;
        this.random = new Random(seed);
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        new Crash(
                        Path.of(args[0]),
                        Integer.parseInt(args[1]),
                        Integer.parseInt(args[2]),
                        Integer.parseInt(args[3]),
                        Integer.parseInt(args[4]),
                        Long.parseLong(args[5]))
                .measure();
    }

    private List<String> command(BilledServer server, Path out) {
        return List.of(
                "judge", work.resolve("pairs.jsonl").toString(),
                "--judge", "openai:m",
                "--base-url", server.base(),
                "--reading", "verdict",
                "--in-flight", Integer.toString(inFlight),
                "--max-abstentions", "1",
                "--out", out.toString());
    }

    private void measure() throws IOException, InterruptedException {
        Program.pairs(work.resolve("pairs.jsonl"), pairs, seed);
        Path whole = work.resolve("whole.jsonl");
        try (BilledServer server = server()) {
            int code = Program.await(
                    Program.start(work.resolve("whole-said"), Map.of(), command(server, whole)), LONGEST_RUN_SECONDS);
            if (code != 0 || server.completed() != 2 * pairs) {
                throw new IllegalStateException("the uninterrupted run ended with " + code + ": "
                        + Program.last(work.resolve("whole-said.err")));
            }
        }
        byte[] expected = Files.readAllBytes(whole);
        Program.print("%d pairs, %d calls, %d in flight, %d ms each; %d kills", pairs, 2 * pairs, inFlight, latency, kills);
        Program.print("%5s %6s %10s %6s %6s %10s %10s", "run", "kills", "paid twice", "a kill", "lost", "duplicates", "output");
        while (killed < kills) {
            runKilled(expected);
        }
        boolean ok = lost == 0 && duplicates == 0 && different == 0 && failed == 0 && mostAgain <= inFlight;
        Program.print(
                "{\"benchmark\":\"crash\",\"ok\":%s,\"kills\":%d,\"runs\":%d,\"pairs\":%d,\"in_flight\":%d,\"judgments_lost\":%d,"
                        + "\"duplicates\":%d,\"outputs_different\":%d,\"failed_runs\":%d,\"paid_twice\":%d,"
                        + "\"paid_twice_a_kill\":%.2f,\"most_paid_twice_after_a_kill\":%d}",
                ok, killed, runs, pairs, inFlight, lost, duplicates, different, failed, again, (double) again / killed,
                mostAgain);
        System.exit(ok ? 0 : 1);
    }

    private BilledServer server() throws IOException {
        return new BilledServer(seed, latency, 0, 0, 0, 1, 1, false);
    }

    /** One run to its end, killed again and again on the way. */
    private void runKilled(byte[] expected) throws IOException, InterruptedException {
        runs++;
        Path folder = Files.createDirectories(work.resolve("run-" + runs));
        Path out = folder.resolve("judgments.jsonl");
        int killsHere = 0;
        try (BilledServer server = server()) {
            boolean ended = false;
            while (!ended) {
                server.nextProcess();
                Process process = Program.start(folder.resolve("said"), Map.of(), command(server, out));
                if (killed < kills) {
                    if (killedAt(process, server)) {
                        killed++;
                        killsHere++;
                    }
                }
                int code = Program.await(process, LONGEST_RUN_SECONDS);
                ended = code != 137;
                if (ended && code != 0) {
                    failed++;
                    System.err.println("ended with " + code + ": " + Program.last(folder.resolve("said.err")));
                }
            }
            again += server.again();
            int mostHere = server.mostLost();
            mostAgain = Math.max(mostAgain, mostHere);
            boolean same = Files.exists(out) && java.util.Arrays.equals(expected, Files.readAllBytes(out));
            different += same ? 0 : 1;
            Map<String, Integer> ids = ids(out);
            int lostHere = pairs - ids.size();
            int duplicatesHere = ids.values().stream().mapToInt(count -> count - 1).sum();
            lost += lostHere;
            duplicates += duplicatesHere;
            Program.print(
                    "%5d %6d %10d %6d %6d %10d %10s",
                    runs, killsHere, server.again(), mostHere, lostHere, duplicatesHere, same ? "same" : "DIFFERENT");
        }
        if (different == 0) {
            Program.delete(folder);
        }
    }

    /** Kills at a random instant; false where the process was faster. */
    private boolean killedAt(Process process, BilledServer server) throws InterruptedException {
        long delay = random.nextInt(LATEST_MILLIS * 1000);
        if (random.nextInt(BY_THE_CLOCK) == 0) {
            delay = random.nextInt(LATEST_CLOCK_MILLIS * 1000);
        } else {
            int target = server.requests() + 1 + random.nextInt(FARTHEST);
            while (server.requests() < target && process.isAlive()) {
                TimeUnit.MICROSECONDS.sleep(500);
            }
        }
        if (process.waitFor(delay, TimeUnit.MICROSECONDS)) {
            return false;
        }
        process.destroyForcibly(); // SIGKILL
        process.waitFor();
        return process.exitValue() == 137;
    }

    private static Map<String, Integer> ids(Path out) throws IOException {
        Map<String, Integer> ids = new HashMap<>();
        if (!Files.exists(out)) {
            return ids;
        }
        for (String row : Files.readAllLines(out)) {
            int at = row.indexOf("\"id\":\"") + 6;
            ids.merge(row.substring(at, row.indexOf('"', at)), 1, Integer::sum);
        }
        return ids;
    }
}
