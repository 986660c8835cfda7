package pairwright.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pairwright.candidate.Candidate;
import pairwright.jsonl.BadRows;
import pairwright.jsonl.RowReader;
import pairwright.prompt.Prompt;

class PoliciesTest {
    private static final Optional<String> QUALITY = Optional.of("quality");
    private static final Similarity SAME = (one, other) -> one.equals(other) ? 1 : 0;

    @TempDir
    Path folder;

    private static Candidate candidate(String id, String model, Number quality) {
        return new Candidate(
                id,
                Prompt.of(Optional.of("p"), Optional.of("ask"), Optional.empty(), Map.of()),
                "text " + id,
                Optional.ofNullable(model),
                quality == null ? Map.of() : Map.of("quality", quality));
    }

    private static final List<Candidate> FIVE = List.of(
            candidate("a", "m", 2),
            candidate("b", "m", 5),
            candidate("c", "n", 1),
            candidate("d", "o", 3.5),
            candidate("e", null, null));

    private static Set<String> chosen(String policy, List<Candidate> candidates, long seed) {
        List<PairingPolicy.Choice> choices =
                PairingPolicy.named(policy, QUALITY, SAME, seed).choose(candidates);
        Set<String> names = new TreeSet<>();
        for (PairingPolicy.Choice choice : choices) {
            String one = candidates.get(choice.first()).id();
            String other = candidates.get(choice.second()).id();
            names.add(one.compareTo(other) < 0 ? one + other : other + one);
        }
        assertThat(names).hasSameSizeAs(choices);
        return names;
    }

    @Test
    void theBestMeetsTheWorstOfThoseThatHaveAScore() {
        assertThat(chosen("best-worst", FIVE, 1)).containsExactly("bc");
    }

    @Test
    void equalScoresHaveNoBest() {
        assertThat(chosen("best-worst", List.of(candidate("a", "m", 2), candidate("b", "m", 2.0)), 1))
                .isEmpty();
    }

    @Test
    void theBestMeetsOthersDrawnEvenly() {
        Map<String, Integer> drawn = new TreeMap<>();
        for (int seed = 0; seed < 3000; seed++) {
            chosen("best-random", FIVE, seed).forEach(pair -> drawn.merge(pair, 1, Integer::sum));
        }
        // Each of three others with probability 1/3: 1000 of 3000, standard deviation 25.8; five of them are 129.
        assertThat(drawn).containsOnlyKeys("ab", "bc", "bd");
        assertThat(drawn.values()).allSatisfy(count -> assertThat(count).isBetween(1000 - 129, 1000 + 129));
        assertThat(chosen("best-random:2", FIVE, 1)).hasSize(2);
    }

    @Test
    void neighboursStandNextToEachOtherInTheOrderOfScores() {
        // By falling score: b 5, d 3.5, a 2, c 1.
        assertThat(chosen("neighbours", FIVE, 1)).containsExactly("ac", "ad", "bd");
        assertThat(chosen("neighbours:2", FIVE, 1)).hasSize(2).isSubsetOf("ac", "ad", "bd");
    }

    private static Candidate rewarded(String id, double... rewards) {
        Map<String, Object> fields = new TreeMap<>();
        for (int k = 0; k < rewards.length; k++) {
            fields.put("r" + k, rewards[k]);
        }
        return new Candidate(
                id,
                Prompt.of(Optional.of(id.substring(0, 1)), Optional.of("ask"), Optional.empty(), Map.of()),
                "text " + id,
                Optional.empty(),
                fields);
    }

    private static Candidate listed(String id, List<?> rewards) {
        return new Candidate(
                id,
                Prompt.of(Optional.of("p"), Optional.of("ask"), Optional.empty(), Map.of()),
                "text " + id,
                Optional.empty(),
                Map.of("members", rewards));
    }

    private static double logit(double p) {
        return Math.log(p / (1 - p));
    }

