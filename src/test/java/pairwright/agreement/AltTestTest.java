package pairwright.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static pairwright.agreement.GoldenTablesTest.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import pairwright.judge.Judgment;
import pairwright.pair.Label;
import pairwright.pair.Pair;

class AltTestTest {
    private static final Label[] LABELS = {Label.A, Label.B, Label.TIE};

    @Test
    void theTestIsTheOneSidedOneOfScipy() {
        // scipy 1.12: ttest_1samp([1] * 5 + [0] * 20 + [-1] * 15, .1, alternative="less").pvalue
        assertThat(new AltTest.Wins(15, 20, 5).pValue(.1)).isCloseTo(0.0010231965141200762, within(1e-12));
        // No spread: every row says the same.
        assertThat(new AltTest.Wins(0, 40, 0).pValue(.1)).isZero();
        assertThat(new AltTest.Wins(0, 0, 40).pValue(.1)).isEqualTo(1);
    }

    @Test
    void manyTestsAreCorrected() {
        // scipy 1.12: false_discovery_control([.001, .02, .03, .5], method="by") <= .05, and "bh"
        assertThat(FalseDiscovery.BENJAMINI_YEKUTIELI.rejected(List.of(.03, .5, .001, .02), .05))
                .containsExactly(false, false, true, false);
        assertThat(FalseDiscovery.BENJAMINI_HOCHBERG.rejected(List.of(.03, .5, .001, .02), .05))
                .containsExactly(true, false, true, true);
    }

    @Test
    void peopleWithFewRowsAreLeftOutAndCounted() {
        List<AltTest> tests = AltTest.of(Map.of("a", new AltTest.Wins(20, 60, 10), "b", new AltTest.Wins(1, 28, 0)));
        assertThat(tests).extracting(AltTest::epsilon).containsExactly(.1, .15, .2);
        assertThat(tests).extracting(AltTest::tested).containsOnly(1);
        assertThat(tests).extracting(AltTest::leftOut).containsOnly(1);
        assertThat(AltTest.of(Map.of("b", new AltTest.Wins(1, 28, 0)))).isEmpty();
    }

    /** Three people who are right with .8; the judge is right with the given chance. */
    private static PeopleAgreement people(double judgeIsRight) {
        Random random = new Random(5);
        AgreementStudy study = new AgreementStudy("judge", AgreementSettings.DEFAULTS.withBootstrapRounds(200));
        for (int i = 0; i < 300; i++) {
            Pair pair = StudyRows.pair("row" + i, "prompt" + i);
            Label truth = LABELS[random.nextInt(2)];
            List<Judgment> people = new ArrayList<>();
            for (int person = 0; person < 3; person++) {
                people.add(StudyRows.said(pair, "human:" + person, guess(random, truth, .8)));
            }
            study.add(pair, StudyRows.said(pair, "judge", guess(random, truth, judgeIsRight)), List.of(), people);
        }
        return study.report().people().orElseThrow();
    }

    private static Label guess(Random random, Label truth, double right) {
        return random.nextDouble() < right ? truth : truth.swapped();
    }

    @Test
    void aJudgeAsGoodAsPeoplePassesAndACoinDoesNot() {
        assertThat(people(.85).altTests()).extracting(AltTest::passes).containsOnly(true);
        assertThat(people(.5).altTests()).extracting(AltTest::passes).containsOnly(false);
        assertThat(people(.5).altTests()).extracting(AltTest::omega).containsOnly(0.);
    }

    @Test
    void eachPersonIsLeftOutInTurn() {
        PeopleAgreement people = people(.95);
        assertThat(people.leftOut())
                .extracting(LeftOut::person)
                .containsExactly("everyone", "human:0", "human:1", "human:2");
        LeftOut all = people.leftOut().get(0);
        assertThat(all.rows()).isEqualTo(900);
        // Two others: both right .64, one .32 (a tie), none .04. A person agrees .8 * .64 + .2 * .04, the judge .95 *
        // .64 + .05 * .04.
        assertThat(value(all.human())).isCloseTo(.52, within(.05));
        assertThat(value(all.judge())).isCloseTo(.61, within(.05));
        assertThat(value(all.difference())).isCloseTo(value(all.judge()) - value(all.human()), within(1e-12));
        assertThat(((Estimate) all.difference()).low()).isPositive();
    }
}
