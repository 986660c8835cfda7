package pairwright.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
}