    @Test
    void severalModelsAreUnsureWhereTheyDisagreeAndOneWhereItIsNearAHalf() {
        PairingPolicy both = PairingPolicy.named("uncertain", Optional.of("r0, r1"), SAME, 1);
        // BALD of p = (.9, .1) is .368064 nats, of (.9, .8) .009966: closed form, ln 2 less the entropy of .1, and so
        // on; in bits that over ln 2.
        assertThat(both.tells(rewarded("pa", logit(.9), logit(.1)), rewarded("pb", 0, 0)))
                .hasValueSatisfying(bits -> assertThat(bits).isCloseTo(.368064 / Math.log(2), within(1e-6)));
        assertThat(both.tells(rewarded("pb", 0, 0), rewarded("pa", logit(.9), logit(.8))))
                .hasValueSatisfying(bits -> assertThat(bits).isCloseTo(.009966 / Math.log(2), within(1e-6)));
        assertThat(both.tells(rewarded("pa", 1), rewarded("pb", 0, 0))).isEmpty();
        PairingPolicy one = PairingPolicy.named("uncertain", Optional.of("r0"), SAME, 1);
        assertThat(one.tells(rewarded("pa", 1), rewarded("pb", 1)).orElseThrow())
                .isCloseTo(1, within(1e-12));
        List<Candidate> three = List.of(rewarded("pa", 0), rewarded("pb", 1), rewarded("pc", 1.2));
        assertThat(one.choose(three)).containsExactly(new PairingPolicy.Choice(1, 2));
        PairingPolicy members = PairingPolicy.named("uncertain", Optional.of("members"), SAME, 1);
        Candidate first = listed("pa", List.of(logit(.9), logit(.1)));
        assertThat(members.tells(first, listed("pb", List.of(0, 0))))
                .isEqualTo(both.tells(rewarded("pa", logit(.9), logit(.1)), rewarded("pb", 0, 0)));
        assertThatThrownBy(() -> members.tells(first, listed("pb", List.of(0))))
                .hasMessageContaining("candidates pa and pb have 2 and 1 rewards");
        assertThatThrownBy(() -> members.check(listed("pb", List.of(0, "high"))))
                .hasMessageContaining("members is \"high\", must be a number");
        assertThatThrownBy(() -> PairingPolicy.named("best-worst", Optional.of("r0,r1"), SAME, 1))
                .hasMessageContaining("score_by is r0,r1, must be one field for policy best-worst");
    }

    @Test
    void thePairOfTheResponsesThatAreLeastAlikeComesFirst() {
        List<Candidate> three = List.of(
                response("a", "The moon has no light of its own."),
                response("b", "The moon  has no LIGHT of its own!"),
                response("c", "Ask somebody else, I never look up at night."));
        PairingPolicy unlike =
                PairingPolicy.named("unlike:2", Optional.empty(), new pairwright.curation.TextSimilarity()::of, 1);
        assertThat(unlike.choose(three))
                .containsExactly(new PairingPolicy.Choice(0, 2), new PairingPolicy.Choice(1, 2));
        // Nothing but case, a blank and the last sign differ: 28 of 30 different 5-grams are in both.
        assertThat(unlike.tells(three.get(0), three.get(1)))
                .hasValueSatisfying(share -> assertThat(share).isCloseTo(1 - 28 / 30., within(1e-12)));
        assertThat(unlike.tells(three.get(2), three.get(1))).hasValue(1.);
    }

    private static Candidate response(String id, String text) {
        return new Candidate(
                id,
                Prompt.of(Optional.of("p"), Optional.of("ask"), Optional.empty(), Map.of()),
                text,
                Optional.empty(),
                Map.of());
    }

