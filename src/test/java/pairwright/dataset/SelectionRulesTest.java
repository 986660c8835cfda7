package pairwright.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static pairwright.dataset.Exports.ALL_TRAIN;
import static pairwright.dataset.Exports.rules;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Spool;
import pairwright.prompt.Prompt;

class SelectionRulesTest {
    @TempDir
    Path folder;

    private Exports exports;

    @BeforeEach
    void begin() {
        exports = new Exports(folder);
    }

    @Test
    void confidenceCountsWhatNoLabelCaughtAgainstTheChosenSide() {
        exports.judged("sure", "q1", "x", "y", .9)
                .judged("leaky", "q2", "x", "y", .9, "{\"z_low\": 0.7, \"z_high\": 0.95}")
                .judged("leaky second", "q3", "x", "y", .1, "{\"z_low\": 0.05, \"z_high\": 0.3}")
                .judged("weak", "q4", "x", "y", .7);
        ExportCounts counts = exports.export(ALL_TRAIN.withRules(rules("{\"min_confidence\": 0.8}")));
        assertThat(counts.train()).isEqualTo(1);
        assertThat(exports.dropped())
                .isEqualTo(Map.of(
                        "leaky", "below confidence",
                        "leaky second", "below confidence",
                        "weak", "below confidence"));
    }

    @Test
    void flagsOfTheEvidenceLeadToADropUnderTheirName() {
        exports.judged("injected", "q1", "x", "y", .9, "{\"flags\": [\"injection-suspect\"]}")
                .judged("ordinal", "q2", "x", "y", .9, "{\"flags\": [\"ordinal\"]}")
                .judged("half", "q3", "x", "y", .9, "{\"half\": true}")
                .judged(
                        "cut",
                        "q4",
                        "x",
                        "y",
                        .9,
                        "{\"trials\": [{\"order\": \"AB\", \"sample\": 0, \"abstention\": {\"reason\": \"TRUNCATED\","
                                + " \"detail\": \"\"}}]}")
                .judged("gap", "q5", "x", "y", .9, "{\"order_gap\": -0.4}")
                .judged("good", "q6", "x", "y", .9, "{\"order_gap\": 0.1}");
        exports.export(ALL_TRAIN.withRules(
                rules("{\"drop_flags\": [\"injection-suspect\", \"half\", \"truncated\"], \"max_order_gap\": 0.25}")));
        assertThat(exports.dropped())
                .isEqualTo(Map.of(
                        "injected", "flag:injection-suspect",
                        "half", "flag:half",
                        "cut", "flag:truncated",
                        "gap", "order gap"));
        exports.export(ALL_TRAIN.withRules(rules("{\"drop_flags\": [\"any\"]}")));
        assertThat(exports.dropped())
                .isEqualTo(Map.of("injected", "flag:injection-suspect", "ordinal", "flag:ordinal"));
    }

    /**
     * Four responses, all six pairs. Scores by hand, the mean of z of each response over its three pairs: w (.9 + .8 + .95) / 3 = .883,
     * x (.1 + .5 + .8) / 3 = .467, y (.2 + .5 + .6) / 3 = .433, v (.05 + .2 + .4) / 3 = .217.
     */
    private void fourResponses(String prompt) {
        exports.judged(prompt + "wx", prompt, "w", "x", .9)
                .judged(prompt + "yw", prompt, "y", "w", .2)
                .judged(prompt + "wv", prompt, "w", "v", .95)
                .judged(prompt + "xy", prompt, "x", "y", .5)
                .judged(prompt + "vx", prompt, "v", "x", .2)
                .judged(prompt + "yv", prompt, "y", "v", .6);
    }

    @Test
    void theBestAndTheWorstOfAPromptMakeItsOnePair() {
        fourResponses("q");
        exports.export(ALL_TRAIN.withRules(rules("{\"pairs\": \"best-worst\"}")));
        assertThat(exports.chosen("train.jsonl")).containsExactly("w");
        assertThat(exports.dropped()).hasSize(5).containsEntry("qxy", "tie").doesNotContainKey("qwv");
        assertThat(exports.dropped().values()).contains("not the prompt's best pair");
    }

