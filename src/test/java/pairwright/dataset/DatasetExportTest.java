package pairwright.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.BadRows;
import pairwright.jsonl.Json;
import pairwright.jsonl.RowReader;
import pairwright.jsonl.RowWriter;
import pairwright.judge.Abstention;
import pairwright.judge.Evidence;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;
import pairwright.judge.Verdict;
import pairwright.pair.Pair;
import pairwright.pair.UniquePairs;
import pairwright.prompt.Message;
import pairwright.prompt.Prompt;
import pairwright.prompt.Role;

class DatasetExportTest {
    private static final ExportSettings ALL_TRAIN = ExportSettings.DEFAULTS.withTestFraction(0);

    @TempDir
    Path folder;

    private final List<Judgment> judgments = new ArrayList<>();
    private final BadRows bad = BadRows.counted();

    private static Pair pair(String id, Prompt prompt, String a, String b) {
        return new Pair(id, prompt, a, b, Optional.empty(), Optional.empty(), List.of(), List.of(), Map.of());
    }

    private void judged(String id, String prompt, String a, String b, double z) {
        judged(pair(id, Prompt.of(prompt), a, b), new Preference(z));
    }

    private void judged(Pair pair, Verdict verdict) {
        judgments.add(Judgment.of(pair, "human:h", verdict));
    }

    private ExportCounts export(ExportSettings settings) {
        Path file = folder.resolve("judgments.jsonl");
        try (RowWriter writer = RowWriter.to(file)) {
            judgments.forEach(judgment -> writer.write(judgment.row()));
            writer.commit();
        }
        return export(file, settings);
    }

    private ExportCounts export(Path file, ExportSettings settings) {
        try (RowReader<Pair> rows = RowReader.open(file.toString(), Pair.class, bad)) {
            return new DatasetExport(settings).write(UniquePairs.of(rows), dataset());
        }
    }

    private Path dataset() {
        return folder.resolve("dataset");
    }

    private List<Map<String, Object>> rows(String name) throws IOException {
        return Files.readAllLines(dataset().resolve(name)).stream()
                .map(Json::readMap)
                .toList();
    }

    private void drops(String id, String reason) throws IOException {
        assertThat(rows("dropped.jsonl")).contains(Map.of("id", id, "reason", reason));
    }

    @Test
    void aRowHasExactlyPromptChosenAndRejected() throws IOException {
        Prompt prompt = new Prompt(
                "p",
                List.of(
                        new Message(Role.SYSTEM, "be kind"),
                        Message.user("hello"),
                        Message.assistant("hi"),
                        Message.user(" q\u2028?")),
                Map.of("kind", "dialogue"));
        judged(pair("1", prompt, "worse\u0000", " better \ud83d\ude00\n"), new Preference(.1));
        export(ALL_TRAIN);
        assertThat(Files.readString(dataset().resolve("train.jsonl")))
                .isEqualTo("{\"prompt\":[{\"role\":\"system\",\"content\":\"be kind\"},"
                        + "{\"role\":\"user\",\"content\":\"hello\"},{\"role\":\"assistant\",\"content\":\"hi\"},"
                        + "{\"role\":\"user\",\"content\":\" q\\u2028?\"}],"
                        + "\"chosen\":[{\"role\":\"assistant\",\"content\":\" better \ud83d\ude00\\n\"}],"
                        + "\"rejected\":[{\"role\":\"assistant\",\"content\":\"worse\\u0000\"}]}\n");
    }

    @Test
    void aTieIsNeverExported() throws IOException {
        double[] z = {.45, .5, .55, .4499, .5501};
        for (int i = 0; i < z.length; i++) {
            judged("j" + i, "q" + i, "x", "y", z[i]);
        }
        ExportCounts counts = export(ALL_TRAIN);
        assertThat(counts.dropped()).isEqualTo(Map.of("tie", 3L));
        assertThat(counts.train()).isEqualTo(2);
        drops("j0", "tie");
        drops("j2", "tie");
    }

