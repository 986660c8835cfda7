package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * How the judge does where it is sure: rows are taken by |2z - 1| from the highest down, and a row on which it takes no side is never taken.
 *
 * @param reference whose labels
 * @param labelled labelled rows, the whole of coverage
 * @param prompts their prompts
 * @param takesASide labelled rows on which the judge does
 * @param curve from the surest rows to all on which the judge takes a side; a threshold that adds no row is left out
 * @param aurc area under the risk-coverage curve: the mean risk of the first 1, 2, ... rows in falling order of |2z - 1| over the
 *     rows on which the judge takes a side; rows of one margin come in random order. 0 is best
 * @param certificate the threshold that holds beyond these rows, or none
 */
public record SelectiveAgreement(
        @JsonProperty("reference") String reference,
        @JsonProperty("labelled") long labelled,
        @JsonProperty("prompts") PromptCount prompts,
        @JsonProperty("takes_a_side") long takesASide,
        @JsonProperty("curve") List<RiskPoint> curve,
        @JsonProperty("aurc") Statistic aurc,
        @JsonProperty("certificate") Certificate certificate) {
    public SelectiveAgreement {
        curve = List.copyOf(curve);
    }
}
