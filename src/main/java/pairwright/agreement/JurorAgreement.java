package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One juror against the reference.
 *
 * @param judge the juror's name in the panel
 * @param weight its weight in the jury
 * @param accuracy share of rows with the reference's label, among those in which it gave a preference
 */
public record JurorAgreement(
        @JsonProperty("judge") String judge,
        @JsonProperty("weight") double weight,
        @JsonProperty("accuracy") Statistic accuracy) {
    /** The accuracy with its interval and the rows that it rests on. */
    public String words() {
        return StatisticText.of(accuracy) + " of " + accuracy.n();
    }
}
