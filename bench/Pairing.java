import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import pairwright.candidate.Candidate;
import pairwright.curation.TextSimilarity;
import pairwright.jsonl.BadRows;
import pairwright.jsonl.Digests;
import pairwright.jsonl.Json;
import pairwright.jsonl.RowReader;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;
import pairwright.pair.Label;
import pairwright.pair.ModelPair;
import pairwright.pair.Pair;
import pairwright.pair.PairingPolicy;
import pairwright.prompt.Prompt;
import pairwright.ranking.Comparison;
import pairwright.ranking.ComparisonPlan;
import pairwright.ranking.ComparisonTable;
import pairwright.ranking.ComparisonTableBuilder;
import pairwright.reward.BradleyTerryTrainer;
import pairwright.reward.FitSettings;
import pairwright.reward.RewardModel;

/** How many judgments each pairing policy needs to reach the ranking that all judgments give. */
final class Pairing {
    private static final List<String> POLICIES = List.of(
            "random:999999999",
            "round-robin",
            "reference",
            "best-worst",
            "best-random",
            "neighbours",
            "swiss",
            "informative");

    /** Two candidates of a prompt that have a verdict; the pair, where its texts are known, and z in its frame. */
    private record Battle(ModelPair models, double lowerWins, Optional<Pair> pair, double z) {
        Battle(ModelPair models, double lowerWins) {
            this(models, lowerWins, Optional.empty(), lowerWins);
        }
    }

    /** Everything that can be asked, with the answers. */
    private record Pool(String name, List<String> models, List<List<Candidate>> prompts, Map<String, Battle> verdicts) {
        /** Of some of the prompts. */
        Pool part(Predicate<String> wanted) {
            List<List<Candidate>> some = prompts.stream()
                    .filter(candidates -> wanted.test(candidates.get(0).prompt().id()))
                    .toList();
            Map<String, Battle> theirs = new TreeMap<>(verdicts);
            theirs.values().removeIf(battle -> !wanted.test(battle.pair().orElseThrow().prompt().id()));
            return new Pool(name, models, some, theirs);
        }

        Optional<Battle> verdict(Candidate one, Candidate other) {
            return Optional.ofNullable(verdicts.get(key(one.id(), other.id())));
        }
    }

    private static String key(String one, String other) {
        return one.compareTo(other) < 0 ? one + "~" + other : other + "~" + one;
    }

    public static void main(String[] arguments) throws IOException {
        int seeds = Integer.parseInt(arguments[0]);
        double target = Double.parseDouble(arguments[1]);
        Path data = Path.of(arguments[2]);
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("benchmark", "pairing");
        all.put("tau", target);
        all.put("seeds", seeds);
        all.put("simulated", measured(seed -> simulated(10, 300, seed), seeds, target));
        for (String name : List.of("vicuna80.given.jsonl.gz", "llmfao.given.jsonl")) {
            Path file = data.resolve(name);
            String of = name.substring(0, name.indexOf('.'));
            if (Files.exists(file)) {
                Pool pool = recorded(of, file);
                Map<String, Object> numbers = measured(seed -> pool, seeds, target);
                numbers.put("reward_model_accuracy", accuracies(pool, Math.min(seeds, 3)));
                all.put(of, numbers);
            } else {
                System.out.println(of + ": skipped, " + file + " is not there");
                all.put(of, "skipped: no data");
            }
        }
        System.out.println(Json.write(all));
    }

    private interface Pools {
        Pool of(long seed);
    }

    private static Map<String, Object> measured(Pools pools, int seeds, double target) {
        Pool shown = pools.of(0);
        Map<String, Object> result = new LinkedHashMap<>();
        Map<String, Needed[]> all = new LinkedHashMap<>();
        for (String policy : POLICIES) {
            Needed[] counts = new Needed[seeds];
            for (int seed = 0; seed < seeds; seed++) {
                counts[seed] = needed(pools.of(seed), policy, seed, target);
            }
            all.put(name(policy), counts);
        }
        table(shown, all, result, "tau", "a Kendall's tau of " + target + " with the whole set's ranking", Needed::tau);
        table(shown, all, result, "settled", "every order that the whole set settles (95%)", Needed::settled);
        return result;
    }

    private static String name(String policy) {
        return policy.replaceFirst(":.*", "");
    }

    /** Judgments until a target is reached and kept. */
    private record Needed(double tau, double settled) {}