    @Test
    void aBudgetGoesToThePromptsThatTellMost() throws IOException {
        List<String> rows = new ArrayList<>();
        for (int prompt = 0; prompt < 9; prompt++) {
            for (int k = 0; k < 2; k++) {
                rows.add("{\"id\":\"" + prompt + "-" + k + "\",\"prompt\":\"ask " + prompt + "\",\"response\":\"r" + k
                        + "\",\"r0\":" + k * Math.abs(prompt - 4) + "}");
            }
        }
        Path file = Files.write(folder.resolve("rewarded.jsonl"), rows);
        Pairing pairing = new Pairing(
                PairingPolicy.named("uncertain", Optional.of("r0"), SAME, 1),
                1,
                Optional.empty(),
                Likeness.SAME,
                JudgedBefore.NOTHING,
                new PairLimits(Optional.of(3L), 0),
                PromptTurns.OWN);
        List<String> prompts = new ArrayList<>();
        try (RowReader<Candidate> reader = RowReader.open(file.toString(), Candidate.class, BadRows.counted())) {
            pairing.pair(reader, pair -> prompts.add(pair.prompt().text().orElseThrow()));
        }
        // The rewards of prompts 3, 4 and 5 differ by 1, 0 and 1.
        assertThat(prompts).containsExactly("ask 3", "ask 4", "ask 5");
    }

    @Test
    void aReferenceMeetsWhatEachOtherWroteAndNeverItself() {
        assertThat(chosen("reference:m", FIVE, 1)).containsExactly("ac", "ad", "ae", "bc", "bd", "be");
        assertThat(chosen("reference:nobody", FIVE, 1)).isEmpty();
    }