    @Test
    void theBestOfNIsTheResponseThatNoOtherOutscores() {
        // w met only x; v and y lie farther apart than w and x, so that best-worst takes them.
        exports.judged("wx", "q", "w", "x", .9)
                .judged("xv", "q", "x", "v", .9)
                .judged("yv", "q", "y", "v", .8)
                .judged("xy", "q", "x", "y", .4);
        // Scores: w .9, x (.1 + .9 + .4) / 3 = .467, y (.8 + .6) / 2 = .7, v (.1 + .2) / 2 = .15.
        exports.export(ALL_TRAIN.withRules(rules("{\"pairs\": \"best-worst\"}")));
        assertThat(exports.chosen("train.jsonl")).containsExactly("y");
        exports.export(ALL_TRAIN.withRules(rules("{\"pairs\": \"best-of-n\"}")));
        assertThat(exports.chosen("train.jsonl")).containsExactly("w");
    }

    @Test
    void aPromptWithMoreExamplesThanAllowedKeepsItsLargestMargins() {
        fourResponses("q");
        exports.judged("other", "q2", "x", "y", .6);
        exports.export(ALL_TRAIN.withRules(rules("{\"max_per_prompt\": 2}")));
        // Margins: wv .9, wx .8, then yw and vx with .6, yv .2.
        assertThat(exports.dropped())
                .isEqualTo(Map.of(
                        "qxy", "tie",
                        "qyw", "prompt has enough",
                        "qvx", "prompt has enough",
                        "qyv", "prompt has enough"));
    }

    @Test
    void noModelHasMoreExamplesThanAllowedOnBothSidesTogether() {
        String[] models = {"m0", "m1", "m2", "m3"};
        for (int i = 0; i < 120; i++) {
            String a = models[i % 4];
            String b = models[i % 3 == 0 ? (i + 1) % 4 : (i + 2) % 4];
            exports.judged("j" + i, Prompt.of("q" + i), "x" + i, "y" + i, a, b, i % 2 == 0 ? .9 : .2);
        }
        ExportCounts counts = exports.export(ALL_TRAIN.withRules(rules("{\"max_per_model\": 20}")));
        Map<String, Long> of = new java.util.TreeMap<>();
        exports.judgments.stream()
                .filter(judgment ->
                        !exports.dropped().containsKey(judgment.pair().id()))
                .forEach(judgment -> {
                    of.merge(judgment.pair().modelA().orElseThrow(), 1L, Long::sum);
                    of.merge(judgment.pair().modelB().orElseThrow(), 1L, Long::sum);
                });
        assertThat(of.values()).allMatch(n -> n <= 20);
        assertThat(counts.dropped()).containsOnlyKeys("model has enough");
        // Two models of 20 each fill an example at most; less than 40 would mean that room was left.
        assertThat(counts.train()).isBetween(30L, 40L);
    }

    @Test
    void oneResponseMuchLongerThanTheOtherIsDropped() {
        exports.judged("even", "q1", "four", "five!", .9).judged("long", "q2", "four", "ninechars", .9);
        exports.export(ALL_TRAIN.withRules(rules("{\"max_length_ratio\": 2}")));
        assertThat(exports.dropped()).isEqualTo(Map.of("long", "length ratio"));
    }

    /** In three of four pairs the longer one wins; two classes of length ratio. */
    private void longerWins(int pairs) {
        Random random = new Random(7);
        for (int i = 0; i < pairs; i++) {
            String shorter = "s".repeat(20) + i % 10;
            String longer = "l".repeat(random.nextInt(2) == 0 ? 50 : 500) + i % 10;
            exports.judged("j" + i, "q" + i, longer, shorter, i % 4 == 0 ? .1 : .9);
        }
    }

    @Test
    void lengthsAreMatchedSoThatTheLongerWinsHalfOfTheExamples() {
        longerWins(400);
        ExportCounts counts = exports.export(ALL_TRAIN.withRules(rules("{\"length_balance\": \"match\"}")));
        assertThat(counts.longerChosen() * 2).isEqualTo(counts.train());
        // 100 pairs where the shorter one wins, each with a partner.
        assertThat(counts.train()).isEqualTo(200);
        assertThat(counts.dropped()).isEqualTo(Map.of("length match", 200L));
    }

