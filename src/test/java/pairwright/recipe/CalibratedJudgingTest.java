package pairwright.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pairwright.agreement.Calibrator;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Digests;
import pairwright.jsonl.Json;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;
import pairwright.pair.Pair;

/** Judges whose z goes through a calibrator that agree fitted, against a real server on loopback. */
class CalibratedJudgingTest {
    private static final Pattern NONCE = Pattern.compile("VERDICT ([0-9a-f]{10}) A");

    @TempDir
    Path folder;

    /** The judge prefers "good" in all of them, the labels in three of four; every fifth row has it second. */
    private String pairs(int n) throws IOException {
        return Files.write(
                        folder.resolve("pairs.jsonl"),
                        IntStream.range(0, n)
                                .mapToObj(i -> {
                                    boolean first = i % 5 > 0;
                                    boolean right = i % 4 > 0;
                                    return Json.write(Map.of(
                                            "id",
                                            "" + i,
                                            "prompt",
                                            "q" + i,
                                            "response_a",
                                            first ? "good" : "poor",
                                            "response_b",
                                            first ? "poor" : "good",
                                            "gold",
                                            first == right ? "A" : "B"));
                                })
                                .toList())
                .toString();
    }

    private static String goodWins(String message) {
        Matcher nonce = NONCE.matcher(message);
        return nonce.find()
                ? "VERDICT " + nonce.group(1) + (message.indexOf("good") < message.indexOf("poor") ? " A" : " B")
                : "A";
    }

    /** The last token has a probability of .8, the other label .1. */
    private static Map<String, Object> logprobs(String text) {
        String label = text.substring(text.length() - 1);
        List<Object> tokens = new ArrayList<>();
        if (text.length() > 1) {
            tokens.add(
                    Map.of("token", text.substring(0, text.length() - 2), "logprob", 0.0, "top_logprobs", List.of()));
        }
        String shown = text.length() > 1 ? " " + label : label;
        tokens.add(Map.of(
                "token",
                shown,
                "logprob",
                Math.log(.8),
                "top_logprobs",
                List.of(
                        Map.of("token", shown, "logprob", Math.log(.8)),
                        Map.of("token", label.equals("A") ? "B" : "A", "logprob", Math.log(.1)))));
        return Map.of("logprobs", Map.of("content", tokens));
    }

    private JudgeStage judge(Map<String, Object> settings, String out) {
        Map<String, Object> all = new HashMap<>(settings);
        all.putIfAbsent("in", folder.resolve("pairs.jsonl").toString());
        all.put("ledger", folder.resolve("ledger.sqlite").toString());
        all.put("out", folder.resolve(out).toString());
        return Json.convertStrictly(all, JudgeStage.class);
    }

    private void agree(String in, String out) throws Exception {
        Json.convertStrictly(
                        Map.of(
                                "in",
                                folder.resolve(in).toString(),
                                "against",
                                "gold",
                                "out",
                                folder.resolve(out).toString()),
                        AgreeStage.class)
                .run(RunContexts.silent());
    }

    private List<Judgment> written(String out) throws IOException {
        return Files.readAllLines(folder.resolve(out)).stream()
                .map(line -> Judgment.carriedBy(Json.read(line, Pair.class)).orElseThrow())
                .toList();
    }

    private static double z(Judgment judgment) {
        return ((Preference) judgment.verdict()).z();
    }

    @Test
    void aCalibratorChangesZFromTheSameRepliesAndSaysSo() throws Exception {
        pairs(100);
        try (ChatReplies server = new ChatReplies(CalibratedJudgingTest::goodWins, CalibratedJudgingTest::logprobs)) {
            Map<String, Object> asked = Map.of("judge", "openai:m", "endpoint", Json.asMap(server.endpoint(4)));
            judge(asked, "raw.jsonl").run(RunContexts.silent());
            agree("raw.jsonl", "agreement");
            Calibrator calibrator =
                    Json.read(Files.readString(folder.resolve("agreement/calibrator.json")), Calibrator.class);
            // right in three of four, so that sigma(a logit 8/9) = 3/4 up to the chance of the halves: ln 3 / ln 8 =
            // .53
            assertThat(calibrator.a()).isCloseTo(Math.log(3) / Math.log(8), within(.2));
            int calls = server.calls();

            Map<String, Object> calibrated = new HashMap<>(asked);
            calibrated.put("calibrator", folder.resolve("agreement").toString());
            judge(calibrated, "calibrated.jsonl").run(RunContexts.silent());

            // No call but the one that asks the server what it returns.
            assertThat(server.calls() - calls).isLessThanOrEqualTo(1);
            List<Judgment> raw = written("raw.jsonl");
            List<Judgment> mended = written("calibrated.jsonl");
            for (int i = 0; i < raw.size(); i++) {
                assertThat(z(mended.get(i)))
                        .isEqualTo(calibrator.calibrated(z(raw.get(i))))
                        // antisymmetric: 8/9 and 1/9 become p and 1 - p
                        .isCloseTo(i % 5 > 0 ? z(mended.get(1)) : 1 - z(mended.get(1)), within(1e-12));
                assertThat(mended.get(i).evidence().calibrated()).isTrue();
                assertThat(mended.get(i).evidence().zRaw()).contains(z(raw.get(i)));
                assertThat(mended.get(i).evidence().trials())
                        .isEqualTo(raw.get(i).evidence().trials());
                assertThat(raw.get(i).evidence().calibrated()).isFalse();
            }
            assertThat(Files.readString(folder.resolve("calibrated.jsonl.provenance.json")))
                    .contains(Digests.sha256(folder.resolve("agreement/calibrator.json")));

            agree("calibrated.jsonl", "again");
            assertThat(folder.resolve("again/calibrator.json")).doesNotExist();
            assertThat(Files.readString(folder.resolve("again/agreement.json")))
                    .contains("z went through a calibrator already");
        }
    }

