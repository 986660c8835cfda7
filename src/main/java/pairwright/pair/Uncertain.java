package pairwright.pair;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import pairwright.candidate.Candidate;
import pairwright.jsonl.BadInput;

/**
 * The pairs that reward models are least sure of: of one model the entropy of its preference sigma(r(a) - r(b)); of several, fitted apart,
 * how far they disagree, as the entropy of their mean less the mean of their entropies (BALD, Houlsby et al. 2011). Both in nats.
 *
 * @param rewards a field of the candidates for each model
 * @param most pairs a prompt, at least 1
 */
public record Uncertain(List<ScoreField> rewards, int most, long seed) implements PairingPolicy {
    public Uncertain {
        rewards = List.copyOf(rewards);
        if (rewards.isEmpty()) {
            throw new BadInput("policy uncertain looks at rewards and none are named");
        }
        PolicyName.atLeastOne(most);
    }

    private record Found(Choice choice, double information, double draw) {}

    @Override
    public List<Choice> choose(List<Candidate> candidates) {
        Draw draw = new Draw(seed, "uncertain");
        List<Found> found = new ArrayList<>();
        for (Choice choice : Choices.different(candidates)) {
            Candidate one = candidates.get(choice.first());
            Candidate other = candidates.get(choice.second());
            information(one, other).ifPresent(nats -> found.add(new Found(choice, nats, draw.number(one, other))));
        }
        return found.stream()
                .sorted(Comparator.comparingDouble((Found each) -> -each.information())
                        .thenComparingDouble(Found::draw))
                .limit(most)
                .map(Found::choice)
                .sorted(Choices.IN_ORDER)
                .toList();
    }

    /** Empty where a candidate lacks a reward. */
    @Override
    public Optional<Double> information(Candidate one, Candidate other) {
        List<Optional<Double>> differences = rewards.stream()
                .map(field -> field.of(one)
                        .flatMap(a -> field.of(other).map(a::subtract).map(BigDecimal::doubleValue)))
                .toList();
        if (differences.stream().anyMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        double[] p = differences.stream()
                .mapToDouble(difference -> 1 / (1 + Math.exp(-difference.get())))
                .toArray();
        double mean =
                IntStream.range(0, p.length).mapToDouble(k -> p[k]).average().orElseThrow();
        double known = p.length == 1
                ? 0
                : IntStream.range(0, p.length)
                        .mapToDouble(k -> entropy(p[k]))
                        .average()
                        .orElseThrow();
        return Optional.of(Math.max(0, entropy(mean) - known));
    }

    private static double entropy(double p) {
        return p <= 0 || p >= 1 ? 0 : -p * Math.log(p) - (1 - p) * Math.log1p(-p);
    }
}
