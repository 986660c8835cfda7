package pairwright.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pairwright.jsonl.Json;
import pairwright.pair.Order;
import pairwright.pair.Pair;

class JuryTest {
    private static Jury.Juror says(String name, double weight, double z) {
        return new Jury.Juror(name, pair -> Judgment.of(pair, name, new Preference(z)), weight);
    }

    private static Jury.Juror abstains(String name, double weight, Abstention.Reason reason) {
        return new Jury.Juror(name, pair -> Judgment.of(pair, name, new Abstention(reason, "because")), weight);
    }

    private static Judgment judged(Optional<Double> quorum, Jury.Juror... jurors) throws InterruptedException {
        return new Jury("panel:p", List.of(jurors), quorum).judge(Pairs.of("x", "y"));
    }

    private static double z(Judgment judgment) {
        return ((Preference) judgment.verdict()).z();
    }

    @Test
    void zIsTheWeightedMean() throws Exception {
        // (2 * .9 + 1 * .3 + 1 * .5) / 4
        assertThat(z(judged(Optional.empty(), says("a", 2, .9), says("b", 1, .3), says("c", 1, .5))))
                .isCloseTo(.65, within(1e-12));
    }

    @Test
    void onlyTheSharesOfTheWeightsCount() throws Exception {
        assertThat(z(judged(Optional.empty(), says("a", .001, .9), says("b", .003, .3))))
                .isCloseTo(z(judged(Optional.empty(), says("a", 1e5, .9), says("b", 3e5, .3))), within(1e-12));
    }

    @Test
    void whatEachJurorSaidStandsInTheEvidenceAndInTheRow() throws Exception {
        Judgment judgment = judged(Optional.empty(), says("a", 2, .9), abstains("b", 1, Abstention.Reason.TRUNCATED));
        assertThat(judgment.evidence().jurors()).extracting(JurorVerdict::judge).containsExactly("a", "b");
        assertThat(judgment.evidence().jurors().get(1).verdict())
                .isEqualTo(new Abstention(Abstention.Reason.TRUNCATED, "because"));
        String row = Json.write(judgment.row());
        assertThat(row).contains("\"jurors\":[{\"judge\":\"a\",\"weight\":2.0,\"z\":0.9}");
        Judgment back = Judgment.carriedBy(Json.read(row, Pair.class)).orElseThrow();
        assertThat(back.evidence()).isEqualTo(judgment.evidence());
        assertThat(Json.write(back.row())).isEqualTo(row);
    }

    @Test
    void jurorsWithDifferentLabelsAreAConflictAndZStays() throws Exception {
        Judgment split = judged(Optional.empty(), says("a", 1, .9), says("b", 1, .1));
        assertThat(split.evidence().conflicts()).containsExactly("jury");
        assertThat(z(split)).isCloseTo(.5, within(1e-12));
        // A tie against a side is a difference of labels too; within the tie band there is none.
        assertThat(judged(Optional.empty(), says("a", 1, .9), says("b", 1, .52))
                        .evidence()
                        .conflicts())
                .containsExactly("jury");
        assertThat(judged(Optional.empty(), says("a", 1, .9), says("b", 1, .56))
                        .evidence()
                        .conflicts())
                .isEmpty();
        assertThat(judged(Optional.empty(), says("a", 2, .9), abstains("b", 1, Abstention.Reason.REFUSED))
                        .evidence()
                        .conflicts())
                .isEmpty();
    }

    @Test
    void withoutAQuorumSaidMoreThanHalfOfTheWeightMustHaveAPreference() throws Exception {
        Jury.Juror gone = abstains("gone", 1, Abstention.Reason.TRANSPORT);
        assertThat(judged(Optional.empty(), says("a", 1, .9), gone).verdict()).isInstanceOf(Abstention.class);
        assertThat(z(judged(Optional.empty(), says("a", 1.01, .9), gone))).isCloseTo(.9, within(1e-12));
        assertThat(z(judged(Optional.empty(), says("a", 1, .8), says("b", 1, .6), gone)))
                .isCloseTo(.7, within(1e-12));
    }

    @Test
    void aQuorumIsReachedAtExactlyItsShare() throws Exception {
        Jury.Juror gone = abstains("gone", 1, Abstention.Reason.TRANSPORT);
        assertThat(z(judged(Optional.of(.5), says("a", 1, .9), gone))).isCloseTo(.9, within(1e-12));
        assertThat(judged(Optional.of(.51), says("a", 1, .9), gone).verdict()).isInstanceOf(Abstention.class);
        // .1 + .2 of .6 is .5 but for rounding.
        assertThat(judged(
                                Optional.of(.5),
                                says("a", .1, .9),
                                says("b", .2, .9),
                                abstains("c", .3, Abstention.Reason.REFUSED))
                        .verdict())
                .isInstanceOf(Preference.class);
        assertThat(judged(Optional.of(1.0), says("a", 5, .9), gone).verdict()).isInstanceOf(Abstention.class);
    }

