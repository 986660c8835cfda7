package pairwright.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;
import pairwright.ranking.Ranking;

class RankStageTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("rows.jsonl");
    }

    private void write(String... rows) throws IOException {
        Files.write(file, List.of(rows));
    }

    private StageReport rank(Map<String, Object> settings) throws InterruptedException {
        Map<String, Object> all = new java.util.LinkedHashMap<>(settings);
        all.put("in", file.toString());
        all.putIfAbsent("out", "-");
        return Json.convertStrictly(all, RankStage.class).run(RunContexts.silent());
    }

    private static String battle(String a, String b, String winner) {
        return "{\"model_a\":\"" + a + "\",\"model_b\":\"" + b + "\",\"winner\":\"" + winner + "\"}";
    }

    @Test
    void plainBattlesAreRanked() throws Exception {
        write(
                battle("x", "y", "model_a"),
                battle("x", "y", "x"),
                battle("y", "x", "model_b"),
                battle("y", "x", "y"),
                battle("x", "x", "tie"),
                "{\"model_a\":\"x\",\"model_b\":\"y\",\"winner\":\"nobody\"}");

        StageReport report =
                rank(Map.of("max_bad_rows", 1, "out", folder.resolve("ranking").toString()));

        Ranking ranking = (Ranking) report.numbers();
        // Three wins of four: ln 3 apart, half of it on each side of the mean.
        assertThat(ranking.items().get(0).item()).isEqualTo("x");
        assertThat(ranking.items().get(0).strength())
                .isEqualTo(Math.log(3) / 2, org.assertj.core.api.Assertions.within(1e-9));
        assertThat(report.notes())
                .anyMatch(note -> note.contains("1 judgments are of two responses of one model"))
                .anyMatch(note -> note.contains("rows.jsonl:6: winner is nobody, must be model_a, model_b, tie"));
        assertThat(report.badRows()).isEqualTo(1);
        assertThat(folder.resolve("ranking/ranking.csv"))
                .content()
                .startsWith(
                        "rank,item,strength,standard_error,low,high,best_rank,worst_rank,elo,wins,ties,losses\r\n1,x,0.549")
                .contains("2,y,-0.549");
        assertThat(folder.resolve("ranking/ranking.json")).isNotEmptyFile();
        assertThat(folder.resolve("ranking/provenance.json")).isNotEmptyFile();
    }

    /** A packed file takes the way through the parser, a plain one that of several threads over blocks of bytes. */
    @Test
    void bothWaysOfReadingBattlesGiveTheSameRankingAndTheSameBadRows() throws Exception {
        SplittableRandom random = new SplittableRandom(3);
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 40_000; i++) {
            int a = random.nextInt(9);
            String model = "model \u00e4" + a;
            String other = "model \u00e4" + (a + 1 + random.nextInt(8)) % 9;
            rows.add(
                    switch (random.nextInt(60)) {
                        case 0 -> battle(model, other, other);
                        case 1 -> battle(model.replace("m", "\\u006d"), other, "tie");
                        case 2 -> battle(model, other, "nobody");
                        case 3 -> battle(model, model, "tie");
                        case 4 -> battle(" ", other, "tie");
                        case 5 -> battle(model, other, "tie").replace("}", ",\"turn\":1}");
                        case 6 -> battle(model, other, "tie").replace("}", ",\"winner\":\"model_a\"}");
                        case 7 -> "";
                        case 8 -> "{\"model_a\":\"never compared\",\"model_b\":\"\",\"winner\":\"tie\"}";
                        case 9 -> "\r";
                        default ->
                            battle(
                                            "plain" + a,
                                            "plain" + (a + 1) % 9,
                                            List.of("model_a", "model_b", "tie", "tie (bothbad)")
                                                    .get(random.nextInt(4)))
                                    + (random.nextBoolean() ? "\r" : " ");
                    });
        }
        rows.set(1, battle("plain0", "model \u00e40", "tie"));
        String text = String.join("\n", rows);
        Map<String, Object> settings = Map.of("max_bad_rows", 40_000, "elo", true, "errors", "fisher");

        Files.writeString(file, text.substring(text.indexOf('{')));
        StageReport plain = rank(settings);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.substring(text.indexOf('{')).getBytes(StandardCharsets.UTF_8));
        }
        StageReport packed = rank(settings);

        assertThat(Json.pretty(plain.numbers())).isEqualTo(Json.pretty(packed.numbers()));
        assertThat(plain.notes()).isEqualTo(packed.notes());
        assertThat(plain.badRows()).isEqualTo(packed.badRows()).isGreaterThan(1000);
    }

    @Test
    void judgmentsAreRankedAndAbstentionsAreCounted() throws Exception {
        String pair =
                "\"prompt\":\"p\",\"response_a\":\"r\",\"response_b\":\"s\",\"model_a\":\"x\",\"model_b\":\"y\",\"judge\":\"j\"";
        write(
                "{\"id\":\"1\"," + pair + ",\"z\":0.8}",
                "{\"id\":\"2\"," + pair + ",\"abstention\":{\"reason\":\"REFUSED\",\"detail\":\"no\"}}");

        StageReport report = rank(Map.of("errors", "fisher"));

        Ranking ranking = (Ranking) report.numbers();
        // A soft z of .8 lies logit .8 = 1.386294 apart.
        assertThat(ranking.items().get(0).strength() - ranking.items().get(1).strength())
                .isEqualTo(1.386294, org.assertj.core.api.Assertions.within(5e-7));
        assertThat(report.notes()).contains("1 judgments are abstentions and took no part");
    }

    @Test
    void anyFieldCanNameTheItems() throws Exception {
        String pair = "\"prompt\":\"p\",\"response_a\":\"r\",\"response_b\":\"s\",\"style_a\":\"short\",\"style_b\":7";
        write("{\"id\":\"1\"," + pair + ",\"gold\":\"A\"}", "{\"id\":\"2\"," + pair + ",\"gold\":\"tie\"}");

        Ranking ranking = (Ranking)
                rank(Map.of("of", "style", "judge", "gold", "errors", "fisher")).numbers();

        assertThat(ranking.items()).extracting("item").containsExactly("short", "7");
    }

    @Test
    void whatCannotBeRankedIsNamedWithItsFileAndNothingIsWritten() throws Exception {
        write(battle("best", "x", "model_a"), battle("x", "y", "tie"), battle("best", "y", "model_a"));

        assertThatThrownBy(() -> rank(Map.of("out", folder.resolve("ranking").toString())))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("rows.jsonl: these 2 groups")
                .hasMessageContaining("{best} > {x, y}")
                .hasMessageContaining("No output was written");
        assertThat(folder.resolve("ranking")).doesNotExist();
    }

    @Test
    void wrongSettingsAreNamedBeforeAnythingIsRead() {
        assertThatThrownBy(
                        () -> Json.convertStrictly(Map.of("in", "rows.jsonl", "out", "-", "ridge", -1), RankStage.class)
                                .check())
                .hasMessageContaining("ridge is -1.0, must be 0 or more");
    }
}
