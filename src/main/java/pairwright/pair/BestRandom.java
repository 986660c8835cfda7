package pairwright.pair;

import java.util.List;
import java.util.stream.IntStream;
import pairwright.candidate.Candidate;

/**
 * The candidate of the highest score against others of the prompt, drawn evenly among those whose text is another.
 *
 * @param perPrompt others, at least 1; a prompt that has fewer gives all
 */
public record BestRandom(ScoreField score, int perPrompt, long seed) implements PairingPolicy {
    public BestRandom {
        PolicyName.atLeastOne(perPrompt);
    }

    @Override
    public List<Choice> choose(List<Candidate> candidates) {
        ScoreOrder order = new ScoreOrder(candidates, score, seed);
        if (order.size() < 2) {
            return List.of();
        }
        int best = order.position(0);
        String text = candidates.get(best).response();
        List<Choice> others = IntStream.range(1, order.size())
                .map(order::position)
                .filter(other -> !candidates.get(other).response().equals(text))
                .mapToObj(other -> Choices.of(best, other))
                .toList();
        return new Draw(seed, "others")
                .lowest(perPrompt, others, candidates).stream()
                        .sorted(Choices.IN_ORDER)
                        .toList();
    }

    @Override
    public void check(Candidate candidate) {
        var unused = score.of(candidate);
    }
}
