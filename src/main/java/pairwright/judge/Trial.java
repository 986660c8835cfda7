package pairwright.judge;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import pairwright.pair.Order;

/**
 * What one call said: one order, one sample. The reply itself lies in the ledger.
 *
 * @param sample number of the sample, from 0
 * @param p probability that the response shown first is better, in [0, 1]; empty when the trial abstained
 * @param reading how p was read
 * @param tieMass probability that the judge gave to a tie, where it gave one
 * @param mass probability of all label tokens together, where log-probabilities were read
 * @param abstention why there is no p
 * @param model the model's name as returned
 * @param fingerprint the server's fingerprint, where it sent one
 * @param promptTokens tokens billed for the request, where the server said
 * @param completionTokens tokens billed for the reply, where the server said
 */
public record Trial(
        @JsonProperty("order") Order order,
        @JsonProperty("sample") int sample,
        @JsonProperty("p") Optional<Double> p,

        @JsonProperty("reading") @JsonInclude(JsonInclude.Include.NON_NULL)
        Reading reading,

        @JsonProperty("tie_mass") Optional<Double> tieMass,
        @JsonProperty("mass") Optional<Double> mass,
        @JsonProperty("abstention") Optional<Abstention> abstention,
        @JsonProperty("model") Optional<String> model,
        @JsonProperty("fingerprint") Optional<String> fingerprint,
        @JsonProperty("prompt_tokens") Optional<Long> promptTokens,
        @JsonProperty("completion_tokens") Optional<Long> completionTokens) {
    public Trial {
        if (p.isPresent() == abstention.isPresent()) {
            throw new IllegalArgumentException("a trial has either p or an abstention");
        }
        p.ifPresent(value -> {
            if (!(value >= 0 && value <= 1)) {
                throw new IllegalArgumentException("p is " + value + ", must be in [0, 1]");
            }
        });
    }

    /** The probability that {@code response_a} is better, whatever the order shown. */
    public Optional<Double> pFirst() {
        return p.map(value -> order == Order.AB ? value : 1 - value);
    }
}
