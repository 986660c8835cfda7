package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * The rows that judge and reference label differently, the most confident first: of equal confidence those where people were
 * unanimous, then those that more people labelled, then by id.
 *
 * @param reference its name; where people are weighed by Dawid and Skene it is their lead, since the rows are not read twice
 * @param compared rows with a label of both
 * @param different rows with different labels
 * @param leftOut of these, rows that are not listed
 * @param listed the others
 */
public record Disagreements(
        @JsonProperty("reference") String reference,
        @JsonProperty("compared") long compared,
        @JsonProperty("different") long different,
        @JsonProperty("left_out") long leftOut,
        @JsonProperty("listed") List<Disagreement> listed) {
    public Disagreements {
        listed = List.copyOf(listed);
    }
}
