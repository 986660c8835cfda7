package pairwright.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static pairwright.dataset.Exports.ALL_TRAIN;

import java.io.IOException;
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
                Optional.of("No: yes"), Optional.of("cc-by-4.0"), List.of("en", "no"), Map.of(), List.of())));
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
                .judged("2", "r", "x", "y", .9, "{\"flags\": [\"a | b\\n# c\"]}");
        exports.export(ALL_TRAIN
                .withRules(Exports.rules("{\"drop_flags\": [\"any\"]}"))
                .withCard(new CardFacts(
                        Optional.of(HOSTILE),
                        Optional.of(HOSTILE),
                        List.of(),
                        Map.of("judge", HOSTILE, "rows", HOSTILE, "references", List.of(Map.of("reference", HOSTILE))),
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
        // Outside of code, nothing is a tag or a link.
        String bare = body.replaceAll("`[^`\n]*`", "");
        assertThat(bare).doesNotContain("<script").doesNotContain("](http");
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
                List.of("judge (Pairwright 1) wrote a.jsonl"))));
        assertThat(exports.card())
                .contains("| `human` | 0.810 (0.700 to 0.900) | 0.500 |", "1. judge \\(Pairwright 1\\) wrote a.jsonl");
    }
}
