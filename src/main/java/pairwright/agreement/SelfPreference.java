package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How far a judge takes responses of its own family, where the other response is of another one.
 *
 * @param family of the judge, from its name
 * @param leaning to the response of this family
 */
public record SelfPreference(
        @JsonProperty("family") String family,
        @JsonProperty("leaning") Leaning leaning) {}
