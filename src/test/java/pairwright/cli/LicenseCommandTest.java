package pairwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import pairwright.dataset.ContractCheck;
import pairwright.dataset.ExportFormat;
import pairwright.jsonl.Json;

class LicenseCommandTest {
    @TempDir
    Path folder;

    @RegisterExtension
    final Captured printed = new Captured();

    private int run(Object... args) {
        printed.clear();
        String[] texts = new String[args.length];
        for (int i = 0; i < args.length; i++) {
            texts[i] = args[i].toString();
        }
        return Pairwright.execute(texts);
    }

    /**
     * Judgments of so many prompts with the labels of three people, who are right in .9. The judge is sure in two of three rows, and
     * there right in {@code sure}; elsewhere in {@code unsure}.
     */
    private Path judgments(String name, int prompts, double sure, double unsure, Map<String, Object> also)
            throws Exception {
        Random random = new Random(8);
        List<String> rows = new ArrayList<>();
        for (int prompt = 0; prompt < prompts; prompt++) {
            boolean aIsBetter = random.nextBoolean();
            boolean isSure = prompt % 3 != 0;
            boolean right = random.nextDouble() < (isSure ? sure : unsure);
            double margin = isSure ? .95 : .25;
            List<Map<String, Object>> people = new ArrayList<>();
            for (int person = 0; person < 3; person++) {
                boolean agrees = random.nextDouble() < .9;
                people.add(Map.of("annotator", "p" + person, "label", agrees == aIsBetter ? "A" : "B"));
            }
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("id", "row" + prompt);
            row.put("prompt", "question " + prompt);
            row.put("response_a", "one " + random.nextInt(100) + " " + prompt);
            row.put("response_b", "two " + random.nextInt(100) + " " + prompt);
            row.put("human", people);
            row.put("judge", "test");
            row.put("rubric", "helpfulness@abc");
            row.put("z", (right == aIsBetter ? 1 + margin : 1 - margin) / 2);
            row.put("dataset", "chats");
            row.put("subset", prompt % 2 == 0 ? "even" : "odd");
            row.putAll(also);
            rows.add(Json.write(row));
        }
        return Files.write(folder.resolve(name), rows);
    }

    private Path license(Path judgments, String name) {
        Path file = folder.resolve(name);
        run("agree", judgments, "--against", "human", "--bootstrap", 200, "--license", file);
        return file;
    }

    private static String verdict(Path license) throws Exception {
        return (String) Json.readMap(Files.readString(license)).get("verdict");
    }

    @Test
    void aGoodJudgeIsLicensedAndItsExportPasses() throws Exception {
        Path judgments = judgments("j.jsonl", 600, .99, .99, Map.of());
        Path license = folder.resolve("license.json");
        assertThat(run("agree", judgments, "--against", "human", "--bootstrap", 200, "--license", license))
                .as(printed.out() + printed.err())
                .isZero();
        assertThat(printed.out()).contains("licence GRANTED (test, chats)", "license: " + license);
        assertThat(verdict(license)).isEqualTo("granted");
        Path dataset = folder.resolve("dataset");
        assertThat(run("export", judgments, "--license", license, "--out", dataset))
                .as(printed.err())
                .isZero();
        assertThat(Files.readString(dataset.resolve("README.md")))
                .contains("Licence sha256:", "0.2, below which it took no side");
        assertThat(Files.readString(dataset.resolve("train.jsonl"))).doesNotContain("\"license\"");
        assertThat(Files.readString(dataset.resolve("provenance.json"))).contains("\"licensed\" : true");
    }

    @Test
    void aJudgeThatIsRightWhereItIsSureIsLicensedThereAndTheRestIsDroppedWithACount() throws Exception {
        Path judgments = judgments("j.jsonl", 600, .99, .55, Map.of());
        Path license = license(judgments, "license.json");
        assertThat(verdict(license)).isEqualTo("granted_above_margin");
        Map<String, Object> content = Json.readMap(Files.readString(license));
        assertThat(content.get("margin").toString()).isEqualTo("0.95");
        Path dataset = folder.resolve("dataset");
        assertThat(run("export", judgments, "--license", license, "--out", dataset))
                .as(printed.err())
                .isZero();
        assertThat(printed.out()).contains("dropped 200 {below the licensed margin=200}");
    }

