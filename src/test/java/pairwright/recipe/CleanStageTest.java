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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pairwright.jsonl.Json;

class CleanStageTest {
    @TempDir
    Path folder;

    private final List<String> lines = new ArrayList<>();

    private void pair(String id, String prompt, String a, String b) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", id);
        row.put("prompt", prompt);
        row.put("response_a", a);
        row.put("response_b", b);
        lines.add(Json.write(row));
    }

    private StageReport clean(String settings) throws IOException, InterruptedException {
        Path in = Files.write(folder.resolve("in.jsonl"), lines);
        Map<String, Object> map = new LinkedHashMap<>(Json.readMap(settings));
        map.put("in", List.of(in.toString()));
        map.put("out", folder.resolve("out.jsonl").toString());
        return Json.convertStrictly(map, CleanStage.class).run(RunContexts.silent());
    }

    private List<Map<String, Object>> rows(String name) throws IOException {
        return Files.readAllLines(folder.resolve(name)).stream()
                .map(Json::readMap)
                .toList();
    }

    private static final String LONG =
            "The moon pulls on the water of the sea, and so the water rises on both sides of the earth at once.";

    @Test
    void aRepetitionIsDroppedWhicheverResponseIsFirstAndTheFirstRowStays() throws Exception {
        pair("1", "Why are there tides in the sea?", LONG, "Because of the wind that blows over the sea all day.");
        pair("2", "Why are there tides in the sea?", "Because of the wind that blows over the sea all day.", LONG);
        pair(
                "3",
                "why are there  tides in the sea??",
                "Because of the wind that blows over the sea all day.",
                LONG + " Yes.");
        pair(
                "4",
                "Why are there tides in the sea?",
                LONG,
                "Nobody knows that, since nobody has ever looked at the sea.");
        StageReport report = clean("{}");
        assertThat(rows("out.jsonl")).extracting(row -> row.get("id")).containsExactly("1", "4");
        String at = folder.resolve("in.jsonl").toString();
        assertThat(rows("out.jsonl.dropped.jsonl"))
                .containsExactly(
                        Map.of("id", "2", "at", at + ":2", "reason", "duplicate", "detail", "of 1"),
                        Map.of("id", "3", "at", at + ":3", "reason", "near duplicate", "detail", "of 1"));
        assertThat(report.headline()).isEqualTo("4 rows: 2 kept, dropped 2 {duplicate=1, near duplicate=1}");
    }

    @Test
    void everyRowIsKeptByteByByteUnlessItIsMasked() throws Exception {
        lines.add(
                "{\"zeta\":1.50,\"id\":\"x\",\"messages\":[{\"role\":\"user\",\"content\":\"my mail is ada@gmail.com\"}],"
                        + "\"response\":\"call 202-456-1111\",\"model\":\"ada@gmail.com\",\"said\":{\"why\":\"ada@gmail.com said so\"}}");
        clean("{}");
        assertThat(Files.readAllLines(folder.resolve("out.jsonl"))).isEqualTo(lines);
        StageReport report = clean("{\"personal_data\": \"mask\"}");
        assertThat(Files.readString(folder.resolve("out.jsonl")))
                .isEqualTo(
                        "{\"zeta\":1.50,\"id\":\"x\",\"messages\":[{\"role\":\"user\",\"content\":\"my mail is [EMAIL]\"}],"
                                + "\"response\":\"call [PHONE]\",\"model\":\"ada@gmail.com\",\"said\":{\"why\":\"[EMAIL] said so\"}}\n");
        assertThat(report.lines()).containsExactly("personal data: {email=1, phone=1}, masked in 1 rows");
        clean("{\"personal_data\": \"drop\"}");
        assertThat(rows("out.jsonl.dropped.jsonl").get(0)).containsEntry("detail", "email 1, phone 1");
    }

    @Test
    void everyDropHasItsReasonAndTheSumIsWhatWasRead() throws Exception {
        pair("empty", "q", " ", "y");
        pair("surrogate", "q", "x\ud800", "y");
        pair("short", "q", "x", "yes, that is so");
        pair("long", "q", "no, ".repeat(40), "yes, that is so");
        pair("like", "q", LONG, LONG + "!");
        pair("good", "q", LONG, "Because of the wind.");
        lines.add("{\"id\": \"no prompt\"}");
        StageReport report =
                clean("{\"min_chars\": 3, \"max_chars\": 120, \"max_response_similarity\": 0.9, \"loops\": \"keep\"}");
        assertThat(rows("out.jsonl")).extracting(row -> row.get("id")).containsExactly("good");
        assertThat(rows("out.jsonl.dropped.jsonl"))
                .extracting(row -> row.get("id") + ": " + row.get("reason"))
                .containsExactly(
                        "empty: empty text",
                        "surrogate: not Unicode",
                        "short: too short",
                        "long: too long",
                        "like: responses nearly equal");
        assertThat(report.badRows()).isEqualTo(1);
        assertThat(report.shortfall()).isTrue();
        assertThat(rows("out.jsonl.bad.jsonl").get(0).get("error").toString()).contains("prompt is missing");
        assertThat(Files.readString(folder.resolve("out.jsonl.provenance.json")))
                .contains("\"too short\" : 1");
    }

    @Test
    void settingsThatCannotBeAreNamedBeforeAnythingIsRead() {
        pair("1", "q", "x", "y");
        assertThatThrownBy(() -> clean("{\"duplicates\": \"all\"}"))
                .hasMessage("duplicates is all, must be one of off, exact, near");
        assertThatThrownBy(() -> clean("{\"ngram\": 8}")).hasMessageContaining("no benchmark is named");
        assertThatThrownBy(() -> clean("{\"personal_kinds\": [\"name\"]}"))
                .hasMessageContaining("must be one of key, email, iban, card, ip, phone");
        assertThat(folder.resolve("out.jsonl")).doesNotExist();
    }
}