    @Test
    void anAbstentionIsDroppedUnderItsReason() throws IOException {
        for (Abstention.Reason reason : Abstention.Reason.values()) {
            judged(pair(reason.name(), Prompt.of("q"), "x", "y"), new Abstention(reason, "why"));
        }
        ExportCounts counts = export(ALL_TRAIN);
        assertThat(counts.dropped()).hasSize(Abstention.Reason.values().length).containsEntry("abstention:REFUSED", 1L);
        assertThat(counts.exported()).isZero();
        drops("UNPARSEABLE", "abstention:UNPARSEABLE");
    }

    @Test
    void aMarginBelowTheMinimumIsDroppedAndOneAtItIsKept() throws IOException {
        judged("weak", "q", "x", "y", .74);
        judged("strong", "q", "x", "z", .75);
        assertThat(export(ALL_TRAIN.withMinimumMargin(.5)).dropped()).isEqualTo(Map.of("below margin", 1L));
        drops("weak", "below margin");
    }

    @Test
    void aConflictIsKeptOrDroppedAsTheSettingsSay() {
        Evidence evidence =
                Json.read("{\"half\":false,\"calibrated\":false,\"conflicts\":[\"position\"]}", Evidence.class);
        judgments.add(
                new Judgment(pair("1", Prompt.of("q"), "x", "y"), "j", Optional.empty(), new Preference(.8), evidence));
        assertThat(export(ALL_TRAIN).train()).isEqualTo(1);
        assertThat(export(ALL_TRAIN.withConflicts(ConflictPolicy.DROP)).dropped())
                .isEqualTo(Map.of("conflict", 1L));
    }

    @Test
    void textsThatNoTrainerCanUseAreDroppedEachUnderItsReason() {
        judged("1", "q", "same", "same", 1);
        judged("2", "q", "same", " same\n", 1);
        judged("3", "q", "", "y", 1);
        judged("4", "q", "x", " \t", 1);
        judged("5", " ", "x", "y", 1);
        judged("6", "q", "x\ud800", "y", 1);
        judged(
                pair("7", new Prompt("s", List.of(new Message(Role.SYSTEM, "s")), Map.of()), "x", "y"),
                Preference.FIRST);
        ExportCounts counts = export(ALL_TRAIN);
        assertThat(counts.exported()).isZero();
        assertThat(counts.dropped())
                .isEqualTo(Map.of(
                        "equal texts", 2L,
                        "empty response", 2L,
                        "empty prompt", 1L,
                        "not Unicode", 1L,
                        "last message not the user's", 1L));
        assertThat(bad.count()).isZero();
    }

    @Test
    void theSamePairIsExportedOnceHoweverItIsTurned() throws IOException {
        judged("1", "q", "x", "y", .9);
        judged("2", "q", "y", "x", .1);
        judged("3", "q", "x", "y", .2);
        judged("1", "q", "x", "y", .9);
        ExportCounts counts = export(ALL_TRAIN);
        assertThat(counts.train()).isEqualTo(1);
        assertThat(counts.dropped()).isEqualTo(Map.of("repeated", 2L, "contradicts an earlier one", 1L));
        drops("2", "repeated");
        drops("3", "contradicts an earlier one");
    }

    @Test
    void anIdWithOtherTextsIsABadRow() {
        judged("1", "q", "x", "y", .9);
        judged("1", "q", "x", "z", .9);
        assertThat(export(ALL_TRAIN).read()).isEqualTo(1);
        assertThat(bad.firstMessages())
                .singleElement()
                .asString()
                .contains("judgments.jsonl:2: id 1 stood already at")
                .endsWith("judgments.jsonl:1 with other texts, must be unique");
    }

