package pairwright.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * How the responses came about, each candidate counted once in however many pairs it stands, of those whose rows say it.
 *
 * @param calls of the generators
 * @param cost as the rows say it, in the currency of the prices under which they were sampled; empty where none does
 * @param priced responses with a cost
 */
public record Sampled(
        @JsonProperty("calls") Calls calls,
        @JsonProperty("cost") Optional<BigDecimal> cost,
        @JsonProperty("priced") long priced) {
    /** Nothing is known. */
    static final Sampled NONE = new Sampled(Calls.NONE, Optional.empty(), 0);
}
