package pairwright.llm;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What tokens cost, in one currency.
 *
 * @param promptPerMillion price of a million tokens of requests, 0 or more
 * @param completionPerMillion price of a million tokens of replies, 0 or more
 */
public record Prices(
        @JsonProperty("prompt_per_million") double promptPerMillion,
        @JsonProperty("completion_per_million") double completionPerMillion) {
    public Prices {
        check("prompt_per_million", promptPerMillion);
        check("completion_per_million", completionPerMillion);
    }

    private static void check(String name, double price) {
        if (!(price >= 0 && Double.isFinite(price))) {
            throw new IllegalArgumentException(name + " is " + price + ", must be 0 or more");
        }
    }

    double of(long promptTokens, long completionTokens) {
        return (promptTokens * promptPerMillion + completionTokens * completionPerMillion) / 1e6;
    }
}
