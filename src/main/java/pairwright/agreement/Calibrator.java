package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import pairwright.jsonl.BadInput;

/**
 * g(z) = sigma(a logit z): how a judge's z becomes a probability that people agree with. It keeps g(z) + g(1 - z) = 1, so a judgment
 * turned round stays a judgment turned round. Fitted on labels of one judge under one rubric; for another it says nothing.
 *
 * @param a slope, above 0; above 1 the judge was too cautious, below 1 too sure of itself
 * @param clamp z is kept this far from 0 and 1 before its logit is taken
 * @param judge whose z
 * @param rubric name and digest of the rubric, where there was one
 * @param rewardModel digest of the judge, where it is a fitted reward model and the digest is known
 * @param reference whose labels
 * @param rows rows it was fitted on
 * @param prompts prompts of these rows
 * @param seed that divided the prompts
 */
public record Calibrator(
        @JsonProperty("a") double a,
        @JsonProperty("clamp") double clamp,
        @JsonProperty("judge") String judge,
        @JsonProperty("rubric") Optional<String> rubric,
        @JsonProperty("reward_model") Optional<String> rewardModel,
        @JsonProperty("reference") String reference,
        @JsonProperty("rows") long rows,
        @JsonProperty("prompts") long prompts,
        @JsonProperty("seed") long seed) {
    public Calibrator {
        if (!(a > 0 && a < Double.POSITIVE_INFINITY)) {
            throw new BadInput("calibrator: a is " + a + ", must be above 0 and finite");
        }
        if (!(clamp > 0 && clamp < .5)) {
            throw new BadInput("calibrator: clamp is " + clamp + ", must be in (0, 0.5)");
        }
    }

    /** The same, of the reward model with this digest. */
    public Calibrator ofRewardModel(Optional<String> digest) {
        return new Calibrator(a, clamp, judge, rubric, digest, reference, rows, prompts, seed);
    }

    /** The calibrated z, in (0, 1). */
    public double calibrated(double z) {
        return sigma(a * logit(z, clamp));
    }

    static double logit(double z, double clamp) {
        double p = Math.min(1 - clamp, Math.max(clamp, z));
        return Math.log(p / (1 - p));
    }

    static double sigma(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
