import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
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
import pairwright.ranking.RankingSettings;
import pairwright.ranking.Strengths;
import pairwright.reward.Architecture;
import pairwright.reward.BradleyTerryTrainer;
import pairwright.reward.Combination;
import pairwright.reward.EnsembleSettings;
import pairwright.reward.FitSettings;
import pairwright.reward.Response;
import pairwright.reward.RewardModel;

/** How many judgments each pairing policy needs to reach the ranking that all judgments give. */
final class Pairing {
    /** As informative, but told what the whole set says of every model, though not the votes: what a choice of pairs could do at best. */
    private static final String ORACLE = "oracle";
    /** What an ensemble of three reward models, fitted to the judgments so far, is least sure of. */
    private static final String UNCERTAIN = "uncertain";

    private static final List<String> POLICIES = List.of(
            "random:999999999",
            "round-robin",
            "reference",
            "best-worst",
            "best-random",
            "neighbours",
            "swiss",
            "informative",
            ORACLE);

    /** Of these a reward model is fitted. */
    private static final List<String> FITTED = List.of(
            "random:999999999",
            "reference",
            "best-worst",
            "best-random",
            "neighbours",
            "swiss",
            "informative",
            "unlike:999999999",
            UNCERTAIN);

    private static final double[] SHARES = {.1, .2, .3, .5, .75, 1};
    /** The accuracy of the full set is reached where this much is missing or less. */
    private static final double NEAR = .01;

