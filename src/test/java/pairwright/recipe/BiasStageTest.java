package pairwright.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pairwright.agreement.Bias;
import pairwright.agreement.BiasKind;
import pairwright.agreement.BiasReport;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;

/** Judges of known bias behind a real server on loopback: the bias must come out, and nothing else. */
class BiasStageTest {
    private static final Pattern SHOWN = Pattern.compile(
            "BEGIN ([0-9a-f]{10}) first response\n(.*)\nEND \\1 first response\n\nBEGIN \\1 second response\n(.*)\nEND \\1 second",
            Pattern.DOTALL);
    private static final Pattern VALUE = Pattern.compile("value is (-?\\d+)");

    @TempDir
    Path folder;

    /**
     * The log-odds for the response shown first are .2 for each point of value, and what says nothing about value.
     *
     * @param position for being shown first
     * @param length for each factor of e in the number of words
     * @param format for Markdown
     * @param noise standard deviation of what changes with every asking
     */
    private record Taste(double position, double length, double format, double noise) {
        private double logit(String nonce, String first, String second) {
            return .2 * (value(first) - value(second))
                    + position
                    + length * Math.log((double) words(first) / words(second))
                    + format * ((first.startsWith("## ") ? 1 : 0) - (second.startsWith("## ") ? 1 : 0))
                    + noise * new Random(nonce.hashCode()).nextGaussian();
        }

        private static int words(String text) {
            return text.replaceAll("[#*-]", "").strip().split("\\s+").length;
        }

        private static int value(String text) {
            Matcher value = VALUE.matcher(text);
            assertThat(value.find()).isTrue();
            return Integer.parseInt(value.group(1));
        }
    }

    private static ChatReplies server(Taste taste) throws IOException {
        Map<String, Double> known = new ConcurrentHashMap<>();
        return new ChatReplies(
                message -> {
                    Matcher shown = SHOWN.matcher(message);
                    if (!shown.find()) {
                        return "A";
                    }
                    double logit = taste.logit(shown.group(1), shown.group(2), shown.group(3));
                    String text = "VERDICT " + shown.group(1) + (logit > 0 ? " A" : " B");
                    known.put(text, 1 / (1 + Math.exp(-logit)));
                    return text;
                },
                text -> {
                    double p = known.getOrDefault(text, .9);
                    String label = text.substring(text.length() - 1);
                    List<Object> tokens = new ArrayList<>();
                    if (text.length() > 1) {
                        tokens.add(token(text.substring(0, text.length() - 2), Map.of()));
                    }
                    String before = text.length() > 1 ? " " : "";
                    tokens.add(token(before + label, Map.of(before + "A", p, before + "B", 1 - p)));
                    return Map.of("logprobs", Map.of("content", tokens));
                });
    }

    private static Map<String, Object> token(String text, Map<String, Double> alternatives) {
        List<Object> top = new ArrayList<>();
        alternatives.forEach((token, p) -> top.add(Map.of("token", token, "logprob", Math.log(p))));
        return Map.of("token", text, "logprob", 0.0, "top_logprobs", top);
    }

