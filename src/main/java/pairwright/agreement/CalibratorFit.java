package pairwright.agreement;

import java.util.Optional;
import java.util.stream.IntStream;

/** Fits a {@link Calibrator} by maximum likelihood on one half of the prompts and measures it on the other. */
final class CalibratorFit {
    /** Fewest rows in each half. */
    static final int FEWEST = 20;

    /** Where a judge that is never wrong would go on for ever. */
    private static final double STEEPEST = 100;

    private static final double TOLERANCE = 1e-12;

    private CalibratorFit() {}

    static Calibration of(
            JudgedRows rows, String judge, Optional<String> rubric, String reference, AgreementSettings settings) {
        int[] used = SoftMeasure.rows(rows, settings);
        long seed = settings.seed();
        int[] fitted = IntStream.of(used)
                .filter(row -> firstHalf(rows.prompt(row), seed))
                .toArray();
        int[] shown = IntStream.of(used)
                .filter(row -> !firstHalf(rows.prompt(row), seed))
                .toArray();
        if (fitted.length < FEWEST || shown.length < FEWEST) {
            return new Calibration.NotFitted("the halves by prompt hold " + fitted.length + " and " + shown.length
                    + " labelled rows, each must hold at least " + FEWEST);
        }
        double[] logits = new double[fitted.length];
        double[] targets = new double[fitted.length];
        for (int i = 0; i < fitted.length; i++) {
            logits[i] = Calibrator.logit(rows.z(fitted[i]), SoftMeasure.CLAMP);
            targets[i] = SoftMeasure.target(rows.reference(fitted[i]));
        }
        if (gradient(0, logits, targets) >= 0) {
            return new Calibration.NotFitted(
                    "z does not rise with what the reference prefers, no calibrator can mend that");
        }
        double a = slope(logits, targets);
        Calibrator calibrator = new Calibrator(
                a,
                SoftMeasure.CLAMP,
                judge,
                rubric,
                Optional.empty(),
                reference,
                fitted.length,
                IntStream.of(fitted).mapToLong(rows::prompt).distinct().count(),
                seed);
        SoftMeasure before = SoftMeasure.of(rows, shown, z -> z, settings);
        SoftMeasure after = SoftMeasure.of(rows, shown, calibrator::calibrated, settings);
        SoftScores scores = before.scores(reference);
        return new Calibration.Fitted(
                calibrator,
                scores.n(),
                scores.prompts(),
                before.logLoss(),
                after.logLoss(),
                before.brier(),
                after.brier(),
                before.ece(),
                after.ece());
    }

    /** Which half a prompt is in, whatever the other prompts are. */
    static boolean firstHalf(long prompt, long seed) {
        return (PoissonWeights.hash(prompt + " " + seed) & 1) == 0;
    }

    /** The slope at the least log loss, which is convex in it: bisection of the gradient. */
    static double slope(double[] logits, double[] targets) {
        double low = 0;
        double high = 1;
        while (high < STEEPEST && gradient(high, logits, targets) < 0) {
            high *= 2;
        }
        if (high >= STEEPEST && gradient(STEEPEST, logits, targets) < 0) {
            return STEEPEST;
        }
        while (high - low > TOLERANCE * high) {
            double middle = (low + high) / 2;
            if (gradient(middle, logits, targets) < 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** Of the mean log loss by the slope. */
    private static double gradient(double a, double[] logits, double[] targets) {
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            // sigma(x) - target, without losing the last digits where sigma is near 1
            double x = a * logits[i];
            sum += ((1 - targets[i]) * Calibrator.sigma(x) - targets[i] * Calibrator.sigma(-x)) * logits[i];
        }
        return sum / logits.length;
    }
}
