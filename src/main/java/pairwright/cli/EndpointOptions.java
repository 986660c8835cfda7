package pairwright.cli;

import java.util.Optional;
import pairwright.recipe.EndpointSettings;
import picocli.CommandLine.Option;

/** How to reach a model's server. */
final class EndpointOptions {
    @Option(
            names = "--base-url",
            paramLabel = "URL",
            description = "Address of an OpenAI-compatible server, such as http://localhost:8000/v1.")
    private Optional<String> baseUrl;

    @Option(
            names = "--api-key-env",
            paramLabel = "NAME",
            description =
                    "Environment variable that holds the key (default OPENAI_API_KEY; none is sent where it is unset).")
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
                priceCompletion));
    }
}
