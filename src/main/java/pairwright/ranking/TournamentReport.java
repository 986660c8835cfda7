package pairwright.ranking;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A tournament of judges beside the ranking of its duels.
 *
 * @param pairs labelled pairs
 * @param right for each judge, on how many pairs it said what people said, and on how many it spoke
 * @param stop whether it can end; empty where the errors are not known
 */
public record TournamentReport(
        @JsonProperty("labelled_pairs") long pairs,
        @JsonProperty("right") Map<String, List<Long>> right,
        @JsonProperty("stop") Optional<Stop> stop) {
    /**
     * Whether the tournament can end: the leader is told apart from every other judge, all pairs of judges at once.
     *
     * @param leader of the ranking
     * @param decided true where it is told apart
     * @param probability that the leader is truly better than the second
     * @param moreDuels how many more pairs, on which leader and second are both judged, would tell these two apart; empty where they are even
     */
    public record Stop(
            @JsonProperty("leader") String leader,
            @JsonProperty("decided") boolean decided,
            @JsonProperty("probability") double probability,
            @JsonProperty("more_pairs") Optional<Long> moreDuels) {
        /** One line for people. */
        public String words() {
            if (decided) {
                return "decided: " + VisibleName.of(leader)
                        + " is told apart from all others; no more labels are needed";
            }
            return "open: " + VisibleName.of(leader) + " leads, better than the second with probability "
                    + String.format(Locale.ROOT, "%.3f", probability)
                    + moreDuels
                            .map(more -> "; about " + more + " more labelled pairs would tell these two apart")
                            .orElse("; the two are even, so go on only if a difference would matter");
        }
    }
}
