package pairwright.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pairwright.jsonl.Json;

/** Rows that are read from their bytes give what the parser gives. */
class FlatBattlesTest {
    @TempDir
    Path folder;

    private StageReport rank(Path file, Map<String, Object> more) throws InterruptedException {
        Map<String, Object> settings = new java.util.HashMap<>(more);
        settings.put("in", file.toString());
        settings.put("out", "-");
        settings.put("max_bad_rows", 1000);
        return Json.convertStrictly(settings, RankStage.class).run(RunContexts.silent());
    }

    @Test
    void rowsOfAllFormsGiveWhatTheParserGives() throws Exception {
        SplittableRandom random = new SplittableRandom(1);
        List<String> rows = new ArrayList<>();
        String[] models = {"plain", "with \\\"quote\\\"", "caf\u00e9", "\\u0070lain", "two words", "x".repeat(70)};
        String[] winners = {"model_a", "model_b", "tie", "tie (bothbad)", "model_c", "plain"};
        for (int i = 0; i < 3000; i++) {
            String a = models[random.nextInt(models.length)];
            String b = models[random.nextInt(models.length)];
            String winner =
                    random.nextInt(10) > 0 ? winners[random.nextInt(3)] : winners[random.nextInt(winners.length)];
            String body = "\"model_a\": \"" + a + "\",\"model_b\":\"" + b + "\" , \"winner\":\"" + winner + "\"";
            rows.add(
                    switch (random.nextInt(14)) {
                        case 0 -> "{" + body + ",\"turn\":1,\"at\":-1.50,\"ok\":true}";
                        case 1 -> "{" + body + ",\"meta\":{\"a\":[1]}}";
                        case 2 -> "{" + body + ",\"winner\":\"tie\"}";
                        case 3 -> "{" + body + ",\"weight\":2}";
                        case 4 -> "{" + body + ",\"question_id\":\"q" + random.nextInt(9) + "\"}";
                        case 5 -> "{" + body + ",\"n\":01}";
                        case 6 -> "{" + body + "} x";
                        case 7 -> "";
                        case 8 -> "{" + body;
                        case 9 -> "{" + body + ",\"n\":1e3,\"m\":12345678901234567890}";
                        default -> "  {" + body + "}\t";
                    });
        }
        Path file = folder.resolve("battles.jsonl");
        Files.write(file, rows);

        StageReport flat = rank(file, Map.of());
        // Rows that are chosen by a field go through the parser.
        StageReport parsed = rank(file, Map.of("where", List.of("nothing=")));

        assertThat(Json.pretty(flat.numbers())).isEqualTo(Json.pretty(parsed.numbers()));
        assertThat(flat.notes()).isEqualTo(parsed.notes());
        assertThat(flat.badRows()).isEqualTo(parsed.badRows()).isGreaterThan(300);
    }

    @Test
    void manyNamesAreKeptApart() throws Exception {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            String next = "m" + (i + 1) % 3000;
            rows.add("{\"model_a\":\"m" + i + "\",\"model_b\":\"" + next + "\",\"winner\":\"model_a\"}");
        }
        Path file = folder.resolve("circle.jsonl");
        Files.write(file, rows);

        // Everybody wins once and loses once on the circle: all are equal.
        var ranking = (pairwright.ranking.Ranking) rank(file, Map.of()).numbers();
        assertThat(ranking.items()).hasSize(3000).allMatch(item -> item.wins() == 1 && item.losses() == 1);
        assertThat(ranking.items()).allMatch(item -> Math.abs(item.strength()) < 1e-6);
    }
}
