package pairwright.judge;

import java.util.Optional;

/** What was read from one completion. */
sealed interface Said {
    /**
     * A probability for the response shown first.
     *
     * @param p that the response shown first is better
     * @param how it was read
     * @param tie probability given to a tie, where the judge gave one
     * @param mass probability of all labels together, where log-probabilities were read
     */
    record Preferred(double p, Reading how, Optional<Double> tie, Optional<Double> mass) implements Said {
        /** What was said, taken by its word. */
        static Preferred of(Answer answer, Reading how) {
            return new Preferred(answer.p(), how, answer.tie(), Optional.empty());
        }
    }

    /** The reply holds no unmistakable verdict. */
    record NoVerdict(String why) implements Said {}

    /**
     * There is a verdict, but its probability cannot be told.
     *
     * @param mass probability of all labels together, where it could be summed
     */
    record NoProbability(String why, Optional<Double> mass) implements Said {}
}
