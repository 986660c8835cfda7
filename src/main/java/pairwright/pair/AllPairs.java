package pairwright.pair;

import java.util.List;
import java.util.stream.IntStream;
import pairwright.candidate.Candidate;

/** Every two candidates of a prompt: k candidates make k(k - 1)/2 pairs. */
public record AllPairs() implements PairingPolicy {
    @Override
    public List<Choice> choose(List<Candidate> candidates) {
        return IntStream.range(0, candidates.size())
                .boxed()
                .flatMap(first ->
                        IntStream.range(first + 1, candidates.size()).mapToObj(second -> new Choice(first, second)))
                .toList();
    }
}