    @Test
    void aPoorJudgeIsRefusedInWritingAndNothingOfItPassesUnmarked() throws Exception {
        Path judgments = judgments("j.jsonl", 600, .7, .7, Map.of());
        Path license = folder.resolve("license.json");
        assertThat(run("agree", judgments, "--against", "human", "--bootstrap", 200, "--license", license))
                .isEqualTo(3);
        assertThat(verdict(license)).isEqualTo("refused");
        assertThat(printed.out()).contains("licence REFUSED", "  - ");
        Path dataset = folder.resolve("dataset");
        assertThat(run("export", judgments, "--license", license, "--out", dataset))
                .isEqualTo(2);
        assertThat(printed.err())
                .contains("does not license this export", "the licence is refused", "nothing was written");
        assertThat(dataset).doesNotExist();
        assertThat(run("export", judgments, "--license", license, "--unlicensed", "--out", dataset))
                .isZero();
        assertThat(printed.out()).contains("UNLICENSED: 600 judgments");
        assertThat(Files.readAllLines(dataset.resolve("train.jsonl")))
                .allSatisfy(row -> assertThat(row).contains("\"license\":\"unlicensed: the licence is refused"));
        assertThat(Files.readString(dataset.resolve("README.md"))).contains("UNLICENSED: 600 judgments");
        assertThat(Files.readString(dataset.resolve("provenance.json"))).contains("\"licensed\" : false");
        try (ContractCheck check =
                new ContractCheck(ExportFormat.TRL, fault -> assertThat(fault).isNull())) {
            check.file(dataset.resolve("train.jsonl").toString(), rows -> {});
        }
        assertThat(run("export", judgments, "--unlicensed", "--out", folder.resolve("none")))
                .isZero();
        assertThat(Files.readString(folder.resolve("none/train.jsonl"))).contains("unlicensed: no licence was named");
    }

