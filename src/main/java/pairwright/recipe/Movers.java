package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import pairwright.reward.Contribution;

/** Which features move rewards most over many rows. Of each row the largest contributions are counted, so that memory stays small. */
final class Movers {
    /** Contributions of one row that are counted. */
    private static final int OF_A_ROW = 100;

    /**
     * A feature.
     *
     * @param size sum of the sizes of its contributions over the number of all rows
     * @param mean of its contributions over its own rows
     */
    record Mover(
            @JsonProperty("feature") String feature,
            @JsonProperty("size") double size,
            @JsonProperty("mean") double mean,
            @JsonProperty("rows") long rows) {}

    private static final class Sums {
        private double size;
        private double sum;
        private long rows;
    }

    private final Map<String, Sums> sums = new HashMap<>();
    private long rows;

    void add(List<Contribution> contributions) {
        rows++;
        for (Contribution contribution : contributions.subList(0, Math.min(OF_A_ROW, contributions.size()))) {
            Sums of = sums.computeIfAbsent(contribution.feature(), feature -> new Sums());
            of.size += Math.abs(contribution.value());
            of.sum += contribution.value();
            of.rows++;
        }
    }

    List<Mover> most(int count) {
        return sums.entrySet().stream()
                .map(entry -> new Mover(
                        entry.getKey(),
                        entry.getValue().size / rows,
                        entry.getValue().sum / entry.getValue().rows,
                        entry.getValue().rows))
                .sorted(Comparator.comparingDouble((Mover mover) -> -mover.size())
                        .thenComparing(Mover::feature))
                .limit(count)
                .toList();
    }
}
