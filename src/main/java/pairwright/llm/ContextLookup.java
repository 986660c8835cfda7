package pairwright.llm;

import static pairwright.llm.RequestJson.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How many tokens a model can hold, asked where its protocol tells it: vLLM's list of models has {@code max_model_len} (others
 * {@code context_length}, {@code max_context_length}, {@code context_window}), Anthropic's description {@code max_input_tokens},
 * Gemini's {@code inputTokenLimit}, Ollama's {@code /api/show} {@code model_info["ARCHITECTURE.context_length"]}.
 */
final class ContextLookup {
    private ContextLookup() {}

    static Optional<Long> ask(Endpoint endpoint, Exchange exchange, String model) throws InterruptedException {
        return switch (endpoint.protocol()) {
            case OPENAI -> listed(exchange, endpoint.base() + "/models", model);
            case SCORING -> listed(exchange, endpoint.base() + "/v1/models", model);
            case ANTHROPIC ->
                field(get(exchange, endpoint.base() + "/models/" + GeminiContent.encoded(model)), "max_input_tokens");
            case GEMINI -> field(get(exchange, GeminiContent.model(endpoint, model)), "inputTokenLimit");
            case OLLAMA -> shown(exchange, endpoint, model);
            case REWARD -> Optional.empty();
        };
    }

    private static JsonNode get(Exchange exchange, String address) throws InterruptedException {
        return exchange.look("GET", URI.create(address), Optional.empty());
    }

    private static Optional<Long> listed(Exchange exchange, String address, String model) throws InterruptedException {
        JsonNode found = MissingNode.getInstance();
        for (JsonNode each : get(exchange, address).path("data")) {
            if (each.path("id").asText().equals(model)) {
                found = each;
            }
        }
        return field(found, "max_model_len", "context_length", "max_context_length", "context_window");
    }

    private static Optional<Long> shown(Exchange exchange, Endpoint endpoint, String model)
            throws InterruptedException {
        JsonNode info = exchange.look(
                        "POST", URI.create(endpoint.base() + "/api/show"), Optional.of(object("model", model)))
                .path("model_info");
        return info.properties().stream()
                .filter(each -> each.getKey().endsWith(".context_length"))
                .map(Map.Entry::getValue)
                .flatMap(each -> ReplyJson.count(each).stream())
                .findFirst();
    }

    private static Optional<Long> field(JsonNode node, String... names) {
        return Stream.of(names)
                .flatMap(name -> ReplyJson.count(node.path(name)).stream())
                .filter(count -> count > 0)
                .findFirst();
    }
}
