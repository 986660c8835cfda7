package pairwright.llm;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * How long replies took, from sending to the last byte; waiting before that is not in it.
 *
 * @param replies that were measured
 * @param p50 milliseconds, as the others
 * @param correctedFor requests a minute that were wanted: a reply so slow that others could not be sent in time stands for
 *     those too (coordinated omission); empty where no rate was set and nothing was corrected
 */
public record Latency(
        @JsonProperty("replies") long replies,
        @JsonProperty("p50_ms") double p50,
        @JsonProperty("p90_ms") double p90,
        @JsonProperty("p99_ms") double p99,
        @JsonProperty("max_ms") double max,
        @JsonProperty("corrected_for_requests_per_minute") Optional<Integer> correctedFor) {}
