package pairwright.ranking;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * An item's place.
 *
 * @param rank 1 for the strongest; equal strengths share the better rank
 * @param strength in log-odds
 * @param estimate the same with its interval; empty where there are too many items for the covariance
 * @param ranks that the item may have
 * @param elo the strength on the chess scale: 1000 + strength 400 / ln 10
 * @param wins comparisons in which it was preferred
 * @param ties comparisons within the tie band
 * @param losses comparisons in which the other was preferred
 * @param bootstrap where there was one
 * @param runningElo Elo's running rating, which depends on the order of the rows
 */
public record RankedItem(
        @JsonProperty("rank") int rank,
        @JsonProperty("item") String item,
        @JsonProperty("strength") double strength,
        @JsonProperty("estimate") Optional<StrengthEstimate> estimate,
        @JsonProperty("ranks") Optional<RankRange> ranks,
        @JsonProperty("elo") double elo,
        @JsonProperty("wins") long wins,
        @JsonProperty("ties") long ties,
        @JsonProperty("losses") long losses,
        @JsonProperty("bootstrap") Optional<BootstrapItem> bootstrap,
        @JsonProperty("running_elo") Optional<Double> runningElo) {
    static final double ELO_SCALE = 400 / Math.log(10);
    static final double ELO_CENTRE = 1000;
}
