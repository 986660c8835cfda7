package pairwright.llm;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * A reply as the model gave it.
 *
 * @param text the content, raw; empty text where the server sent none
 * @param refusal the refusal that the server declared beside or instead of the content
 * @param tokens log-probabilities of the content's tokens in order; empty where the server returned none
 * @param arguments the arguments of the tool call, raw JSON; empty where no tool was called
 * @param reasoning what the server returned apart from the content as the model's reasoning; never read for a verdict
 * @param model the model's name as returned
 * @param fingerprint the server's fingerprint of its system, where it returns one
 */
public record Completion(
        @JsonProperty("text") String text,
        @JsonProperty("finish") FinishReason finish,
        @JsonProperty("refusal") Optional<String> refusal,

        @JsonProperty("tokens") @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<TokenLogprobs> tokens,

        @JsonProperty("arguments") Optional<String> arguments,
        @JsonProperty("reasoning") Optional<String> reasoning,
        @JsonProperty("model") Optional<String> model,
        @JsonProperty("fingerprint") Optional<String> fingerprint,
        @JsonProperty("usage") Usage usage)
        implements Reply {
    public Completion {
        tokens = tokens == null ? List.of() : List.copyOf(tokens);
    }

    /** Without tool call and reasoning. */
    public Completion(
            String text,
            FinishReason finish,
            Optional<String> refusal,
            List<TokenLogprobs> tokens,
            Optional<String> model,
            Optional<String> fingerprint,
            Usage usage) {
        this(text, finish, refusal, tokens, Optional.empty(), Optional.empty(), model, fingerprint, usage);
    }

    Completion finishedBy(FinishReason reason) {
        return new Completion(text, reason, refusal, tokens, arguments, reasoning, model, fingerprint, usage);
    }

    /** A plain reply that ended by itself; for scripted models. */
    public static Completion of(String text) {
        return new Completion(
                text,
                FinishReason.STOP,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Usage.UNKNOWN);
    }
}
