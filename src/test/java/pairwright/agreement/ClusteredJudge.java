package pairwright.agreement;

import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A judge whose rows come in prompts that are hard or easy together, with a risk that is known at every margin: z is the
 * standard normal law's value at x, and the reference prefers the first where strength * x + noise is above 0. Both x and the noise
 * have a part that a prompt shares.
 */
final class ClusteredJudge {
    private static final double SHARED = Math.sqrt(.5);

    private ClusteredJudge() {}

    static JudgedRows rows(int prompts, int rowsPerPrompt, double strength, Random random) {
        JudgedRows rows = new JudgedRows();
        for (int prompt = 0; prompt < prompts; prompt++) {
            double sharedX = random.nextGaussian();
            double sharedNoise = random.nextGaussian();
            for (int row = 0; row < rowsPerPrompt; row++) {
                double x = SHARED * (sharedX + random.nextGaussian());
                double noise = SHARED * (sharedNoise + random.nextGaussian());
                rows.add(row(
                        "row " + prompt + " " + row,
                        "prompt " + prompt,
                        Normal.cumulative(x),
                        strength * x + noise > 0 ? Outcome.A : Outcome.B));
            }
        }
        return rows;
    }

    private static KeptRow row(String id, String prompt, double z, Outcome reference) {
        return new KeptRow(
                PoissonWeights.hash(id),
                PoissonWeights.hash(prompt),
                Optional.of(z),
                z > .5 ? Outcome.A : Outcome.B,
                reference,
                Optional.empty(),
                1,
                false,
                1,
                1,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                PoissonWeights.hash("first of " + id),
                PoissonWeights.hash("second of " + id),
                Outcome.TIE,
                Optional.empty(),
                Map.of());
    }

    /** Share of rows where the reference differs, among those whose margin reaches the threshold: the mean of P(noise > strength |x|). */
    static double risk(double threshold, double strength) {
        // z is uniform; |2z - 1| >= t where |x| >= the quantile at (1 + t) / 2, or .55 for the tie band of rows that
        // take a side
        int steps = 4000;
        double low = Math.max((1 + threshold) / 2, .55);
        double sum = 0;
        for (int i = 0; i < steps; i++) {
            double z = low + (1 - low) * (i + .5) / steps;
            sum += 1 - Normal.cumulative(strength * Normal.quantile(z));
        }
        return low >= 1 ? 0 : sum / steps;
    }
}
