package pairwright.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;

class PairStageTest {
    private static final List<String> TEXTS = List.of(
            "Air scatters blue light more than red light, number ",
            "Air scatters  blue light more than red light. Number ",
            "Nobody knows that, since nobody has ever looked, number ",
            "It only seems so to you because of your glasses, number ");

    @TempDir
    Path folder;

    private Path pool;

    @BeforeEach
    void aPoolOfFourModels() throws IOException {
        List<String> rows = new ArrayList<>();
        for (int prompt = 0; prompt < 30; prompt++) {
            for (int model = 0; model < 4; model++) {
                rows.add("{\"id\":\"p" + prompt + "-" + model + "\",\"prompt_id\":\"p" + prompt + "\",\"prompt\":\"ask "
                        + prompt + "\",\"response\":\"" + TEXTS.get(model) + prompt
                        + "\",\"model\":\"m" + model + "\",\"quality\":" + model + "}");
            }
        }
        pool = Files.write(folder.resolve("pool.jsonl"), rows);
    }

    private StageReport pair(String settings) throws InterruptedException {
        Map<String, Object> map = new LinkedHashMap<>(Json.readMap(settings));
        map.put("in", pool.toString());
        map.put("out", folder.resolve("pairs.jsonl").toString());
        return Json.convertStrictly(map, PairStage.class).run(RunContexts.silent());
    }

    private List<Map<String, Object>> rows() throws IOException {
        return Files.readAllLines(folder.resolve("pairs.jsonl")).stream()
                .map(Json::readMap)
                .toList();
    }