    @Test
    void aRowWithoutAGoodJudgmentIsABadRowAndTheRestProceeds() throws IOException {
        String pair = "{\"id\":\"ID\",\"prompt\":\"q\",\"response_a\":\"x\",\"response_b\":\"y\"";
        Path file = Files.write(
                folder.resolve("mixed.jsonl"),
                List.of(
                        pair.replace("ID", "1") + "}",
                        pair.replace("ID", "2") + ",\"judge\":\"j\",\"z\":1.4}",
                        pair.replace("ID", "3") + ",\"judge\":\"j\",\"z\":\"high\"}",
                        pair.replace("ID", "4") + ",\"z\":0.9}",
                        pair.replace("ID", "5") + ",\"judge\":\"j\",\"z\":0.9}"));
        assertThat(export(file, ALL_TRAIN).train()).isEqualTo(1);
        assertThat(bad.firstMessages())
                .extracting(message -> message.substring(message.indexOf("jsonl:") + 6))
                .containsExactly(
                        "1: z and abstention are missing, must be a judgment; run judge on the pairs first",
                        "2: z is 1.4, must be in [0, 1]",
                        "3: field z: is text, must be a number",
                        "4: judge is missing, must be a judge's name");
    }

    @Test
    void noPromptIsOnBothSidesWhateverItsIdAndBothSidesFillAsAsked() throws IOException {
        for (int i = 0; i < 4000; i++) {
            Prompt prompt = new Prompt("id" + i, List.of(Message.user("ask " + i % 1000)), Map.of());
            judged(pair("j" + i, prompt, "x" + i, "y" + i), Preference.SECOND);
        }
        ExportCounts counts = export(ExportSettings.DEFAULTS.withTestFraction(.2));
        // 1000 coins with .2: standard deviation 12.6 prompts, five of them are 64.
        assertThat(counts.testPrompts()).isBetween(200L - 64, 200L + 64);
        assertThat(counts.trainPrompts() + counts.testPrompts()).isEqualTo(1000);
        assertThat(counts.test()).isEqualTo(4 * counts.testPrompts());
        Set<Object> train = new HashSet<>(
                rows("train.jsonl").stream().map(row -> row.get("prompt")).toList());
        assertThat(rows("test.jsonl")).noneMatch(row -> train.contains(row.get("prompt")));
        assertThat(Contracts.faults(ExportFormat.TRL, dataset())).isEmpty();
    }

    @Test
    void aPromptStaysOnItsSideWhenOthersComeAndMovesWithTheSeed() throws IOException {
        for (int i = 0; i < 100; i++) {
            judged("j" + i, "q" + i, "x", "y", 1);
        }
        ExportSettings half = ExportSettings.DEFAULTS.withTestFraction(.5);
        export(half);
        List<Map<String, Object>> before = rows("test.jsonl");
        for (int i = 100; i < 120; i++) {
            judged("j" + i, "q" + i, "x", "y", 1);
        }
        export(half);
        assertThat(rows("test.jsonl").subList(0, before.size())).isEqualTo(before);
        export(half.withSeed(1));
        assertThat(rows("test.jsonl")).doesNotContainSequence(before);
    }

    @Test
    void everyJudgmentIsExportedOrDropped() {
        for (int i = 0; i < 200; i++) {
            judged("j" + i, "q" + i % 7, "x" + i % 3, "y" + i % 5, i / 199.);
        }
        ExportCounts counts = export(ExportSettings.DEFAULTS);
        assertThat(counts.read()).isEqualTo(200);
        assertThat(counts.exported() + counts.droppedTotal()).isEqualTo(200);
        assertThatThrownBy(() -> new ExportCounts(3, 1, 1, 1, 1, 0, Map.of(), Map.of(), DatasetFacts.NONE))
                .hasMessage("read is 3, must be the sum of exported and dropped, 2");
    }

