package pairwright.pair;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A verdict that a file carries, asked in one order some time ago.
 *
 * @param verdict in the row's frame whatever the order shown; empty where the reply could not be parsed
 * @param raw the reply, which speaks in the frame shown
 */
public record RecordedVerdict(
        @JsonProperty("judge") String judge,
        @JsonProperty("protocol") Optional<String> protocol,
        @JsonProperty("order") Order order,

        @JsonProperty("verdict") @JsonInclude(JsonInclude.Include.ALWAYS)
        Optional<Label> verdict,

        @JsonProperty("raw") Optional<String> raw,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> fields) {
    public RecordedVerdict {
        Objects.requireNonNull(judge, "judge is missing, must be a name");
        Objects.requireNonNull(order, "order is missing, must be AB or BA");
        fields = fields == null ? Map.of() : fields;
    }
}