    private static void table(
            Pool shown,
            Map<String, Needed[]> all,
            Map<String, Object> result,
            String key,
            String target,
            ToDoubleFunction<Needed> of) {
        System.out.printf(
                Locale.ROOT,
                "%n%s: %d models, %d prompts, %d judgments in all; needed for %s%n",
                shown.name(), shown.models().size(), shown.prompts().size(), shown.verdicts().size(), target);
        System.out.printf("%-14s %9s %9s %9s %10s %7s%n", "policy", "median", "low 10%", "high 10%", "of random", "missed");
        Map<String, Object> rows = new LinkedHashMap<>();
        double random = 0;
        for (Map.Entry<String, Needed[]> policy : all.entrySet()) {
            double[] counts = Arrays.stream(policy.getValue()).mapToDouble(of).sorted().toArray();
            double median = counts[counts.length / 2];
            random = rows.isEmpty() ? median : random;
            int never = (int) Arrays.stream(counts).filter(Double::isInfinite).count();
            System.out.printf(
                    Locale.ROOT,
                    "%-14s %9s %9s %9s %10s %7d%n",
                    policy.getKey(),
                    words(median),
                    words(counts[counts.length / 10]),
                    words(counts[counts.length - 1 - counts.length / 10]),
                    Double.isInfinite(median) ? "-" : String.format(Locale.ROOT, "%.2f", median / random),
                    never);
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("median", Double.isInfinite(median) ? "not reached" : (Object) (long) median);
            row.put("of_random", Double.isInfinite(median) ? "not reached" : (Object) (median / random));
            row.put("missed", never);
            rows.put(policy.getKey(), row);
        }
        result.put(key, rows);
    }

    private static String words(double count) {
        return Double.isInfinite(count) ? "never" : String.format(Locale.ROOT, "%.0f", count);
    }

    /** The judgments from which on the ranking stays at the targets, infinite where a policy's pairs are used up before. */
    private static Needed needed(Pool pool, String policy, long seed, double target) {
        ComparisonPlan whole = ComparisonPlan.after(table(new ArrayList<>(pool.verdicts().values())), pool.models());
        List<String[]> settled = new ArrayList<>();
        for (String one : pool.models()) {
            for (String other : pool.models()) {
                if (!one.equals(other) && whole.probabilityAbove(one, other) > .975) {
                    settled.add(new String[] {one, other});
                }
            }
        }
        List<Battle> made = new ArrayList<>();
        int round = Math.max(pool.models().size() / 2, pool.verdicts().size() / 300);
        Asking asking = new Asking(pool, policy, seed);
        double tauFrom = Double.POSITIVE_INFINITY;
        double settledFrom = Double.POSITIVE_INFINITY;
        while (true) {
            List<Battle> next = asking.next(made, round);
            if (next.isEmpty()) {
                return new Needed(tauFrom, settledFrom);
            }
            made.addAll(next);
            List<String> ranking = ranking(pool, made);
            tauFrom = from(tauFrom, tau(ranking, whole.ranking()) >= target - 1e-9, made.size());
            settledFrom = from(
                    settledFrom,
                    settled.stream().allMatch(two -> ranking.indexOf(two[0]) < ranking.indexOf(two[1])),
                    made.size());
        }
    }

    private static double from(double before, boolean reached, int count) {
        return reached ? Math.min(before, count) : Double.POSITIVE_INFINITY;
    }

    /** What a reward model that is fitted to a share of the judgments of most prompts says of those of the others. */
    private static Map<String, Object> accuracies(Pool pool, int seeds) {
        double[] shares = {.1, .25, .5, 1};
        System.out.printf(
                "%n%s: accuracy on the prompts of one fold of five of a reward model fitted to a share of the judgments of"
                        + " the others, mean of %d seeds%n%-14s",
                pool.name(), seeds, "policy");
        for (double share : shares) {
            System.out.printf(Locale.ROOT, " %8.0f%%", 100 * share);
        }
        System.out.println();
        Map<String, Object> rows = new LinkedHashMap<>();
        Map<Integer, Double> ofAll = new TreeMap<>();
        for (String policy : POLICIES) {
            double[] sums = new double[shares.length];
            for (int seed = 0; seed < seeds; seed++) {
                int fold = seed % 5;
                Pool train = pool.part(prompt -> fold(prompt) != fold);
                List<Battle> test =
                        List.copyOf(pool.part(prompt -> fold(prompt) == fold).verdicts().values());
                Asking asking = new Asking(train, policy, seed);
                List<Battle> made = new ArrayList<>();
                int round = Math.max(train.models().size() / 2, train.verdicts().size() / 40);
                int fitted = 0;
                double last = 0;
                for (int k = 0; k < shares.length; k++) {
                    double wanted = shares[k] * train.verdicts().size();
                    while (made.size() < wanted) {
                        List<Battle> next = asking.next(made, round);
                        if (next.isEmpty()) {
                            break;
                        }
                        made.addAll(next);
                    }
                    // A policy that has no more pairs stays with what it chose; one that has chooses a round too much at most.
                    if (made.size() == train.verdicts().size()) {
                        last = ofAll.computeIfAbsent(seed, all -> accuracy(made, test));
                    } else if (made.size() != fitted) {
                        last = accuracy(made, test);
                    }
                    fitted = made.size();
                    sums[k] += last;
                }
            }
            System.out.printf("%-14s", name(policy));
            Map<String, Object> row = new LinkedHashMap<>();
            for (int k = 0; k < shares.length; k++) {
                System.out.printf(Locale.ROOT, " %9.3f", sums[k] / seeds);
                row.put(String.valueOf(shares[k]), sums[k] / seeds);
            }
            System.out.println();
            rows.put(name(policy), row);
        }
        return rows;
    }

