package pairwright.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import pairwright.jsonl.BadRows;
import pairwright.jsonl.Json;
import pairwright.jsonl.RowReader;
import pairwright.jsonl.RowWriter;
import pairwright.judge.Evidence;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;
import pairwright.pair.Pair;
import pairwright.pair.UniquePairs;
import pairwright.prompt.Message;
import pairwright.prompt.Prompt;

/** Judgments made up by a test, exported and read back. */
final class Exports {
    static final ExportSettings ALL_TRAIN = ExportSettings.DEFAULTS.withTestFraction(0);

    private final Path folder;
    final List<Judgment> judgments = new ArrayList<>();

    Exports(Path folder) {
        this.folder = folder;
    }

    /** Rules in the words of a recipe. */
    static SelectionRules rules(String json) {
        return Json.convertStrictly(Json.readMap(json), SelectionRules.class);
    }

    static SplitRules split(String json) {
        return Json.convertStrictly(Json.readMap(json), SplitRules.class);
    }

    Exports judged(String id, String prompt, String a, String b, double z) {
        return judged(id, prompt, a, b, z, "{}");
    }

    /** With evidence, {@code half} and {@code calibrated} being false unless said. */
    Exports judged(String id, String prompt, String a, String b, double z, String evidence) {
        Map<String, Object> map = new java.util.HashMap<>(Map.of("half", false, "calibrated", false));
        map.putAll(Json.readMap(evidence));
        judgments.add(new Judgment(
                pair(id, new Prompt("p" + prompt, List.of(Message.user(prompt)), Map.of()), a, b, "", ""),
                "human:h",
                Optional.empty(),
                new Preference(z),
                Json.convert(map, Evidence.class)));
        return this;
    }

    Exports judged(String id, Prompt prompt, String a, String b, String modelA, String modelB, double z) {
        judgments.add(Judgment.of(pair(id, prompt, a, b, modelA, modelB), "human:h", new Preference(z)));
        return this;
    }

    /** With fields of its candidates. */
    Exports sampled(String id, String prompt, String a, String b, Map<String, Object> fields) {
        Pair pair =
                new Pair(id, Prompt.of(prompt), a, b, Optional.empty(), Optional.empty(), List.of(), List.of(), fields);
        judgments.add(Judgment.of(pair, "human:h", new Preference(.9)));
        return this;
    }

    private static Pair pair(String id, Prompt prompt, String a, String b, String modelA, String modelB) {
        return new Pair(
                id,
                prompt,
                a,
                b,
                Optional.of(modelA).filter(name -> !name.isEmpty()),
                Optional.of(modelB).filter(name -> !name.isEmpty()),
                List.of(),
                List.of(),
                Map.of());
    }

    void shuffle(long seed) {
        Collections.shuffle(judgments, new Random(seed));
    }

    Path dataset() {
        return folder.resolve("dataset");
    }

    ExportCounts export(ExportSettings settings) {
        Path file = folder.resolve("judgments.jsonl");
        try (RowWriter writer = RowWriter.to(file)) {
            judgments.forEach(judgment -> writer.write(judgment.row()));
            writer.commit();
        }
        try (RowReader<Pair> rows = RowReader.open(file.toString(), Pair.class, BadRows.counted())) {
            return new DatasetExport(settings).write(UniquePairs.of(rows), dataset());
        }
    }

    List<Map<String, Object>> rows(String name) {
        try {
            return Files.readAllLines(dataset().resolve(name)).stream()
                    .map(Json::readMap)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String card() {
        try {
            return Files.readString(dataset().resolve("README.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The chosen texts of one side, in the order of the file. */
    List<String> chosen(String name) {
        return rows(name).stream().map(row -> content(row, "chosen")).toList();
    }

    /** The prompts of one side, in the order of the file. */
    List<String> prompts(String name) {
        return rows(name).stream().map(row -> content(row, "prompt")).toList();
    }

    /** Reason by id of all that were left out. */
    Map<String, String> dropped() {
        Map<String, String> dropped = new java.util.TreeMap<>();
        rows("dropped.jsonl").forEach(row -> dropped.put((String) row.get("id"), (String) row.get("reason")));
        return dropped;
    }

    private static String content(Map<String, Object> row, String key) {
        List<?> messages = (List<?>) row.get(key);
        return (String) ((Map<?, ?>) messages.get(messages.size() - 1)).get("content");
    }
}
