package pairwright.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pairwright.agreement.AgreementReport;
import pairwright.agreement.ReferenceAgreement;
import pairwright.jsonl.BadRows;
import pairwright.jsonl.Digests;
import pairwright.jsonl.Json;
import pairwright.jsonl.RowReader;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;
import pairwright.pair.Pair;
import pairwright.reward.RewardJudge;
import pairwright.reward.RewardModel;

/** The main job on the embedded default, run whole. */
class QuickstartRunTest {
    private static final Path RECIPE = Path.of("datasets/quickstart/recipe.yaml");

    @TempDir
    static Path folder;

    private static List<StageReport> reports;

    @BeforeAll
    static void runOnce() throws Exception {
        reports = run(RECIPE, Optional.empty(), Optional.empty(), folder.resolve("first"));
    }

    private static List<StageReport> run(Path recipe, Optional<String> judge, Optional<String> url, Path out)
            throws InterruptedException {
        return new RecipeRun(Recipe.load(recipe).with(judge, url), recipe.getParent(), out)
                .run(RunContexts.silent(), report -> {});
    }

    private static Set<String> prompts(Path file) {
        Set<String> prompts = new HashSet<>();
        try (RowReader<Pair> rows = RowReader.open(file.toString(), Pair.class, BadRows.counted())) {
            rows.forEachRemaining(row -> prompts.add(row.value().prompt().id()));
        }
        return prompts;
    }

    @Test
    void everyStageEndsWithoutShortfall() {
        assertThat(reports)
                .extracting(StageReport::stage)
                .containsExactly("pair", "judge", "fit", "judge", "agree", "export");
        assertThat(reports)
                .noneMatch(StageReport::shortfall)
                .allSatisfy(r -> assertThat(r.badRows()).isZero());
    }

    @Test
    void agreementIsMeasuredOnPromptsThatTheFitNeverSaw() {
        Set<String> fitted = prompts(folder.resolve("first/labelled.jsonl"));
        Set<String> judged = prompts(folder.resolve("first/judgments.jsonl"));
        assertThat(fitted).isNotEmpty().doesNotContainAnyElementsOf(judged);
        AgreementReport report = (AgreementReport) reports.get(4).numbers();
        assertThat(report.prompts().count()).isEqualTo(judged.size());
        ReferenceAgreement planted = report.references().get(0);
        assertThat(planted.baselines()).extracting(b -> b.name()).contains("random", "first", "longer");
        double accuracy = planted.scores().accuracy().number().orElseThrow();
        System.out.printf(
                java.util.Locale.ROOT,
                "quickstart: accuracy %.3f on %d pairs of prompts never seen; baselines %s%n",
                accuracy,
                report.rows(),
                planted.baselines());
        // A surrogate that learned nothing would not be far from one half.
        assertThat(accuracy).isGreaterThan(.55);
    }

    @Test
    void theCardShowsTheAgreementOfItsRunAndEachStepOnce() throws IOException {
        AgreementReport report = (AgreementReport) reports.get(4).numbers();
        double accuracy =
                report.references().get(0).scores().accuracy().number().orElseThrow();
        String card = Files.readString(folder.resolve("first/dataset/README.md"));
        assertThat(card)
                .contains("Agreement of `reward:model` over " + report.rows() + " rows")
                .contains(String.format(java.util.Locale.ROOT, "| `field:gold` | %.3f", accuracy));
        assertThat(card.lines().filter(line -> line.startsWith("1. pair"))).hasSize(1);
    }

    @Test
    void theShippedModelIsTheOneThatThisRunFits() throws IOException {
        Path shipped = Path.of("models/quickstart");
        float[] then = weights(shipped);
        float[] now = weights(folder.resolve("first/model"));
        assertThat(now).hasSameSizeAs(then);
        for (int i = 0; i < now.length; i++) {
            assertThat(now[i]).isCloseTo(then[i], within(1e-5f));
        }
        Map<String, Object> before =
                Json.asMap(RewardModel.load(shipped).report().training());
        Map<String, Object> after = Json.asMap(
                RewardModel.load(folder.resolve("first/model")).report().training());
        assertThat(after.get("model")).isEqualTo(before.get("model"));
        assertThat(((Number) after.get("log_loss")).doubleValue())
                .isCloseTo(((Number) before.get("log_loss")).doubleValue(), within(1e-6));
    }

