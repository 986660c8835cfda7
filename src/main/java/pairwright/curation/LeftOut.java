package pairwright.curation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * A row that was left out, for the side file.
 *
 * @param id of the row, where it has one
 * @param at file and line
 * @param reason one of the constants of {@link Fault}
 * @param detail what was found: which row it repeats, which benchmark, how many findings of which kind
 */
public record LeftOut(
        @JsonProperty("id") Optional<String> id,
        @JsonProperty("at") String at,
        @JsonProperty("reason") String reason,

        @JsonProperty("detail") @JsonInclude(JsonInclude.Include.NON_EMPTY)
        String detail) {}
