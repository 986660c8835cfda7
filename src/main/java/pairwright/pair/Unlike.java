package pairwright.pair;

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

    @Override
    public List<Choice> choose(List<Candidate> candidates) {
        return Choices.tellingMost(most, this, candidates, new Draw(seed, "unlike"));
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
