package pairwright.judge;

import java.util.Optional;
import pairwright.rubric.Scale;

/** What a judge said, in the words of its scale. */
sealed interface Answer {
    /** What it says for the response shown first, in [0, 1]. */
    double p();

    /** Probability given to a tie, where the answer itself tells. */
    default Optional<Double> tie() {
        return Optional.of(p() == .5 ? 1.0 : 0.0);
    }

    /** In words, for messages. */
    String words();

    /** One label of a scale that has labels. */
    record Label(String label, double p) implements Answer {
        @Override
        public String words() {
            return label;
        }
    }

    /** One whole number for each response. */
    record Rated(int first, int second, Scale.Ratings scale) implements Answer {
        @Override
        public double p() {
            return Ratings.p(first, second, scale);
        }

        @Override
        public String words() {
            return first + " and " + second;
        }
    }
}