    private static final FitSettings FIT =
            FitSettings.DEFAULT.withHoldOut(0).withL2(List.of(1e-3)).withStyleWeights(List.of(1.));

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
        boolean rankings = !arguments[3].equals("reward");
        boolean rewards = !arguments[3].equals("ranking");
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("benchmark", "pairing");
        all.put("tau", target);
        all.put("seeds", seeds);
        if (rankings) {
            all.put("simulated", measured(seed -> simulated(10, 300, seed), seeds, target));
        }
        for (String name : List.of("vicuna80.given.jsonl.gz", "llmfao.given.jsonl")) {
            Path file = data.resolve(name);
            String of = name.substring(0, name.indexOf('.'));
            if (Files.exists(file)) {
                Pool pool = recorded(of, file);
                Map<String, Object> numbers =
                        rankings ? measured(seed -> pool, seeds, target) : new LinkedHashMap<>();
                if (rewards) {
                    numbers.put("reward_model_accuracy", accuracies(pool, Math.min(seeds, 5)));
                }
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
        System.out.printf(
                "%n%s: accuracy on the prompts of one fold of five of a reward model fitted to a share of the judgments of the"
                        + " others, mean of %d seeds; \"enough\": share from which it stays within %.2f of that of all%n%-14s",
                pool.name(), seeds, NEAR, "policy");
        for (double share : SHARES) {
            System.out.printf(Locale.ROOT, " %8.0f%%", 100 * share);
        }
        System.out.printf(" %9s%n", "enough");
        Map<String, Object> rows = new LinkedHashMap<>();
        Map<Integer, Double> ofAll = new TreeMap<>();
        for (String policy : FITTED) {
            double[] means = new double[SHARES.length];
            for (int seed = 0; seed < seeds; seed++) {
                double[] once = accuracies(pool, policy, seed, ofAll);
                for (int k = 0; k < means.length; k++) {
                    means[k] += once[k] / seeds;
                }
            }
            double full = ofAll.values().stream().mapToDouble(each -> each).average().orElseThrow();
            int enough = SHARES.length;
            while (enough > 0 && means[enough - 1] >= full - NEAR) {
                enough--;
            }
            String words = enough == SHARES.length ? "never" : String.format(Locale.ROOT, "%.0f%%", 100 * SHARES[enough]);
            System.out.printf("%-14s", name(policy));
            Map<String, Object> row = new LinkedHashMap<>();
            for (int k = 0; k < SHARES.length; k++) {
                System.out.printf(Locale.ROOT, " %9.3f", means[k]);
                row.put(String.valueOf(SHARES[k]), means[k]);
            }
            System.out.printf(" %9s%n", words);
            row.put("enough", words);
            rows.put(name(policy), row);
        }
        return rows;
    }

    /** At each share of the judgments; a policy that has no more pairs stays with what it chose. */
    private static double[] accuracies(Pool pool, String policy, int seed, Map<Integer, Double> ofAll) {
        int fold = seed % 5;
        Pool train = pool.part(prompt -> fold(prompt) != fold);
        List<Battle> test =
                List.copyOf(pool.part(prompt -> fold(prompt) == fold).verdicts().values());
        double full = ofAll.computeIfAbsent(seed, once -> accuracy(List.copyOf(train.verdicts().values()), test));
        Asking asking = new Asking(train, policy, seed);
        List<Battle> made = new ArrayList<>();
        double[] once = new double[SHARES.length];
        for (int k = 0; k < SHARES.length; k++) {
            int wanted = (int) Math.round(SHARES[k] * train.verdicts().size());
            int before = made.size();
            while (made.size() < wanted) {
                int round = Math.max(train.models().size() / 2, train.verdicts().size() / 20);
                List<Battle> next = asking.next(made, Math.min(round, wanted - made.size()));
                if (next.isEmpty()) {
                    break;
                }
                made.addAll(next);
            }
            once[k] = made.size() == train.verdicts().size()
                    ? full
                    : made.size() == before ? once[k - 1] : accuracy(made, test);
        }
        return once;
    }

    private static int fold(String prompt) {
        return (int) (5 * Digests.uniform(11, "fold", prompt));
    }

    private static double accuracy(List<Battle> made, List<Battle> test) {
        RewardModel model = fitted(made, FIT);
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

    private static RewardModel fitted(List<Battle> made, FitSettings settings) {
        return BradleyTerryTrainer.with(settings)
                .fit(
                        made.stream()
                                .map(battle ->
                                        Judgment.of(battle.pair().orElseThrow(), "people", new Preference(battle.z())))
                                .iterator(),
                        step -> {})
                .model();
    }

    /** The pairs of a policy, a round at a time, in an order that the seed shuffles. */
    private static final class Asking {
        private final Pool pool;
        private final String policy;
        private final Map<ModelPair, List<Battle>> open = new TreeMap<>();
        private final Map<ModelPair, Long> met = new TreeMap<>();
        private final List<Battle> queue = new ArrayList<>();
        private final Optional<Expected> expected;

        Asking(Pool pool, String policy, long seed) {
            this.pool = pool;
            this.policy = policy;
            boolean planned = List.of("swiss", "informative", ORACLE).contains(policy);
            this.expected = policy.equals(ORACLE) ? Optional.of(new Expected(pool)) : Optional.empty();
            Random random = new Random(seed + 77);
            String reference = pool.models().get(random.nextInt(pool.models().size()));
            PairingPolicy choosing = PairingPolicy.named(
                    planned || policy.equals(UNCERTAIN) ? "all" : policy.equals("reference") ? "reference:" + reference : policy,
                    Optional.of("score"),
                    new TextSimilarity()::of,
                    seed);
            Map<Battle, Double> tells = new IdentityHashMap<>();
            for (List<Candidate> prompt : pool.prompts()) {
                for (PairingPolicy.Choice choice : choosing.choose(prompt)) {
                    Candidate one = prompt.get(choice.first());
                    Candidate other = prompt.get(choice.second());
                    pool.verdict(one, other).ifPresent(battle -> {
                        queue.add(battle);
                        tells.put(battle, choosing.tells(one, other).orElse(0.));
                    });
                }
            }
            Collections.shuffle(queue, random);
            inTurn(queue, tells);
            if (planned) {
                queue.forEach(battle -> open.computeIfAbsent(battle.models(), key -> new ArrayList<>()).add(battle));
                queue.clear();
            }
        }

        /** What tells most first, but every prompt gives one before any gives two; else as they are. */
        private static void inTurn(List<Battle> queue, Map<Battle, Double> tells) {
            if (tells.values().stream().allMatch(each -> each == 0)) {
                return;
            }
            queue.sort(Comparator.comparingDouble(battle -> -tells.get(battle)));
            Map<String, Integer> given = new TreeMap<>();
            Map<Battle, Integer> place = new IdentityHashMap<>();
            queue.forEach(battle -> place.put(
                    battle, given.merge(battle.pair().orElseThrow().prompt().id(), 1, Integer::sum)));
            queue.sort(Comparator.comparingInt(place::get));
        }

        /** Of the judgments so far; the first round is drawn. */
        private void byDoubt(List<Battle> made) {
            RewardModel model = fitted(
                    made, FIT.withEnsemble(new EnsembleSettings(List.of(Architecture.LINEAR), 3, Combination.AVERAGE)));
            PairingPolicy doubt = PairingPolicy.named(
                    UNCERTAIN, Optional.of("members"), (one, other) -> one.equals(other) ? 1 : 0, 0);
            Map<Battle, Double> tells = new IdentityHashMap<>();
            for (Battle battle : queue) {
                Pair pair = battle.pair().orElseThrow();
                double[][] rewards = model.memberScores(List.of(Response.a(pair), Response.b(pair)))
                        .orElseThrow();
                tells.put(
                        battle,
                        doubt.tells(member(pair, "a", rewards[0]), member(pair, "b", rewards[1]))
                                .orElseThrow());
            }
            inTurn(queue, tells);
        }

        private static Candidate member(Pair pair, String side, double[] rewards) {
            return new Candidate(
                    side,
                    pair.prompt(),
                    side,
                    Optional.empty(),
                    Map.of("members", Arrays.stream(rewards).boxed().toList()));
        }

        List<Battle> next(List<Battle> made, int round) {
            List<Battle> next = new ArrayList<>();
            if (policy.equals(UNCERTAIN) && !made.isEmpty()) {
                byDoubt(made);
            }
            if (open.isEmpty()) {
                List<Battle> head = queue.subList(0, Math.min(round, queue.size()));
                next.addAll(head);
                head.clear();
                return next;
            }
            Map<ModelPair, Long> available = new TreeMap<>();
            open.forEach((models, battles) -> available.put(models, (long) battles.size()));
            ComparisonPlan plan = ComparisonPlan.after(
                    table(expected.map(each -> each.of(made)).orElse(made)), pool.models());
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

    /** What the strengths of the whole set say of a meeting, instead of its vote. */
    private static final class Expected {
        private final Strengths whole;

        Expected(Pool pool) {
            whole = Strengths.fit(
                    table(List.copyOf(pool.verdicts().values())).build(),
                    RankingSettings.DEFAULT.withRidge(1 / (ComparisonPlan.PRIOR_SD * ComparisonPlan.PRIOR_SD)));
        }

        List<Battle> of(List<Battle> made) {
            return made.stream()
                    .map(battle -> new Battle(battle.models(), wins(battle.models())))
                    .toList();
        }

        private double wins(ModelPair models) {
            double one = whole.strength(whole.items().indexOf(models.lower()));
            double other = whole.strength(whole.items().indexOf(models.higher()));
            return 1 / (1 + Math.exp(other - one));
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
