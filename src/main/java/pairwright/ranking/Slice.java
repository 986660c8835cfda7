package pairwright.ranking;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * A ranking within one category, drawn towards the whole.
 *
 * @param category its name
 * @param comparisons how many it has
 * @param items the strongest first
 */
public record Slice(
        @JsonProperty("category") String category,
        @JsonProperty("comparisons") long comparisons,
        @JsonProperty("items") List<Item> items) {
    public Slice {
        items = List.copyOf(items);
    }

    /**
     * An item within the category.
     *
     * @param strength in the category, drawn towards that over all
     * @param deviation how far that is above the strength over all, with the interval of its normal posterior; without one where there
     *     are too many items
     */
    public record Item(
            @JsonProperty("rank") int rank,
            @JsonProperty("item") String item,
            @JsonProperty("strength") double strength,
            @JsonProperty("deviation") double deviation,
            @JsonProperty("posterior") Optional<StrengthEstimate> posterior) {}
}
