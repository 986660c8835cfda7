package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One bin of the reliability diagram.
 *
 * @param low least z of the bin
 * @param high greatest z, part of the bin only in the last one
 * @param n rows
 * @param meanZ what the judge said: mean z
 * @param share what the reference said: share of A, ties as one half
 */
public record Reliability(
        @JsonProperty("low") double low,
        @JsonProperty("high") double high,
        @JsonProperty("n") long n,
        @JsonProperty("mean_z") double meanZ,
        @JsonProperty("share") Statistic share) {}