    @ParameterizedTest
    @EnumSource(ExportFormat.class)
    void everyRowOfEveryFormatIsMarkedAndStillReadByItsTrainer(ExportFormat format) throws Exception {
        Path judgments = judgments("j.jsonl", 60, .99, .99, Map.of());
        Path dataset = folder.resolve("dataset");
        assertThat(run("export", judgments, "--unlicensed", "--format", format, "--out", dataset))
                .as(printed.err())
                .isZero();
        Path train = Files.exists(dataset.resolve("train.jsonl"))
                ? dataset.resolve("train.jsonl")
                : dataset.resolve("train_prefs.jsonl");
        assertThat(Files.readAllLines(train))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row).contains("\"license\":\"unlicensed: no licence was named\""));
        assertThat(Files.readString(dataset.resolve("README.md"))).contains("UNLICENSED: 60 judgments");
        try (ContractCheck check =
                new ContractCheck(format, fault -> assertThat(fault).isNull())) {
            check.file(train.toString(), rows -> {});
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "judge | other | judge is other, the licence is for test",
                "rubric | helpfulness@xyz | rubric is helpfulness@xyz, the licence is for helpfulness@abc",
                "dataset | stories | data family is stories, the licence is for chats",
            })
    void whatTheLicenceIsNotForIsRefusedAndSaysInWhat(String field, String value, String message) throws Exception {
        Path license = license(judgments("j.jsonl", 600, .99, .99, Map.of()), "license.json");
        Path other = judgments("other.jsonl", 50, .99, .99, Map.of(field, value));
        Path dataset = folder.resolve("dataset");
        assertThat(run("export", other, "--license", license, "--out", dataset)).isEqualTo(2);
        assertThat(printed.err()).contains(message, "at pair row0");
        assertThat(dataset).doesNotExist();
    }

    @Test
    void anotherModelThanTheOneThatAnsweredIsNotLicensed() throws Exception {
        Map<String, Object> trial = Map.of("order", "AB", "sample", 0, "p", .9, "reading", "verdict", "model", "gpt-b");
        Map<String, Object> back = Map.of("order", "BA", "sample", 0, "p", .1, "reading", "verdict", "model", "gpt-b");
        Map<String, Object> answered =
                Map.of("evidence", Map.of("half", false, "calibrated", false, "trials", List.of(trial, back)));
        Map<String, Object> other = Json.readMap(Json.write(answered).replace("gpt-b", "gpt-a"));
        Path license = license(judgments("j.jsonl", 600, .99, .99, other), "license.json");
        assertThat(verdict(license)).isEqualTo("granted");
        Path judgments = judgments("other.jsonl", 50, .99, .99, answered);
        assertThat(run("export", judgments, "--license", license, "--out", folder.resolve("d")))
                .isEqualTo(2);
        assertThat(printed.err()).contains("model as returned is gpt-b, the licence is for gpt-a");
    }

    @Test
    void aKindOfRowsThatWasNotLookedAtIsDropped() throws Exception {
        Path license = license(judgments("j.jsonl", 600, .99, .99, Map.of()), "license.json");
        Path other = judgments("other.jsonl", 50, .99, .99, Map.of("subset", "code"));
        assertThat(run("export", other, "--license", license, "--out", folder.resolve("d")))
                .isZero();
        assertThat(printed.out()).contains("dropped 50 {outside the licensed data=50}");
    }

    @Test
    void anEditedLicenceIsRecognised() throws Exception {
        Path judgments = judgments("j.jsonl", 600, .7, .7, Map.of());
        Path license = license(judgments, "license.json");
        String text = Files.readString(license);
        Path forged = folder.resolve("forged.json");
        Files.writeString(
                forged, text.replace("\"verdict\" : \"refused\"", "\"verdict\" : \"granted\",\n  \"margin\" : 0.0"));
        for (String option : new String[] {"--license", "--unlicensed"}) {
            List<Object> args =
                    new ArrayList<>(List.of("export", judgments, "--license", forged, "--out", folder.resolve("d")));
            if (option.equals("--unlicensed")) {
                args.add(option);
            }
            assertThat(run(args.toArray())).isEqualTo(2);
            assertThat(printed.err())
                    .contains("forged.json: is no licence that can be used", "was changed after it was written");
        }
        Files.writeString(forged, text.substring(0, text.length() / 2));
        assertThat(run("export", judgments, "--license", forged, "--out", folder.resolve("d")))
                .isEqualTo(2);
        assertThat(printed.err()).contains("forged.json: is no licence that can be used");
        Files.writeString(forged, text.replaceAll("\"digest\" : \"sha256:[0-9a-f]+\"", "\"digest\" : \"\""));
        assertThat(run("export", judgments, "--license", forged, "--out", folder.resolve("d")))
                .isEqualTo(2);
        assertThat(run("export", judgments, "--license", folder.resolve("gone.json"), "--out", folder.resolve("d")))
                .isEqualTo(2);
        assertThat(printed.err()).contains("gone.json: no such file");
        assertThat(folder.resolve("d")).doesNotExist();
    }

    @Test
    void theSameInputsGiveTheSameLicenceByteByByte() throws Exception {
        Path judgments = judgments("j.jsonl", 300, .99, .7, Map.of());
        assertThat(Files.readString(license(judgments, "a.json")))
                .isEqualTo(Files.readString(license(judgments, "b.json")))
                .contains("\"sha256\"", "\"digest\" : \"sha256:");
    }

    @Test
    void tooFewLabelsTwoJudgesAndOneOrderAreReasonsOfTheirOwn() throws Exception {
        Path few = license(judgments("few.jsonl", 60, 1, 1, Map.of()), "few.json");
        assertThat(verdict(few)).isEqualTo("refused");
        assertThat(Files.readString(few)).contains("60 rows of 60 prompts are labelled.");
        List<String> two = new ArrayList<>(Files.readAllLines(judgments("two.jsonl", 300, 1, 1, Map.of())));
        two.set(0, two.get(0).replace("\"judge\":\"test\"", "\"judge\":\"other\""));
        Path mixed = license(Files.write(folder.resolve("two.jsonl"), two), "two.json");
        assertThat(verdict(mixed)).isEqualTo("refused");
        assertThat(Files.readString(mixed)).contains("The rows hold judges other, test.");
        Map<String, Object> half = Map.of(
                "evidence",
                Map.of(
                        "half",
                        true,
                        "calibrated",
                        false,
                        "trials",
                        List.of(Map.of("order", "AB", "sample", 0, "p", .9, "reading", "verdict"))));
        Path oneOrder = license(judgments("one.jsonl", 300, 1, 1, half), "one.json");
        assertThat(verdict(oneOrder)).isEqualTo("refused");
        assertThat(Files.readString(oneOrder)).contains("only one order counts");
    }

    @Test
    void aLicenceNeedsAFamilyAndPromptsAsClusters() throws Exception {
        Path judgments = judgments("j.jsonl", 300, .99, .7, Map.of("dataset", ""));
        Path license = folder.resolve("license.json");
        assertThat(run("agree", judgments, "--against", "human", "--license", license))
                .isEqualTo(2);
        assertThat(printed.err()).contains("declare it with --family NAME");
        assertThat(run("agree", judgments, "--against", "human", "--clusters", "row", "--license", license))
                .isEqualTo(2);
        assertThat(license).doesNotExist();
        assertThat(run("agree", judgments, "--against", "human", "--family", "chats"))
                .isEqualTo(2);
        assertThat(printed.err()).contains("family is given without license");
        assertThat(run("agree", judgments, "--against", "human", "--license", license, "--epsilon", ".3"))
                .isEqualTo(2);
        assertThat(printed.err()).contains("epsilon is 0.3, must be one of [0.1, 0.15, 0.2]");
    }

    @Test
    void aRecipeLicensesAndExportsInOneRun() throws Exception {
        judgments("j.jsonl", 600, .99, .55, Map.of());
        Path recipe = Files.writeString(folder.resolve("recipe.yaml"), """
                name: licensed
                stages:
                  - agree: {in: j.jsonl, against: human, bootstrap_rounds: 200, license: license.json, out: agreement}
                  - export: {in: j.jsonl, license: license.json, out: dataset}
                """);
        assertThat(run("run", recipe, "--out", folder.resolve("run")))
                .as(printed.out() + printed.err())
                .isZero();
        assertThat(folder.resolve("run/license.json")).exists();
        assertThat(printed.out()).contains("below the licensed margin=200");
    }
}
