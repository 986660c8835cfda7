import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** See {@code bench/faults}. */
final class Faults {
    private static final double SHARE = .3;
    private static final double PERMANENT = .005;
    private static final long PAUSE_MILLIS = 100;
    private static final long LONGEST_RUN_SECONDS = 1200;

    private final Path work;
    private final int pairs;
    private final int inFlight;
    private final int latency;
    private final int timeout;
    private final long seed;

    private Faults(Path work, int pairs, int inFlight, int latency, int timeout, long seed) {
        this.work = work;
        this.pairs = pairs;
        this.inFlight = inFlight;
        this.latency = latency;
        this.timeout = timeout;
        this.seed = seed;
    }

    /** What one run took and did. */
    private record Run(
            double seconds,
            double dictated,
            int code,
            int requests,
            int bodies,
            int completed,
            int permanent,
            Map<String, Long> faults,
            int rows,
            Map<String, Integer> abstained) {
        double attempts() {
            return (double) requests / bodies;
        }
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        new Faults(
                        Path.of(args[0]),
                        Integer.parseInt(args[1]),
                        Integer.parseInt(args[2]),
                        Integer.parseInt(args[3]),
                        Integer.parseInt(args[4]),
                        Long.parseLong(args[5]))
                .measure();
    }

    private void measure() throws IOException, InterruptedException {
        Program.pairs(work.resolve("pairs.jsonl"), pairs, seed);
        Program.print(
                "%d calls, %d in flight, %d ms each, at most %d s an attempt; %.0f%% of the attempts meet one of %d faults",
                2 * pairs, inFlight, latency, timeout, 100 * SHARE, BilledServer.Fault.values().length);
        Program.print(
                "%-12s %8s %8s %9s %9s %9s %9s %9s %9s", "run", "seconds", "waits s", "calls", "attempts", "a call",
                "completed", "refused", "terminal");
        Run clean = run("fault-free", 0, 0);
        Run faulty = run("30% faults", SHARE, PERMANENT);
        faulty.faults().forEach((name, count) -> Program.print("  %-24s %6d", name, count));
        double time = (faulty.seconds() - faulty.dictated()) / clean.seconds();
        boolean ok = clean.code() == 0
                && faulty.code() == 0
                && clean.rows() == pairs
                && faulty.rows() == pairs
                && faulty.bodies() == 2 * pairs
                && faulty.completed() == faulty.bodies() - faulty.permanent()
                && !faulty.abstained().containsKey("TRANSPORT")
                && faulty.attempts() <= 1.6
                && time <= 2;
        Program.print("rows that abstain: %s (of the calls refused for good)", faulty.abstained());
        Program.print("attempts a call %.3f (at most 1.6); time %.2f of the fault-free run's (at most 2)", faulty.attempts(), time);
        Program.print(
                "{\"benchmark\":\"faults\",\"ok\":%s,\"calls\":%d,\"in_flight\":%d,\"latency_ms\":%d,\"fault_share\":%.2f,"
                        + "\"terminal\":%d,\"recoverable\":%d,\"recoverable_completed\":%d,\"attempts_per_call\":%.3f,"
                        + "\"seconds\":%.2f,\"dictated_seconds\":%.2f,\"fault_free_seconds\":%.2f,\"time_ratio\":%.3f}",
                ok,
                faulty.bodies(),
                inFlight,
                latency,
                SHARE,
                faulty.completed() + faulty.permanent(),
                faulty.bodies() - faulty.permanent(),
                faulty.completed(),
                faulty.attempts(),
                faulty.seconds(),
                faulty.dictated(),
                clean.seconds(),
                time);
        System.exit(ok ? 0 : 1);
    }

    private Run run(String name, double share, double permanent) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(work.resolve(name.replaceAll("[^a-z0-9]", "-")));
        try (BilledServer server = new BilledServer(seed, latency, share, permanent, PAUSE_MILLIS, 1, 1, false)) {
            Path out = folder.resolve("judgments.jsonl");
            List<String> command = new ArrayList<>(List.of(
                    "judge", work.resolve("pairs.jsonl").toString(),
                    "--judge", "openai:m",
                    "--base-url", server.base(),
                    "--reading", "verdict",
                    "--in-flight", Integer.toString(inFlight),
                    "--timeout", Integer.toString(timeout),
                    "--max-abstentions", "1",
                    "--out", out.toString()));
            long start = System.nanoTime();
            int code = Program.await(Program.start(folder.resolve("said"), Map.of(), command), LONGEST_RUN_SECONDS);
            double seconds = (System.nanoTime() - start) / 1e9;
            Map<String, Integer> abstained = new TreeMap<>();
            int rows = 0;
            if (Files.exists(out)) {
                for (String row : Files.readAllLines(out)) {
                    rows++;
                    int at = row.indexOf("\"abstention\":{\"reason\":\"");
                    if (row.contains("\"z\":null") || !row.contains("\"z\":")) {
                        abstained.merge(
                                at < 0 ? "?" : row.substring(at + 24, row.indexOf('"', at + 24)), 1, Integer::sum);
                    }
                }
            } else {
                System.err.println(Program.last(folder.resolve("said.err")));
            }
            Run run = new Run(
                    seconds,
                    server.dictatedSeconds(),
                    code,
                    server.requests(),
                    server.bodies(),
                    server.completed(),
                    server.permanent(),
                    new TreeMap<>(server.faults()),
                    rows,
                    abstained);
            Program.print(
                    "%-12s %8.2f %8.2f %9d %9d %9.3f %9d %9d %9d",
                    name, run.seconds(), run.dictated(), run.bodies(), run.requests(), run.attempts(), run.completed(),
                    run.permanent(), run.completed() + run.permanent());
            return run;
        }
    }
}
