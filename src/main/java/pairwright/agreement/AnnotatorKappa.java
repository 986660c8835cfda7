package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How far two people agree on the rows that both labelled, three labels.
 *
 * @param first name of the reference, the lesser of the two
 * @param second name of the other
 */
public record AnnotatorKappa(
        @JsonProperty("first") String first,
        @JsonProperty("second") String second,
        @JsonProperty("cohen_kappa") Statistic cohenKappa) {}
