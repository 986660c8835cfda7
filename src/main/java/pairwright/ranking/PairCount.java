package pairwright.ranking;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Two items that were compared.
 *
 * @param comparisons how many
 * @param won sum of z: wins of the first, a tie half
 */
public record PairCount(
        @JsonProperty("first") String first,
        @JsonProperty("second") String second,
        @JsonProperty("comparisons") long comparisons,
        @JsonProperty("won") double won) {}
