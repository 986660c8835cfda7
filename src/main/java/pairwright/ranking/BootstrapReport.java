package pairwright.ranking;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How the bootstrap was made.
 *
 * @param rounds that were fitted
 * @param lost rounds whose draw had no finite best strengths, left out
 * @param clusters how many prompts, or comparisons where there are no prompts, were drawn in each
 */
public record BootstrapReport(
        @JsonProperty("rounds") int rounds,
        @JsonProperty("lost") int lost,
        @JsonProperty("clusters") int clusters,
        @JsonProperty("seed") long seed) {}
