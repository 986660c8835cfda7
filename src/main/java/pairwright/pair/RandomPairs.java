package pairwright.pair;

import java.util.List;
import pairwright.candidate.Candidate;

/**
 * Some pairs of a prompt, drawn evenly and without replacement among those whose texts differ. A larger {@code perPrompt} only adds pairs.
 *
 * @param perPrompt pairs a prompt, at least 1; a prompt that has fewer gives all
 */
public record RandomPairs(int perPrompt, long seed) implements PairingPolicy {
    public RandomPairs {
        PolicyName.atLeastOne(perPrompt);
    }

    @Override
    public List<Choice> choose(List<Candidate> candidates) {
        return new Draw(seed, "draw")
                .lowest(perPrompt, Choices.different(candidates), candidates).stream()
                        .sorted(Choices.IN_ORDER)
                        .toList();
    }
}
