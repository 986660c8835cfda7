package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What a jury is worth beside its number of jurors.
 *
 * @param reference against whom the jurors err, as named on the command line
 * @param labelled rows with a label of the reference
 * @param jurors how many there are; by itself it says nothing
 * @param errorCorrelation mean correlation between the errors of two jurors
 * @param effectiveJurors how many independent jurors they are worth
 * @param each in the order of the panel's file
 * @param notes what a reader should know before believing the numbers
 */
public record JuryReport(
        @JsonProperty("reference") String reference,
        @JsonProperty("labelled") long labelled,
        @JsonProperty("jurors") int jurors,
        @JsonProperty("error_correlation") Statistic errorCorrelation,
        @JsonProperty("n_eff") Statistic effectiveJurors,
        @JsonProperty("each") List<JurorAgreement> each,
        @JsonProperty("notes") List<String> notes) {
    public JuryReport {
        each = List.copyOf(each);
        notes = List.copyOf(notes);
    }

    /** One line: how many jurors, what they are worth, and on what that rests. */
    public String words() {
        String number = jurors + (jurors == 1 ? " juror" : " jurors");
        if (effectiveJurors instanceof Undefined undefined) {
            return number + ", effective number unknown (" + undefined.reason() + ")";
        }
        if (jurors == 1) {
            return number;
        }
        return number + ", worth " + StatisticText.of(effectiveJurors) + " independent ones: their errors against "
                + reference + " correlate " + StatisticText.of(errorCorrelation) + " over " + labelled
                + (labelled == 1 ? " pair" : " pairs");
    }
}
