package pairwright.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pairwright.jsonl.Json;
import pairwright.recipe.SharedData;

class CommandsTest {
    @TempDir
    Path folder;

    @RegisterExtension
    final Captured printed = new Captured();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prompts",
                "generate",
                "candidates",
                "ask",
                "instruct",
                "contrast",
                "pair",
                "clean",
                "judge",
                "fit",
                "score",
                "evaluate",
                "explain",
                "export",
                "check",
                "convert",
                "agree",
                "rank",
                "run",
                "probe"
            })
    void everyCommandHasHelpWithAnExample(String command) {
        assertThat(Pairwright.execute(command, "--help")).isZero();
        assertThat(printed.out()).contains("Usage: pairwright " + command, "Example", "./pairwright " + command);
    }

    /** The kinds are those that a name which is none of them is answered with. */
    @ParameterizedTest
    @ValueSource(strings = {"judge", "bias"})
    void theHelpNamesEveryKindOfJudgeThatCanBeGiven(String command) {
        Pairwright.execute("judge", "pairs.jsonl", "--judge", "claude", "--out", "x");
        String kinds = printed.err().replaceAll("(?s).*must be (.*?)\\R.*", "$1");
        List<String> askable = List.of(kinds.split(",? or |, "));
        assertThat(askable).hasSizeGreaterThan(12).contains("panel:FILE", "openai:MODEL", "gold");
        assertThat(Pairwright.execute(command, "--help")).isZero();
        for (String kind : askable) {
            boolean standsInTheRows = kind.startsWith("human")
                    || kind.startsWith("recorded")
                    || kind.startsWith("field")
                    || kind.equals("gold");
            if (command.equals("judge") || !standsInTheRows) {
                assertThat(printed.out()).contains(kind);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "judge nowhere.jsonl --judge gold --out X | nowhere.jsonl: no such file",
                "judge datasets/quickstart/candidates.jsonl --judge claude --out X | no such judge",
                "judge datasets/quickstart/candidates.jsonl --judge gold --max-abstentions 7 --out X | must be in [0, 1]",
                "judge datasets/quickstart/candidates.jsonl --out X | Missing required option",
                "judge datasets/quickstart/candidates.jsonl --judge openai:m --ask-again UNPARSEABLE,BORED --out X"
                        + " | ask_again names BORED, must be one or more of REFUSED, FILTERED, TRUNCATED, OVERFLOW, UNPARSEABLE, or all",
                "agree datasets/quickstart/candidates.jsonl | against is missing",
                "export datasets/quickstart/candidates.jsonl --format xml --out X | xml",
                "run nowhere.yaml | nowhere.yaml: no such file",
                "frobnicate | Unmatched argument",
            })
    void misuseEndsWithCodeTwoAndSaysWhat(String line, String message) {
        String[] args =
                line.replace("X", folder.resolve("x").toString()).strip().split(" ");
        assertThat(Pairwright.execute(args)).isEqualTo(2);
        assertThat(printed.err()).startsWith("pairwright: ").contains(message).doesNotContain("\tat ");
        assertThat(printed.out()).isEmpty();
    }

    @Test
    void aBadRowIsSetAsideTheRestProceedsAndTheCodeIsThree() throws Exception {
        Path pairs = Files.write(
                folder.resolve("pairs.jsonl"),
                List.of(
                        "{\"id\":\"1\",\"prompt\":\"q\",\"response_a\":\"x\",\"response_b\":\"y\",\"gold\":\"A\"}",
                        "{\"id\":\"2\",\"prompt\":\"q\",\"response_a\":\"x\"",
                        "{\"id\":\"3\",\"prompt\":\"q\",\"response_a\":\"x\",\"response_b\":\"z\",\"gold\":\"C\"}",
                        "{\"id\":\"1\",\"prompt\":\"q\",\"response_a\":\"other\",\"response_b\":\"y\",\"gold\":\"A\"}"));
        Path judgments = folder.resolve("judgments.jsonl");
        int code = Pairwright.execute("judge", pairs.toString(), "--judge", "gold", "--out", judgments.toString());
        assertThat(code).isEqualTo(3);
        assertThat(Files.readAllLines(judgments)).hasSize(1);
        assertThat(Files.readAllLines(folder.resolve("judgments.jsonl.bad.jsonl")))
                .hasSize(3);
        assertThat(printed.out())
                .contains(
                        "3 bad rows were set aside",
                        pairs + ":2: ",
                        pairs + ":3: field gold: is C, must be A, B, tie or null")
                .contains(pairs + ":4: id 1 stood already at " + pairs + ":1");
    }

    @Test
    void jsonPrintsOneObjectOnStandardOutputAndNothingElse() {
        String file = SharedData.file("pandalm.given.jsonl");
        int code = Pairwright.execute(
                "agree",
                file,
                "--judge",
                "recorded:gpt-3.5-turbo",
                "--against",
                "human:majority",
                "--unparsed",
                "tie",
                "--json");
        assertThat(code).isZero();
        Map<String, Object> report = Json.readMap(printed.out());
        Map<?, ?> majority = (Map<?, ?>) ((List<?>) report.get("references")).get(0);
        // Published by PandaLM: accuracy, macro precision, recall and F1 of gpt-3.5-turbo against the majority.
        assertThat(value(majority, "accuracy")).isCloseTo(.7107, within(5e-5));
        assertThat(value(majority, "macro_precision")).isCloseTo(.5879, within(5e-5));
        assertThat(value(majority, "macro_recall")).isCloseTo(.5736, within(5e-5));
        assertThat(value(majority, "macro_f1")).isCloseTo(.5755, within(5e-5));
        assertThat(printed.err()).contains("recorded:gpt-3.5-turbo on 999 pairs");
    }

    @Test
    void annotatorsAreComparedWithEachOther() {
        String file = SharedData.file("pandalm.given.jsonl");
        assertThat(Pairwright.execute(
                        "agree", file, "--judge", "recorded:gpt-3.5-turbo", "--against", "human", "--json"))
                .isZero();
        Map<String, Object> report = Json.readMap(printed.out());
        // Published by PandaLM: .85, .88, .86.
        assertThat((List<?>) report.get("annotators"))
                .extracting(pair -> value((Map<?, ?>) pair, "cohen_kappa"))
                .usingElementComparator((a, b) -> Math.abs(a - b) < 5e-5 ? 0 : 1)
                .containsExactlyInAnyOrder(.8520, .8789, .8617);
        assertThat((List<?>) report.get("references")).hasSize(4);
        // Dropped and counted is the default; 71.56 is the figure with the 25 unparsed verdicts dropped.
        assertThat(((Map<?, ?>) report.get("settings")).get("unparsed")).isEqualTo("drop");
        assertThat(printed.err().replaceAll("\\s+", " ")).contains("left out and counted");
        Map<?, ?> majority = (Map<?, ?>) ((List<?>) report.get("references"))
                .stream()
                        .filter(r -> ((Map<?, ?>) r).get("reference").equals("human:majority"))
                        .findFirst()
                        .orElseThrow();
        assertThat(value(majority, "accuracy")).isCloseTo(.7156, within(5e-5));
    }

    private static double value(Map<?, ?> object, String name) {
        return ((Number) ((Map<?, ?>) object.get(name)).get("value")).doubleValue();
    }

    @Test
    void twoFilesOfJudgmentsAreJoinedById() {
        Path first = folder.resolve("a.jsonl");
        Path second = folder.resolve("b.jsonl");
        Path pairs = folder.resolve("pairs.jsonl");
        assertThat(Pairwright.execute(
                        "pair",
                        "datasets/quickstart/candidates.jsonl",
                        "--label-by",
                        "quality",
                        "--out",
                        pairs.toString()))
                .isZero();
        Pairwright.execute("judge", pairs.toString(), "--judge", "gold", "--out", first.toString());
        Pairwright.execute(
                "judge",
                pairs.toString(),
                "--judge",
                "reward:models/quickstart",
                "--where",
                "tags.part=unlabelled",
                "--out",
                second.toString());
        printed.clearOut();
        assertThat(Pairwright.execute("agree", second.toString(), first.toString()))
                .isZero();
        assertThat(printed.out())
                .contains(
                        "reward:models/quickstart on 216 pairs",
                        "against field:gold",
                        "216 ids stand in both files; 0 only in the first, 432 only in the second");
        String oneFile = printed.out();
        printed.clearOut();
        assertThat(Pairwright.execute("agree", second.toString(), "--against", "gold"))
                .isZero();
        assertThat(oneFile).startsWith(printed.out().lines().findFirst().orElseThrow());
    }

    @Test
    void theOrderOfTwoFilesDoesNotChangeWhereBothTakeASide() {
        String file = SharedData.file("vicuna80.given.jsonl.gz");
        Path judged = folder.resolve("judged.jsonl");
        Path people = folder.resolve("people.jsonl");
        Pairwright.execute("judge", file, "--judge", "recorded:gpt-4", "--out", judged.toString());
        Pairwright.execute("judge", file, "--judge", "human:majority", "--out", people.toString());
        double there = s2(judged, people);
        assertThat(s2(people, judged)).isEqualTo(there);
    }

    private double s2(Path first, Path second) {
        printed.clearOut();
        Pairwright.execute("agree", first.toString(), second.toString(), "--json");
        return value((Map<?, ?>) ((List<?>) Json.readMap(printed.out()).get("references")).get(0), "s2");
    }

    @ParameterizedTest
    @CsvSource({
        "recorded:gpt4, human:majority",
        "recorded:gpt-3.5-turbo@other, human:majority",
        "human:somebody, human:majority",
        "recorded:gpt-3.5-turbo, gold",
    })
    void aNameThatNoRowHoldsIsNotAnEmptyReport(String judge, String against) {
        String file = SharedData.file("pandalm.given.jsonl");
        assertThat(Pairwright.execute("agree", file, "--judge", judge, "--against", against))
                .isEqualTo(2);
        assertThat(printed.err()).contains("the first row holds recorded:gpt-3.5-turbo@pandalm", "human:annotator1");
        assertThat(printed.out()).isEmpty();
    }

    @Test
    void rowsAndJsonDoNotShareStandardOutput() {
        assertThat(Pairwright.execute("pair", "datasets/quickstart/candidates.jsonl", "--out", "-", "--json"))
                .isEqualTo(2);
        assertThat(printed.out()).isEmpty();
        assertThat(printed.err()).contains("--json and --out - both want standard output");
    }

    @Test
    void scoreTakesTextsAndPairsFromStandardInput() {
        java.io.InputStream in = System.in;
        try {
            System.setIn(new java.io.ByteArrayInputStream(
                    ("{\"prompt\":\"What is 2 + 2?\",\"response\":\"It is 4.\",\"note\":1}\n"
                                    + "{\"id\":\"p\",\"prompt\":\"What is 2 + 2?\",\"response_a\":\"It is 4.\",\"response_b\":\"I cannot help with that.\"}\n")
                            .getBytes(StandardCharsets.UTF_8)));
            assertThat(Pairwright.execute("score", "-", "--model", "models/quickstart", "--out", "-"))
                    .isZero();
        } finally {
            System.setIn(in);
        }
        List<String> lines = printed.out().lines().toList();
        assertThat(lines).hasSize(2);
        Map<String, Object> text = Json.readMap(lines.get(0));
        Map<String, Object> pair = Json.readMap(lines.get(1));
        assertThat(text).containsKeys("reward", "note");
        assertThat(pair.get("reward_a")).isEqualTo(text.get("reward"));
        double z = ((Number) pair.get("reward_z")).doubleValue();
        double d = ((Number) pair.get("reward_a")).doubleValue() - ((Number) pair.get("reward_b")).doubleValue();
        assertThat(z).isCloseTo(1 / (1 + Math.exp(-d)), within(1e-12));
        assertThat(printed.err()).contains("2 rows scored by models/quickstart");
    }

    @Test
    void theFittedModelOfRealArgumentsAgreesWithItsLabels() {
        String file = SharedData.file("ukpconvarg1.given.jsonl.gz");
        Path model = folder.resolve("ukp");
        assertThat(Pairwright.execute("fit", file, "--labels", "field:strict", "--out", model.toString()))
                .isZero();
        printed.clearOut();
        assertThat(Pairwright.execute(
                        "agree", file, "--judge", "reward:" + model, "--against", "field:strict", "--json"))
                .isZero();
        Map<?, ?> strict = (Map<?, ?>) ((List<?>) Json.readMap(printed.out()).get("references")).get(0);
        assertThat(((Number) strict.get("n")).intValue()).isEqualTo(8_510);
        assertThat(((Number) strict.get("not_labelled")).intValue()).isEqualTo(12_478 - 8_510);
        assertThat(value(strict, "s2")).isGreaterThan(.8);
    }

    private Path asked() throws Exception {
        return Files.writeString(
                folder.resolve("pairs.jsonl"),
                "{\"id\":\"same\",\"prompt\":\"q\",\"response_a\":\"a\",\"response_b\":\"a\"}\n"
                        + "{\"id\":\"other\",\"prompt\":\"what?\",\"response_a\":\"the one\",\"response_b\":\"the two\"}\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--show-prompt 2 PAIRS", "PAIRS --show-prompt=2", "PAIRS --show-prompt 2"})
    void theJudgesPromptIsShownWithoutServerKeyAndOutput(String arguments) throws Exception {
        List<String> line = new java.util.ArrayList<>(List.of("judge", "--judge", "openai:m", "--reading", "verdict"));
        line.addAll(List.of(arguments.replace("PAIRS", asked().toString()).split(" ")));
        assertThat(Pairwright.execute(line.toArray(String[]::new))).isZero();
        assertThat(printed.out())
                .contains("##### pair same: the responses are identical, a tie without a call\n")
                .contains("##### pair other, order AB, sample 0\n### system\nYou are a careful", "### user\nBEGIN ")
                .contains("first response\nthe one\n", "##### pair other, order BA, sample 0\n");
        assertThat(printed.err()).isEmpty();
        assertThat(folder).isDirectoryNotContaining("glob:**.sqlite");
    }

    @Test
    void theJudgesPromptIsShownOfOnePairUnlessSaidAndSaysWhatTheReadingIs() throws Exception {
        assertThat(Pairwright.execute("judge", "--judge", "openai:m", "--show-prompt", asked().toString()))
                .isZero();
        assertThat(printed.out()).contains("##### pair same").doesNotContain("pair other");
        assertThat(printed.err()).contains("reading auto asks the server what it returns; shown is reading verdict");
    }

    @Test
    void theJudgesPromptIsShownAsJsonWithEverythingThatIsSent() throws Exception {
        assertThat(Pairwright.execute(
                        "judge",
                        asked().toString(),
                        "--judge",
                        "openai:m",
                        "--rubric",
                        "rlaif-summary",
                        "--reading",
                        "tool",
                        "--show-prompt",
                        "2",
                        "--json"))
                .isZero();
        Map<String, Object> shown = Json.readMap(printed.out());
        List<?> pairs = (List<?>) shown.get("pairs");
        List<?> calls = (List<?>) ((Map<?, ?>) pairs.get(1)).get("calls");
        assertThat(calls).hasSize(4);
        assertThat(calls.get(1).toString())
                .contains("order=AB", "step=2", "[the reply to step 1]", "way=TOOL", "enum=[1, 2]", "max_tokens=400");
    }

    @Test
    void showPromptRefusesANumberBelowOne() throws Exception {
        assertThat(Pairwright.execute("judge", asked().toString(), "--judge", "openai:m", "--show-prompt", "0"))
                .isEqualTo(2);
        assertThat(printed.err()).contains("--show-prompt is 0, must be 1 or more");
        assertThat(Pairwright.execute("judge", asked().toString(), "--judge", "openai:m", "--show-prompt=many"))
                .isEqualTo(2);
        assertThat(printed.err()).contains("'many' is not an int");
    }
}
