package pairwright.reward;

import java.util.Optional;

/** Told how a fit goes on, after each iteration, on the thread that fits. */
@FunctionalInterface
public interface FitProgress {
    /** For those who do not want to know. */
    FitProgress SILENT = step -> {};

    void at(Step step);

    /** Told within an iteration of a network's training, now and then. */
    default void within(Step step) {}

    /**
     * One iteration.
     *
     * @param search true while the penalty is searched on the inner folds
     * @param fit number of the fit, from 1; the last one gives the model
     * @param fits how many there will be
     * @param iteration of this fit, from 1
     * @param objective mean loss plus penalty
     * @param gradientNorm Euclidean
     * @param accuracy of a network on the inner split; empty where there is none
     * @param secondsLeft of this fit, if it takes the most iterations; empty where that cannot be told
     * @param pairsPerSecond pairs of this fit read through loss and gradient in a second
     */
    record Step(
            boolean search,
            int fit,
            int fits,
            int iteration,
            double objective,
            double gradientNorm,
            double pairsPerSecond,
            Optional<Double> accuracy,
            Optional<Double> secondsLeft) {}
}