    private static int fold(String prompt) {
        return (int) (5 * Digests.uniform(11, "fold", prompt));
    }

    private static double accuracy(List<Battle> made, List<Battle> test) {
        List<Judgment> judgments = made.stream()
                .map(battle -> Judgment.of(battle.pair().orElseThrow(), "people", new Preference(battle.z())))
                .toList();
        RewardModel model = BradleyTerryTrainer.with(FitSettings.DEFAULT
                        .withHoldOut(0)
                        .withL2(List.of(1e-3))
                        .withStyleWeights(List.of(1.)))
                .fit(judgments.iterator(), step -> {})
                .model();
        double right = 0;
        double all = 0;
        for (Battle battle : test) {
            if (battle.z() != .5) {
                Pair pair = battle.pair().orElseThrow();
                double margin = model.score(pair.prompt(), pair.responseA()) - model.score(pair.prompt(), pair.responseB());
                right += margin == 0 ? .5 : (margin > 0) == (battle.z() > .5) ? 1 : 0;
                all++;
            }
        }
        return right / all;
    }

    /** The pairs of a policy, a round at a time, in an order that the seed shuffles. */
    private static final class Asking {
        private final Pool pool;
        private final String policy;
        private final Map<ModelPair, List<Battle>> open = new TreeMap<>();
        private final Map<ModelPair, Long> met = new TreeMap<>();
        private final List<Battle> queue = new ArrayList<>();

        Asking(Pool pool, String policy, long seed) {
            this.pool = pool;
            this.policy = policy;
            boolean planned = policy.equals("swiss") || policy.equals("informative");
            Random random = new Random(seed + 77);
            String reference = pool.models().get(random.nextInt(pool.models().size()));
            PairingPolicy choosing = PairingPolicy.named(
                    planned ? "all" : policy.equals("reference") ? "reference:" + reference : policy,
                    Optional.of("score"),
                    new TextSimilarity()::of,
                    seed);
            for (List<Candidate> prompt : pool.prompts()) {
                for (PairingPolicy.Choice choice : choosing.choose(prompt)) {
                    pool.verdict(prompt.get(choice.first()), prompt.get(choice.second()))
                            .ifPresent(queue::add);
                }
            }
            Collections.shuffle(queue, random);
            if (planned) {
                queue.forEach(battle -> open.computeIfAbsent(battle.models(), key -> new ArrayList<>()).add(battle));
                queue.clear();
            }
        }

        List<Battle> next(List<Battle> made, int round) {
            List<Battle> next = new ArrayList<>();
            if (open.isEmpty()) {
                List<Battle> head = queue.subList(0, Math.min(round, queue.size()));
                next.addAll(head);
                head.clear();
                return next;
            }
            Map<ModelPair, Long> available = new TreeMap<>();
            open.forEach((models, battles) -> available.put(models, (long) battles.size()));
            ComparisonPlan plan = ComparisonPlan.after(table(made), pool.models());
            Map<ModelPair, Long> meetings = policy.equals("swiss")
                    ? plan.swissRound(round, available, met)
                    : plan.mostInformative(round, available);
            meetings.forEach((models, times) -> {
                List<Battle> battles = open.get(models);
                for (int k = 0; k < times; k++) {
                    next.add(battles.remove(battles.size() - 1));
                }
                met.merge(models, times, Long::sum);
            });
            open.values().removeIf(List::isEmpty);
            return next;
        }
    }

