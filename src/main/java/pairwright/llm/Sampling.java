package pairwright.llm;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * How a reply is sampled.
 *
 * @param temperature in [0, 2]
 * @param topP in (0, 1]; empty leaves the server's default
 * @param maxTokens most tokens of the reply, 1 or more
 * @param seed passed to servers that know it
 */
public record Sampling(
        @JsonProperty("temperature") double temperature,
        @JsonProperty("top_p") Optional<Double> topP,
        @JsonProperty("max_tokens") int maxTokens,
        @JsonProperty("seed") Optional<Long> seed) {
    public Sampling {
        if (!(temperature >= 0 && temperature <= 2)) {
            throw new IllegalArgumentException("temperature is " + temperature + ", must be in [0, 2]");
        }
        topP.ifPresent(p -> {
            if (!(p > 0 && p <= 1)) {
                throw new IllegalArgumentException("top_p is " + p + ", must be in (0, 1]");
            }
        });
        if (!(maxTokens >= 1)) {
            throw new IllegalArgumentException("max_tokens is " + maxTokens + ", must be 1 or more");
        }
    }

    /** Temperature 0. */
    public static Sampling greedy(int maxTokens) {
        return new Sampling(0, Optional.empty(), maxTokens, Optional.empty());
    }

    /** With the seed of this sample of many, from 0: a server that heeds the seed would say the same again and again. */
    public Sampling ofSample(int sample) {
        return new Sampling(temperature, topP, maxTokens, seed.map(first -> first + sample));
    }

    Sampling withMaxTokens(int tokens) {
        return new Sampling(temperature, topP, tokens, seed);
    }
}
