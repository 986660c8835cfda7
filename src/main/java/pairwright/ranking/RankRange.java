package pairwright.ranking;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Ranks that an item may have, both included; they hold for all items at once. */
public record RankRange(
        @JsonProperty("best") int best,
        @JsonProperty("worst") int worst) {}
