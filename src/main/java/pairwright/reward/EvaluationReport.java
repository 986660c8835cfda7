package pairwright.reward;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How well rewards follow labels.
 *
 * @param rows pairs
 * @param groups by which the intervals are made
 * @param ties among the rows, in no accuracy, but in log loss, Brier score and calibration error
 * @param accuracy share of the pairs with a better response where it has the higher reward; equal rewards count one half
 * @param logLoss mean of -z log sigma(d) - (1 - z) log sigma(-d) in nats
 * @param brier mean of (sigma(d) - z)^2
 * @param calibrationError expected calibration error over ten bins
 * @param whereLonger accuracy where the better response is the longer one
 * @param whereShorter accuracy where it is the shorter one
 * @param lengthCorrelation of d with the difference of the log lengths
 * @param baselines accuracy of rules on the same pairs
 * @param slices accuracy by slice, in the order of their names
 * @param margins accuracy by how sure the model is, |2 sigma(d) - 1|
 */
public record EvaluationReport(
        @JsonProperty("rows") int rows,
        @JsonProperty("groups") int groups,
        @JsonProperty("ties") int ties,
        @JsonProperty("accuracy") Optional<Interval> accuracy,
        @JsonProperty("log_loss") Interval logLoss,
        @JsonProperty("brier") Interval brier,
        @JsonProperty("calibration_error") double calibrationError,
        @JsonProperty("where_longer") Accuracy whereLonger,
        @JsonProperty("where_shorter") Accuracy whereShorter,
        @JsonProperty("length_correlation") Optional<Double> lengthCorrelation,
        @JsonProperty("baselines") Map<String, Interval> baselines,
        @JsonProperty("slices") List<Part> slices,
        @JsonProperty("margins") List<Part> margins) {
    public EvaluationReport {
        Objects.requireNonNull(logLoss, "log_loss");
        slices = List.copyOf(slices);
        margins = List.copyOf(margins);
    }

    /** Some of the pairs. */
    public record Part(
            @JsonProperty("name") String name,
            @JsonProperty("accuracy") Interval accuracy) {}
}
