package pairwright.judge;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import pairwright.jsonl.Json;
import pairwright.judge.VerdictCase.Outcome;
import pairwright.llm.Completion;
import pairwright.llm.Reply;

/** Run by {@code bench/verdicts}: reads every written and every recorded reply, and prints what came of it. */
final class VerdictBench {
    private static final String ALPACA_EVAL = "alpacaeval2.given.jsonl";
    private static final int TYPICAL = 1 << 16;
    private static final long SHORTEST_RUN_NANOS = 2_000_000_000L;
    private static final int ROUNDS = 3;

    private final Map<String, Map<Outcome, Integer>> kinds = new LinkedHashMap<>();
    private final Map<NaiveReader, Map<Outcome, Integer>> peers = new EnumMap<>(NaiveReader.class);
    private final Map<String, Map<NaiveReader, Integer>> peersWrong = new LinkedHashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private final List<Runnable> typical = new ArrayList<>();
    private final List<Runnable> huge = new ArrayList<>();
    private long typicalBytes;
    private long hugeBytes;

    public static void main(String[] args) {
        new VerdictBench().run();
    }

    private void run() {
        List<VerdictCase> written = VerdictCase.all();
        for (VerdictCase each : written) {
            Reply reply = each.reply();
            Trial trial = each.reader().read(reply);
            count(each.id(), "written", each.kind(), each.outcome(trial), trial);
            if (reply instanceof Completion completion && each.reading() == Reading.VERDICT) {
                comparePeers("written", completion, each.scale(), each.line(), each.p());
            }
            timed(reply, () -> each.reader());
        }
        Map<String, Map<Outcome, Integer>> ofWritten = new LinkedHashMap<>(kinds);
        table("written replies, by what is odd about them", ofWritten);
        kinds.clear();
        int recorded = recorded();
        table("replies recorded elsewhere, against the verdict that was recorded", kinds);
        Optional<Double> furthest = Optional.empty();
        if (Files.exists(RecordedReply.FOLDER.resolve(ALPACA_EVAL))) {
            furthest = Optional.of(furthest(false));
            System.out.printf(
                    Locale.ROOT,
                    "%nalpacaeval2: the largest difference from a recorded preference is %.2e with the tokens m and M, as it was recorded, and"
                            + " %.2e with \" m\" and \" M\" too, as the judge reads%n",
                    furthest.get(),
                    furthest(true));
        }
        peerTable();
        double replies = rate(typical);
        double megabytes = replies * typicalBytes / typical.size() / 1e6;
        double hugeMegabytes = rate(huge) * hugeBytes / huge.size() / 1e6;
        System.out.printf(
                Locale.ROOT,
                "%nspeed, a second of CPU, a new reader for each reply: %,.0f replies, %.0f MB (replies up to 64 KiB, %.0f bytes on"
                        + " average); %.0f MB (%d replies of 1 to 12 MiB)%n",
                replies,
                megabytes,
                (double) typicalBytes / typical.size(),
                hugeMegabytes,
                huge.size());
        wrong.forEach(System.out::println);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("benchmark", "verdicts");
        json.put("ok", sum(ofWritten, Outcome.WRONG) + sum(ofWritten, Outcome.MISSED) + sum(kinds, Outcome.WRONG) == 0);
        json.put("written", counts(ofWritten, written.size()));
        json.put("recorded", counts(kinds, recorded));
        json.put("alpacaeval2_furthest", furthest);
        json.put("replies_per_cpu_second", Math.round(replies));
        json.put("mb_per_cpu_second", Math.round(megabytes));
        json.put("huge_mb_per_cpu_second", Math.round(hugeMegabytes));
        Map<String, Object> others = new LinkedHashMap<>();
        peers.forEach((peer, counts) -> others.put(name(peer), asText(counts)));
        json.put("peers", others);
        System.out.println(Json.write(json));
        if (!Boolean.TRUE.equals(json.get("ok"))) {
            System.exit(1);
        }
    }

    private int recorded() {
        int recorded = 0;
        Map<String, Supplier<List<RecordedReply>>> sets = new LinkedHashMap<>();
        sets.put("vicuna80.given.jsonl.gz", RecordedReply::vicuna80);
        sets.put("llmbar.given.jsonl.gz", RecordedReply::llmbar);
        sets.put("pandalm.given.jsonl", RecordedReply::pandalm);
        sets.put(ALPACA_EVAL, () -> RecordedReply.alpacaEval2(false));
        for (Map.Entry<String, Supplier<List<RecordedReply>>> set : sets.entrySet()) {
            if (!Files.exists(RecordedReply.FOLDER.resolve(set.getKey()))) {
                System.out.println("skipped: " + RecordedReply.FOLDER.resolve(set.getKey()) + " is not here");
                continue;
            }
            for (RecordedReply each : set.getValue().get()) {
                recorded++;
                Trial trial = each.reader().read(each.reply());
                count(each.id(), "recorded", each.kind(), each.outcome(trial), trial);
                if (each.reading() == Reading.VERDICT) {
                    comparePeers("recorded", each.reply(), each.scale(), each.line(), each.p());
                }
                timed(each.reply(), each::reader);
            }
        }
        return recorded;
    }

    /** How far the preferences that are read from AlpacaEval's log-probabilities lie from those that it recorded. */
    private static double furthest(boolean spaced) {
        return RecordedReply.alpacaEval2(spaced).stream()
                .mapToDouble(
                        each -> Math.abs(each.reader().read(each.reply()).p().orElseThrow()
                                - each.p().orElseThrow()))
                .max()
                .orElseThrow();
    }

