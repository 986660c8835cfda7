package pairwright.reward;

import java.util.Objects;
import java.util.Optional;
import pairwright.judge.Evidence;
import pairwright.judge.Judge;
import pairwright.judge.Judgment;
import pairwright.judge.Preference;
import pairwright.pair.Pair;

/**
 * A reward model as a judge: z = sigma(r(a) - r(b)).
 *
 * @param name as on the command line, such as {@code reward:models/quickstart}
 */
public record RewardJudge(String name, RewardModel model) implements Judge {
    public RewardJudge {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(model, "model");
    }

    @Override
    public Judgment judge(Pair pair) {
        return judged(pair, model.score(Response.a(pair)), model.score(Response.b(pair)));
    }

    /** What it says where the rewards are known. */
    public Judgment judged(Pair pair, double a, double b) {
        return new Judgment(pair, name, Optional.empty(), preference(a - b), Evidence.rewards(a, b));
    }

    /** From the likelier side, so that z of the swapped pair is 1 - z to the last bit: 1 - x is exact for x in [1/2, 1]. */
    private static Preference preference(double d) {
        double likelier = SoftLoss.probability(Math.abs(d));
        return new Preference(d >= 0 ? likelier : 1 - likelier);
    }
}
