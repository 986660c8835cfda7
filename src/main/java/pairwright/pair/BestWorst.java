package pairwright.pair;

import java.util.List;
import pairwright.candidate.Candidate;

/**
 * The candidate of the highest score against that of the lowest; no pair where fewer than two have a score or all scores are equal.
 *
 * @param seed decides among equal scores
 */
public record BestWorst(ScoreField score, long seed) implements PairingPolicy {
    @Override
    public List<Choice> choose(List<Candidate> candidates) {
        ScoreOrder order = new ScoreOrder(candidates, score, seed);
        int last = order.size() - 1;
        return last > 0 && order.differ(0, last)
                ? List.of(Choices.of(order.position(0), order.position(last)))
                : List.of();
    }

    @Override
    public void check(Candidate candidate) {
        var unused = score.of(candidate);
    }
}
