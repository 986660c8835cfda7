package pairwright.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static pairwright.dataset.Exports.ALL_TRAIN;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pairwright.jsonl.Yaml;
import pairwright.prompt.Message;
import pairwright.prompt.Prompt;

class DatasetCardTest {
    private static final String HOSTILE =
            "x\n---\n# head <script>alert(1)</script> [l](http://e.x) `code` | cell | \u2028 \"q\": *b*";

    @TempDir
    Path folder;

    private Map<?, ?> head(String card) throws IOException {
        assertThat(card).startsWith("---\n");
        Path file = Files.writeString(folder.resolve("head.yaml"), card.substring(4, card.indexOf("\n---\n", 3) + 1));
        return Yaml.read(file, Map.class);
    }

    @Test
    void theHeadIsWhatHubsRead() throws IOException {
        Exports exports = new Exports(folder).judged("1", "q", "x", "y", .9);
        exports.export(ALL_TRAIN.withCard(new CardFacts(
                Optional.of("No: yes"),
                Optional.of("cc-by-4.0"),
                List.of("en", "no"),
                Map.of(),
                Pricing.NONE,
                List.of())));
        Map<?, ?> head = head(exports.card());
        assertThat(head.get("license")).isEqualTo("cc-by-4.0");
        // In YAML 1.1 a bare no is false.
        assertThat(head.get("language")).isEqualTo(List.of("en", "no"));
        assertThat(head.get("pretty_name")).isEqualTo("No: yes");
        assertThat(head.get("size_categories")).isEqualTo(List.of("n<1K"));
        assertThat(head.get("configs"))
                .isEqualTo(List.of(Map.of(
                        "config_name",
                        "default",
                        "data_files",
                        List.of(Map.of("split", "train", "path", "train.jsonl")))));
        assertThat(exports.card()).contains("\"no\"");
    }

