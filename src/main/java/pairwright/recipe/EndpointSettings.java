package pairwright.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import pairwright.jsonl.BadInput;
import pairwright.llm.ChatTemplate;
import pairwright.llm.Endpoint;
import pairwright.llm.Prices;
import pairwright.llm.Protocol;

/**
 * How to reach a model's server, as a recipe or the command line says it. What is left out has the defaults of {@link Endpoint}.
 *
 * @param baseUrl up to and with {@code /v1}, where the protocol has it; its provider's unless said
 * @param apiKeyEnv name of the environment variable that holds the key
 * @param inFlight calls at once
 * @param deadlineSeconds how long a call that keeps failing is tried again
 * @param pricePrompt for a million tokens of requests
 * @param priceCompletion for a million tokens of replies
 * @param tokenLimitField {@code max_tokens}, or {@code max_completion_tokens}, which OpenAI's reasoning models insist on
 * @param serverSampling leaves temperature, top_p and seed to the server, for models that take none
 * @param contextTokens what the model can hold, request and reply together: what is surely longer is not sent; Ollama is asked for
 *     just this context
 * @param template for {@code get-reward}: how the reward model was trained to see a conversation as one text
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
        @JsonProperty("price_completion") Optional<Double> priceCompletion,
        @JsonProperty("token_limit_field") Optional<String> tokenLimitField,
        @JsonProperty("server_sampling") Optional<Boolean> serverSampling,
        @JsonProperty("context_tokens") Optional<Integer> contextTokens,
        @JsonProperty("template") Optional<String> template) {
    private static final int LEAST_SURPLUS = 8;
    private static final int MOST_SURPLUS = 512;

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

    public EndpointSettings {
        Required.oneOf("token_limit_field", tokenLimitField, names(Endpoint.TokenLimit.values()));
        Required.oneOf("template", template, names(ChatTemplate.values()));
    }

    /** Without a word about how requests are put. */
    public EndpointSettings(
            Optional<String> baseUrl,
            Optional<String> apiKeyEnv,
            Optional<Integer> inFlight,
            Optional<Integer> requestsPerMinute,
            Optional<Integer> tokensPerMinute,
            Optional<Integer> timeoutSeconds,
            Optional<Integer> deadlineSeconds,
            Optional<Double> pricePrompt,
            Optional<Double> priceCompletion) {
        this(
                baseUrl,
                apiKeyEnv,
                inFlight,
                requestsPerMinute,
                tokensPerMinute,
                timeoutSeconds,
                deadlineSeconds,
                pricePrompt,
                priceCompletion,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static List<String> names(Object[] values) {
        return Stream.of(values).map(Object::toString).toList();
    }

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
                priceCompletion,
                tokenLimitField,
                serverSampling,
                contextTokens,
                template);
    }

    Endpoint endpoint(Protocol protocol) {
        Endpoint endpoint = Endpoint.at(
                protocol,
                baseUrl.or(protocol::home)
                        .orElseThrow(() -> new BadInput("no base URL: " + protocol.prefix()
                                + ":MODEL needs the address of its server, as in --base-url " + protocol.example())));
        Endpoint.Patience patience = Endpoint.Patience.DEFAULT;
        Duration attempt = timeoutSeconds.map(Duration::ofSeconds).orElse(patience.attempt());
        endpoint = endpoint.withLimits(new Endpoint.Limits(callsAtOnce(), requestsPerMinute, tokensPerMinute))
                .withPatience(new Endpoint.Patience(
                        attempt,
                        attempt.compareTo(patience.idle()) < 0 ? attempt : patience.idle(),
                        deadlineSeconds.map(Duration::ofSeconds).orElse(patience.deadline()),
                        patience.seed()));
        endpoint = endpoint.withPhrasing(new Endpoint.Phrasing(
                tokenLimitField.flatMap(Endpoint.TokenLimit::of).orElse(Endpoint.Phrasing.DEFAULT.tokenLimit()),
                serverSampling.orElse(false),
                contextTokens,
                template.flatMap(ChatTemplate::of).orElse(Endpoint.Phrasing.DEFAULT.template())));
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

    /**
     * Threads that ask: more than calls in flight, because those that write to the ledger, and those that sleep before they
     * ask again, must not keep a slot empty. One call at a time is one thread.
     */
    int workers() {
        int calls = callsAtOnce();
        return calls == 1 ? 1 : calls + Math.min(calls + LEAST_SURPLUS, MOST_SURPLUS);
    }

    int callsAtOnce() {
        return inFlight.orElse(Endpoint.Limits.DEFAULT.maxInFlight());
    }
}
