package pairwright.pair;

import java.util.List;
import java.util.stream.IntStream;
import pairwright.candidate.Candidate;

/**
 * Each candidate against the next lower one in the order of scores: the comparisons that a score knows least about.
 *
 * @param most pairs a prompt, at least 1, drawn evenly among the neighbours where there are more
 */
public record Neighbours(ScoreField score, int most, long seed) implements PairingPolicy {
    public Neighbours {
        PolicyName.atLeastOne(most);
    }

    @Override
    public List<Choice> choose(List<Candidate> candidates) {
        ScoreOrder order = new ScoreOrder(candidates, score, seed);
        List<Choice> neighbours = IntStream.range(1, order.size())
                .mapToObj(place -> Choices.of(order.position(place - 1), order.position(place)))
                .toList();
        return new Draw(seed, "neighbours")
                .lowest(most, neighbours, candidates).stream()
                        .sorted(Choices.IN_ORDER)
                        .toList();
    }

    @Override
    public void check(Candidate candidate) {
        var unused = score.of(candidate);
    }
}
