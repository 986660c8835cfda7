package pairwright.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;
import pairwright.pair.Pair;

class RewardJudgeTest {
    private static final RewardJudge JUDGE = new RewardJudge(
            "reward:test",
            BradleyTerryTrainer.with(
                            FitSettings.DEFAULT.withDevice(DeviceChoice.CPU).withL2(List.of(1e-3)))
                    .fit(Texts.judgments(30, 8, 11).iterator(), FitProgress.SILENT)
                    .model());

    private static double z(Pair pair) {
        return ((Preference) JUDGE.judge(pair).verdict()).z();
    }

    @Test
    void zIsSigmaOfTheDifferenceOfRewards() {
        for (Judgment seen : Texts.judgments(20, 5, 12)) {
            Judgment judgment = JUDGE.judge(seen.pair());
            double a = judgment.evidence().rewardA().orElseThrow();
            double b = judgment.evidence().rewardB().orElseThrow();
            assertThat(z(seen.pair())).isCloseTo(1 / (1 + Math.exp(b - a)), within(1e-15));
            assertThat(judgment.judge()).isEqualTo("reward:test");
        }
    }

    @Test
    void aSwappedPairGetsOneMinusZExactly() {
        for (Judgment seen : Texts.judgments(50, 10, 13)) {
            Pair pair = seen.pair();
            double turned = z(Texts.pair(pair.prompt().id(), pair.responseB(), pair.responseA()));
            assertThat(turned).isEqualTo(1 - z(pair));
            assertThat(z(pair)).isEqualTo(1 - turned);
        }
    }

    @Test
    void identicalTextsAreATie() {
        assertThat(z(Texts.pair("q", "the same", "the same"))).isEqualTo(.5);
    }
}
