package pairwright.ranking;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * A parameter that is no item's strength.
 *
 * @param name {@code order}, a style covariate, {@code ln nu} (Davidson) or {@code ln theta} (Rao and Kupper)
 * @param estimate empty where there are too many parameters for the covariance
 */
public record Parameter(
        @JsonProperty("name") String name,
        @JsonProperty("value") double value,
        @JsonProperty("estimate") Optional<StrengthEstimate> estimate) {}