    @Test
    void theJurysReasonIsTheHeaviestAndEachIsNamed() throws Exception {
        Abstention why = (Abstention) judged(
                        Optional.empty(),
                        abstains("a", 1, Abstention.Reason.REFUSED),
                        abstains("b", 1, Abstention.Reason.TRANSPORT),
                        abstains("c", 1, Abstention.Reason.TRANSPORT),
                        says("d", 1, .9))
                .verdict();
        assertThat(why.reason()).isEqualTo(Abstention.Reason.TRANSPORT);
        assertThat(why.detail())
                .startsWith("jurors with 0.25 of the weight gave a preference, the quorum is more than half")
                .contains("a REFUSED (because)", "b TRANSPORT", "c TRANSPORT");
        Abstention even = (Abstention) judged(
                        Optional.empty(),
                        abstains("a", 1, Abstention.Reason.TRANSPORT),
                        abstains("b", 1, Abstention.Reason.REFUSED))
                .verdict();
        assertThat(even.reason()).isEqualTo(Abstention.Reason.REFUSED);
    }

    @Test
    void turningThePairRoundTurnsTheJurysZRound() throws Exception {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 500; i++) {
            List<Jury.Juror> there = new ArrayList<>();
            List<Jury.Juror> back = new ArrayList<>();
            for (int j = 0; j <= random.nextInt(6); j++) {
                double weight = Math.exp(10 * random.nextDouble() - 5);
                double z = random.nextDouble();
                there.add(says("j" + j, weight, z));
                back.add(says("j" + j, weight, 1 - z));
            }
            double sum = z(new Jury("p", there, Optional.empty()).judge(Pairs.of("x", "y")))
                    + z(new Jury("p", back, Optional.empty()).judge(Pairs.of("y", "x")));
            assertThat(sum).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void surenessNeverLeavesTheUnitInterval() throws Exception {
        SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < 500; i++) {
            List<Jury.Juror> jurors = new ArrayList<>();
            for (int j = 0; j < 7; j++) {
                jurors.add(says("j" + j, Math.exp(10 * random.nextDouble() - 5), 1));
            }
            assertThat(z(new Jury("p", jurors, Optional.empty()).judge(Pairs.of("x", "y"))))
                    .isEqualTo(1);
        }
    }

    private static Jury.Juror inOrders(String name, double weight, double shownFirstAb, double shownFirstBa) {
        return new Jury.Juror(
                name,
                pair -> {
                    Trials.Pooled pooled = Trials.pool(
                            List.of(trial(Order.AB, shownFirstAb), trial(Order.BA, shownFirstBa)),
                            Pooling.MEAN,
                            List.of("injection-suspect"));
                    return new Judgment(pair, name, Optional.of("r@1"), pooled.verdict(), pooled.evidence());
                },
                weight);
    }

    private static Trial trial(Order order, double shownFirst) {
        return new Trial(
                order,
                0,
                Optional.of(shownFirst),
                Reading.VERDICT,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void theJurysOwnOrdersAreTheMeansOfItsJurors() throws Exception {
        Judgment judgment = judged(Optional.empty(), inOrders("a", 3, .9, .7), inOrders("b", 1, .5, .3));
        // Order AB: (3 * .9 + .5) / 4 = .8; order BA in the row's frame: (3 * .3 + .7) / 4 = .4.
        OrderScores orders = OrderScores.of(judgment).orElseThrow();
        assertThat(orders.ab()).isCloseTo(.8, within(1e-12));
        assertThat(orders.ba()).isCloseTo(.4, within(1e-12));
        assertThat(judgment.evidence().orderGap().orElseThrow()).isCloseTo(.4, within(1e-12));
        assertThat(judgment.evidence().conflicts()).contains("position");
        assertThat(judgment.evidence().flags()).containsExactly("injection-suspect");
        assertThat(judgment.rubric()).contains("r@1");
        assertThat(judgment.evidence().trials()).isEmpty();
        assertThat(judged(Optional.empty(), inOrders("a", 3, .9, .7), says("b", 1, .6))
                        .evidence()
                        .orderGap())
                .as("a juror that has no orders leaves the jury without them")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY, 1e7})
    void aWeightThatIsNoneIsRefused(double weight) {
        assertThatThrownBy(() -> says("a", weight, .5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("weight of juror a is")
                .hasMessageContaining("must be in (0, 1000000]");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, 1.01})
    void aQuorumThatIsNoShareIsRefused(double quorum) {
        assertThatThrownBy(() -> judged(Optional.of(quorum), says("a", 1, .5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be in (0, 1]");
    }

    @Test
    void anEmptyJuryIsRefused() {
        assertThatThrownBy(() -> judged(Optional.empty())).hasMessageContaining("at least one juror");
    }
}
