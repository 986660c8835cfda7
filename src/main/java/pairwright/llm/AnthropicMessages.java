package pairwright.llm;

import static pairwright.llm.RequestJson.object;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pairwright.prompt.Role;

/**
 * Anthropic's {@code POST BASE/messages}, as its API reference describes it: the system prompt stands beside the messages,
 * {@code max_tokens} is required, a temperature of 1 is what the server takes by itself and is left out, for newer models refuse
 * any other; there are no log-probabilities. A schema goes into {@code output_config.format}, a tool is forced by
 * {@code tool_choice}. A stop by the safety classifiers ({@code refusal}) is a refusal; where the context window is full
 * ({@code model_context_window_exceeded}) the reply is cut.
 */
final class AnthropicMessages implements Dialect {
    private static final String VERSION = "2023-06-01";

    private final Endpoint endpoint;
    private final URI address;

    AnthropicMessages(Endpoint endpoint) {
        this.endpoint = endpoint;
        this.address = URI.create(endpoint.base() + "/messages");
    }

    static List<Http.Header> headers(ApiKey key) {
        List<Http.Header> headers = new ArrayList<>(List.of(new Http.Header("anthropic-version", VERSION)));
        key.header("x-api-key", "").ifPresent(headers::add);
        return headers;
    }

    @Override
    public URI address(Request request) {
        return address;
    }

    @Override
    public Optional<Failure> beyond(Request request) {
        if (request.topLogprobs() > 0) {
            return Optional.of(
                    new Failure(Failure.Kind.LOGPROBS_UNSUPPORTED, "the Anthropic protocol has no log-probabilities"));
        }
        return SystemPrompt.misplaced(request.messages());
    }

    @Override
    public Map<String, Object> body(Request request) {
        Sampling sampling = request.sampling();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("model", request.model());
        body.put("max_tokens", sampling.maxTokens());
        SystemPrompt.of(request.messages()).ifPresent(text -> body.put("system", text));
        body.put(
                "messages",
                request.messages().stream()
                        .filter(message -> message.role() != Role.SYSTEM)
                        .toList());
        if (!endpoint.phrasing().serverSampling()) {
            if (sampling.temperature() != 1) {
                body.put("temperature", sampling.temperature());
            }
            sampling.topP().ifPresent(p -> body.put("top_p", p));
        }
        request.format().ifPresent(format -> {
            switch (format.way()) {
                case SCHEMA ->
                    body.put(
                            "output_config",
                            object("format", object("type", "json_schema", "schema", format.schema())));
                case TOOL -> {
                    body.put("tools", List.of(object("name", format.name(), "input_schema", format.schema())));
                    body.put(
                            "tool_choice",
                            object("type", "tool", "name", format.name(), "disable_parallel_tool_use", true));
                }
            }
        });
        return body;
    }

    @Override
    public Optional<Reply> reply(Request request, JsonNode body, ApiKey key) {
        if (!body.path("content").isArray()) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder();
        StringBuilder thinking = new StringBuilder();
        List<String> calls = new ArrayList<>();
        for (JsonNode block : body.path("content")) {
            switch (block.path("type").asText("")) {
                case "text" -> text.append(block.path("text").asText(""));
                case "thinking" -> thinking.append(block.path("thinking").asText(""));
                case "tool_use" -> {
                    if (OpenAiChat.isTheTool(request, block)) {
                        calls.add(block.path("input").toString());
                    }
                }
                default -> {
                    // redacted thinking, and what servers may add
                }
            }
        }
        String reason = body.path("stop_reason").asText("");
        Optional<String> arguments = ReplyJson.arguments(calls);
        JsonNode usage = body.path("usage");
        return Optional.of(new Completion(
                key.scrubReply(text.toString()),
                finish(reason, arguments.isPresent()),
                refusal(reason, body).map(key::scrubReply),
                List.of(),
                arguments.map(key::scrubReply),
                Optional.of(thinking.toString())
                        .filter(thought -> !thought.isEmpty())
                        .map(key::scrubReply),
                ReplyJson.text(body.path("model")).map(key::scrubReply),
                Optional.empty(),
                new Usage(
                        ReplyJson.sum(
                                usage.path("input_tokens"),
                                usage.path("cache_creation_input_tokens"),
                                usage.path("cache_read_input_tokens")),
                        ReplyJson.count(usage.path("output_tokens")),
                        ReplyJson.count(usage.path("cache_read_input_tokens")))));
    }

    @Override
    public String wanted() {
        return "a list of content blocks";
    }

    private static Optional<String> refusal(String reason, JsonNode body) {
        if (!reason.equals("refusal")) {
            return Optional.empty();
        }
        JsonNode details = body.path("stop_details");
        return Optional.of(ReplyJson.text(details.path("explanation"))
                .or(() -> ReplyJson.text(details.path("category")).map(category -> "refused: " + category))
                .orElse("the model refused (stop_reason refusal)"));
    }

    private static FinishReason finish(String reason, boolean called) {
        return switch (reason) {
            case "end_turn", "stop_sequence" -> FinishReason.STOP;
            case "tool_use" -> called ? FinishReason.STOP : FinishReason.OTHER;
            case "max_tokens" -> FinishReason.LENGTH;
            case "model_context_window_exceeded" -> FinishReason.CONTEXT;
            default -> FinishReason.OTHER;
        };
    }
}
