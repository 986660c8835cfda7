import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.ExecutionException;

/** See {@code bench/budget}. */
final class Budget {
    private static final long LONGEST_RUN_SECONDS = 300;
    private static final int SPENT = 6;
    private static final int KILLED = 137;

    private final Path work;
    private final long seed;

    private Budget(Path work, long seed) {
        this.work = work;
        this.seed = seed;
    }

    /** What one randomised run came to. */
    private record Outcome(
            int number, long capNanos, long billedNanos, int kills, int requests, int code, List<Path> leaks, String last) {
        boolean over() {
            return billedNanos > capNanos;
        }
    }

    public static void main(String[] args) throws IOException, InterruptedException, ExecutionException {
        new Budget(Path.of(args[0]), Long.parseLong(args[3])).measure(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    }

    private void measure(int runs, int lanes) throws InterruptedException, ExecutionException, IOException {
        ExecutorService pool = Executors.newFixedThreadPool(lanes);
        List<Future<Outcome>> outcomes = new ArrayList<>();
        for (int i = 1; i <= runs; i++) {
            int number = i;
            outcomes.add(pool.submit(() -> run(number)));
        }
        pool.shutdown();
        int over = 0;
        int leaks = 0;
        int kills = 0;
        int spent = 0;
        int done = 0;
        int other = 0;
        long requests = 0;
        double used = 0;
        double closest = 0;
        Program.print("%6s %8s %8s %6s %6s %6s %6s", "runs", "ended 0", "ended 6", "other", "kills", "over", "leaks");
        for (int i = 0; i < runs; i++) {
            Outcome outcome = outcomes.get(i).get();
            kills += outcome.kills();
            requests += outcome.requests();
            leaks += outcome.leaks().isEmpty() ? 0 : 1;
            over += outcome.over() ? 1 : 0;
            spent += outcome.code() == SPENT ? 1 : 0;
            done += outcome.code() == 0 ? 1 : 0;
            double share = outcome.capNanos() == 0 ? 0 : (double) outcome.billedNanos() / outcome.capNanos();
            closest = Math.max(closest, share);
            used += outcome.code() == SPENT ? share : 0;
            if (outcome.code() != 0 && outcome.code() != SPENT) {
                other++;
                System.err.println("run " + outcome.number() + " ended with " + outcome.code() + ": " + outcome.last());
            }
            if (outcome.over() || !outcome.leaks().isEmpty()) {
                System.err.println("run " + outcome.number() + ": cap " + outcome.capNanos() + ", billed "
                        + outcome.billedNanos() + ", the key is in " + outcome.leaks());
            }
            if ((i + 1) % Math.max(1, runs / 20) == 0) {
                Program.print("%6d %8d %8d %6d %6d %6d %6d", i + 1, done, spent, other, kills, over, leaks);
            }
        }
        boolean ok = over == 0 && leaks == 0 && other == 0;
        Program.print(
                "{\"benchmark\":\"budget\",\"ok\":%s,\"runs\":%d,\"kills\":%d,\"requests\":%d,\"overspent\":%d,\"with_key\":%d,"
                        + "\"ended_done\":%d,\"ended_by_budget\":%d,\"ended_otherwise\":%d,"
                        + "\"mean_share_of_budget_billed_where_it_ended\":%.3f,\"highest_share_billed\":%.4f}",
                ok, runs, kills, requests, over, leaks, done, spent, other, spent == 0 ? 0 : used / spent, closest);
        System.exit(ok ? 0 : 1);
    }

    /** Everything about it is drawn: pairs, prices, latency, faults, the cap, how much in flight, when it is killed. */
    private Outcome run(int number) throws IOException, InterruptedException {
        Random random = new Random(seed * 1_000_003 + number);
        Path folder = Files.createDirectories(work.resolve("run-" + number));
        String canary = "sk-canary-" + Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
        int pairs = 3 + random.nextInt(10);
        int latency = random.nextInt(40);
        double faults = random.nextInt(3) == 0 ? 0 : .3 * random.nextDouble();
        long promptNanos = 1 + random.nextInt(20_000);
        long completionNanos = 1 + random.nextInt(80_000);
        int inFlight = 1 + random.nextInt(8);
        int wantedKills = random.nextInt(3);
        Program.pairs(folder.resolve("pairs.jsonl"), pairs, random.nextLong());
        try (BilledServer server = new BilledServer(
                random.nextLong(), latency, faults, 0, random.nextInt(30), promptNanos, completionNanos, true)) {
            // Around what the run will cost, so that it ends sometimes by itself and sometimes at its budget.
            long likely = 2L * pairs * (1500 * promptNanos + 12 * completionNanos);
            long cap = (long) (likely * (.1 + 2.4 * random.nextDouble()));
            List<String> command = List.of(
                    "judge", folder.resolve("pairs.jsonl").toString(),
                    "--judge", "openai:m",
                    "--base-url", server.base(),
                    "--reading", "verdict",
                    "--in-flight", Integer.toString(inFlight),
                    "--timeout", "1",
                    "--price-prompt", decimal(promptNanos, 1e3),
                    "--price-completion", decimal(completionNanos, 1e3),
                    "--budget", decimal(cap, 1e9),
                    "--max-abstentions", "1",
                    "--out", folder.resolve("judgments.jsonl").toString());
            int kills = 0;
            int code = KILLED;
            while (code == KILLED) {
                Process process = Program.start(
                        folder.resolve("said"), Map.of("OPENAI_API_KEY", canary), command);
                if (kills < wantedKills) {
                    int target = server.requests() + 1 + random.nextInt(2 * pairs);
                    while (server.requests() < target && process.isAlive()) {
                        TimeUnit.MICROSECONDS.sleep(500);
                    }
                    if (!process.waitFor(random.nextInt(30_000), TimeUnit.MICROSECONDS)) {
                        process.destroyForcibly();
                        process.waitFor();
                    }
                    kills += process.exitValue() == KILLED ? 1 : 0;
                }
                code = Program.await(process, LONGEST_RUN_SECONDS);
            }
            Outcome outcome = new Outcome(
                    number,
                    cap,
                    server.billedNanos(),
                    kills,
                    server.requests(),
                    code,
                    Program.holding(folder, canary),
                    Program.last(folder.resolve("said.err")));
            if (!outcome.over() && outcome.leaks().isEmpty()) {
                Program.delete(folder);
            }
            return outcome;
        }
    }

    private static String decimal(long nanos, double by) {
        return new java.math.BigDecimal(nanos)
                .divide(new java.math.BigDecimal(by))
                .stripTrailingZeros()
                .toPlainString()
                .toLowerCase(Locale.ROOT);
    }
}
