package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * How far a judge's scores go with a reference's, and people's scores with each other.
 *
 * @param criterion what was scored
 * @param judge its name; empty where only people are compared
 * @param reference its name
 * @param rows rows read
 * @param pairs rows with a score of both
 * @param prompts clusters of these rows
 * @param means of the judge's scores, of the reference's, and of their differences; the analytic intervals are those of a mean
 * @param correlations of the scores; the analytic intervals are by Fisher's transformation
 * @param coefficients agreement of judge and reference as two raters, every score a category; none where there are too many
 * @param people agreement of the people, every score a category
 * @param raters different people
 * @param notes what a reader should know
 */
public record ScoreReport(
        @JsonProperty("criterion") String criterion,
        @JsonProperty("judge") Optional<String> judge,
        @JsonProperty("reference") String reference,
        @JsonProperty("seed") long seed,
        @JsonProperty("bootstrap_rounds") int bootstrapRounds,
        @JsonProperty("confidence") double confidence,
        @JsonProperty("rows") long rows,
        @JsonProperty("pairs") long pairs,
        @JsonProperty("prompts") long prompts,
        @JsonProperty("means") List<CoefficientEstimate> means,
        @JsonProperty("correlations") List<CoefficientEstimate> correlations,
        @JsonProperty("coefficients") List<CoefficientEstimate> coefficients,
        @JsonProperty("people") List<CoefficientEstimate> people,
        @JsonProperty("raters") long raters,
        @JsonProperty("notes") List<String> notes) {
    public ScoreReport {
        means = List.copyOf(means);
        correlations = List.copyOf(correlations);
        coefficients = List.copyOf(coefficients);
        people = List.copyOf(people);
        notes = List.copyOf(notes);
    }

    /** For people, as Markdown. */
    public List<String> lines() {
        return ScoreTable.lines(this);
    }
}