    private String pairs(int n) throws IOException {
        Random random = new Random(7);
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("id", "p" + i);
            row.put("prompt", "Question " + i / 2 + "?");
            row.put(
                    "response_a",
                    "The value is " + random.nextInt(10) + ". It has a reason. That is all of a" + i + ".");
            row.put(
                    "response_b",
                    "The value is " + random.nextInt(10) + ". It has a cause. That is all of b" + i + ".");
            rows.add(Json.write(row));
        }
        return Files.write(folder.resolve("pairs.jsonl"), rows).toString();
    }

    private BiasStage stage(String in, String judge, Optional<EndpointSettings> endpoint, List<BiasKind> kinds) {
        return stage(
                in,
                judge,
                endpoint,
                kinds,
                Optional.empty(),
                folder.resolve("bias.json").toString());
    }

    private BiasStage stage(
            String in,
            String judge,
            Optional<EndpointSettings> endpoint,
            List<BiasKind> kinds,
            Optional<String> orders,
            String out) {
        return new BiasStage(
                in,
                Optional.empty(),
                judge,
                Optional.empty(),
                endpoint,
                Optional.empty(),
                orders,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                kinds.isEmpty() ? Optional.empty() : Optional.of(kinds),
                Optional.of(40),
                Optional.of(300),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(folder.resolve("ledger.sqlite").toString()),
                Optional.empty(),
                Optional.empty(),
                out);
    }

    private static BiasReport report(StageReport report) {
        return (BiasReport) ((Map<?, ?>) report.numbers()).get("bias");
    }

    private static Bias bias(StageReport report, String kind) {
        return report(report).biases().stream()
                .filter(bias -> bias.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static double number(pairwright.agreement.Statistic statistic) {
        return statistic.number().orElseThrow();
    }

    @Test
    void aJudgeThatLovesTheFirstSlotAndLengthShowsBothAndNothingElse() throws Exception {
        try (ChatReplies server = server(new Taste(.8, 1.5, 0, .05))) {
            BiasStage stage = stage(pairs(100), "openai:m", Optional.of(server.endpoint(4)), List.of());
            StageReport report = stage.run(RunContexts.silent());
            // The position's bias is in the log-odds of both orders; the noise has a standard error of .05 / sqrt 80.
            assertThat(number(bias(report, "position").logit().orElseThrow())).isCloseTo(.8, within(.02));
            assertThat(bias(report, "position").beyondNoise()).isTrue();
            assertThat(bias(report, "length").beyondNoise()).isTrue();
            assertThat(number(bias(report, "length").effect())).isBetween(.05, .2);
            assertThat(bias(report, "length").lengthRatio().orElseThrow()).isBetween(1.5, 1.8);
            assertThat(bias(report, "format").beyondNoise()).isFalse();
            assertThat(report.headline())
                    .startsWith("openai:m on 40 of 100 pairs, ")
                    .endsWith("beyond that noise: position, length");
            // First, again, padded, restyled, each in both orders; and the question what the server returns.
            assertThat(server.calls()).isEqualTo(40 * 8 + 1);

            StageReport again = stage.run(RunContexts.silent());
            assertThat(server.calls()).isEqualTo(40 * 8 + 1);
            assertThat(Json.write(report(again))).isEqualTo(Json.write(report(report)));
        }
        assertThat(Files.readString(folder.resolve("bias.json"))).contains("\"kind\" : \"position\"");
        assertThat(Files.readString(folder.resolve("bias.html")))
                .contains("<h1>Biases of openai:m</h1>", "<svg", "beyond the noise")
                .doesNotContain("{{");
        assertThat(Files.readString(folder.resolve("bias.json.provenance.json")))
                .contains("helpfulness@", "\"command\" : \"bias\"");
    }

    @Test
    void aJudgeThatLovesMarkdownShowsThatAlone() throws Exception {
        try (ChatReplies server = server(new Taste(0, 0, -.7, .05))) {
            StageReport report = stage(pairs(60), "openai:m", Optional.of(server.endpoint(4)), List.of())
                    .run(RunContexts.silent());
            assertThat(number(bias(report, "format").effect())).isBetween(-.2, -.05);
            assertThat(bias(report, "format").sentence()).contains(", away from it;");
            assertThat(report.headline()).endsWith("beyond that noise: format");
        }
    }

    @Test
    void anUnbiasedJudgeHoweverNoisyStaysWithinItsNoise() throws Exception {
        try (ChatReplies server = server(new Taste(0, 0, 0, 1))) {
            StageReport report = stage(pairs(60), "openai:m", Optional.of(server.endpoint(4)), List.of())
                    .run(RunContexts.silent());
            assertThat(report.headline()).endsWith("beyond that noise: nothing");
            assertThat(number(report(report).noise().rootMeanSquare())).isGreaterThan(.1);
        }
    }

    @Test
    void aJudgeThatIsAskedInOneOrderIsShownTheSwappedCopy() throws Exception {
        try (ChatReplies server = server(new Taste(-.6, 0, 0, .02))) {
            StageReport report = stage(
                            pairs(60),
                            "openai:m",
                            Optional.of(server.endpoint(4)),
                            List.of(BiasKind.POSITION, BiasKind.SWAPPED),
                            Optional.of("one"),
                            "-")
                    .run(RunContexts.silent());
            assertThat(number(bias(report, "position").logit().orElseThrow())).isCloseTo(-.6, within(.02));
            assertThat(number(bias(report, "swapped").effect())).isLessThan(-.1);
            assertThat(server.calls()).isEqualTo(40 * 3 + 1);
            assertThat(report.files()).isEmpty();
        }
    }

    @Test
    void aPanelIsMeasuredAsOneJudge() throws Exception {
        try (ChatReplies one = server(new Taste(1, 0, 0, .02));
                ChatReplies other = server(new Taste(-.2, 0, 0, .02))) {
            Path panel = folder.resolve("two.yaml");
            Files.writeString(
                    panel,
                    "jury:\n  - {judge: openai:x, reading: logprobs, endpoint: {base_url: %s}}\n  - {judge: openai:y, reading: logprobs, endpoint: {base_url: %s}}\n"
                            .formatted(one.baseUrl(), other.baseUrl()));
            StageReport report = stage(pairs(60), "panel:" + panel, Optional.empty(), List.of(BiasKind.POSITION))
                    .run(RunContexts.silent());
            assertThat(report(report).judge()).matches("panel:two@[0-9a-f]{12}");
            // Near z = .5 the biases of two equal jurors add up to their mean, (1 - .2) / 2.
            assertThat(number(bias(report, "position").logit().orElseThrow())).isCloseTo(.4, within(.06));
        }
    }

    @Test
    void aRewardModelHasNoNoiseAndNoPosition() throws Exception {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            rows.add(Json.write(Map.of(
                    "id",
                    "p" + i,
                    "prompt",
                    "What is " + i + " and " + i + "?",
                    "response_a",
                    "It is " + 2 * i + ". That follows from adding.",
                    "response_b",
                    "I cannot help with that. Sorry.")));
        }
        String in = Files.write(folder.resolve("pairs.jsonl"), rows).toString();
        StageReport report = stage(in, "reward:models/quickstart", Optional.empty(), List.of())
                .run(RunContexts.silent());
        assertThat(number(report(report).noise().rootMeanSquare())).isZero();
        assertThat(number(bias(report, "position").effect())).isZero();
        assertThat(bias(report, "length").effect().n()).isEqualTo(40);
        assertThat(folder.resolve("ledger.sqlite")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"recorded:x", "human", "human:majority", "human:ann", "gold", "field:other"})
    void verdictsThatStandInTheRowsCannotBeAskedAboutCopies(String judge) throws Exception {
        String in = pairs(3);
        assertThatThrownBy(() -> stage(in, judge, Optional.empty(), List.of()).run(RunContexts.silent()))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("cannot be asked about changed copies");
        Path panel = Files.writeString(folder.resolve("p.yaml"), "jury: [{judge: \"" + judge + "\"}]\n");
        assertThatThrownBy(() ->
                        stage(in, "panel:" + panel, Optional.empty(), List.of()).run(RunContexts.silent()))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("p.yaml: member ")
                .hasMessageContaining("cannot be asked about changed copies");
    }

    @Test
    void theSampleDoesNotDependOnTheOrderOfTheRows() throws Exception {
        List<String> rows = Files.readAllLines(Path.of(pairs(100)));
        List<String> turned = new ArrayList<>(rows);
        java.util.Collections.reverse(turned);
        List<String> reports = new ArrayList<>();
        for (List<String> order : List.of(rows, turned)) {
            String in = Files.write(folder.resolve("pairs.jsonl"), order).toString();
            reports.add(Json.write(report(stage(in, "reward:models/quickstart", Optional.empty(), List.of())
                    .run(RunContexts.silent()))));
        }
        assertThat(reports.get(1)).isEqualTo(reports.get(0));
    }

    @Test
    void whatWouldBeAskedIsToldWithoutAsking() throws Exception {
        try (ChatReplies server = server(new Taste(0, 0, 0, 0))) {
            StageReport report = stage(pairs(100), "openai:m", Optional.of(server.endpoint(4)), List.of())
                    .forecast(RunContexts.silent());
            assertThat(server.calls()).isZero();
            assertThat(report.headline()).startsWith("estimate: 320 calls");
        }
    }

    @Test
    void aRowThatTheJudgeCannotUseIsSetAsideAndAnOutputThatIsNoneIsRefused() throws Exception {
        String in = pairs(4);
        Files.writeString(
                folder.resolve("pairs.jsonl"),
                Files.readString(folder.resolve("pairs.jsonl"))
                        + "{\"id\":\"bad\",\"prompt\":\"q\",\"response_a\":\"x\"}\n"
                        + "{\"id\":\"same\",\"prompt\":\"q\",\"response_a\":\"x\",\"response_b\":\"x\"}\n");
        StageReport report = stage(in, "reward:models/quickstart", Optional.empty(), List.of())
                .run(RunContexts.silent());
        assertThat(report.badRows()).isEqualTo(1);
        assertThat(report.notes()).anySatisfy(note -> assertThat(note).startsWith("1 pairs have the same text twice"));
        assertThatThrownBy(() -> stage(in, "reward:m", Optional.empty(), List.of(), Optional.empty(), "bias.txt"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("must end in .json");
    }
}
