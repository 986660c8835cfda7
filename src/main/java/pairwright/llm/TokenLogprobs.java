package pairwright.llm;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** One token of a reply with its likeliest alternatives. */
public record TokenLogprobs(
        @JsonProperty("token") String token,
        @JsonProperty("top") List<Alternative> top) {
    public TokenLogprobs {
        top = List.copyOf(top);
    }

    /**
     * A token that could have stood here.
     *
     * @param bytes the token's bytes in hex, as the server gave them, or of its UTF-8 text; two spellings of one token share them
     * @param logprob natural logarithm of its probability; empty where the server sent none (null, NaN, minus infinity, -100 or less)
     */
    public record Alternative(
            @JsonProperty("token") String token,
            @JsonProperty("bytes") String bytes,
            @JsonProperty("logprob") java.util.Optional<Double> logprob) {}
}
