package pairwright.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pairwright.judge.Judgment;
import pairwright.pair.Label;
import pairwright.pair.Pair;
import pairwright.prompt.Prompt;

class FaultsTest {
    private static final AgreementSettings FEW = AgreementSettings.DEFAULTS.withBootstrapRounds(100);

    private static Pair pair(String id, String prompt, String a, String b, Map<String, Object> fields) {
        return new Pair(
                id,
                Prompt.of(Optional.of(prompt), Optional.of("q"), Optional.empty(), Map.of()),
                a,
                b,
                Optional.ofNullable((String) fields.get("model_a")),
                Optional.ofNullable((String) fields.get("model_b")),
                List.of(),
                List.of(),
                fields);
    }

    private static void add(AgreementStudy study, Pair pair, Label said, Label gold) {
        study.add(pair, StudyRows.said(pair, "judge", said), List.of(StudyRows.said(pair, "field:gold", gold)));
    }

    @Test
    void aCircleOfThreeIsCountedAndATieIsNone() {
        AgreementStudy study = new AgreementStudy("judge", FEW);
        // a > b > c > a by the judge; a > b > c, a > c by the reference; d is beaten by all but tied with c
        String[][] rows = {{"a", "b"}, {"b", "c"}, {"c", "a"}, {"a", "d"}, {"b", "d"}};
        for (String[] row : rows) {
            add(
                    study,
                    pair(row[0] + row[1], "q", row[0], row[1], Map.of()),
                    Label.A,
                    row[0].equals("c") ? Label.B : Label.A);
        }
        add(study, pair("cd", "q", "c", "d", Map.of()), Label.TIE, Label.A);
        // another prompt, the texts turned, without a circle
        for (String[] row : new String[][] {{"y", "x"}, {"z", "y"}, {"z", "x"}}) {
            add(study, pair(row[0] + row[1], "r", row[0], row[1], Map.of()), Label.B, Label.B);
        }
        Cycles cycles = study.faults().orElseThrow().cycles().orElseThrow();
        // abc (circle) and abd of the first prompt, xyz of the second
        assertThat(cycles.triads()).isEqualTo(3);
        assertThat(cycles.judge().number().orElseThrow()).isCloseTo(1 / 3., within(1e-12));
        assertThat(cycles.reference().number()).contains(0.);
        assertThat(cycles.promptsWithCycle()).isEqualTo(1);
        assertThat(cycles.prompts()).isEqualTo(2);
    }

    @Test
    void plantedFlawsAreCountedByKindWhereTheOtherResponseHasNone() {
        AgreementStudy study = new AgreementStudy("judge", FEW);
        Label[] said = {Label.A, Label.B, Label.TIE, Label.B};
        for (int i = 0; i < said.length; i++) {
            add(
                    study,
                    pair("p" + i, "q" + i, "x", "y", Map.of("flaw_a", "padding", "flaw_b", "none")),
                    said[i],
                    Label.B);
        }
        add(study, pair("both", "q9", "x", "y", Map.of("flaw_a", "padding", "flaw_b", "refusal")), Label.A, Label.B);
        PlantedFlaw flaw = study.faults().orElseThrow().flaws().get(0);
        assertThat(study.faults().orElseThrow().flaws()).hasSize(1);
        assertThat(flaw.kind()).isEqualTo("padding");
        assertThat(flaw.rows()).isEqualTo(4);
        assertThat(flaw.missed().number()).contains(.25);
        assertThat(flaw.caught().number()).contains(.5);
        assertThat(((Estimate) flaw.missed()).low()).isBetween(0., .25);
    }

    @Test
    void abstentionsThatDependOnAModelAreFoundAndOthersAreNot() {
        int found = 0;
        int accused = 0;
        for (int seed = 0; seed < 40; seed++) {
            found += abstaining(seed, true).found() ? 1 : 0;
            accused += abstaining(seed, false).found() ? 1 : 0;
        }
        assertThat(found).isGreaterThan(36);
        // at 5% of 40 more than 6 has a chance of .3% (binomial)
        assertThat(accused).isLessThanOrEqualTo(6);
    }

