package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a difference costs in labels.
 *
 * @param difference between two accuracies
 * @param rows labelled rows that show it against the best rule, prompts as large as now
 * @param rowsBetweenJudges labelled rows that show it between two judges of about this accuracy whose errors are independent
 */
public record LabelsNeeded(
        @JsonProperty("difference") double difference,
        @JsonProperty("rows") long rows,
        @JsonProperty("rows_between_judges") long rowsBetweenJudges) {}
