package pairwright.ranking;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What the bootstrap says of one item.
 *
 * @param low lower end of the percentile interval of its strength
 * @param high upper end
 * @param ranks for each rank, from the first, in how many rounds the item had it
 */
public record BootstrapItem(
        @JsonProperty("low") double low,
        @JsonProperty("high") double high,
        @JsonProperty("ranks") List<Integer> ranks) {
    public BootstrapItem {
        ranks = List.copyOf(ranks);
    }
}
