package pairwright.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import pairwright.jsonl.Json;

class EvaluateCommandTest {
    @TempDir
    Path folder;

    @RegisterExtension
    final Captured printed = new Captured();

    private Path pairs() {
        Path pairs = folder.resolve("pairs.jsonl");
        assertThat(Pairwright.execute(
                        "pair",
                        "datasets/quickstart/candidates.jsonl",
                        "--label-by",
                        "quality",
                        "--out",
                        pairs.toString()))
                .isZero();
        return pairs;
    }

    private Map<String, Object> evaluated(String... words) throws IOException {
        List<String> command = new java.util.ArrayList<>(List.of("evaluate"));
        command.addAll(List.of(words));
        command.addAll(List.of("--out", folder.resolve("evaluation").toString()));
        assertThat(Pairwright.execute(command.toArray(String[]::new)))
                .as(printed.err())
                .isZero();
        return Json.readMap(Files.readString(folder.resolve("evaluation/evaluation.json")));
    }

    private static double value(Map<?, ?> report, String... path) {
        Object at = report;
        for (String name : path) {
            at = ((Map<?, ?>) at).get(name);
        }
        return ((Number) at).doubleValue();
    }

    @Test
    void aModelIsMeasuredOnPromptsItNeverSaw() throws IOException {
        Map<String, Object> report = evaluated(
                pairs().toString(),
                "--labels",
                "gold",
                "--where",
                "tags.part=unlabelled",
                "--model",
                "models/quickstart",
                "--slice-by",
                "flaw_a");
        assertThat(value(report, "rows")).isEqualTo(216);
        assertThat(value(report, "groups")).isEqualTo(36);
        assertThat(value(report, "accuracy", "low")).isGreaterThan(.55);
        assertThat(value(report, "baselines", "longer", "value") + value(report, "baselines", "shorter", "value"))
                .isCloseTo(1, within(1e-9));
        assertThat((List<?>) report.get("slices")).hasSizeGreaterThan(1);
        assertThat(printed.out())
                .contains("reward:models/quickstart on 216 pairs of 36 groups: accuracy ", "clustered by group");
        assertThat(folder.resolve("evaluation/provenance.json")).exists();
    }

    @Test
    void rowsOfRewardBenchAreScoredBySubset() throws IOException {
        Path rows = folder.resolve("bench.jsonl");
        Files.writeString(rows, """
                {"id": 1, "prompt": "Why is the sky blue?", "chosen": "Air scatters blue light more than red light.", "rejected": "sky", "subset": "easy"}
                {"id": 2, "prompt": "What is 2 + 2?", "chosen": "It is 4.", "rejected": "It is 4, I guess, or maybe", "subset": "sums"}
                {"id": 3, "prompt": "What is 2 + 3?", "chosen": "It is 5."}
                """);
        List<String> command = List.of(
                "evaluate",
                rows.toString(),
                "--format",
                "rewardbench",
                "--model",
                "models/quickstart",
                "--out",
                folder.resolve("evaluation").toString());
        assertThat(Pairwright.execute(command.toArray(String[]::new))).isEqualTo(3);
        assertThat(printed.out() + printed.err()).contains("bench.jsonl:3: rejected is missing");
        Map<String, Object> scores = Json.readMap(Files.readString(folder.resolve("evaluation/rewardbench.json")));
        assertThat(scores).containsOnlyKeys("model", "model_type", "easy", "sums");
        assertThat(value(scores, "easy")).isBetween(0.0, 1.0);
    }

    @Test
    void eitherAModelOrFoldsAreMeasured() {
        assertThat(Pairwright.execute("evaluate", "datasets/quickstart/candidates.jsonl", "--out", folder.toString()))
                .isEqualTo(2);
        assertThat(printed.err()).contains("one of model and folds must be given");
    }

    @Test
    void whatMovesARewardIsListedAndAddsUp() throws IOException {
        Path explained = folder.resolve("explained.jsonl");
        assertThat(Pairwright.execute(
                        "explain",
                        pairs().toString(),
                        "--where",
                        "tags.kind=arithmetic",
                        "--model",
                        "models/quickstart",
                        "--top",
                        "100000",
                        "--out",
                        explained.toString()))
                .isZero();
        assertThat(printed.out()).contains("what moves most", " rows, mean ");
        Map<String, Object> row = Json.readMap(Files.readAllLines(explained).get(0));
        double sum = 0;
        for (Object contribution : (List<?>) row.get("contributions")) {
            sum += value((Map<?, ?>) contribution, "value");
        }
        assertThat(sum).isCloseTo(value(row, "difference"), within(1e-9));
    }
}
