package pairwright.pair;

import java.util.List;
import java.util.Optional;
import pairwright.candidate.Candidate;
import pairwright.jsonl.BadInput;

/** Which two of a prompt's candidates are compared. */
@FunctionalInterface
public interface PairingPolicy {
    /**
     * Chooses among the candidates of one prompt. A choice must not hang on anything but the candidates and the
     * policy's own settings, so that it is the same whatever else the file holds.
     *
     * @param candidates of one prompt, in the order of the file
     * @return no choice twice, neither the same way round nor swapped
     */
    List<Choice> choose(List<Candidate> candidates);

    /**
     * Looks whether the policy can use a candidate's fields.
     *
     * @throws BadInput naming the field and its value, where it cannot
     */
    default void check(Candidate candidate) {}

    /**
     * How much a judgment of the two is expected to tell, as a share of the most that it could, in [0, 1]: where there is a budget, of the pairs
     * that are as many to their prompts those come first that tell most. Empty for policies that do not know.
     */
    default Optional<Double> tells(Candidate one, Candidate other) {
        return Optional.empty();
    }

    /**
     * Two different positions in the list of candidates.
     *
     * @param first below {@code second}
     */
    record Choice(int first, int second) {
        public Choice {
            if (!(first >= 0 && first < second)) {
                throw new IllegalArgumentException(
                        "choice is (" + first + ", " + second + "), must be two positions, the lower one first");
            }
        }
    }

    /**
     * A policy by its name: {@code all}, {@code random:N}, {@code best-worst}, {@code best-random} or {@code best-random:N}, {@code
     * neighbours} or {@code neighbours:N}, {@code uncertain} or {@code uncertain:N}, {@code unlike} or {@code unlike:N}, {@code reference:MODEL}, {@code
     * round-robin} or {@code round-robin:N}.
     *
     * @param scoreBy the field of the candidates that some of them look at; for uncertain several, between commas
     * @param similarity of two responses, for unlike
     * @throws BadInput for any other name, and where a policy needs scores and none are named
     */
    static PairingPolicy named(String name, Optional<String> scoreBy, Similarity similarity, long seed) {
        return PolicyName.policy(name, scoreBy, similarity, seed);
    }
}
