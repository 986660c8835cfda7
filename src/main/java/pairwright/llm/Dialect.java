package pairwright.llm;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One protocol in which a request is one exchange: how it is said, and how the reply is heard. Faults are {@link Exchange}'s. */
interface Dialect {
    /** Where the request goes. */
    URI address(Request request);

    /** The request as the server wants it, in JSON's maps and lists. */
    Map<String, Object> body(Request request);

    /** The reply that a body of success holds; empty where it holds none. */
    Optional<Reply> reply(Request request, JsonNode body, ApiKey key);

    /** What a body without a reply lacks, for messages: "a message in choices[0]". */
    String wanted();

    /** What this protocol cannot carry: the request is not sent then. */
    default Optional<Failure> beyond(Request request) {
        return Optional.empty();
    }

    /** Headers of every request, the key's among them. */
    static List<Http.Header> headers(Protocol protocol, ApiKey key) {
        return switch (protocol) {
            case OPENAI, OLLAMA, SCORING, REWARD ->
                key.header("Authorization", "Bearer ").stream().toList();
            case ANTHROPIC -> AnthropicMessages.headers(key);
            case GEMINI -> key.header("x-goog-api-key", "").stream().toList();
        };
    }

    /** As the endpoint speaks; empty for a protocol that takes several exchanges. */
    static Optional<Dialect> of(Endpoint endpoint) {
        return switch (endpoint.protocol()) {
            case OPENAI -> Optional.of(new OpenAiChat(endpoint));
            case ANTHROPIC -> Optional.of(new AnthropicMessages(endpoint));
            case GEMINI -> Optional.of(new GeminiContent(endpoint));
            case OLLAMA -> Optional.of(new OllamaChat(endpoint));
            case REWARD -> Optional.of(new RewardServer(endpoint));
            case SCORING -> Optional.empty();
        };
    }
}
