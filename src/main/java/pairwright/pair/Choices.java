package pairwright.pair;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import pairwright.candidate.Candidate;
import pairwright.pair.PairingPolicy.Choice;

/** The choices that there are among some candidates. */
final class Choices {
    /** As the pairs of a prompt are written. */
    static final Comparator<Choice> IN_ORDER =
            Comparator.comparingInt(Choice::first).thenComparingInt(Choice::second);

    private Choices() {}

    /** Two positions in either order. */
    static Choice of(int one, int other) {
        return new Choice(Math.min(one, other), Math.max(one, other));
    }

    private record Telling(Choice choice, double tells, double draw) {}

    /** Those that tell most by the policy, a draw deciding where they tell the same; none of which it knows nothing. */
    static List<Choice> tellingMost(int most, PairingPolicy policy, List<Candidate> candidates, Draw draw) {
        List<Telling> found = new ArrayList<>();
        for (Choice choice : different(candidates)) {
            Candidate one = candidates.get(choice.first());
            Candidate other = candidates.get(choice.second());
            policy.tells(one, other).ifPresent(tells -> found.add(new Telling(choice, tells, draw.number(one, other))));
        }
        return found.stream()
                .sorted(Comparator.comparingDouble((Telling each) -> -each.tells())
                        .thenComparingDouble(Telling::draw))
                .limit(most)
                .map(Telling::choice)
                .sorted(IN_ORDER)
                .toList();
    }

    /** Every two whose texts differ, one at a time: of 1,000 candidates there are half a million. */
    static Iterable<Choice> different(List<Candidate> candidates) {
        return () -> new Iterator<>() {
            private int first;
            private int second;
            private boolean ready;

            @Override
            public boolean hasNext() {
                while (!ready && first < candidates.size() - 1) {
                    second++;
                    if (second == candidates.size()) {
                        first++;
                        second = first;
                        continue;
                    }
                    ready = !candidates
                            .get(first)
                            .response()
                            .equals(candidates.get(second).response());
                }
                return ready;
            }

            @Override
            public Choice next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                ready = false;
                return new Choice(first, second);
            }
        };
    }
}