    private String calibrator(String name, String judge, String rubric) throws IOException {
        return Files.writeString(
                        folder.resolve(name),
                        "{\"a\": 0.5, \"clamp\": 0.001, \"judge\": \"" + judge + "\"" + rubric
                                + ", \"reference\": \"gold\", \"rows\": 40, \"prompts\": 40, \"seed\": 1}")
                .toString();
    }

    @Test
    void aCalibratorOfAnotherJudgeOrRubricIsRefusedBeforeAnybodyIsAsked() throws Exception {
        pairs(10);
        try (ChatReplies server = new ChatReplies(CalibratedJudgingTest::goodWins)) {
            Map<String, Object> asked = new HashMap<>(
                    Map.of("judge", "openai:m", "endpoint", Json.asMap(server.endpoint(4)), "rubric", "helpfulness"));
            asked.put("calibrator", calibrator("other.json", "openai:n", ""));
            assertThatThrownBy(() -> judge(asked, "out.jsonl").run(RunContexts.silent()))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining(
                            "other.json: was fitted for the judge openai:n, but the judge here is openai:m");
            asked.put("calibrator", calibrator("rubric.json", "openai:m", ", \"rubric\": \"code@123\""));
            assertThatThrownBy(() -> judge(asked, "out.jsonl").run(RunContexts.silent()))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("was fitted for the rubric code@123, but the rubric here is helpfulness@");
            assertThat(server.calls()).isZero();
            assertThat(folder.resolve("out.jsonl")).doesNotExist();
        }
        assertThatThrownBy(() -> judge(Map.of("judge", "gold", "calibrator", "nowhere.json"), "out.jsonl")
                        .run(RunContexts.silent()))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("calibrator nowhere.json: no file");
    }

    @Test
    void theZOfRewardModelsAndPanelsIsCalibratedToo() throws Exception {
        pairs(10);
        String reward = "reward:models/quickstart";
        judge(Map.of("judge", reward), "raw.jsonl").run(RunContexts.silent());
        judge(Map.of("judge", reward, "calibrator", calibrator("reward.json", reward, "")), "mended.jsonl")
                .run(RunContexts.silent());
        // sigma(a logit sigma(d)) = sigma(a d)
        for (Judgment judgment : written("mended.jsonl")) {
            double difference = judgment.evidence().rewardA().orElseThrow()
                    - judgment.evidence().rewardB().orElseThrow();
            assertThat(z(judgment)).isCloseTo(1 / (1 + Math.exp(-difference / 2)), within(1e-12));
        }

        assertThatThrownBy(() -> judge(
                                Map.of(
                                        "judge",
                                        reward,
                                        "calibrator",
                                        calibrator("refitted.json", reward, ", \"reward_model\": \"abc\"")),
                                "refitted.jsonl")
                        .run(RunContexts.silent()))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("was fitted for the reward model abc, but the reward model here is ");

        Files.writeString(
                folder.resolve("two.yaml"), "jury:\n  - {judge: gold}\n  - {judge: \"reward:models/quickstart\"}\n");
        Map<String, Object> panel = new HashMap<>(Map.of("judge", "panel:" + folder.resolve("two.yaml")));
        judge(panel, "jury.jsonl").run(RunContexts.silent());
        String name = written("jury.jsonl").get(0).judge();
        panel.put("calibrator", calibrator("jury.json", name, ""));
        judge(panel, "mended-jury.jsonl").run(RunContexts.silent());
        for (int i = 0; i < 10; i++) {
            double before = z(written("jury.jsonl").get(i));
            assertThat(z(written("mended-jury.jsonl").get(i)))
                    .isCloseTo(1 / (1 + Math.sqrt((1 - before) / before)), within(1e-12));
        }
    }
}
