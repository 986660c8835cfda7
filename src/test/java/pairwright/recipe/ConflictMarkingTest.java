package pairwright.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pairwright.jsonl.Json;
import pairwright.judge.Judgment;
import pairwright.pair.Pair;

/** Conflicts that the judge stage marks in its rows. */
class ConflictMarkingTest {
    @TempDir
    Path folder;

    private static String row(String id, String prompt, String a, String b, String gold) {
        return Json.write(Map.of(
                "id",
                id,
                "prompt",
                prompt,
                "response_a",
                a,
                "response_b",
                b,
                "gold",
                gold,
                "precise",
                new java.math.BigDecimal("0.10000000000000000000000001")));
    }

    private String pairs(List<String> rows) throws IOException {
        return Files.write(folder.resolve("pairs.jsonl"), rows).toString();
    }

    private static JudgeStage judge(String in, String judge, String out) {
        return Json.convertStrictly(
                Map.of("in", in, "judge", judge, "max_abstentions", 1.0, "out", out), JudgeStage.class);
    }

    private static List<Judgment> judgments(List<String> lines) {
        return lines.stream()
                .map(line -> Judgment.carriedBy(Json.read(line, Pair.class)).orElseThrow())
                .toList();
    }

    @Test
    void judgmentsThatGoRoundInACircleAreMarkedCountedAndKeepTheirZ() throws Exception {
        String in = pairs(List.of(
                row("1", "q", "a", "b", "A"),
                row("2", "r", "a", "b", "A"),
                row("3", "q", "b", "c", "A"),
                row("4", "q", "a", "c", "B"),
                row("5", "q", "a", "d", "A")));
        Path out = folder.resolve("out.jsonl");
        StageReport report = judge(in, "gold", out.toString()).run(RunContexts.silent());
        assertThat(report.headline())
                .isEqualTo("5 pairs judged by gold: A 4, B 1, tie 0, abstained 0; in conflict 3 {cycle=3}");
        List<Judgment> written = judgments(Files.readAllLines(out));
        assertThat(written)
                .extracting(j -> j.pair().id() + j.evidence().conflicts())
                .containsExactly("1[cycle]", "2[]", "3[cycle]", "4[cycle]", "5[]");
        assertThat(Files.readAllLines(out).get(0))
                .contains("\"z\":1.0", "\"precise\":0.10000000000000000000000001", "\"conflicts\":[\"cycle\"]");
        assertThat(Json.write(report.numbers())).contains("\"conflicts\":3,\"conflicts_by_kind\":{\"cycle\":3}");
    }

    @Test
    void standardOutputGetsTheSameRowsAsAFile() throws Exception {
        Random random = new Random(1);
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            int better = random.nextInt(4);
            rows.add(row("" + i, "q" + i % 60, "t" + better, "t" + (better + 1 + random.nextInt(3)) % 4, "A"));
        }
        String in = pairs(rows);
        Path out = folder.resolve("out.jsonl");
        judge(in, "gold", out.toString()).run(RunContexts.silent());
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        RunContext toStream = new RunContext(Places.AS_TYPED, Progress.SILENT, name -> null, stream);
        judge(in, "gold", "-").run(toStream);
        assertThat(stream.toString(StandardCharsets.UTF_8)).isEqualTo(Files.readString(out));
        assertThat(judgments(Files.readAllLines(out)).stream()
                        .filter(j -> j.evidence().conflicts().contains("cycle"))
                        .count())
                .isBetween(10L, 290L);
    }

    @Test
    void withoutTheMarkARowIsWhatItWouldBeWithoutTheOtherRows() throws Exception {
        List<String> rows =
                List.of(row("1", "q", "a", "b", "A"), row("2", "q", "b", "c", "A"), row("3", "q", "c", "a", "A"));
        Path all = folder.resolve("all.jsonl");
        judge(pairs(rows), "gold", all.toString()).run(RunContexts.silent());
        for (int i = 0; i < rows.size(); i++) {
            Path alone = folder.resolve("alone.jsonl");
            judge(pairs(rows.subList(i, i + 1)), "gold", alone.toString()).run(RunContexts.silent());
            Judgment single = judgments(Files.readAllLines(alone)).get(0);
            assertThat(Files.readAllLines(all).get(i))
                    .isEqualTo(Json.write(single.withConflict("cycle").row()));
        }
    }

    @Test
    void aConflictOfTheOrdersAndACycleAreCountedOnceAndByKind() throws Exception {
        String in = pairs(List.of(
                recorded("1", "a", "b", "A", "A"),
                recorded("2", "b", "c", "A", "A"),
                // One order says tie: the pair is in conflict, its mean of .75 still closes the circle.
                recorded("3", "c", "a", "A", "tie")));
        Path out = folder.resolve("out.jsonl");
        StageReport report = judge(in, "recorded:j", out.toString()).run(RunContexts.silent());
        assertThat(report.headline()).endsWith("; in conflict 3 {cycle=3, position=1}");
        assertThat(judgments(Files.readAllLines(out)).get(2).evidence().conflicts())
                .containsExactly("position", "cycle");
    }

    private static String recorded(String id, String a, String b, String ab, String ba) {
        return Json.write(Map.of(
                "id",
                id,
                "prompt",
                "q",
                "response_a",
                a,
                "response_b",
                b,
                "judges",
                List.of(
                        Map.of("judge", "j", "order", "AB", "verdict", ab),
                        Map.of("judge", "j", "order", "BA", "verdict", ba))));
    }
}
