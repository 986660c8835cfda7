package pairwright.pair;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import pairwright.candidate.Candidate;
import pairwright.pair.PairingPolicy.Choice;

/**
 * The pairs whose responses are least alike: the more of two texts is different, the more a verdict on them can be about.
 *
 * @param most pairs a prompt, at least 1
 */
record Unlike(Similarity similarity, int most, long seed) implements PairingPolicy {
    Unlike {
        PolicyName.atLeastOne(most);
    }

    private record Found(Choice choice, double difference, double draw) {}

    @Override
    public List<Choice> choose(List<Candidate> candidates) {
        Draw draw = new Draw(seed, "unlike");
        List<Found> found = new ArrayList<>();
        for (Choice choice : Choices.different(candidates)) {
            Candidate one = candidates.get(choice.first());
            Candidate other = candidates.get(choice.second());
            found.add(new Found(choice, difference(one, other), draw.number(one, other)));
        }
        return found.stream()
                .sorted(Comparator.comparingDouble((Found each) -> -each.difference())
                        .thenComparingDouble(Found::draw))
                .limit(most)
                .map(Found::choice)
                .sorted(Choices.IN_ORDER)
                .toList();
    }

    /** What is different, as a share. */
    @Override
    public Optional<Double> tells(Candidate one, Candidate other) {
        return Optional.of(difference(one, other));
    }

    private double difference(Candidate one, Candidate other) {
        return 1 - similarity.of(one.response(), other.response());
    }
}
