package pairwright.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import pairwright.pair.Label;
import pairwright.pair.Pair;
import pairwright.prompt.Prompt;

class SlicesAndSystemsTest {
    private static final AgreementSettings FEW = AgreementSettings.DEFAULTS.withBootstrapRounds(200);

    private static Pair pair(int i, String a, String b, Map<String, Object> fields, String modelA, String modelB) {
        return new Pair(
                "p" + i,
                Prompt.of(Optional.of("q" + i), Optional.of("q"), Optional.empty(), Map.of()),
                a,
                b,
                Optional.of(modelA),
                Optional.of(modelB),
                List.of(),
                List.of(),
                new HashMap<>(fields));
    }

    private static Slicing slicing(AgreementReport report, String field) {
        return report.slices().stream()
                .filter(slicing -> slicing.field().equals(field))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void agreementThatIsOnlyKnowingTheSliceIsWarnedOf() {
        // Both say mostly A in one category and mostly B in the other, independently within each.
        Random random = new Random(1);
        AgreementStudy study = new AgreementStudy("judge", FEW);
        for (int i = 0; i < 400; i++) {
            boolean first = i % 2 == 0;
            Pair pair = pair(i, "x", "yy", Map.of("category", first ? "one" : "two"), "m", "n");
            Label said = random.nextDouble() < .85 == first ? Label.A : Label.B;
            Label gold = random.nextDouble() < .85 == first ? Label.A : Label.B;
            study.add(pair, StudyRows.said(pair, "judge", said), List.of(StudyRows.said(pair, "field:gold", gold)));
        }
        Slicing category = slicing(study.report(), "category");
        assertThat(category.pooledKappa().number().orElseThrow()).isGreaterThan(.35);
        assertThat(category.withinKappa().number().orElseThrow()).isBetween(-.15, .15);
        assertThat(category.warnings())
                .anySatisfy(warning -> assertThat(warning)
                        .contains("within the parts by category only")
                        .contains("(Simpson's paradox)"));
        assertThat(category.slices()).extracting(Slicing.Slice::value).containsExactly("one", "two");
    }

    @Test
    void aSliceAgainstTheDirectionOfTheWholeIsNamedAndHonestSlicesAreNot() {
        Random random = new Random(2);
        AgreementStudy study = new AgreementStudy("judge", FEW);
        for (int i = 0; i < 600; i++) {
            boolean odd = i % 5 == 0;
            Pair pair = pair(i, "x", "yy", Map.of("category", odd ? "upside-down" : "plain"), "m", "n");
            Label gold = random.nextBoolean() ? Label.A : Label.B;
            Label said = random.nextDouble() < (odd ? .2 : .85) ? gold : gold.swapped();
            study.add(pair, StudyRows.said(pair, "judge", said), List.of(StudyRows.said(pair, "field:gold", gold)));
        }
        AgreementReport report = study.report();
        assertThat(slicing(report, "category").warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning).contains("where category is upside-down it is -0."));
        assertThat(report.slices().stream()
                        .filter(slicing -> !slicing.field().equals("category"))
                        .flatMap(slicing -> slicing.warnings().stream()))
                .isEmpty();
    }

    @Test
    void winRatesAndTheirCorrelationsAreThoseCountedByHand() {
        AgreementStudy study = new AgreementStudy("judge", FEW);
        // judge: a beats b, a beats c, b ties c, twice; reference: a beats b, c beats a, b beats c, twice
        Label[] said = {Label.A, Label.A, Label.TIE};
        Label[] gold = {Label.A, Label.B, Label.A};
        String[][] models = {{"a", "b"}, {"a", "c"}, {"b", "c"}};
        for (int i = 0; i < 6; i++) {
            Pair pair = pair(i, "x", "yy", Map.of(), models[i % 3][0], models[i % 3][1]);
            study.add(
                    pair,
                    StudyRows.said(pair, "judge", said[i % 3]),
                    List.of(StudyRows.said(pair, "field:gold", gold[i % 3])));
        }
        SystemAgreement systems = study.report(contests -> {
                    assertThat(contests).hasSize(6);
                    return new StrengthModel.Undetermined("not asked for");
                })
                .systems()
                .orElseThrow();
        Map<String, SystemAgreement.Generator> by = new HashMap<>();
        systems.generators().forEach(generator -> by.put(generator.name(), generator));
        assertThat(by.get("a").judge().number()).contains(1.);
        assertThat(by.get("b").judge().number()).contains(.25);
        assertThat(by.get("c").judge().number()).contains(.25);
        assertThat(by.get("a").referenceWins().number()).contains(.5);
        assertThat(by.get("a").difference().number().orElseThrow()).isCloseTo(.5, within(1e-12));
        assertThat(systems.rows()).isEqualTo(6);
        // every generator wins one half by the reference: no correlation is defined
        assertThat(systems.correlations())
                .allSatisfy(each -> assertThat(each.estimate()).isInstanceOf(Undefined.class));
        assertThat(systems.noStrengths()).contains("not asked for");
    }

    @Test
    void atEqualLengthAJudgeOfLengthAloneGivesEveryOneHalf() {
        // The long-winded generator always has the longer response, more or less; the judge prefers the longer by its
        // log odds.
        Random random = new Random(3);
        AgreementStudy study = new AgreementStudy("judge", FEW);
        for (int i = 0; i < 3000; i++) {
            int difference = 20 + (int) (30 * random.nextGaussian());
            Pair pair = pair(i, "x".repeat(200 + difference), "y".repeat(200), Map.of(), "wordy", "terse");
            double odds = 2 * Math.tanh(difference / 30.);
            Label said = random.nextDouble() < 1 / (1 + Math.exp(-odds)) ? Label.A : Label.B;
            study.add(
                    pair,
                    StudyRows.said(pair, "judge", said),
                    List.of(StudyRows.said(pair, "field:gold", random.nextBoolean() ? Label.A : Label.B)));
        }
        SystemAgreement.Generator wordy = study.report().systems().orElseThrow().generators().stream()
                .filter(generator -> generator.name().equals("wordy"))
                .findFirst()
                .orElseThrow();
        assertThat(wordy.judge().number().orElseThrow()).isGreaterThan(.65);
        assertThat(wordy.judgeAtEqualLength().number().orElseThrow()).isCloseTo(.5, within(.04));
    }
}