    private static float[] weights(Path model) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(model.resolve("model.safetensors")))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(Long.BYTES + (int) bytes.getLong());
        float[] weights = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(weights);
        return weights;
    }

    @Test
    void aFittedModelIsAJudgeLikeAnyOther() throws Exception {
        RewardJudge judge = new RewardJudge("reward:model", RewardModel.load(folder.resolve("first/model")));
        try (RowReader<Pair> rows =
                RowReader.open(folder.resolve("first/judgments.jsonl").toString(), Pair.class, BadRows.counted())) {
            int read = 0;
            while (rows.hasNext()) {
                Judgment written = Judgment.carriedBy(rows.next().value()).orElseThrow();
                assertThat(judge.judge(written.pair()).verdict()).isEqualTo(written.verdict());
                read++;
            }
            assertThat(read).isEqualTo(216);
        }
    }

    @Test
    void theSameInputsAndSeedGiveTheSameBytes() throws Exception {
        run(RECIPE, Optional.empty(), Optional.empty(), folder.resolve("second"));
        assertThat(digests(folder.resolve("second")))
                .isEqualTo(digests(folder.resolve("first")))
                .hasSizeGreaterThan(12);
    }

    private static Map<String, String> digests(Path root) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                digests.put(root.relativize(file).toString(), Digests.sha256(file));
            }
        }
        return digests;
    }

    @Test
    void everyOutputHasItsProvenanceBesideIt() throws IOException {
        Path first = folder.resolve("first");
        for (String file : List.of("pairs.jsonl", "labelled.jsonl", "judgments.jsonl")) {
            assertThat(first.resolve(file + ".provenance.json")).exists();
        }
        assertThat(Files.readString(first.resolve("judgments.jsonl.provenance.json")))
                .contains(RewardModel.load(first.resolve("model")).digest())
                .contains(Digests.sha256(first.resolve("pairs.jsonl")));
        for (String inFolder : List.of("model", "dataset", "agreement")) {
            assertThat(first.resolve(inFolder).resolve("provenance.json")).exists();
        }
    }

    @Test
    void withAnEndpointTheSameRecipeAsksALanguageModel() throws Exception {
        // A judge that takes the longer response: wrong half the time here, but it speaks the protocol.
        try (ChatReplies server = new ChatReplies(QuickstartRunTest::longerWins)) {
            List<StageReport> asked =
                    run(RECIPE, Optional.of("openai:judge"), Optional.of(server.baseUrl()), folder.resolve("asked"));
            // Both orders of 216 pairs, and what the server can do: log-probabilities, a schema, a tool call.
            assertThat(server.calls()).isEqualTo(2 * 216 + 3);
            AgreementReport report = (AgreementReport) asked.get(4).numbers();
            assertThat(report.judge()).isEqualTo("openai:judge");
            assertThat(report.orderConsistency().consistency().number()).contains(1.0);
            double longer = report.references().get(0).baselines().stream()
                    .filter(b -> b.name().equals("longer"))
                    .findFirst()
                    .orElseThrow()
                    .accuracy()
                    .number()
                    .orElseThrow();
            assertThat(report.references().get(0).scores().accuracy().number()).contains(longer);
        }
        try (RowReader<Pair> rows =
                RowReader.open(folder.resolve("asked/judgments.jsonl").toString(), Pair.class, BadRows.counted())) {
            Judgment judgment = Judgment.carriedBy(rows.next().value()).orElseThrow();
            assertThat(judgment.verdict()).isInstanceOf(Preference.class);
            assertThat(judgment.evidence().trials()).hasSize(2);
            assertThat(judgment.evidence().trials().get(0).model()).contains("judge-returned");
        }
    }

    private static String longerWins(String message) {
        String[] lines = message.split("\n", -1);
        String nonce = lines[0].split(" ")[1];
        if (!nonce.matches("[0-9a-f]{10}")) {
            return "A";
        }
        String first = between(message, "BEGIN " + nonce + " first response\n", "\nEND " + nonce + " first response");
        String second =
                between(message, "BEGIN " + nonce + " second response\n", "\nEND " + nonce + " second response");
        return "VERDICT " + nonce + (first.length() > second.length() ? " A" : " B");
    }

    private static String between(String text, String start, String end) {
        int from = text.indexOf(start) + start.length();
        return text.substring(from, text.indexOf(end, from));
    }
}
