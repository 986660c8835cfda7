package pairwright.pair;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import pairwright.candidate.Candidate;
import pairwright.jsonl.Digests;

/**
 * Some pairs of a prompt, drawn evenly and without replacement among those whose texts differ. Every pair draws a
 * number from the seed and its two ids, and the lowest win; so the draw does not depend on the order of the rows, and a
 * larger {@code perPrompt} only adds pairs.
 *
 * @param perPrompt pairs a prompt, at least 1; a prompt that has fewer gives all
 */
public record RandomPairs(int perPrompt, long seed) implements PairingPolicy {
    public RandomPairs {
        if (perPrompt < 1) {
            throw new pairwright.jsonl.BadInput("pairs a prompt is " + perPrompt + ", must be at least 1");
        }
    }

    private record Drawn(Choice choice, double number) {}

    @Override
    public List<Choice> choose(List<Candidate> candidates) {
        PriorityQueue<Drawn> lowest =
                new PriorityQueue<>(Comparator.comparingDouble(Drawn::number).reversed());
        for (int first = 0; first < candidates.size(); first++) {
            for (int second = first + 1; second < candidates.size(); second++) {
                Candidate one = candidates.get(first);
                Candidate other = candidates.get(second);
                if (one.response().equals(other.response())) {
                    continue;
                }
                boolean ordered = one.id().compareTo(other.id()) <= 0;
                double number =
                        Digests.uniform(seed, "draw", ordered ? one.id() : other.id(), ordered ? other.id() : one.id());
                lowest.add(new Drawn(new Choice(first, second), number));
                if (lowest.size() > perPrompt) {
                    lowest.remove();
                }
            }
        }
        return lowest.stream()
                .map(Drawn::choice)
                .sorted(Comparator.comparingInt(Choice::first).thenComparingInt(Choice::second))
                .toList();
    }
}
