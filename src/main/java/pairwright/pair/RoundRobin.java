package pairwright.pair;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import pairwright.candidate.Candidate;

/**
 * Every two models meet on every prompt, equally often whatever number of candidates each has. Candidates without a model meet nobody, and
 * no model meets itself.
 *
 * @param meetings of two models on a prompt, at least 1, drawn evenly among their candidates; fewer where there are fewer
 */
public record RoundRobin(int meetings, long seed) implements PairingPolicy {
    public RoundRobin {
        PolicyName.atLeastOne(meetings);
    }

    @Override
    public List<Choice> choose(List<Candidate> candidates) {
        Map<ModelPair, List<Choice>> meeting = new TreeMap<>();
        for (Choice choice : Choices.different(candidates)) {
            ModelPair.of(
                            candidates.get(choice.first()).model(),
                            candidates.get(choice.second()).model())
                    .ifPresent(models -> meeting.computeIfAbsent(models, key -> new ArrayList<>())
                            .add(choice));
        }
        Draw draw = new Draw(seed, "meetings");
        return meeting.values().stream()
                .flatMap(choices -> draw.lowest(meetings, choices, candidates).stream())
                .sorted(Choices.IN_ORDER)
                .toList();
    }
}