    private void count(String id, String of, String kind, Outcome outcome, Trial trial) {
        kinds.computeIfAbsent(kind, k -> new EnumMap<>(Outcome.class)).merge(outcome, 1, Integer::sum);
        if (outcome == Outcome.WRONG || outcome == Outcome.MISSED) {
            wrong.add(outcome + ": " + of + " " + id + ": " + trial.p() + " " + trial.abstention());
        }
    }

    private void comparePeers(
            String of, Completion reply, pairwright.rubric.Scale scale, String line, Optional<Double> p) {
        if (reply.text().length() > TYPICAL) {
            return;
        }
        for (NaiveReader peer : NaiveReader.values()) {
            Optional<Double> said = peer.read(reply.text(), scale, line);
            Outcome outcome = said.isEmpty()
                    ? (p.isEmpty() ? Outcome.RIGHT : Outcome.UNPARSED)
                    : (said.equals(p) ? Outcome.RIGHT : Outcome.WRONG);
            peers.computeIfAbsent(peer, k -> new EnumMap<>(Outcome.class)).merge(outcome, 1, Integer::sum);
            if (outcome == Outcome.WRONG) {
                peersWrong
                        .computeIfAbsent(of, k -> new EnumMap<>(NaiveReader.class))
                        .merge(peer, 1, Integer::sum);
            }
        }
    }

    private void timed(Reply reply, Supplier<TrialReader> reader) {
        if (!(reply instanceof Completion completion)) {
            return;
        }
        int bytes = completion.text().getBytes(StandardCharsets.UTF_8).length;
        if (bytes <= TYPICAL) {
            typical.add(() -> reader.get().read(reply));
            typicalBytes += bytes;
        } else {
            huge.add(() -> reader.get().read(reply));
            hugeBytes += bytes;
        }
    }

    /** Replies a second of CPU, median of the rounds after one to warm up. */
    private static double rate(List<Runnable> reads) {
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        double[] rates = new double[ROUNDS + 1];
        for (int round = 0; round <= ROUNDS; round++) {
            long began = clock.getCurrentThreadCpuTime();
            long done = 0;
            while (clock.getCurrentThreadCpuTime() - began < SHORTEST_RUN_NANOS) {
                reads.forEach(Runnable::run);
                done += reads.size();
            }
            rates[round] = done * 1e9 / (clock.getCurrentThreadCpuTime() - began);
        }
        double[] counted = java.util.Arrays.copyOfRange(rates, 1, rates.length);
        java.util.Arrays.sort(counted);
        return counted[counted.length / 2];
    }

    private static void table(String title, Map<String, Map<Outcome, Integer>> kinds) {
        System.out.printf(
                "%n%s%n  %-26s %8s %8s %10s %8s %8s%n",
                title, "kind", "replies", "right", "unparsed", "missed", "wrong");
        kinds.forEach((kind, counts) -> row(kind, counts));
        Map<Outcome, Integer> all = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            all.put(outcome, sum(kinds, outcome));
        }
        row("all", all);
    }

    private static void row(String name, Map<Outcome, Integer> counts) {
        System.out.printf(
                "  %-26s %,8d %,8d %,10d %,8d %,8d%n",
                name,
                counts.values().stream().mapToInt(Integer::intValue).sum(),
                counts.getOrDefault(Outcome.RIGHT, 0),
                counts.getOrDefault(Outcome.UNPARSED, 0),
                counts.getOrDefault(Outcome.MISSED, 0),
                counts.getOrDefault(Outcome.WRONG, 0));
    }

    private void peerTable() {
        System.out.printf(
                "%nhow replies are commonly read, on those that answer in words%n  %-26s %8s %8s %10s %15s %15s%n",
                "reader", "replies", "right", "unparsed", "wrong, written", "wrong, recorded");
        peers.forEach((peer, counts) -> System.out.printf(
                "  %-26s %,8d %,8d %,10d %,15d %,15d%n",
                name(peer),
                counts.values().stream().mapToInt(Integer::intValue).sum(),
                counts.getOrDefault(Outcome.RIGHT, 0),
                counts.getOrDefault(Outcome.UNPARSED, 0),
                peersWrong.getOrDefault("written", Map.of()).getOrDefault(peer, 0),
                peersWrong.getOrDefault("recorded", Map.of()).getOrDefault(peer, 0)));
    }

    private static String name(NaiveReader peer) {
        return peer.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static int sum(Map<String, Map<Outcome, Integer>> kinds, Outcome outcome) {
        return kinds.values().stream()
                .mapToInt(counts -> counts.getOrDefault(outcome, 0))
                .sum();
    }

    private static Map<String, Object> counts(Map<String, Map<Outcome, Integer>> kinds, int replies) {
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("replies", replies);
        for (Outcome outcome : Outcome.values()) {
            counts.put(outcome.name().toLowerCase(Locale.ROOT), sum(kinds, outcome));
        }
        return counts;
    }

    private static Map<String, Object> asText(Map<Outcome, Integer> outcomes) {
        Map<String, Object> counts = new LinkedHashMap<>();
        outcomes.forEach((outcome, count) -> counts.put(outcome.name().toLowerCase(Locale.ROOT), count));
        return counts;
    }
}
