package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.Optional;
import pairwright.jsonl.BadInput;
import pairwright.llm.Endpoint;
import pairwright.llm.Prices;
import pairwright.llm.Protocol;

/**
 * How to reach a model's server, as a recipe or the command line says it. What is left out has the defaults of {@link Endpoint}.
 *
 * @param baseUrl up to and with {@code /v1}
 * @param apiKeyEnv name of the environment variable that holds the key
 * @param inFlight calls at once
 * @param deadlineSeconds how long a call that keeps failing is tried again
 * @param pricePrompt for a million tokens of requests
 * @param priceCompletion for a million tokens of replies
 */
public record EndpointSettings(
        @JsonProperty("base_url") Optional<String> baseUrl,
        @JsonProperty("api_key_env") Optional<String> apiKeyEnv,
        @JsonProperty("in_flight") Optional<Integer> inFlight,
        @JsonProperty("requests_per_minute") Optional<Integer> requestsPerMinute,
        @JsonProperty("tokens_per_minute") Optional<Integer> tokensPerMinute,
        @JsonProperty("timeout_seconds") Optional<Integer> timeoutSeconds,
        @JsonProperty("deadline_seconds") Optional<Integer> deadlineSeconds,
        @JsonProperty("price_prompt") Optional<Double> pricePrompt,
        @JsonProperty("price_completion") Optional<Double> priceCompletion) {
    /** Nothing said. */
    public static final EndpointSettings NONE = new EndpointSettings(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** The same with another address. */
    public EndpointSettings withBaseUrl(Optional<String> other) {
        return new EndpointSettings(
                other.or(() -> baseUrl),
                apiKeyEnv,
                inFlight,
                requestsPerMinute,
                tokensPerMinute,
                timeoutSeconds,
                deadlineSeconds,
                pricePrompt,
                priceCompletion);
    }

    Endpoint endpoint() {
        return endpoint(Protocol.OPENAI);
    }

    Endpoint endpoint(Protocol protocol) {
        Endpoint endpoint = Endpoint.at(
                protocol,
                baseUrl.or(protocol::home)
                        .orElseThrow(() -> new BadInput("no base URL: a judge " + protocol.prefix()
                                + ":MODEL needs the address of its server, as in --base-url " + protocol.example())));
        Endpoint.Patience patience = Endpoint.Patience.DEFAULT;
        Duration attempt = timeoutSeconds.map(Duration::ofSeconds).orElse(patience.attempt());
        endpoint = endpoint.withLimits(new Endpoint.Limits(callsAtOnce(), requestsPerMinute, tokensPerMinute))
                .withPatience(new Endpoint.Patience(
                        attempt,
                        attempt.compareTo(patience.idle()) < 0 ? attempt : patience.idle(),
                        deadlineSeconds.map(Duration::ofSeconds).orElse(patience.deadline()),
                        patience.seed()));
        if (apiKeyEnv.isPresent()) {
            endpoint = endpoint.withApiKeyVariable(apiKeyEnv.get());
        }
        var unused = prices();
        return endpoint;
    }

    /** What a model there costs, where it is said. */
    Optional<Prices> prices() {
        if (pricePrompt.isPresent() != priceCompletion.isPresent()) {
            throw new BadInput(
                    "only one price is given, must be both: for a million tokens of requests and of replies");
        }
        return pricePrompt.map(price -> new Prices(price, priceCompletion.orElseThrow()));
    }

    int callsAtOnce() {
        return inFlight.orElse(Endpoint.Limits.DEFAULT.maxInFlight());
    }
}
