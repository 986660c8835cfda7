package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/** Where a judge may be used, with a statement that holds beyond the rows seen; or the answer that it must abstain. */
public sealed interface Certificate permits Certificate.Certified, Certificate.Abstain {
    /** What was asked. */
    RiskTarget target();

    /** Every threshold that was tested, in the order of the tests. */
    List<Step> steps();

    /** The certified threshold of |2z - 1|, empty when the answer is to abstain. */
    @JsonIgnore
    Optional<Double> threshold();

    /**
     * One test.
     *
     * @param threshold least |2z - 1|; 0 for every row on which the judge takes a side
     * @param rows rows at or above it, one a prompt
     * @param errors of these, rows where the label differs from the reference
     * @param pValue exact binomial, of the hypothesis that the share of errors is above alpha
     * @param passed whether the hypothesis is rejected at delta, and whatever else was asked holds too
     */
    record Step(
            @JsonProperty("threshold") double threshold,
            @JsonProperty("rows") long rows,
            @JsonProperty("errors") long errors,
            @JsonProperty("p_value") double pValue,
            @JsonProperty("passed") boolean passed) {}

    /**
     * Where |2z - 1| is at least the threshold, the judge is wrong in at most alpha of the rows; this sentence is false with a
     * chance of at most delta.
     *
     * @param margin the threshold
     * @param rows rows that it rests on, one a prompt
     * @param errors of these
     * @param upperBound of the share of errors at this threshold, Clopper and Pearson at confidence 1 - delta
     * @param coverage share of the labelled rows that reach the threshold
     */
    record Certified(
            @JsonProperty("target") RiskTarget target,
            @JsonProperty("margin") double margin,
            @JsonProperty("rows") long rows,
            @JsonProperty("errors") long errors,
            @JsonProperty("upper_bound") double upperBound,
            @JsonProperty("coverage") double coverage,
            @JsonProperty("steps") List<Step> steps)
            implements Certificate {
        public Certified {
            steps = List.copyOf(steps);
        }

        @Override
        public Optional<Double> threshold() {
            return Optional.of(margin);
        }
    }

    /**
     * No threshold is certified.
     *
     * @param reason in words
     */
    record Abstain(
            @JsonProperty("target") RiskTarget target,
            @JsonProperty("abstain") String reason,
            @JsonProperty("steps") List<Step> steps)
            implements Certificate {
        public Abstain {
            steps = List.copyOf(steps);
        }

        @Override
        public Optional<Double> threshold() {
            return Optional.empty();
        }
    }
}
