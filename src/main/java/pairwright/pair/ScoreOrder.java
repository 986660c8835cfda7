package pairwright.pair;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import pairwright.candidate.Candidate;

/** The candidates of a prompt that have a score, the best first; among equal scores a seeded draw decides, not the order of the rows. */
final class ScoreOrder {
    private record Scored(int position, BigDecimal score, double draw) {}

    private final List<Scored> best = new ArrayList<>();

    ScoreOrder(List<Candidate> candidates, ScoreField field, long seed) {
        Draw draw = new Draw(seed, "equal scores");
        for (int i = 0; i < candidates.size(); i++) {
            Optional<BigDecimal> score = field.of(candidates.get(i));
            if (score.isPresent()) {
                best.add(new Scored(i, score.get(), draw.number(candidates.get(i))));
            }
        }
        best.sort(Comparator.comparing(Scored::score).reversed().thenComparingDouble(Scored::draw));
    }

    int size() {
        return best.size();
    }

    /** The position among the candidates of the one at this place, 0 being the best. */
    int position(int place) {
        return best.get(place).position();
    }

    /** Whether the scores of two places differ. */
    boolean differ(int place, int other) {
        return best.get(place).score().compareTo(best.get(other).score()) != 0;
    }
}
