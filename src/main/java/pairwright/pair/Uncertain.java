package pairwright.pair;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import pairwright.candidate.Candidate;
import pairwright.jsonl.BadInput;

/**
 * The pairs that reward models are least sure of: of one model the entropy of its preference sigma(r(a) - r(b)); of several, fitted apart,
 * how far they disagree, as the entropy of their mean less the mean of their entropies (BALD, Houlsby et al. 2011). Both in bits.
 *
 * @param rewards fields of the candidates, each holding the reward of a model, or a list with those of several
 * @param most pairs a prompt, at least 1
 */
public record Uncertain(List<ScoreField> rewards, int most, long seed) implements PairingPolicy {
    private static final double LN_2 = Math.log(2);

    public Uncertain {
        rewards = List.copyOf(rewards);
        if (rewards.isEmpty()) {
            throw new BadInput("policy uncertain looks at rewards and none are named");
        }
        PolicyName.atLeastOne(most);
    }

    @Override
    public List<Choice> choose(List<Candidate> candidates) {
        return Choices.tellingMost(most, this, candidates, new Draw(seed, "uncertain"));
    }

    /** Empty where a candidate lacks a reward. */
    @Override
    public Optional<Double> tells(Candidate one, Candidate other) {
        List<BigDecimal> ours = all(one);
        List<BigDecimal> theirs = all(other);
        if (ours.isEmpty() || theirs.isEmpty()) {
            return Optional.empty();
        }
        if (ours.size() != theirs.size()) {
            throw new BadInput("candidates " + one.id() + " and " + other.id() + " have " + ours.size() + " and "
                    + theirs.size() + " rewards, must have those of the same models");
        }
        double[] p = IntStream.range(0, ours.size())
                .mapToDouble(k -> ours.get(k).subtract(theirs.get(k)).doubleValue())
                .map(difference -> 1 / (1 + Math.exp(-difference)))
                .toArray();
        double mean =
                IntStream.range(0, p.length).mapToDouble(k -> p[k]).average().orElseThrow();
        double known = p.length == 1
                ? 0
                : IntStream.range(0, p.length)
                        .mapToDouble(k -> entropy(p[k]))
                        .average()
                        .orElseThrow();
        return Optional.of(Math.min(1, Math.max(0, entropy(mean) - known)));
    }

    @Override
    public void check(Candidate candidate) {
        var unused = all(candidate);
    }

    /** None where one is lacking. */
    private List<BigDecimal> all(Candidate candidate) {
        List<List<BigDecimal>> each =
                rewards.stream().map(field -> field.all(candidate)).toList();
        return each.stream().anyMatch(List::isEmpty)
                ? List.of()
                : each.stream().flatMap(List::stream).toList();
    }

    private static double entropy(double p) {
        return p <= 0 || p >= 1 ? 0 : (-p * Math.log(p) - (1 - p) * Math.log1p(-p)) / LN_2;
    }
}