    @Test
    void theSameInputGivesTheSameBytes() throws IOException {
        for (int i = 0; i < 50; i++) {
            judged("j" + i, "q" + i, "x", "y", i / 49.);
        }
        export(ExportSettings.DEFAULTS);
        Map<String, String> before = contents();
        export(ExportSettings.DEFAULTS);
        assertThat(contents())
                .isEqualTo(before)
                .containsOnlyKeys("README.md", "train.jsonl", "test.jsonl", "dropped.jsonl");
    }

    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new java.util.TreeMap<>();
        try (Stream<Path> files = Files.list(dataset())) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return contents;
    }

    @Test
    void aBrokenExportLeavesTheOldDatasetAndNoPartOfANewOne() throws IOException {
        judged("1", "q", "x", "y", 1);
        export(ALL_TRAIN);
        Map<String, String> before = contents();
        Path torn = folder.resolve("torn.jsonl.gz");
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        try (var gzip = new java.util.zip.GZIPOutputStream(bytes)) {
            for (int i = 0; i < 1000; i++) {
                judgments.set(0, Judgment.of(pair("j" + i, Prompt.of("q" + i), "x", "y"), "j", Preference.FIRST));
                gzip.write(
                        (Json.write(judgments.get(0).row()) + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        }
        Files.write(torn, java.util.Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2));
        assertThatThrownBy(() -> export(torn, ALL_TRAIN))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("torn.jsonl.gz:");
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void anInputWithoutJudgmentsWritesNothing() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.jsonl"));
        assertThatThrownBy(() -> export(empty, ALL_TRAIN))
                .hasMessageEndingWith("empty.jsonl: holds no judgment that can be read; nothing was written");
        assertThat(dataset()).doesNotExist();
    }

    @Test
    void aFolderThatIsAFileIsNamed() throws IOException {
        Files.createFile(dataset());
        judged("1", "q", "x", "y", 1);
        assertThatThrownBy(() -> export(ALL_TRAIN))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("dataset is a file, must be a folder");
    }

    @Test
    void aFileThatCannotBeOpenedLeavesNothingOfTheOthers() throws IOException {
        Files.createDirectories(dataset().resolve("dropped.jsonl.part/in the way"));
        judged("1", "q", "x", "y", 1);
        assertThatThrownBy(() -> export(ALL_TRAIN)).hasMessageContaining("dropped.jsonl: cannot be written: ");
        assertThat(dataset().toFile().list()).containsExactly("dropped.jsonl.part");
    }

    @Test
    void theCardTellsWhatWasExportedAndWhatWasNot() throws IOException {
        judged("1", "q", "longer", "y", 1);
        judged("2", "r", "x", "y", .5);
        judgments.add(new Judgment(
                pair("3", Prompt.of("s"), "x", "longer"),
                "a|b`\n# c",
                Optional.of("help"),
                new Preference(.9),
                Evidence.NONE));
        export(ALL_TRAIN);
        assertThat(Files.readString(dataset().resolve("README.md")))
                .startsWith("---\n")
                .contains(
                        "- n<1K\n",
                        "  - split: train\n    path: train.jsonl\n---\n",
                        "| train | 2 | 2 |",
                        "| tie | 1 |")
                .contains("| `human:h` | 1 |", "| `a\\|b'\\n# c, rubric help` | 1 |", "| seed | 0 |", "50.0%")
                .contains("Of 3 judgments 1 were left out")
                .doesNotContain("split: test");
    }

    @Test
    void settingsOutOfRangeSayTheRange() {
        assertThatThrownBy(() -> ExportSettings.DEFAULTS.withTestFraction(1))
                .hasMessage("test fraction is 1.0, must be in [0, 1)");
        assertThatThrownBy(() -> ExportSettings.DEFAULTS.withTieBand(Double.NaN))
                .hasMessageContaining("must be in [0, 0.5)");
        assertThatThrownBy(() -> ExportSettings.DEFAULTS.withMinimumMargin(Double.NaN))
                .hasMessage("minimum margin is NaN, must be in [0, 1]");
        assertThatThrownBy(() -> ExportFormat.named("csv"))
                .hasMessageStartingWith("format is \"csv\", must be one of trl, ");
        assertThatThrownBy(() -> ConflictPolicy.named("ask"))
                .hasMessage("conflicts is \"ask\", must be one of keep, drop");
        assertThat(ExportFormat.named("trl")).isEqualTo(ExportFormat.TRL);
    }
}