    /** As a judge would write it: the stronger model of two mostly wins, m2 and m3 win in turn. */
    private Path judged(int each) throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        Map<String, Integer> met = new TreeMap<>();
        for (Map<String, Object> row : rows()) {
            int a = Integer.parseInt(((String) row.get("model_a")).substring(1));
            int b = Integer.parseInt(((String) row.get("model_b")).substring(1));
            int time = met.merge(Math.min(a, b) + "-" + Math.max(a, b), 1, Integer::sum);
            if (time > each) {
                continue;
            }
            boolean higherWins = a + b == 5 ? time % 2 == 0 : time % 10 != 0;
            Map<String, Object> labelled = new LinkedHashMap<>(row);
            labelled.put("gold", (a > b) == higherWins ? "A" : "B");
            lines.add(Json.write(labelled));
        }
        Path labelled = Files.write(folder.resolve("labelled.jsonl"), lines);
        Path judged = folder.resolve("judged.jsonl");
        Json.convertStrictly(
                        Map.of("in", labelled.toString(), "judge", "gold", "out", judged.toString()), JudgeStage.class)
                .run(RunContexts.silent());
        return judged;
    }

    private static String with(String settings, Path judged) {
        return settings.replace("}", ", \"judged\": " + Json.write(judged.toString()) + "}");
    }

    @Test
    void theMostInformativePairsAreOfTheModelsWhoseOrderIsOpenAndNoneTwice() throws Exception {
        pair("{}");
        Path judged = judged(20);
        List<Object> asked = Files.readAllLines(judged).stream()
                .map(line -> Json.readMap(line).get("id"))
                .toList();
        StageReport report = pair(with("{\"policy\": \"informative\", \"max_pairs\": 8, \"seed\": 9}", judged));
        assertThat(report.badRows()).isZero();
        assertThat(rows())
                .hasSize(8)
                .allSatisfy(row -> assertThat(List.of(row.get("model_a"), row.get("model_b")))
                        .containsExactlyInAnyOrder("m2", "m3"));
        assertThat(rows()).extracting(row -> row.get("id")).doesNotContainAnyElementsOf(asked);
        assertThat(rows()).extracting(row -> row.get("prompt_id")).doesNotHaveDuplicates();
    }

    @Test
    void aSwissRoundLetsEveryModelMeetOneOther() throws Exception {
        StageReport report = pair("{\"policy\": \"swiss\", \"max_pairs\": 20, \"control\": 4}");
        assertThat(report.headline()).isEqualTo("120 candidates of 30 prompts: 20 pairs, 4 of them the control's");
        Map<Object, Integer> met = new TreeMap<>();
        rows().stream().filter(row -> !row.get("arm").equals("control")).forEach(row -> {
            met.merge(row.get("model_a"), 1, Integer::sum);
            met.merge(row.get("model_b"), 1, Integer::sum);
        });
        assertThat(met).isEqualTo(Map.of("m0", 8, "m1", 8, "m2", 8, "m3", 8));
    }

    @Test
    void noMorePairsAreMadeOnceTheOrderIsSettled() throws Exception {
        pair("{}");
        Path judged = judged(20);
        StageReport open = pair(with("{\"policy\": \"informative\", \"max_pairs\": 8, \"settled\": 0.9}", judged));
        assertThat(open.headline()).contains("8 pairs");
        // Without the two that are even, the order is as clear as 18 wins of 20 each.
        List<String> clear = Files.readAllLines(judged).stream()
                .filter(line -> !(line.contains("\"m2\"") && line.contains("\"m3\"")))
                .filter(line -> !line.contains("\"m2\""))
                .toList();
        Path rest = Files.write(folder.resolve("clear.jsonl"), clear);
        pool = Files.write(
                folder.resolve("three.jsonl"),
                Files.readAllLines(pool).stream()
                        .filter(line -> !line.contains("\"m2\""))
                        .toList());
        StageReport settled = pair(with("{\"policy\": \"informative\", \"max_pairs\": 8, \"settled\": 0.9}", rest));
        assertThat(settled.headline())
                .startsWith("the order of 3 models is settled with a probability of at least 0.9");
        assertThat(settled.lines()).containsExactly("m3 > m1 > m0");
        assertThat(rows()).isEmpty();
    }

    @Test
    void whatWasJudgedIsLeftOutUnderAnyPolicy() throws Exception {
        pair("{}");
        Path judged = judged(10);
        StageReport report = pair(with("{\"policy\": \"all\"}", judged));
        assertThat(rows()).hasSize(120);
        assertThat(report.notes()).contains("60 pairs were judged already and left out");
    }

    @Test
    void responsesThatAreNearlyTheSameMakeNoPair() throws Exception {
        StageReport report = pair("{\"max_response_similarity\": 0.6}");
        assertThat(report.notes()).anySatisfy(note -> assertThat(note).contains("pairs of nearly the same texts"));
        // Of six pairs a prompt the one of the first two models, which differ in white space and signs.
        assertThat(rows()).hasSize(150);
    }

    @Test
    void theSamePairsComeOutOfTheSameSeed() throws Exception {
        String settings =
                "{\"policy\": \"best-random:2\", \"score_by\": \"quality\", \"max_pairs\": 40, \"control\": 10}";
        pair(settings);
        List<Map<String, Object>> before = rows();
        pair(settings);
        assertThat(rows()).isEqualTo(before).hasSize(40);
    }

    @Test
    void aPlanNeedsItsNumberOfPairsAndAStopItsJudgments() {
        assertThatThrownBy(() -> pair("{\"policy\": \"swiss\"}"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("max_pairs is not said");
        assertThatThrownBy(() -> pair("{\"policy\": \"swiss\", \"max_pairs\": 3, \"settled\": 0.9}"))
                .hasMessageContaining("settled needs judged");
        assertThatThrownBy(() -> pair("{\"policy\": \"best-worst\"}")).hasMessageContaining("score_by is not said");
    }

    @Test
    void aReferenceThatNobodyIsSaysWhatWasLookedFor() {
        assertThatThrownBy(() -> pair("{\"policy\": \"reference:nobody\"}"))
                .hasMessageContaining("policy reference:nobody finds no two to compare among its 120 candidates");
    }

    /** Twelve prompts that are nearly the same and three that are not, of each two responses; the reward differs most where the number is 5. */
    private List<String> clustered() {
        List<String> rows = new ArrayList<>();
        for (int prompt = 0; prompt < 15; prompt++) {
            String text = prompt < 12
                    ? "Explain to a patient child how a lighthouse keeps the ships away from the rocks, please, in version "
                            + prompt
                    : List.of(
                                    "Name the capital of Peru",
                                    "Write a loop that adds the first odd numbers",
                                    "Why do cats purr when they sleep at night?")
                            .get(prompt - 12);
            for (int k = 0; k < 2; k++) {
                rows.add(Json.write(Map.of(
                        "id",
                        prompt + "-" + k,
                        "prompt_id",
                        "p" + prompt,
                        "prompt",
                        text,
                        "response",
                        TEXTS.get(3 * k) + prompt,
                        "tags",
                        Map.of("topic", prompt % 2 == 0 ? "even" : "odd"),
                        "r0",
                        k * Math.abs(prompt - 5))));
            }
        }
        return rows;
    }

    private List<Object> prompts() throws IOException {
        return rows().stream().map(row -> row.get("prompt_id")).toList();
    }

    @Test
    void aBudgetIsSpreadOverClustersOfNearlyTheSamePromptsAndTheOneThatTellsMostGoesFirst() throws Exception {
        List<String> rows = clustered();
        pool = Files.write(folder.resolve("clustered.jsonl"), rows);
        String spread = "{\"max_pairs\": 4, \"spread_over\": \"clusters\"";
        StageReport report = pair(spread + "}");
        assertThat(report.lines()).containsExactly("15 prompts take turns in 4 clusters of nearly the same prompts");
        assertThat(prompts()).hasSize(4).contains("p12", "p13", "p14");
        List<Object> drawn = prompts();
        pair(spread + ", \"policy\": \"uncertain\", \"score_by\": \"r0\"}");
        assertThat(prompts()).containsExactly("p5", "p12", "p13", "p14");
        // A fifth is the second of the cluster, a tie of p4 and p6 in what it tells.
        pair(spread.replace("4", "5") + ", \"policy\": \"uncertain\", \"score_by\": \"r0\"}");
        assertThat(prompts()).hasSize(5).contains("p5", "p12", "p13", "p14").containsAnyOf("p4", "p6");
        // Without clusters the budget goes where least is known, near 5.
        pair("{\"max_pairs\": 4, \"policy\": \"uncertain\", \"score_by\": \"r0\"}");
        assertThat(prompts()).contains("p4", "p5", "p6").doesNotContain("p12", "p13", "p14");

        List<String> turned = new ArrayList<>();
        for (int prompt = 14; prompt >= 0; prompt--) {
            turned.addAll(rows.subList(2 * prompt, 2 * prompt + 2));
        }
        pool = Files.write(folder.resolve("turned.jsonl"), turned);
        pair(spread + "}");
        assertThat(prompts()).containsExactlyInAnyOrderElementsOf(drawn);
    }

    @Test
    void aBudgetIsSpreadOverTheValuesOfATag() throws Exception {
        // Topic odd is of three prompts, even of all others.
        List<String> rows = clustered().stream()
                .map(row -> row.contains("\"p1\"") || row.contains("\"p3\"") || row.contains("\"p13\"")
                        ? row
                        : row.replace("\"odd\"", "\"even\""))
                .toList();
        pool = Files.write(folder.resolve("tagged.jsonl"), rows);
        StageReport report = pair("{\"max_pairs\": 6, \"spread_over\": \"tags.topic\"}");
        assertThat(report.lines()).containsExactly("15 prompts take turns in 2 groups by tags.topic");
        assertThat(prompts()).hasSize(6).contains("p1", "p3", "p13");
        assertThatThrownBy(() -> pair("{\"max_pairs\": 6, \"spread_over\": \"tags.kind\"}"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("no prompt that gives a pair has a tag kind");
    }

    @Test
    void aSwissRoundIsSpreadOverClustersToo() throws Exception {
        List<String> rows = clustered().stream()
                .map(Json::readMap)
                .map(row -> {
                    Map<String, Object> named = new LinkedHashMap<>(row);
                    named.put("model", "m" + row.get("id").toString().split("-")[1]);
                    return Json.write(named);
                })
                .toList();
        pool = Files.write(folder.resolve("named.jsonl"), rows);
        pair("{\"max_pairs\": 4, \"policy\": \"swiss\", \"spread_over\": \"clusters\"}");
        assertThat(prompts()).hasSize(4).contains("p12", "p13", "p14");
    }

    @Test
    void aSpreadNeedsABudgetAndSaysWhatItCanBe() {
        assertThatThrownBy(() -> pair("{\"spread_over\": \"clusters\"}")).hasMessageContaining("max_pairs is not said");
        assertThatThrownBy(() -> pair("{\"max_pairs\": 2, \"spread_over\": \"topics\"}"))
                .hasMessageContaining("spread_over is topics, must be clusters or tags.NAME");
        assertThatThrownBy(() -> pair("{\"max_pairs\": 2, \"spread_over\": \"clusters\", \"cluster_similarity\": 0.1}"))
                .hasMessageContaining("cluster_similarity is 0.1, must be in [0.3, 1]");
        assertThatThrownBy(() -> pair("{\"max_pairs\": 2, \"cluster_similarity\": 0.5}"))
                .hasMessageContaining("say spread_over: clusters");
    }

    /** From pairs to an ensemble, to what its members say of candidates, to the pairs that they disagree about, and their prompts. */
    @Test
    void pairsAndPromptsThatAnEnsembleIsLeastSureOfComeFirst() throws Exception {
        pool = Path.of("datasets/quickstart/candidates.jsonl");
        pair("{\"label_by\": \"quality\", \"policy\": \"random:2\"}");
        Path labelled = Files.move(folder.resolve("pairs.jsonl"), folder.resolve("labelled.jsonl"));
        String model = folder.resolve("model").toString();
        run(
                FitStage.class,
                Map.of(
                        "in",
                        labelled.toString(),
                        "labels",
                        "gold",
                        "hash_bits",
                        10,
                        "l2",
                        List.of(.001),
                        "style_weights",
                        List.of(1),
                        "hold_out",
                        0,
                        "ensemble",
                        Map.of("members", 3),
                        "out",
                        model));
        Path scored = folder.resolve("scored.jsonl");
        run(ScoreStage.class, Map.of("in", pool.toString(), "model", model, "out", scored.toString()));
        Map<String, Object> first = Json.readMap(Files.readAllLines(scored).get(0));
        List<?> members = (List<?>) first.get("reward_members");
        assertThat(members).hasSize(3);
        assertThat(members.stream()
                        .mapToDouble(reward -> ((Number) reward).doubleValue())
                        .average()
                        .orElseThrow())
                .isCloseTo(((Number) first.get("reward")).doubleValue(), within(1e-9));

        pool = scored;
        pair("{\"policy\": \"uncertain\", \"score_by\": \"reward_members\"}");
        List<Double> all =
                rows().stream().map(PairStageTest::disagreement).sorted().toList();
        pair("{\"policy\": \"uncertain\", \"score_by\": \"reward_members\", \"max_pairs\": 10}");
        // Of each prompt its most disputed pair, and of these the ten most disputed.
        assertThat(rows())
                .hasSize(10)
                .allSatisfy(
                        row -> assertThat(disagreement(row)).isGreaterThanOrEqualTo(all.get(all.size() - 10) - 1e-12));
        assertThat(all.get(0)).isLessThan(all.get(all.size() - 10));

        Path spread = folder.resolve("spread.jsonl");
        run(ScoreStage.class, Map.of("in", labelled.toString(), "model", model, "out", spread.toString()));
        List<Double> spreads = Files.readAllLines(spread).stream()
                .map(line -> ((Number) Json.readMap(line).get("reward_spread")).doubleValue())
                .sorted()
                .toList();
        assertThat(spreads.get(0)).isLessThan(spreads.get(spreads.size() - 1));
        assertThatThrownBy(() -> pair("{\"policy\": \"neighbours\", \"score_by\": \"reward_members\"}"))
                .hasMessageContaining("must be a number");
    }

    private static void run(Class<? extends Stage> stage, Map<String, Object> settings) throws Exception {
        Json.convertStrictly(settings, stage).run(RunContexts.silent());
    }

    /** BALD in bits, written out: H(mean p) - mean H(p). */
    private static double disagreement(Map<String, Object> row) {
        List<?> a = (List<?>) row.get("reward_members_a");
        List<?> b = (List<?>) row.get("reward_members_b");
        double mean = 0;
        double known = 0;
        for (int k = 0; k < a.size(); k++) {
            double p = 1 / (1 + Math.exp(((Number) b.get(k)).doubleValue() - ((Number) a.get(k)).doubleValue()));
            mean += p / a.size();
            known += bits(p) / a.size();
        }
        return bits(mean) - known;
    }

    private static double bits(double p) {
        return -(p * Math.log(p) + (1 - p) * Math.log(1 - p)) / Math.log(2);
    }
}