    @Test
    void lengthsAreEvenedOutByWeightsWithoutLosingAnExample() {
        try (Spool<ExampleFacts> facts = new Spool<>(ExampleFacts.class)) {
            // One class of ratios: 3 longer, 1 shorter. Weights by hand: 4 / (2 * 3) = .667 and 4 / (2 * 1) = 2.
            for (int i = 0; i < 4; i++) {
                facts.add(new ExampleFacts(
                        i, "p" + i, "b" + i, "w" + i, .9, "", "", i == 3 ? 10 : 40, i == 3 ? 40 : 10, ""));
            }
            // Alone in its class: there is nothing to even out.
            facts.add(new ExampleFacts(4, "p4", "b4", "w4", .9, "", "", 1000, 1, ""));
            Survivors survivors = new Survivors(5);
            new EvenLengths(LengthBalance.WEIGH, 1).narrow(facts, survivors);
            assertThat(survivors.weight(0)).isCloseTo(2 / 3., within(1e-6));
            assertThat(survivors.weight(3)).isCloseTo(2, within(1e-6));
            assertThat(survivors.weight(4)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"pairs\": \"best-worst\"}",
                "{\"pairs\": \"best-of-n\"}",
                "{\"max_per_prompt\": 2}",
                "{\"max_per_prompt\": 3, \"max_per_model\": 25}",
                "{\"length_balance\": \"match\"}",
            })
    void whatIsChosenDoesNotHangOnTheOrderOfTheRows(String rules) {
        Random random = new Random(3);
        for (int i = 0; i < 200; i++) {
            int a = random.nextInt(6);
            int b = (a + 1 + random.nextInt(5)) % 6;
            exports.judged(
                    "j" + i,
                    Prompt.of("q" + i % 20),
                    "response ".repeat(a + 1) + i,
                    "response ".repeat(b + 1) + i % 7,
                    "m" + a,
                    "m" + b,
                    random.nextInt(11) / 10.);
        }
        exports.export(ALL_TRAIN.withRules(rules(rules)));
        List<String> before = exports.chosen("train.jsonl");
        Map<String, String> dropped = exports.dropped();
        exports.shuffle(5);
        exports.export(ALL_TRAIN.withRules(rules(rules)));
        assertThat(exports.chosen("train.jsonl")).containsExactlyInAnyOrderElementsOf(before);
        assertThat(exports.dropped()).isEqualTo(dropped);
        assertThat(before).isNotEmpty();
        assertThat(dropped).isNotEmpty();
        assertThat(new HashSet<>(dropped.keySet())).hasSize(200 - before.size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"min_confidence\": 0.4} | minimum confidence is 0.4, must be in [0.5, 1.0]",
                "{\"max_per_prompt\": 0} | maximum per prompt is 0, must be at least 1",
                "{\"max_length_ratio\": 0.5} | maximum length ratio is 0.5, must be at least 1.0",
                "{\"pairs\": \"worst\"} | must be one of",
                "{\"max_per_promt\": 1} | unknown key",
            })
    void aRuleThatCannotBeIsNamedWithItsRange(String rules, String message) {
        assertThatThrownBy(() -> rules(rules)).hasMessageContaining(message);
    }

    @Test
    void weightsAreRefusedWhereARowHasNone() {
        SelectionRules weigh = rules("{\"length_balance\": \"weigh\"}");
        assertThatThrownBy(() -> ExportSettings.DEFAULTS.withRules(weigh))
                .isInstanceOf(BadInput.class)
                .hasMessage(
                        "length balance is weigh, but the loader of trl reads no weight of a row, so that the weights would be lost;"
                                + " those that do are: soft. Choose one of these, or the length balance match");
        assertThat(ExportSettings.DEFAULTS
                        .withFormat(ExportFormat.SOFT)
                        .withRules(weigh)
                        .rules())
                .isEqualTo(weigh);
    }
}