    private static ComparisonTableBuilder table(List<Battle> battles) {
        ComparisonTableBuilder table = ComparisonTable.builder();
        for (Battle battle : battles) {
            table.add(Comparison.of(battle.models().lower(), battle.models().higher(), battle.lowerWins()));
        }
        return table;
    }

    private static List<String> ranking(Pool pool, List<Battle> battles) {
        return ComparisonPlan.after(table(battles), pool.models()).ranking();
    }

    /** Kendall's tau of two rankings of the same items without ties. */
    private static double tau(List<String> one, List<String> other) {
        int concordant = 0;
        int n = one.size();
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                concordant += other.indexOf(one.get(i)) < other.indexOf(one.get(j)) ? 1 : -1;
            }
        }
        return concordant / (n * (n - 1) / 2.);
    }

    /** Normal strengths; each candidate a little better or worse than its model; a score that knows it half; a Bradley-Terry judge. */
    private static Pool simulated(int models, int prompts, long seed) {
        Random random = new Random(seed);
        List<String> names = new ArrayList<>();
        double[] strengths = new double[models];
        for (int i = 0; i < models; i++) {
            names.add(String.format(Locale.ROOT, "m%02d", i));
            strengths[i] = random.nextGaussian();
        }
        List<List<Candidate>> pool = new ArrayList<>();
        Map<String, Battle> verdicts = new TreeMap<>();
        for (int p = 0; p < prompts; p++) {
            List<Candidate> candidates = new ArrayList<>();
            double[] quality = new double[models];
            for (int i = 0; i < models; i++) {
                quality[i] = strengths[i] + .5 * random.nextGaussian();
                candidates.add(new Candidate(
                        "p" + p + "-" + names.get(i),
                        prompt("p" + p),
                        "text " + i,
                        Optional.of(names.get(i)),
                        Map.of("score", quality[i] + random.nextGaussian())));
            }
            for (int i = 0; i < models; i++) {
                for (int j = i + 1; j < models; j++) {
                    double wins = random.nextDouble() < 1 / (1 + Math.exp(quality[j] - quality[i])) ? 1 : 0;
                    verdicts.put(
                            key(candidates.get(i).id(), candidates.get(j).id()),
                            new Battle(ModelPair.of(names.get(i), names.get(j)), wins));
                }
            }
            pool.add(candidates);
        }
        return new Pool("simulated", names, pool, verdicts);
    }

    private static Prompt prompt(String id) {
        return Prompt.of(Optional.of(id), Optional.of("ask " + id), Optional.empty(), Map.of());
    }

    /** Votes of people as the judge, a tie a half; the score is the length of the response. */
    private static Pool recorded(String name, Path file) throws IOException {
        Map<String, Map<String, Candidate>> prompts = new TreeMap<>();
        Map<String, Battle> verdicts = new TreeMap<>();
        TreeSet<String> models = new TreeSet<>();
        try (RowReader<Pair> rows = RowReader.open(file.toString(), Pair.class, BadRows.counted())) {
            while (rows.hasNext()) {
                Pair pair = rows.next().value();
                List<Label> votes =
                        pair.human().stream().flatMap(vote -> vote.label().stream()).toList();
                if (pair.modelA().equals(pair.modelB()) || votes.isEmpty()) {
                    continue;
                }
                String a = pair.modelA().orElseThrow();
                String b = pair.modelB().orElseThrow();
                String prompt = pair.prompt().id();
                models.addAll(List.of(a, b));
                Map<String, Candidate> candidates = prompts.computeIfAbsent(prompt, id -> new TreeMap<>());
                candidates.putIfAbsent(a, candidate(prompt, a, pair.responseA()));
                candidates.putIfAbsent(b, candidate(prompt, b, pair.responseB()));
                double z = votes.stream().mapToDouble(Pairing::wins).average().orElseThrow();
                verdicts.put(
                        key(prompt + "-" + a, prompt + "-" + b),
                        new Battle(ModelPair.of(a, b), a.compareTo(b) < 0 ? z : 1 - z, Optional.of(pair), z));
            }
        }
        List<List<Candidate>> pool = new ArrayList<>();
        prompts.values().forEach(candidates -> pool.add(List.copyOf(candidates.values())));
        return new Pool(name, List.copyOf(models), pool, verdicts);
    }

    private static double wins(Label vote) {
        return vote == Label.A ? 1 : vote == Label.B ? 0 : .5;
    }

    private static Candidate candidate(String prompt, String model, String response) {
        return new Candidate(
                prompt + "-" + model,
                prompt(prompt),
                response,
                Optional.of(model),
                Map.of("score", response.length()));
    }
}
