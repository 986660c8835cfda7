package pairwright.pair;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import pairwright.candidate.Candidate;
import pairwright.jsonl.Digests;
import pairwright.pair.PairingPolicy.Choice;

/**
 * Seeded draws among pairs. Every pair draws a number from the seed, the purpose and its two ids, and the lowest win: so a draw does not
 * hang on the order of the rows, and a larger one only adds pairs.
 *
 * @param purpose two draws for two purposes are independent
 */
record Draw(long seed, String purpose) {
    private record Drawn(Choice choice, double number) {}

    private static final Comparator<Drawn> BY_NUMBER = Comparator.comparingDouble(Drawn::number);

    /** In [0, 1), the same whichever of the two comes first. */
    double number(Candidate one, Candidate other) {
        boolean ordered = one.id().compareTo(other.id()) <= 0;
        return Digests.uniform(seed, purpose, ordered ? one.id() : other.id(), ordered ? other.id() : one.id());
    }

    /** A number of one candidate, in [0, 1). */
    double number(Candidate one) {
        return Digests.uniform(seed, purpose, one.id());
    }

    /** The choices of the lowest numbers, the lowest first; all where there are fewer. */
    List<Choice> lowest(long most, Iterable<Choice> choices, List<Candidate> candidates) {
        PriorityQueue<Drawn> lowest = new PriorityQueue<>(BY_NUMBER.reversed());
        for (Choice choice : choices) {
            lowest.add(new Drawn(choice, number(candidates.get(choice.first()), candidates.get(choice.second()))));
            if (lowest.size() > most) {
                lowest.remove();
            }
        }
        return lowest.stream().sorted(BY_NUMBER).map(Drawn::choice).toList();
    }
}