    /** A judge that abstains in 8%, of one model in 40% where so planted. */
    private static BiasTest abstaining(int seed, boolean planted) {
        Random random = new Random(seed);
        AgreementStudy study = new AgreementStudy("judge", FEW);
        for (int i = 0; i < 400; i++) {
            int a = random.nextInt(4);
            int b = (a + 1 + random.nextInt(3)) % 4;
            Pair pair = pair("p" + i, "q" + i / 4, "x", "yy", Map.of("model_a", "model-" + a, "model_b", "model-" + b));
            boolean mute = random.nextDouble() < (planted && (a == 0 || b == 0) ? .4 : .08);
            Judgment judgment = mute
                    ? Judgment.of(pair, "judge", StudyRows.UNPARSEABLE)
                    : StudyRows.said(pair, "judge", random.nextBoolean() ? Label.A : Label.B);
            study.add(pair, judgment, List.of(StudyRows.said(pair, "field:gold", Label.A)));
        }
        return study.faults().orElseThrow().tests().stream()
                .filter(test -> test.name().equals("abstention by model"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void fewAbstentionsAreNotTested() {
        AgreementStudy study = new AgreementStudy("judge", FEW);
        for (int i = 0; i < 50; i++) {
            Pair pair = StudyRows.pair("p" + i, "q" + i);
            Judgment judgment =
                    i == 0 ? Judgment.of(pair, "judge", StudyRows.UNPARSEABLE) : StudyRows.said(pair, "judge", Label.A);
            study.add(pair, judgment, List.of(StudyRows.said(pair, "field:gold", Label.A)));
        }
        assertThat(study.faults().orElseThrow().tests()).singleElement().satisfies(test -> {
            assertThat(test.found()).isFalse();
            assertThat(test.pValue()).isEmpty();
            assertThat(test.sentence()).isEqualTo("Not tested: 1 abstention in 50 rows, a test needs 10.");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-4, gpt",
        "GPT 3.5 Turbo, gpt",
        "openai/o3-mini, gpt",
        "ChatGPT-0301, gpt",
        "opt-7b, opt",
        "Claude v1.2, claude",
        "bard, gemini",
        "meta-llama/Llama-2-7b, llama",
        "vicuna-13b, vicuna",
        "Mixtral 8x7B, mistral"
    })
    void aModelsFamilyIsToldByItsName(String model, String family) {
        assertThat(ModelFamily.of(model)).contains(family);
    }

    @ParameterizedTest
    @CsvSource({
        "recorded:gpt-4@prompt, gpt",
        "openai:gpt-4o, gpt",
        "anthropic:claude-3, claude",
        "human:gpt, ''",
        "panel:x, ''"
    })
    void aJudgesFamilyIsThatOfItsModel(String judge, String family) {
        assertThat(ModelFamily.ofJudge(judge).orElse("")).isEqualTo(family);
    }

    @Test
    void theOrderOfTheRowsChangesNothing() {
        SimulatedJudge judge = SimulatedJudge.clean(30, 4).withPosition(.3);
        List<KeptRow> kept = judge.kept(1);
        Map<Integer, KeptRow> shuffled = new TreeMap<>();
        new Random(2)
                .ints(0, 1_000_000)
                .distinct()
                .limit(kept.size())
                .forEach(key -> shuffled.put(key, kept.get(shuffled.size())));
        JudgedRows one = new JudgedRows();
        JudgedRows other = new JudgedRows();
        kept.forEach(one::add);
        shuffled.values().forEach(other::add);
        AgreementSettings settings = FEW;
        assertThat(FaultFinder.of(other, SimulatedJudge.NAME, "r", settings))
                .isEqualTo(FaultFinder.of(one, SimulatedJudge.NAME, "r", settings));
        assertThat(SliceTally.of(other, settings)).isEqualTo(SliceTally.of(one, settings));
        assertThat(SystemTally.of(other, "r", StrengthModel.NONE, settings))
                .isEqualTo(SystemTally.of(one, "r", StrengthModel.NONE, settings));
    }
}
