package pairwright.cli;

import java.util.Optional;
import pairwright.recipe.EndpointSettings;
import picocli.CommandLine.Option;

/** How to reach a model's server. */
final class EndpointOptions {
    @Option(
            names = "--base-url",
            paramLabel = "URL",
            description =
                    "Address of the server, such as http://localhost:8000/v1 (default that of the protocol's own provider;"
                            + " openai, scoring and get-reward have none).")
    private Optional<String> baseUrl;

    @Option(
            names = "--api-key-env",
            paramLabel = "NAME",
            description =
                    "Environment variable that holds the key (default that of the protocol, such as OPENAI_API_KEY or"
                            + " ANTHROPIC_API_KEY; none is sent where it is unset).")
    private Optional<String> apiKeyEnv;

    @Option(names = "--in-flight", paramLabel = "N", description = "Calls at once (default 8).")
    private Optional<Integer> inFlight;

    @Option(names = "--requests-per-minute", paramLabel = "N", description = "Most requests a minute.")
    private Optional<Integer> requestsPerMinute;

    @Option(names = "--tokens-per-minute", paramLabel = "N", description = "Most tokens a minute, in and out.")
    private Optional<Integer> tokensPerMinute;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "Longest time of one attempt (default 300).")
    private Optional<Integer> timeoutSeconds;

    @Option(
            names = "--deadline",
            paramLabel = "SECONDS",
            description = "How long a failing call is tried again (default 900).")
    private Optional<Integer> deadlineSeconds;

    @Option(
            names = "--price-prompt",
            paramLabel = "PRICE",
            description = "For a million tokens of requests, to count the cost.")
    private Optional<Double> pricePrompt;

    @Option(names = "--price-completion", paramLabel = "PRICE", description = "For a million tokens of replies.")
    private Optional<Double> priceCompletion;

    @Option(
            names = "--token-limit-field",
            paramLabel = "max_tokens|max_completion_tokens",
            description =
                    "How an openai server is told the limit of a reply; reasoning models of OpenAI want the second (default max_tokens).")
    private Optional<String> tokenLimitField;

    @Option(
            names = "--server-sampling",
            description = "Leave temperature, top_p and seed to the server, for models that take none.")
    private boolean serverSampling;

    @Option(
            names = "--context-tokens",
            paramLabel = "N",
            description =
                    "What the model can hold: a request that is surely longer is not sent. Ollama is asked for just this context"
                            + " (default: the server says what is too long, Ollama is asked for what each request needs).")
    private Optional<Integer> contextTokens;

    @Option(
            names = "--template",
            paramLabel = "plain|chatml|llama3",
            description =
                    "For get-reward: how the reward model was trained to see a conversation as one text (default plain).")
    private Optional<String> template;

    Optional<EndpointSettings> settings() {
        return Optional.of(new EndpointSettings(
                baseUrl,
                apiKeyEnv,
                inFlight,
                requestsPerMinute,
                tokensPerMinute,
                timeoutSeconds,
                deadlineSeconds,
                pricePrompt,
                priceCompletion,
                tokenLimitField,
                serverSampling ? Optional.of(true) : Optional.empty(),
                contextTokens,
                template));
    }
}
