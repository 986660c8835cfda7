package pairwright.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import pairwright.pair.Label;

/**
 * What the judge said of the rows to which the reference gave one label.
 *
 * @param reference the label
 * @param judged rows by the judge's outcome as it came, before the settings are applied: A, B, tie, then the reasons of
 *     abstentions, the same keys in every row
 */
public record ConfusionRow(
        @JsonProperty("reference") Label reference,
        @JsonProperty("judged") Map<String, Long> judged) {
    public ConfusionRow {
        judged = Collections.unmodifiableMap(new LinkedHashMap<>(judged));
    }
}
