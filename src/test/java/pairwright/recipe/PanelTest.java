package pairwright.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;
import pairwright.judge.Judgment;
import pairwright.judge.JurorVerdict;
import pairwright.judge.Preference;
import pairwright.pair.Pair;

/** Panels from their files, against real servers on loopback. */
class PanelTest {
    private static final Pattern NONCE = Pattern.compile("VERDICT ([0-9a-f]{10}) A");

    @TempDir
    Path folder;

    private String pairs(int n) throws IOException {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            rows.add(Json.write(Map.of(
                    "id",
                    "" + i,
                    "prompt",
                    "q" + i,
                    "response_a",
                    "good " + i,
                    "response_b",
                    "poor " + i,
                    "gold",
                    i % 5 == 0 ? "B" : "A")));
        }
        return Files.write(folder.resolve("pairs.jsonl"), rows).toString();
    }

    private String panel(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private JudgeStage judge(String in, String judge, String out) {
        return judge(in, judge, EndpointSettings.NONE, out);
    }

    private JudgeStage judge(String in, String judge, EndpointSettings endpoint, String out) {
        return new JudgeStage(
                in,
                Optional.empty(),
                judge,
                Optional.empty(),
                Optional.of(endpoint),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(folder.resolve("ledger.sqlite").toString()),
                Optional.of(1.0),
                Optional.empty(),
                Optional.empty(),
                folder.resolve(out).toString());
    }

    /** Says that the good response is better, in the words that the rubric asks for. */
    private static String goodWins(String message) {
        return said(message, message.indexOf("good") < message.indexOf("poor") ? " A" : " B");
    }

    private static String said(String message, String label) {
        Matcher nonce = NONCE.matcher(message);
        return nonce.find() ? "VERDICT " + nonce.group(1) + label : "A";
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
    void aJuryAsksEveryMemberOnOneLedgerAndKeepsWhatEachSaid() throws Exception {
        try (ChatReplies fair = new ChatReplies(PanelTest::goodWins);
                ChatReplies lazy = new ChatReplies(message -> said(message, " C"));
                ChatReplies mute = new ChatReplies(message -> "no verdict")) {
            String file = panel("three.yaml", """
                    jury:
                      - {judge: openai:fair, weight: 2, reading: verdict, endpoint: {base_url: %s}}
                      - {judge: openai:lazy, reading: verdict, endpoint: {base_url: %s}}
                      - {name: silent, judge: openai:mute, reading: verdict, endpoint: {base_url: %s}}
                      - {judge: gold, weight: 0.5}
                    """.formatted(fair.baseUrl(), lazy.baseUrl(), mute.baseUrl()));
            StageReport report = judge(pairs(10), "panel:" + file, "out.jsonl").run(RunContexts.silent());
            assertThat(fair.calls() + lazy.calls() + mute.calls()).isEqualTo(60);
            assertThat(report.headline())
                    .matches(
                            "10 pairs judged by panel:three@[0-9a-f]{12}: A 10, B 0, tie 0, abstained 0; in conflict 10"
                                    + " \\{jury=10}");
            assertThat(report.lines())
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("jury: 4 jurors, effective number unknown (openai:fair and silent gave a"
                                    + " preference together in no labelled row)"))
                    .anySatisfy(
                            line -> assertThat(line)
                                    .startsWith(
                                            "  openai:fair, weight 2: 10 judged, A 10, B 0, tie 0, abstained 0; like gold in 0.800"))
                    .anySatisfy(line -> assertThat(line)
                            .startsWith(
                                    "  silent, weight 1: 10 judged, A 0, B 0, tie 0, abstained 10 {UNPARSEABLE=10}"))
                    .anySatisfy(line -> assertThat(line).startsWith("calls: 60 paid, 0 from the ledger"));
            List<Judgment> judgments = written("out.jsonl");
            // (2 * 1 + 1 * .5 + .5 * gold) / 3.5
            assertThat(z(judgments.get(0))).isCloseTo(2.5 / 3.5, within(1e-12));
            assertThat(z(judgments.get(1))).isCloseTo(3 / 3.5, within(1e-12));
            assertThat(judgments.get(0).judge()).matches("panel:three@[0-9a-f]{12}");
            assertThat(judgments.get(0).rubric()).isEmpty();
            assertThat(judgments.get(0).evidence().jurors())
                    .extracting(JurorVerdict::judge)
                    .containsExactly("openai:fair", "openai:lazy", "silent", "gold");
            assertThat(judgments
                            .get(0)
                            .evidence()
                            .jurors()
                            .get(0)
                            .evidence()
                            .orElseThrow()
                            .trials())
                    .hasSize(2);

            judge(folder.resolve("pairs.jsonl").toString(), "panel:" + file, "again.jsonl")
                    .run(RunContexts.silent());
            assertThat(fair.calls() + lazy.calls() + mute.calls()).isEqualTo(60);
            assertThat(folder.resolve("again.jsonl")).hasSameBinaryContentAs(folder.resolve("out.jsonl"));
            assertThat(Files.readString(folder.resolve("out.jsonl.provenance.json")))
                    .contains("\"kind\" : \"jury\"", "helpfulness@", "three.yaml");
        }
    }

    @Test
    void aCascadeAsksTheDearJudgeOnlyWhereTheCheapOneIsNotSure() throws Exception {
        // The cheap one calls every third pair a tie, for which its confidence is .5.
        Function<String, String> cheap = message -> {
            Matcher number = Pattern.compile("good (\\d+)").matcher(message);
            return number.find() && Integer.parseInt(number.group(1)) % 3 == 0
                    ? said(message, " C")
                    : goodWins(message);
        };
        try (ChatReplies small = new ChatReplies(cheap);
                ChatReplies large = new ChatReplies(PanelTest::goodWins)) {
            String file = panel("steps.yaml", """
                    name: two-steps
                    cascade:
                      - judge: openai:small
                        reading: verdict
                        confidence: 0.8
                        endpoint: {base_url: %s}
                      - judge: openai:large
                        reading: verdict
                        endpoint: {base_url: %s}
                    """.formatted(small.baseUrl(), large.baseUrl()));
            StageReport report = judge(pairs(9), "panel:" + file, "out.jsonl").run(RunContexts.silent());
            assertThat(small.calls()).isEqualTo(18);
            assertThat(large.calls()).isEqualTo(6);
            assertThat(report.headline())
                    .startsWith("9 pairs judged by panel:two-steps@")
                    .contains(": A 9, B 0");
            assertThat(report.lines())
                    .contains("cascade: openai:small decided 6 (66.7%), openai:large decided 3 (33.3%)")
                    .anySatisfy(line -> assertThat(line).startsWith("  openai:large: 3 judged, A 3"));
            assertThat(written("out.jsonl").get(0).evidence().jurors()).hasSize(2);
            assertThat(written("out.jsonl").get(1).evidence().jurors()).hasSize(1);
            assertThat(Json.write(report.numbers())).contains("\"kind\":\"cascade\"", "\"decided\":6");
        }
    }

    @Test
    void membersAtOneServerShareItsLimit() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Function<String, String> counted = message -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            now.decrementAndGet();
            return goodWins(message);
        };
        try (ChatReplies server = new ChatReplies(counted)) {
            String one =
                    "{reading: verdict, endpoint: {base_url: %s, in_flight: 2}, judge: ".formatted(server.baseUrl());
            String file = panel(
                    "same.yaml",
                    "jury:\n  - " + one + "openai:a}\n  - " + one + "openai:b}\n  - " + one + "openai:c}\n");
            judge(pairs(15), "panel:" + file, "out.jsonl").run(RunContexts.silent());
            assertThat(server.calls()).isEqualTo(90);
        }
        assertThat(most.get()).isEqualTo(2);
    }

    @Test
    void whatThePanelLeavesOutTheStageSays() throws Exception {
        try (ChatReplies server = new ChatReplies(PanelTest::goodWins)) {
            String file = panel(
                    "plain.yaml", "jury: [{judge: openai:a, reading: verdict}, {judge: openai:b, reading: verdict}]\n");
            judge(pairs(3), "panel:" + file, server.endpoint(4), "out.jsonl").run(RunContexts.silent());
            assertThat(server.calls()).isEqualTo(12);
            assertThat(written("out.jsonl").get(0).rubric().orElseThrow()).startsWith("helpfulness@");
        }
    }

    @Test
    void oneAddressForServersOfTwoKindsIsRefused() throws Exception {
        String file = panel("kinds.yaml", "jury: [{judge: openai:a}, {judge: anthropic:b}]\n");
        EndpointSettings address = EndpointSettings.NONE.withBaseUrl(Optional.of("http://127.0.0.1:1/v1"));
        assertThatThrownBy(() ->
                        judge(pairs(1), "panel:" + file, address, "out.jsonl").run(RunContexts.silent()))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("members of several kinds, [anthropic, openai]");
    }

    /** Jurors that carry a known share of their errors in common, as verdicts that the rows hold. */
    private String recorded(int n, boolean people) throws IOException {
        Random random = new Random(3);
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            boolean shared = random.nextDouble() < .3;
            List<Map<String, String>> judges = new ArrayList<>();
            for (String name : List.of("x", "y", "z")) {
                boolean wrong = random.nextBoolean() ? shared : random.nextDouble() < .3;
                for (String order : List.of("AB", "BA")) {
                    judges.add(Map.of("judge", name, "order", order, "verdict", wrong ? "B" : "A"));
                }
            }
            Map<String, Object> row = new java.util.TreeMap<>(Map.of(
                    "id",
                    "" + i,
                    "prompt",
                    "q" + i / 2,
                    "response_a",
                    "a" + i,
                    "response_b",
                    "b" + i,
                    "judges",
                    judges));
            row.put(people ? "human" : "other", people ? List.of(Map.of("annotator", "p", "label", "A")) : 1);
            rows.add(Json.write(row));
        }
        return Files.write(folder.resolve("recorded.jsonl"), rows).toString();
    }

    private static final String THREE = "jury: [{judge: recorded:x}, {judge: recorded:y}, {judge: recorded:z}]\n";

    @Test
    void aJuryIsWorthWhatItsErrorsAgainstPeopleSay() throws Exception {
        StageReport report = judge(recorded(600, true), "panel:" + panel("r.yaml", THREE), "out.jsonl")
                .run(RunContexts.silent());
        // Any two share the error with probability 1/4, so the correlation is .25 and n_eff 3 / 1.5 = 2.
        assertThat(report.lines().get(0))
                .matches(
                        "jury: 3 jurors, worth (1\\.9|2\\.[01]).* independent ones: their errors against human:majority"
                                + " correlate 0\\.2.* over 600 pairs");
        assertThat(report.lines().get(1))
                .matches(
                        "  recorded:x, weight 1: 600 judged, A \\d+, B \\d+, tie 0, abstained 0; like human:majority in"
                                + " 0\\.(6|7)\\d\\d \\[.*] of 600");
        assertThat(Json.write(report.numbers())).contains("\"n_eff\":{\"value\":", "\"reference\":\"human:majority\"");
    }

    @Test
    void withoutLabelsTheNumberOfJurorsIsNotTakenForTheirWorth() throws Exception {
        StageReport report = judge(recorded(20, false), "panel:" + panel("r.yaml", THREE), "out.jsonl")
                .run(RunContexts.silent());
        assertThat(report.lines().get(0)).isEqualTo("jury: 3 jurors, effective number unknown (no human labels)");
    }

    @Test
    void aJuryMayHoldACascadeAndAgreeReadsItsOrders() throws Exception {
        panel("inner.yaml", "cascade: [{judge: recorded:x, confidence: 0.9}, {judge: recorded:y}]\n");
        String file = panel("outer.yaml", "jury: [{judge: \"panel:inner.yaml\"}, {judge: recorded:z}]\n");
        judge(recorded(50, true), "panel:" + file, "out.jsonl").run(RunContexts.silent());
        Judgment first = written("out.jsonl").get(0);
        assertThat(first.evidence().jurors().get(0).judge()).isEqualTo("panel:inner.yaml");
        assertThat(first.evidence().orderGap()).isPresent();
    }

    @Test
    void anotherPanelHasAnotherNameAndTheSameOneHasTheSame() throws Exception {
        String in = recorded(4, true);
        List<String> names = new ArrayList<>();
        for (String text : List.of(
                THREE,
                "# a remark\n" + THREE,
                THREE + "quorum: 0.9\n",
                THREE.replace("recorded:z", "recorded:z, weight: 2"),
                THREE.replace("recorded:z", "gold"))) {
            judge(in, "panel:" + panel("p.yaml", text), "out.jsonl").run(RunContexts.silent());
            names.add(written("out.jsonl").get(0).judge());
        }
        assertThat(names.get(1)).isEqualTo(names.get(0));
        assertThat(names.stream().distinct()).hasSize(4);
    }

    @Test
    void aPanelThatHoldsItselfIsRefused() throws Exception {
        panel("a.yaml", "jury: [{judge: \"panel:b.yaml\"}, {judge: gold}]\n");
        String b = panel("b.yaml", "jury: [{judge: \"panel:a.yaml\"}, {judge: gold}]\n");
        assertThatThrownBy(() -> judge(pairs(1), "panel:" + b, "out.jsonl").run(RunContexts.silent()))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("b.yaml: the panel holds itself");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jury: [{judge: gold, wieght: 2}]|:1: |wieght|is an unknown key",
                "jury: [{judge: gold, weight: .nan}]|:1: |weight|number",
                "jury: [{judge: gold, weight: 0}]|:1: |weight of juror gold is 0.0|must be in (0, 1000000]",
                "jury: [{judge: gold, weight: -1}]|:1: |weight|must be in (0, 1000000]",
                "jury: [{judge: nobody}]|:1: |judge nobody|no such judge",
                "jury: [{weight: 1}]|:1: |judge is missing|must be a name",
                "jury: []|:1: |jury has 0 members|must have 1 to 32",
                "quorum: 2|:1: |jury and cascade are both missing|must be one of them",
                "{jury: [{judge: gold}], cascade: [{judge: gold}]}|:1: |jury and cascade are both given|must be one of them",
                "{jury: [{judge: gold}], quorum: 0}|:1: |quorum is 0.0|must be in (0, 1]",
                "{jury: [{judge: gold}, {judge: gold}]}|:1: |two members named gold|give each a name",
                "{jury: [{judge: gold, confidence: 0.8}]}|:1: |juror gold has confidence|for a cascade",
                "{cascade: [{judge: gold, weight: 1}, {judge: human}]}|:1: |step gold has a weight|for a jury",
                "{cascade: [{judge: gold, confidence: 0.4}, {judge: human}]}|:1: |confidence of step gold is 0.4|must be in [0.5, 1]",
                "{cascade: [{judge: gold}, {judge: human}]}|: |confidence of step gold is missing|must be in [0.5, 1]",
                "{cascade: [{judge: gold, confidence: 0.9}]}|: |cascade has 1 steps|two or more",
                "{name: 'a b', jury: [{judge: gold}]}|:1: |name is a b|must be letters",
                "{jury: [{judge: openai:m, samples: 0}]}|:1: |samples is 0|must be in [1, 64]",
            })
    void aPanelThatCannotBeUsedIsRefusedWithItsLine(String text, String where, String what, String legal)
            throws Exception {
        String file = panel("bad.yaml", text + "\n");
        assertThatThrownBy(() -> judge(pairs(1), "panel:" + file, "out.jsonl").run(RunContexts.silent()))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith(file + where)
                .hasMessageContaining(what)
                .hasMessageContaining(legal);
        assertThat(folder.resolve("out.jsonl")).doesNotExist();
    }

    @Test
    void aPanelThatIsNotThereIsSaid() throws Exception {
        assertThatThrownBy(
                        () -> judge(pairs(1), "panel:nowhere.yaml", "out.jsonl").run(RunContexts.silent()))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("judge panel:nowhere.yaml: no file nowhere.yaml");
    }

    @Test
    void aRecipesPanelIsCheckedBeforeItsFirstStageRuns() throws Exception {
        pairs(1);
        panel("bad.yaml", "jury: [{judge: gold, wieght: 2}]\n");
        Path recipe = folder.resolve("recipe.yaml");
        Files.writeString(recipe, """
                name: r
                stages:
                  - judge: {in: pairs.jsonl, judge: gold, out: first.jsonl}
                  - judge: {in: first.jsonl, judge: "panel:bad.yaml", out: second.jsonl}
                """, StandardCharsets.UTF_8);
        Path out = folder.resolve("out");
        assertThatThrownBy(
                        () -> new RecipeRun(Recipe.load(recipe), folder, out).run(RunContexts.silent(), report -> {}))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("wieght");
        assertThat(out).doesNotExist();
        panel("bad.yaml", "jury: [{judge: gold}, {judge: human:majority}]\n");
        new RecipeRun(Recipe.load(recipe), folder, out).run(RunContexts.silent(), report -> {});
        assertThat(Files.readString(out.resolve("second.jsonl"))).contains("\"judge\":\"panel:bad@");
    }
}
