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
    private record Models(String lower, String higher) implements Comparable<Models> {
        @Override
        public int compareTo(Models other) {
            int first = lower.compareTo(other.lower);
            return first != 0 ? first : higher.compareTo(other.higher);
        }
    }

    public RoundRobin {
        PolicyName.atLeastOne(meetings);
    }

    @Override
    public List<Choice> choose(List<Candidate> candidates) {
        Map<Models, List<Choice>> meeting = new TreeMap<>();
        for (Choice choice : Choices.different(candidates)) {
            String one = candidates.get(choice.first()).model().orElse("");
            String other = candidates.get(choice.second()).model().orElse("");
            int order = one.compareTo(other);
            if (!one.isEmpty() && !other.isEmpty() && order != 0) {
                Models models = order < 0 ? new Models(one, other) : new Models(other, one);
                meeting.computeIfAbsent(models, key -> new ArrayList<>()).add(choice);
            }
        }
        Draw draw = new Draw(seed, "meetings");
        return meeting.values().stream()
                .flatMap(choices -> draw.lowest(meetings, choices, candidates).stream())
                .sorted(Choices.IN_ORDER)
                .toList();
    }
}
