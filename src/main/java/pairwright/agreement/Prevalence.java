package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often each of the two gave each label, in [0, 1]: chance agreement follows from it. Empty where no row counts.
 *
 * @param reference shares of A, B and tie
 * @param judge the same, and of errors where abstentions or conflicts count as such
 */
public record Prevalence(
        @JsonProperty("reference") Map<String, Double> reference,
        @JsonProperty("judge") Map<String, Double> judge) {
    public Prevalence {
        reference = Collections.unmodifiableMap(new LinkedHashMap<>(reference));
        judge = Collections.unmodifiableMap(new LinkedHashMap<>(judge));
    }

    static Prevalence of(Confusion labels) {
        Map<String, Double> reference = new LinkedHashMap<>();
        Map<String, Double> judge = new LinkedHashMap<>();
        double n = labels.total();
        for (int label = 0; n > 0 && label < Outcome.LABELS; label++) {
            reference.put(Outcome.at(label).words(), labels.row(label) / n);
            judge.put(Outcome.at(label).words(), labels.column(label) / n);
        }
        if (labels.errors() > 0) {
            judge.put("error", labels.errors() / n);
        }
        return new Prevalence(reference, judge);
    }
}
