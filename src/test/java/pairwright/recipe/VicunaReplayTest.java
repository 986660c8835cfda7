package pairwright.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pairwright.jsonl.BadRows;
import pairwright.jsonl.Json;
import pairwright.jsonl.RowReader;
import pairwright.judge.Abstention;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;
import pairwright.judge.Trial;
import pairwright.pair.Label;
import pairwright.pair.Order;
import pairwright.pair.Pair;
import pairwright.pair.RecordedVerdict;

/** Real replies of GPT-4, sent again by a real server, must be read as they were recorded. */
class VicunaReplayTest {
    /** Both end in "1" and, on the next line, "2": two verdicts, though 2 was recorded. */
    private static final Set<String> TWO_VERDICTS =
            Set.of("vicuna80-q54-guanaco-33b-vs-gpt4 AB", "vicuna80-q66-bard-vs-guanaco-13b BA");

    @TempDir
    Path folder;

    private static List<Pair> pairs(String file) {
        List<Pair> pairs = new ArrayList<>();
        try (RowReader<Pair> rows = RowReader.open(file, Pair.class, BadRows.counted())) {
            rows.forEachRemaining(row -> pairs.add(row.value()));
        }
        return pairs;
    }

    /** The part of the judge's prompt that shows the question and both responses, without the code of the call. */
    private static String shown(String question, String first, String second) {
        return question + "\n\nFIRST\n" + first + "\nSECOND\n" + second + "\nEND";
    }

    private static Optional<Label> recorded(Pair pair, Order order) {
        return pair.judges().stream()
                .filter(v -> v.judge().equals("gpt-4") && v.order() == order)
                .findFirst()
                .flatMap(RecordedVerdict::verdict);
    }

    @Test
    void recordedRepliesAreReadAsTheyWereRecordedAndTheExportHoldsNoTie() throws Exception {
        String file = SharedData.file("vicuna80.given.jsonl.gz");
        List<Pair> pairs = pairs(file);
        Map<String, String> replies = new HashMap<>();
        for (Pair pair : pairs) {
            for (RecordedVerdict verdict : pair.judges()) {
                boolean asWritten = verdict.order() == Order.AB;
                replies.put(
                        shown(
                                pair.prompt().text().orElseThrow(),
                                asWritten ? pair.responseA() : pair.responseB(),
                                asWritten ? pair.responseB() : pair.responseA()),
                        verdict.raw().orElseThrow());
            }
        }
        JudgeStage judge;
        try (ChatReplies server = new ChatReplies(message -> {
            String key = message.substring(0, message.lastIndexOf("\nEND ") + 4)
                    .replaceAll("(?m)^(FIRST|SECOND) [0-9a-f]{10}$", "$1");
            return replies.getOrDefault(key, "no such item");
        })) {
            judge = Json.convertStrictly(
                    Map.of(
                            "in",
                            file,
                            "judge",
                            "openai:gpt-4",
                            "rubric",
                            "src/test/resources/rubrics/three-class.yaml",
                            "endpoint",
                            Json.asMap(server.endpoint(64)),
                            "reading",
                            "verdict",
                            "out",
                            folder.resolve("judgments.jsonl").toString()),
                    JudgeStage.class);
            StageReport report = judge.run(RunContexts.silent());
            assertThat(report.badRows()).isZero();
            assertThat(report.shortfall()).as(String.join("\n", report.lines())).isFalse();
            // Identical responses are a tie without a call.
            long identical = pairs.stream()
                    .filter(pair -> pair.responseA().equals(pair.responseB()))
                    .count();
            assertThat(server.calls()).isEqualTo(2 * (pairs.size() - (int) identical));
        }
        int unparsed = 0;
        int read = 0;
        List<Pair> written = pairs(folder.resolve("judgments.jsonl").toString());
        assertThat(written).hasSize(2240);
        for (int i = 0; i < pairs.size(); i++) {
            Judgment judgment = Judgment.carriedBy(written.get(i)).orElseThrow();
            for (Trial trial : judgment.evidence().trials()) {
                boolean two = TWO_VERDICTS.contains(pairs.get(i).id() + " " + trial.order());
                Optional<Label> expected = recorded(pairs.get(i), trial.order()).filter(label -> !two);
                if (expected.isEmpty()) {
                    unparsed++;
                    assertThat(trial.abstention().map(Abstention::reason)).contains(Abstention.Reason.UNPARSEABLE);
                } else {
                    read++;
                    assertThat(trial.pFirst().map(Preference::new).map(p -> p.label(0.05)))
                            .as(pairs.get(i).id() + " " + trial.order())
                            .contains(expected.get());
                }
            }
        }
        // The replies that hold no verdict, by the description of the data: 13 of 4,480; and two that hold two.
        assertThat(unparsed).isEqualTo(13 + 2);
        assertThat(read).isEqualTo(4480 - 13 - 2);
        export(pairs);
    }

    private void export(List<Pair> pairs) throws Exception {
        StageReport report = new ExportStage(
                        List.of(folder.resolve("judgments.jsonl").toString()),
                        Optional.empty(),
                        Optional.of("trl"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(.2),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(3L),
                        folder.resolve("dataset").toString())
                .run(RunContexts.silent());
        assertThat(report.badRows()).isZero();
        Set<Object> trainPrompts = new HashSet<>();
        Set<Object> testPrompts = new HashSet<>();
        long rows = readBack("train.jsonl", trainPrompts) + readBack("test.jsonl", testPrompts);
        assertThat(trainPrompts).isNotEmpty().doesNotContainAnyElementsOf(testPrompts);
        assertThat(testPrompts).isNotEmpty();
        Map<String, Object> counts = Json.asMap(report.numbers());
        long dropped = ((Map<?, ?>) counts.get("dropped"))
                .values().stream()
                        .mapToLong(value -> ((Number) value).longValue())
                        .sum();
        assertThat(rows + dropped).isEqualTo(pairs.size());
    }

    private long readBack(String name, Set<Object> prompts) throws Exception {
        List<String> lines =
                java.nio.file.Files.readAllLines(folder.resolve("dataset").resolve(name));
        for (String line : lines) {
            Map<String, Object> row = Json.readMap(line);
            assertThat(row).containsOnlyKeys("prompt", "chosen", "rejected");
            assertThat(row.get("chosen")).isNotEqualTo(row.get("rejected"));
            prompts.add(row.get("prompt"));
        }
        return lines.size();
    }
}
