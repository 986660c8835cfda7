package pairwright.pair;

import java.util.List;
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
     * A policy by its name: {@code all} or {@code random:N}.
     *
     * @throws BadInput for any other name
     */
    static PairingPolicy named(String name, long seed) {
        if (name.equals("all")) {
            return new AllPairs();
        }
        if (name.matches("random:[0-9]{1,9}")) {
            return new RandomPairs(Integer.parseInt(name.substring("random:".length())), seed);
        }
        throw new BadInput("policy is \"" + name + "\", must be all or random:N with N pairs a prompt");
    }
}
