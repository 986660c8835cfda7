package pairwright.ranking;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * A tournament of judges, or of the rubrics that they judged by: on a pair that people labelled, one judge beats another where it said what
 * the people said and the other did not; two that are both right or both wrong tie. So judges are ranked by agreement with people,
 * beside each other on the same pairs, and a pair that all get right tells nothing about their order.
 */
public final class Duels {
    private final ComparisonTableBuilder table = ComparisonTable.builder();
    private final Map<String, long[]> right = new TreeMap<>();
    private long pairs;

    /**
     * Adds one labelled pair.
     *
     * @param promptId what the duels of this pair are clustered by
     * @param truth z of the people
     * @param verdicts z by judge; a judge that gave none takes no part
     * @param tieBand z within it of one half is a tie
     */
    public void add(String promptId, double truth, Map<String, Double> verdicts, double tieBand) {
        List<String> judges = verdicts.keySet().stream().sorted().toList();
        boolean[] agrees = new boolean[judges.size()];
        for (int i = 0; i < agrees.length; i++) {
            agrees[i] = side(verdicts.get(judges.get(i)), tieBand) == side(truth, tieBand);
            long[] count = right.computeIfAbsent(judges.get(i), name -> new long[2]);
            count[0] += agrees[i] ? 1 : 0;
            count[1]++;
        }
        pairs++;
        for (int i = 0; i < agrees.length; i++) {
            for (int j = i + 1; j < agrees.length; j++) {
                double z = agrees[i] == agrees[j] ? .5 : agrees[i] ? 1 : 0;
                table.add(Comparison.of(judges.get(i), judges.get(j), z).on(promptId));
            }
        }
    }

    private static int side(double z, double tieBand) {
        return Math.abs(z - .5) <= tieBand ? 0 : z > .5 ? 1 : -1;
    }

    /** The duels so far. */
    public ComparisonTable table() {
        return table.build();
    }

    /** How many duels there are. */
    public int size() {
        return table.size();
    }

    /** What the tournament says beside the ranking of its duels. */
    TournamentReport report(Ranking ranking) {
        return new TournamentReport(pairs, right(), stop(ranking));
    }

    /** The stop rule on a ranking of these duels. */
    private Optional<TournamentReport.Stop> stop(Ranking ranking) {
        if (ranking.neighbours().isEmpty()) {
            return Optional.empty();
        }
        RankedItem first = ranking.items().get(0);
        Separating lead = ranking.neighbours().get(0);
        boolean decided = first.ranks().filter(r -> r.worst() == 1).isPresent();
        return Optional.of(new TournamentReport.Stop(
                first.item(),
                decided,
                lead.probabilityStronger(),
                more(ranking.settings(), lead.probabilityStronger())));
    }

    /** A new pair brings a duel of every two judges, so all errors shrink with the root of the number of pairs. */
    private Optional<Long> more(RankingSettings settings, double probability) {
        NormalDistribution normal = new NormalDistribution(null, 0, 1);
        double distance = normal.inverseCumulativeProbability(Math.min(probability, 1 - 1e-12));
        double needed = normal.inverseCumulativeProbability((1 + settings.confidence()) / 2)
                + normal.inverseCumulativeProbability(Separating.POWER);
        if (distance >= needed) {
            return Optional.of(0L);
        }
        double more = pairs * (Math.pow(needed / distance, 2) - 1);
        return distance > 0 && more <= Separating.MOST ? Optional.of((long) Math.ceil(more)) : Optional.empty();
    }

    /** For each judge, on how many labelled pairs it was right, and on how many it spoke. */
    private Map<String, List<Long>> right() {
        Map<String, List<Long>> shares = new TreeMap<>();
        right.forEach((judge, count) -> shares.put(judge, new ArrayList<>(List.of(count[0], count[1]))));
        return shares;
    }
}
