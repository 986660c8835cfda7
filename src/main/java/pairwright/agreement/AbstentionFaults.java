package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Where a judge gives no preference.
 *
 * @param rows all rows
 * @param abstained those without a preference
 * @param share of them
 * @param slices the share by length, model and field, the fields' {@value AbstentionCount#MOST_VALUES} commonest values
 */
public record AbstentionFaults(
        @JsonProperty("rows") long rows,
        @JsonProperty("abstained") long abstained,
        @JsonProperty("share") Statistic share,
        @JsonProperty("slices") List<Slice> slices) {
    public AbstentionFaults {
        slices = List.copyOf(slices);
    }

    /**
     * Some of the rows.
     *
     * @param field {@code length}, {@code model} or a field of the rows
     * @param value of the field
     */
    public record Slice(
            @JsonProperty("field") String field,
            @JsonProperty("value") String value,
            @JsonProperty("rows") long rows,
            @JsonProperty("share") Statistic share) {}
}
