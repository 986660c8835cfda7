package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Win rates over all rows from few labels and a judge of all. They hold if the labelled rows are a random part of all rows, such
 * as a sample that {@code agree --draw} drew.
 *
 * @param reference whose labels
 * @param labelled rows with a label
 * @param unlabelled rows with none
 * @param rates of {@code response_a} and of every model that is named on the rows, by name
 * @param modelsLeftOut models beyond the first {@value #MAX_MODELS} in the order of their names
 */
public record FewLabels(
        @JsonProperty("reference") String reference,
        @JsonProperty("labelled") long labelled,
        @JsonProperty("unlabelled") long unlabelled,
        @JsonProperty("rates") List<PoweredRate> rates,
        @JsonProperty("models_left_out") int modelsLeftOut) {
    static final int MAX_MODELS = 100;

    public FewLabels {
        rates = List.copyOf(rates);
    }
}
