package pairwright.judge;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import pairwright.llm.Completion;
import pairwright.llm.Reply;
import pairwright.llm.Usage;
import pairwright.pair.Order;

/**
 * What was said when the pair was shown once: one order, one sample, of one criterion or overall. The reply itself lies in the ledger.
 *
 * @param sample number of the sample, from 0
 * @param criterion the one that was asked by itself; empty where the question was the overall one
 * @param p probability that the response shown first is better, in [0, 1]; empty when the trial abstained
 * @param reading how p was read
 * @param tieMass probability that the judge gave to a tie, where it gave one
 * @param mass probability of all label tokens together, where log-probabilities were read
 * @param abstention why there is no p
 * @param model the model's name as returned
 * @param fingerprint the server's fingerprint, where it sent one
 * @param askedAgain what the first reply was read as, where the question was asked once more because of it
 * @param promptTokens tokens billed for the request, or for all of them where the reasoning was asked for in a call of its own or the
 *     question was asked again, where the server said
 * @param completionTokens tokens billed for the reply or all replies, where the server said
 */
public record Trial(
        @JsonProperty("order") Order order,
        @JsonProperty("sample") int sample,
        @JsonProperty("criterion") Optional<String> criterion,
        @JsonProperty("p") Optional<Double> p,

        @JsonProperty("reading") @JsonInclude(JsonInclude.Include.NON_NULL)
        Reading reading,

        @JsonProperty("tie_mass") Optional<Double> tieMass,
        @JsonProperty("mass") Optional<Double> mass,
        @JsonProperty("abstention") Optional<Abstention> abstention,
        @JsonProperty("asked_again") Optional<Abstention> askedAgain,
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

    /** On the overall question. */
    public Trial(
            Order order,
            int sample,
            Optional<Double> p,
            Reading reading,
            Optional<Double> tieMass,
            Optional<Double> mass,
            Optional<Abstention> abstention,
            Optional<String> model,
            Optional<String> fingerprint,
            Optional<Long> promptTokens,
            Optional<Long> completionTokens) {
        this(
                order,
                sample,
                Optional.empty(),
                p,
                reading,
                tieMass,
                mass,
                abstention,
                Optional.empty(),
                model,
                fingerprint,
                promptTokens,
                completionTokens);
    }

    /** Without a verdict, after this reply. */
    static Trial abstained(Order order, int sample, Reply reply, Abstention why) {
        Optional<Completion> said = reply instanceof Completion completion ? Optional.of(completion) : Optional.empty();
        return new Trial(
                order,
                sample,
                Optional.empty(),
                null,
                Optional.empty(),
                Optional.empty(),
                Optional.of(why),
                said.flatMap(Completion::model),
                said.flatMap(Completion::fingerprint),
                said.flatMap(c -> c.usage().promptTokens()),
                said.flatMap(c -> c.usage().completionTokens()));
    }

    /** The same after a call before it, whose tokens count too. */
    Trial after(Usage before) {
        return with(askedAgain, before.promptTokens(), before.completionTokens());
    }

    /** The same, asked again after {@code first} brought no p. */
    Trial insteadOf(Trial first) {
        return with(first.abstention, first.promptTokens, first.completionTokens);
    }

    /** Tokens are unknown where those of one call are. */
    private Trial with(Optional<Abstention> again, Optional<Long> promptBefore, Optional<Long> completionBefore) {
        return new Trial(
                order,
                sample,
                criterion,
                p,
                reading,
                tieMass,
                mass,
                abstention,
                again,
                model,
                fingerprint,
                promptTokens.flatMap(n -> promptBefore.map(m -> n + m)),
                completionTokens.flatMap(n -> completionBefore.map(m -> n + m)));
    }

    /** The same of one criterion. */
    Trial of(Optional<String> one) {
        return new Trial(
                order,
                sample,
                one,
                p,
                reading,
                tieMass,
                mass,
                abstention,
                askedAgain,
                model,
                fingerprint,
                promptTokens,
                completionTokens);
    }

    /** The probability that {@code response_a} is better, whatever the order shown. */
    public Optional<Double> pFirst() {
        return p.map(value -> order == Order.AB ? value : 1 - value);
    }
}
