package pairwright.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pairwright.agreement.Calibrator;
import pairwright.jsonl.Json;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;
import pairwright.pair.Pair;

/** Ratings of each response and the spread T of z = sigma((E1 - E2) / T), against a real server on loopback. */
class RatedStagesTest {
    private static final Pattern LINE = Pattern.compile("SCORES ([0-9a-f]{10}) X Y");
    private static final Pattern WORTH = Pattern.compile("worth (\\d)");

    @TempDir
    Path folder;

    private String rubric(String name, double spread) throws IOException {
        Files.copy(
                Path.of("rubrics/pairwise.peb"),
                folder.resolve("pairwise.peb"),
                StandardCopyOption.REPLACE_EXISTING);
        String text = Files.readString(Path.of("rubrics/instruction-following.yaml"))
                .replace("{lowest: 1, highest: 9}", "{lowest: 1, highest: 9, spread: " + spread + "}");
        assertThat(text).contains("spread");
        return Files.writeString(folder.resolve(name), text).toString();
    }

    /** Rates each response with what it says that it is worth. */
    private static String rated(String message) {
        Matcher line = LINE.matcher(message);
        assertThat(line.find()).isTrue();
        Matcher worth = WORTH.matcher(message);
        assertThat(worth.find()).isTrue();
        String first = worth.group(1);
        assertThat(worth.find()).isTrue();
        return "SCORES " + line.group(1) + " " + first + " " + worth.group(1);
    }

    private static Map<String, Object> token(String text, Map<String, Double> alternatives) {
        List<Object> top = new ArrayList<>();
        alternatives.forEach((token, p) -> top.add(Map.of("token", token, "logprob", Math.log(p))));
        return Map.of("token", text, "logprob", -.1, "top_logprobs", top);
    }

    /** Of the rating itself .6 and of one more .4, whatever it is. */
    private static Map<String, Object> unsure(String text) {
        String[] words = text.split(" ", -1);
        List<Object> tokens = new ArrayList<>();
        tokens.add(token(words[0], Map.of()));
        tokens.add(token(" " + words[1], Map.of()));
        for (int i = 2; i < 4; i++) {
            int rating = Integer.parseInt(words[i]);
            tokens.add(token(" " + rating, Map.of(" " + rating, .6, " " + (rating + 1), .4)));
        }
        return Map.of("logprobs", Map.of("content", tokens));
    }

    private JudgeStage judge(ChatReplies server, String rubric, String out, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("in", folder.resolve("pairs.jsonl").toString());
        settings.put("judge", "openai:m");
        settings.put("rubric", rubric);
        settings.put("pooling", "logit");
        settings.put("endpoint", Json.asMap(server.endpoint(4)));
        settings.put("ledger", folder.resolve("ledger.sqlite").toString());
        settings.put("out", folder.resolve(out).toString());
        settings.putAll(more);
        return Json.convertStrictly(settings, JudgeStage.class);
    }

    private List<Judgment> written(String out) throws IOException {
        return Files.readAllLines(folder.resolve(out)).stream()
                .map(line -> Judgment.carriedBy(Json.read(line, Pair.class)).orElseThrow())
                .toList();
    }

    private static double z(Judgment judgment) {
        return ((Preference) judgment.verdict()).z();
    }

    private static double sigma(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private void pairs(List<Map<String, Object>> rows) throws IOException {
        Files.write(
                folder.resolve("pairs.jsonl"), rows.stream().map(Json::write).toList());
    }

    @Test
    void theExpectedRatingsAreReadFromTheirTokens() throws Exception {
        pairs(List.of(
                Map.of("id", "a", "prompt", "q", "response_a", "worth 7", "response_b", "worth 3"),
                Map.of("id", "b", "prompt", "q", "response_a", "worth 8", "response_b", "worth 8, too")));
        try (ChatReplies server = new ChatReplies(RatedStagesTest::rated, RatedStagesTest::unsure)) {
            judge(server, rubric("rated.yaml", 2), "out.jsonl", Map.of("reading", "logprobs"))
                    .run(RunContexts.silent());
        }
        List<Judgment> judgments = written("out.jsonl");
        // 7.4 against 3.4 in both orders: sigma(4 / 2).
        assertThat(z(judgments.get(0))).isCloseTo(sigma(2), within(1e-9));
        assertThat(z(judgments.get(1))).isCloseTo(.5, within(1e-12));
        assertThat(judgments.get(0).evidence().trials())
                .hasSize(2)
                .allSatisfy(trial -> assertThat(trial.mass().orElseThrow()).isCloseTo(1, within(1e-9)));
    }

    @Test
    void agreementWithPeopleFitsTheSpread() throws Exception {
        double planted = 2.5;
        Random random = new Random(5);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            int first = 1 + random.nextInt(6);
            int second = 1 + random.nextInt(6);
            rows.add(Map.of(
                    "id",
                    "p" + i,
                    "prompt",
                    "question " + i,
                    "response_a",
                    "worth " + first + " one",
                    "response_b",
                    "worth " + second + " two",
                    "gold",
                    random.nextDouble() < sigma((first - second) / planted) ? "A" : "B"));
        }
        pairs(rows);
        try (ChatReplies server = new ChatReplies(RatedStagesTest::rated)) {
            Map<String, Object> verdict = Map.of("reading", "verdict");
            String one = rubric("one.yaml", 1);
            judge(server, one, "raw.jsonl", verdict).run(RunContexts.silent());
            Json.convertStrictly(
                            Map.of(
                                    "in",
                                    folder.resolve("raw.jsonl").toString(),
                                    "against",
                                    "gold",
                                    "out",
                                    folder.resolve("agreement").toString()),
                            AgreeStage.class)
                    .run(RunContexts.silent());
            Calibrator calibrator =
                    Json.read(Files.readString(folder.resolve("agreement/calibrator.json")), Calibrator.class);
            // The ratings are read with a spread of 1; sigma(a d) has the spread 1 / a. The standard error of a is some .04 here.
            assertThat(calibrator.a()).isCloseTo(1 / planted, within(.12));
            judge(
                            server,
                            one,
                            "calibrated.jsonl",
                            Map.of(
                                    "reading",
                                    "verdict",
                                    "calibrator",
                                    folder.resolve("agreement").toString()))
                    .run(RunContexts.silent());
            judge(server, rubric("fitted.yaml", 1 / calibrator.a()), "fitted.jsonl", verdict)
                    .run(RunContexts.silent());
        }
        List<Judgment> calibrated = written("calibrated.jsonl");
        List<Judgment> fitted = written("fitted.jsonl");
        assertThat(fitted).hasSize(400);
        for (int i = 0; i < fitted.size(); i++) {
            assertThat(z(calibrated.get(i))).isCloseTo(z(fitted.get(i)), within(1e-9));
        }
    }
}
