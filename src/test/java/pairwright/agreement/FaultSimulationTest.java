package pairwright.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Planted faults are found and a judge without any is not accused, over drawn studies of clustered rows. */
class FaultSimulationTest {
    private static final int STUDIES = 100;

    private static List<Faults> studies(UnaryOperator<SimulatedJudge> planted) {
        SimulatedJudge judge = planted.apply(SimulatedJudge.clean(60, 5));
        return LongStream.range(0, STUDIES).mapToObj(judge::faults).toList();
    }

    private static long found(List<Faults> studies, String name) {
        return studies.stream().filter(faults -> test(faults, name).found()).count();
    }

    private static BiasTest test(Faults faults, String name) {
        return faults.tests().stream()
                .filter(test -> test.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aCleanJudgeIsNotAccused() {
        List<Faults> studies = studies(judge -> judge);
        long accused = studies.stream()
                .filter(faults -> faults.tests().stream().anyMatch(BiasTest::found))
                .count();
        // No fault is there, so every study with one is false. At 5% of 100 more than 11 has a chance of .4%
        // (binomial).
        assertThat(accused).isLessThanOrEqualTo(11);
        assertThat(studies.get(0).tests())
                .extracting(BiasTest::name)
                .containsExactly("position", "length", "self-preference");
    }

    @Test
    void thePValueOfThePositionIsThatOfItsLaw() {
        // Without a position bias the p-value is uniform: below .05 in 5% of the studies, the middle 99% of the
        // binomial
        // law being 1 to 11 of 100.
        long below = studies(judge -> judge).stream()
                .filter(faults -> test(faults, "position").pValue().orElseThrow() < .05)
                .count();
        assertThat(below).isBetween(1L, 11L);
    }

    @Test
    void aPlantedPositionBiasIsFoundWithItsDirection() {
        List<Faults> first = studies(judge -> judge.withPosition(.5));
        assertThat(found(first, "position")).isGreaterThan(STUDIES * 95 / 100);
        assertThat(test(first.get(0), "position").sentence()).startsWith("It favours the response shown first");
        List<Faults> second = studies(judge -> judge.withPosition(-.5));
        assertThat(found(second, "position")).isGreaterThan(STUDIES * 95 / 100);
        assertThat(test(second.get(0), "position").sentence()).startsWith("It favours the response shown second");
    }

    @Test
    void aPlantedLengthBiasIsFoundAlsoWhereLongerIsBetterAnyway() {
        List<Faults> studies = studies(judge -> judge.withLength(1.2));
        assertThat(found(studies, "length")).isGreaterThan(STUDIES * 90 / 100);
        assertThat(found(studies, "position")).isLessThan(STUDIES * 10 / 100);
        assertThat(test(studies.get(0), "length").sentence()).contains("takes the longer response more often");
        assertThat(studies)
                .allSatisfy(faults -> assertThat(faults.length()
                                .orElseThrow()
                                .leaning()
                                .accuracyToward()
                                .number()
                                .orElseThrow())
                        .isGreaterThan(faults.length()
                                .orElseThrow()
                                .leaning()
                                .accuracyAgainst()
                                .number()
                                .orElseThrow()));
    }

    @Test
    void aPlantedSelfPreferenceIsFound() {
        List<Faults> studies = studies(judge -> judge.withSelf(1.2));
        assertThat(found(studies, "self-preference")).isGreaterThan(STUDIES * 90 / 100);
        assertThat(studies.get(0).selfPreference().orElseThrow().family()).isEqualTo("gpt");
    }

    @Test
    void aJudgeOfAnotherAccuracyThanItsPeopleIsNotAccusedOfLength() {
        // The longer response is better in 75%; the judge errs more than people do, so it takes the longer less often.
        SimulatedJudge weak = new SimulatedJudge(60, 5, .7, 0, 0, 0, .75, .85);
        long accused = LongStream.range(0, STUDIES)
                .filter(seed -> test(weak.faults(seed), "length").found())
                .count();
        assertThat(accused).isLessThanOrEqualTo(11);
    }
}
