package pairwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import pairwright.jsonl.Json;

class FormatCommandsTest {
    private static final String GOOD = "{\"prompt\":\"q\",\"chosen\":\"a\",\"rejected\":\"b\"}\n";

    @TempDir
    Path folder;

    @RegisterExtension
    final Captured printed = new Captured();

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void checkEndsWithThreeWhenARowBreaksTheRulesAndWithZeroWhenNoneDoes() throws IOException {
        String bad = file("bad.jsonl", GOOD + GOOD.replace("\"b\"", "\"a \""));
        String list = folder.resolve("faults.jsonl").toString();
        assertThat(Pairwright.execute("check", "trl-explicit", bad, "--out", list))
                .isEqualTo(3);
        assertThat(printed.out())
                .contains("2 rows in 1 file: 1 breaks the contract of trl-explicit")
                .contains("bad.jsonl:2: chosen and rejected are the same text, must differ");
        assertThat(Files.readAllLines(Path.of(list))).hasSize(1);
        assertThat(Pairwright.execute("check", "trl-explicit", file("good.jsonl", GOOD)))
                .isZero();
        assertThat(printed.out()).contains("1 row in 1 file: all as trl-explicit asks");
        assertThat(Pairwright.execute("check", "trl-explicit", folder.toString()))
                .isEqualTo(2);
    }

    @Test
    void checkCountsAreJsonOnRequest() throws IOException {
        assertThat(Pairwright.execute("check", "trl-explicit", file("good.jsonl", GOOD), "--json"))
                .isZero();
        assertThat(Json.readMap(printed.out()).get("numbers"))
                .extracting("rows", "faults")
                .containsExactly(1, 0);
    }

    @Test
    void convertTellsTheFormAndWhatIsLost() throws IOException {
        String in = file("in.jsonl", GOOD.replace("{", "{\"source\":\"s\","));
        String parquet = folder.resolve("out.parquet").toString();
        assertThat(Pairwright.execute("convert", "auto", "trl", in, "--out", parquet))
                .isZero();
        assertThat(printed.out())
                .contains("1 row of trl-explicit with 1 comparison: 1 written as trl, dropped 0")
                .contains("trl cannot hold: field source (1)");
        String back = folder.resolve("back.jsonl").toString();
        assertThat(Pairwright.execute("convert", "trl", "trl-explicit", parquet, "--out", back))
                .isZero();
        assertThat(Path.of(back)).hasContent(GOOD.strip());
        assertThat(folder.resolve("back.jsonl.provenance.json")).exists();
        assertThat(Pairwright.execute(
                        "convert",
                        "auto",
                        "trl",
                        in,
                        "--out",
                        folder.resolve("out.csv").toString()))
                .isEqualTo(2);
        assertThat(printed.err()).contains("ends with none of jsonl, jsonl.gz, jsonl.zst, parquet");
    }

    @Test
    void whatConvertReadsIsNeverWrittenOver() throws IOException {
        String in = file("in.jsonl", GOOD);
        assertThat(Pairwright.execute("convert", "auto", "trl", in, "--out", in))
                .isEqualTo(2);
        assertThat(Path.of(in)).hasContent(GOOD.strip());
    }

    @Test
    void aRecipeChecksAndConvertsWhatItExports() throws IOException {
        String judged =
                "{\"id\":\"1\",\"prompt\":\"q\",\"response_a\":\"a\",\"response_b\":\"b\",\"judge\":\"j\",\"z\":0.9}\n";
        file("judged.jsonl", judged);
        String recipe = file(
                "recipe.yaml",
                "name: formats\nstages:\n- export: {in: judged.jsonl, format: trl, file_type: parquet, test_fraction: 0, out: dataset}\n"
                        + "- check: {in: dataset/train.parquet, format: trl, out: faults.jsonl}\n"
                        + "- convert: {in: dataset/train.parquet, to: hh-rlhf, out: hh.jsonl.gz}\n");
        int code =
                Pairwright.execute("run", recipe, "--out", folder.resolve("run").toString());
        assertThat(code).as(printed.out() + printed.err()).isZero();
        assertThat(folder.resolve("run/hh.jsonl.gz")).exists();
    }

    @Test
    void aCardNamesTheDatasetOfTheRowsAsTheirSource() throws IOException {
        String in = file(
                "judged.jsonl",
                "{\"id\":\"1\",\"dataset\":\"arena-2026\",\"prompt\":\"q\",\"response_a\":\"a\",\"response_b\":\"b\",\"judge\":\"j\",\"z\":0.9}\n");
        String out = folder.resolve("dataset").toString();
        assertThat(Pairwright.execute("export", in, "--test-fraction", "0", "--out", out))
                .isZero();
        assertThat(printed.out()).contains("1 judgment: 1 train row (1 prompt), 0 test rows (0 prompts), dropped 0");
        assertThat(Path.of(out, "README.md")).content().contains("| `arena-2026, licence unknown` | 1 |");
    }

    @Test
    void aCardShowsTheAgreementAndTheCostsOfItsOwnRun() throws IOException {
        String trial =
                "{\"order\":\"AB\",\"sample\":0,\"p\":0.9,\"prompt_tokens\":1000000,\"completion_tokens\":500000}";
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            rows.append("{\"id\":\"")
                    .append(i)
                    .append("\",\"prompt\":\"q")
                    .append(i)
                    .append(
                            "\",\"tags\":{\"source\":\"forum\",\"license\":\"cc-by-4.0\",\"depth\":\"1\"},\"response_a\":\"a\",")
                    .append(
                            "\"response_b\":\"b\",\"model_a\":\"m\",\"model_b\":\"n\",\"gold\":\"A\",\"judge\":\"openai:small-1\",\"z\":0.9,")
                    .append("\"evidence\":{\"half\":true,\"calibrated\":false,\"trials\":[")
                    .append(trial)
                    .append("]}}\n");
        }
        file("judged.jsonl", rows.toString());
        file("prices.yaml", "currency: EUR\nmodels: [{model: small*, prompt: 1, completion: 4}]\n");
        String recipe = file(
                "recipe.yaml",
                "name: carded\nstages:\n- agree: {in: [judged.jsonl], against: gold, out: agreement}\n"
                        + "- export: {in: judged.jsonl, test_fraction: 0, out: dataset,\n"
                        + "    card: {agreement: agreement/agreement.json, prices: prices.yaml}}\n");
        int code =
                Pairwright.execute("run", recipe, "--out", folder.resolve("run").toString());
        assertThat(code).as(printed.out() + printed.err()).isZero();
        // Four calls of 1 EUR in and 2 EUR out each; a response of a model to a prompt that a model wrote is the second
        // generation.
        assertThat(Files.readString(folder.resolve("run/dataset/README.md")))
                .contains("| `small-1` | 4 | 4000000 | 2000000 | 0 | 12.0000 EUR |")
                .containsPattern("\\| `(field:)?gold` \\| 1\\.000 ")
                .contains("| 2 | 4 |")
                .contains("| `forum, licence cc-by-4.0` | 4 |");
    }
}