    @Test
    void hostileTextBreaksNeitherTheHeadNorTheTables() throws IOException {
        Exports exports = new Exports(folder)
                .judged(
                        "1",
                        new Prompt("p", List.of(Message.user("q")), Map.of("source", HOSTILE, "license", HOSTILE)),
                        "x",
                        "y",
                        HOSTILE,
                        HOSTILE + "2",
                        .9)
                .judged(
                        "2",
                        "r",
                        "x",
                        "y",
                        .9,
                        "{\"flags\": [\"a | b\\n# c\"], \"jurors\": [{\"judge\": \"openai:a | b\", \"z\": 0.9, \"evidence\": "
                                + "{\"half\": false, \"calibrated\": false, \"trials\": [{\"order\": \"AB\", \"sample\": 0, \"p\": 0.9, \"model\": \"# m | <b>\"}]}}]}");
        exports.export(ALL_TRAIN
                .withRules(Exports.rules("{\"drop_flags\": [\"any\"]}"))
                .withCard(new CardFacts(
                        Optional.of(HOSTILE),
                        Optional.of(HOSTILE),
                        List.of(),
                        Map.of("judge", HOSTILE, "rows", HOSTILE, "references", List.of(Map.of("reference", HOSTILE))),
                        (model, calls) -> Optional.of(HOSTILE),
                        List.of(HOSTILE))));
        String card = exports.card();
        Map<?, ?> head = head(card);
        assertThat(head.get("license")).isEqualTo("other");
        assertThat(head.get("license_name")).isEqualTo(HOSTILE);
        assertThat(head.get("pretty_name")).isEqualTo(HOSTILE);
        String body = card.substring(card.indexOf("\n---\n", 3) + 5);
        assertThat(body.lines().filter(line -> line.equals("---"))).isEmpty();
        // Headings are ours alone, and there is exactly one of the first order.
        assertThat(body.lines().filter(line -> line.startsWith("# "))).hasSize(1);
        // Outside of code, nothing is a tag or a link: CommonMark takes a mark after a backslash as plain text.
        String bare = body.replaceAll("\\\\\\p{Punct}", "").replaceAll("`[^`\n]*`", "");
        assertThat(bare).doesNotContain("<").doesNotContain("](").contains("script");
        // Every row of a table has as many cells as the rule under its head.
        int columns = 0;
        List<String> lines = body.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if ((i + 1 < lines.size() && lines.get(i + 1).startsWith("|---"))
                    || lines.get(i).startsWith("|---")) {
                columns = bars(lines.get(i));
            } else if (lines.get(i).startsWith("|")) {
                assertThat(bars(lines.get(i))).as(lines.get(i)).isEqualTo(columns);
            }
        }
    }

    private static int bars(String line) {
        return line.replace("\\|", "").replaceAll("[^|]", "").length();
    }

    private static String calls(String model) {
        String trial = "{\"order\": \"AB\", \"sample\": 0, \"p\": 0.9, \"model\": \"" + model + "\"";
        return "\"trials\": [" + trial + ", \"prompt_tokens\": 100, \"completion_tokens\": 7}, " + trial + "}]";
    }

    @Test
    void whatTheCallsTookAndCostStandsInTheCardByModel() {
        Exports exports = new Exports(folder)
                .judged("1", "q", "x", "y", .9, "{" + calls("big-2026") + "}")
                .judged(
                        "2",
                        "r",
                        "x",
                        "y",
                        .6,
                        "{\"jurors\": [{\"judge\": \"openai:named\", \"z\": 0.6, \"evidence\": {"
                                + "\"half\": false, \"calibrated\": false, " + calls("small") + "}}]}");
        ExportCounts counts = exports.export(ALL_TRAIN.withCard(new CardFacts(
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Map.of(),
                (model, calls) -> model.equals("small")
                        ? Optional.of(2 * calls.promptTokens() + calls.completionTokens() + " EUR")
                        : Optional.empty(),
                List.of())));
        // The judge of the first is human:h; a juror has the name that its server gave.
        assertThat(exports.card())
                .contains(
                        "| `h` | 2 | 100 | 7 | 1 | no price given |",
                        "| `small` | 2 | 100 | 7 | 1 | 207 EUR |",
                        "hold 4 calls of models, with 200 tokens in and 14 out",
                        // The mean of .1 and .4.
                        "chosen response is the worse one in 25.0% of the examples",
                        "one label smoothing for all rows, it is 0.250");
        assertThat(counts.facts().judging().calls()).isEqualTo(new Calls(4, 200, 14, 2));
    }

    @Test
    void aCandidateIsPaidOnceInHoweverManyPairsItStands() {
        Exports exports = new Exports(folder)
                .sampled("a~b", "q", "x", "y", Map.of("prompt_tokens_a", 10, "completion_tokens_a", 3, "cost_a", .25))
                .sampled("a~c", "q", "x", "z", Map.of("prompt_tokens_a", 10, "completion_tokens_a", 3, "cost_a", .25))
                .sampled(
                        "c~b",
                        "q",
                        "z",
                        "y",
                        Map.of("completion_tokens_a", 5, "prompt_tokens_b", -1, "cost_a", "free", "cost_b", 1e300));
        Sampled sampled = exports.export(ALL_TRAIN).facts().sampled();
        assertThat(sampled).isEqualTo(new Sampled(new Calls(2, 10, 8, 1), Optional.of(new BigDecimal("0.25")), 1));
        assertThat(exports.card())
                .contains(
                        "of 2 responses that they took 10 tokens in and 8 out, and of 1 that they cost 0.25 together");
    }

    @Test
    void theAgreementReportAndTheHistoryStandInTheCard() {
        Exports exports = new Exports(folder).judged("1", "q", "x", "y", .9);
        Map<String, Object> estimate = Map.of("value", .81, "low", .7, "high", .9, "n", 10, "method", "m");
        exports.export(ALL_TRAIN.withCard(new CardFacts(
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Map.of(
                        "judge",
                        "j",
                        "rows",
                        10,
                        "references",
                        List.of(Map.of("reference", "human", "accuracy", estimate, "kappa", .5))),
                Pricing.NONE,
                List.of("judge (Pairwright 1) wrote a.jsonl"))));
        assertThat(exports.card())
                .contains("| `human` | 0.810 (0.700 to 0.900) | 0.500 |", "1. judge \\(Pairwright 1\\) wrote a.jsonl");
    }
}