    @Test
    void inARoundRobinEveryTwoModelsMeetEquallyOften() {
        for (int seed = 0; seed < 50; seed++) {
            Set<String> met = chosen("round-robin", FIVE, seed);
            assertThat(met).hasSize(3).contains("cd").containsAnyOf("ac", "bc").containsAnyOf("ad", "bd");
        }
        assertThat(chosen("round-robin:2", FIVE, 1)).containsExactly("ac", "ad", "bc", "bd", "cd");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"all", "random:3", "best-worst", "best-random:2", "neighbours:2", "reference:m1", "round-robin"})
    void noPolicyHangsOnTheOrderOfTheRows(String policy) {
        Random random = new Random(4);
        for (int trial = 0; trial < 30; trial++) {
            List<Candidate> candidates = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                candidates.add(candidate("c" + i, "m" + i % 3, random.nextInt(4)));
            }
            Set<String> before = chosen(policy, candidates, trial);
            Collections.shuffle(candidates, random);
            assertThat(chosen(policy, candidates, trial)).isEqualTo(before);
        }
    }

    @Test
    void aPolicyThatLooksAtScoresNeedsToKnowWhich() {
        assertThatThrownBy(() -> PairingPolicy.named("best-worst", Optional.empty(), SAME, 0))
                .hasMessageContaining("best-worst looks at scores and score_by is not said");
    }

    private Path pool(int prompts, int each) throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < prompts * each; i++) {
            rows.append(
                    "{\"id\":\"c" + i + "\",\"prompt_id\":\"p" + i / each + "\",\"prompt\":\"ask\",\"response\":\"text "
                            + i + "\",\"model\":\"m" + i % each + "\",\"quality\":" + i % each + "}\n");
        }
        return Files.writeString(folder.resolve("pool.jsonl"), rows);
    }

    private static PairingCounts pair(Path pool, String policy, Likeness likeness, PairLimits limits, List<Pair> out) {
        Pairing pairing = new Pairing(
                PairingPolicy.named(policy, QUALITY, SAME, 3),
                3,
                Optional.empty(),
                likeness,
                JudgedBefore.NOTHING,
                limits,
                PromptTurns.OWN);
        try (RowReader<Candidate> reader = RowReader.open(pool.toString(), Candidate.class, BadRows.counted())) {
            return pairing.pair(reader, out::add);
        }
    }

    private static Map<String, Long> byPrompt(List<Pair> pairs) {
        return pairs.stream().collect(Collectors.groupingBy(p -> p.prompt().id(), Collectors.counting()));
    }

    @Test
    void aBudgetIsKeptToThePairAndEveryPromptGivesOneBeforeAnyGivesTwo() throws IOException {
        List<Pair> pairs = new ArrayList<>();
        PairingCounts counts = pair(pool(40, 4), "all", Likeness.SAME, new PairLimits(Optional.of(100L), 0), pairs);
        assertThat(pairs).hasSize(100).extracting(Pair::id).doesNotHaveDuplicates();
        assertThat(counts.overLimit()).isEqualTo(140);
        assertThat(byPrompt(pairs)).hasSize(40);
        assertThat(byPrompt(pairs).values()).isSubsetOf(2L, 3L);
        assertThat(pairs.get(0).fields()).doesNotContainKey("arm");
    }

    @Test
    void theControlHasItsStatedSizeWithinTheBudgetAndIsMarked() throws IOException {
        List<Pair> pairs = new ArrayList<>();
        PairingCounts counts =
                pair(pool(60, 4), "best-worst", Likeness.SAME, new PairLimits(Optional.of(70L), 30), pairs);
        Map<Object, Long> arms =
                pairs.stream().collect(Collectors.groupingBy(p -> p.fields().get("arm"), Collectors.counting()));
        assertThat(pairs).hasSize(70).extracting(Pair::id).doesNotHaveDuplicates();
        assertThat(arms.getOrDefault("control", 0L) + arms.getOrDefault("both", 0L))
                .isEqualTo(30)
                .isEqualTo(counts.control());
        assertThat(pairs)
                .filteredOn(p -> !p.fields().get("arm").equals("control"))
                .allSatisfy(p -> assertThat((Integer) p.fields().get("quality_a")
                                + (Integer) p.fields().get("quality_b"))
                        .isEqualTo(3));
    }

    @Test
    void theControlIsDrawnEvenlyAmongAllPairsWhateverThePolicy() throws IOException {
        List<Pair> pairs = new ArrayList<>();
        pair(pool(3000, 4), "best-worst", Likeness.SAME, new PairLimits(Optional.empty(), 2400), pairs);
        Map<String, Long> drawn = pairs.stream()
                .filter(p -> !p.fields().get("arm").equals("policy"))
                .collect(Collectors.groupingBy(
                        p -> new TreeSet<>(List.of(
                                        p.modelA().orElseThrow(), p.modelB().orElseThrow()))
                                .toString(),
                        Collectors.counting()));
        // 2400 draws over 6 kinds of pair: 400 each, standard deviation 18.3; five of them are 92.
        assertThat(drawn).hasSize(6);
        assertThat(drawn.values()).allSatisfy(count -> assertThat(count).isBetween(400L - 92, 400L + 92));
        assertThat(drawn.values().stream().mapToLong(n -> n).sum()).isEqualTo(2400);
        // The policy's own arm is whole beside it.
        assertThat(pairs)
                .filteredOn(p -> !p.fields().get("arm").equals("control"))
                .hasSize(3000);
    }

    @Test
    void aControlLargerThanAllPairsTakesThemAll() throws IOException {
        List<Pair> pairs = new ArrayList<>();
        PairingCounts counts =
                pair(pool(5, 3), "best-worst", Likeness.SAME, new PairLimits(Optional.empty(), 99), pairs);
        assertThat(counts.control()).isEqualTo(15);
        assertThat(pairs).hasSize(15);
    }

    @Test
    void alikeTextsAreLeftOutOfThePolicyAndOfTheControl() throws IOException {
        Likeness evenIds = (one, other) -> (one.hashCode() + other.hashCode()) % 2 == 0;
        List<Pair> pairs = new ArrayList<>();
        PairingCounts counts = pair(pool(50, 4), "all", evenIds, new PairLimits(Optional.empty(), 60), pairs);
        assertThat(counts.alikeTexts()).isPositive();
        assertThat(counts.pairs() + counts.alikeTexts()).isEqualTo(300);
        assertThat(counts.control()).isEqualTo(60);
        assertThat(pairs).noneMatch(p -> evenIds.alike(p.responseA(), p.responseB()));
    }

    @Test
    void aLimitOutOfRangeSaysSo() {
        assertThatThrownBy(() -> new PairLimits(Optional.of(0L), 0)).hasMessageContaining("max_pairs is 0");
        assertThatThrownBy(() -> new PairLimits(Optional.of(5L), 6))
                .hasMessageContaining("control is 6, must be at most max_pairs, which is 5");
    }
}
