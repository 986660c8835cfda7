package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * The judge against the first reference in the parts of the rows, divided in one way.
 *
 * @param field by what: a field of the rows, {@code length} of both texts together, {@code margin} of the judge, or whether {@code people}
 *     agree
 * @param slices the parts, the commonest {@value SliceTally#MOST_VALUES} of a field
 * @param more values of the field that are not among them
 * @param pooledKappa Cohen's kappa over the rows of all these parts together
 * @param withinKappa the same where chance is that of each part, its rows' shares of the labels being its own: what agreement there is beyond
 *     knowing the part
 * @param warnings where the parts contradict the whole (Simpson's paradox), in sentences
 */
public record Slicing(
        @JsonProperty("field") String field,
        @JsonProperty("slices") List<Slice> slices,
        @JsonProperty("more") int more,
        @JsonProperty("pooled_kappa") Statistic pooledKappa,
        @JsonProperty("within_kappa") Statistic withinKappa,
        @JsonProperty("warnings") List<String> warnings) {
    public Slicing {
        slices = List.copyOf(slices);
        warnings = List.copyOf(warnings);
    }

    /**
     * One part.
     *
     * @param prompts clusters in it
     * @param accuracy as the settings count it
     * @param kappa Cohen's, nominal
     * @param longer the share of rows in which the judge takes the longer response less that of the reference
     */
    public record Slice(
            @JsonProperty("value") String value,
            @JsonProperty("prompts") long prompts,
            @JsonProperty("accuracy") Statistic accuracy,
            @JsonProperty("kappa") Statistic kappa,
            @JsonProperty("longer") Statistic longer) {}
}
