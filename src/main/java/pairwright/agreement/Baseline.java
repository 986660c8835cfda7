package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a rule without a judge reaches on the same rows against the same reference.
 *
 * @param name {@code random}, {@code first}, {@code longer} or {@code majority}
 */
public record Baseline(
        @JsonProperty("name") String name,
        @JsonProperty("accuracy") Statistic accuracy) {}
