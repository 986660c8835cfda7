package pairwright.llm;

import static pairwright.llm.RequestJson.object;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The OpenAI chat protocol, {@code POST BASE/chat/completions}, as OpenAI, vLLM, SGLang, llama.cpp, Ollama and LiteLLM speak it.
 * A schema goes into {@code response_format} with {@code strict}, a tool is the only one and forced by {@code tool_choice}.
 */
final class OpenAiChat implements Dialect {
    private final Endpoint endpoint;
    private final URI address;

    OpenAiChat(Endpoint endpoint) {
        this.endpoint = endpoint;
        this.address = URI.create(endpoint.base() + "/chat/completions");
    }

    @Override
    public URI address(Request request) {
        return address;
    }

    @Override
    public Map<String, Object> body(Request request) {
        Sampling sampling = request.sampling();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("model", request.model());
        body.put("messages", request.messages());
        if (!endpoint.phrasing().serverSampling()) {
            body.put("temperature", sampling.temperature());
            sampling.topP().ifPresent(p -> body.put("top_p", p));
            sampling.seed().ifPresent(seed -> body.put("seed", seed));
        }
        body.put(endpoint.phrasing().tokenLimit().field(), sampling.maxTokens());
        if (request.topLogprobs() > 0) {
            body.put("logprobs", true);
            body.put("top_logprobs", request.topLogprobs());
        }
        request.format().ifPresent(format -> {
            switch (format.way()) {
                case SCHEMA ->
                    body.put(
                            "response_format",
                            object(
                                    "type",
                                    "json_schema",
                                    "json_schema",
                                    object("name", format.name(), "strict", true, "schema", format.schema())));
                case TOOL -> {
                    body.put(
                            "tools",
                            List.of(object(
                                    "type",
                                    "function",
                                    "function",
                                    object("name", format.name(), "strict", true, "parameters", format.schema()))));
                    body.put("tool_choice", object("type", "function", "function", object("name", format.name())));
                }
            }
        });
        return body;
    }

    @Override
    public Optional<Reply> reply(Request request, JsonNode body, ApiKey key) {
        JsonNode choice = body.path("choices").path(0);
        JsonNode message = choice.path("message");
        if (!message.isObject()) {
            return Optional.empty();
        }
        String content = content(message.path("content"));
        Optional<String> arguments = arguments(request, message);
        // Log-probabilities of a text that had to be scrubbed would spell the key.
        Optional<String> reasoning =
                ReplyJson.text(message.path("reasoning_content")).or(() -> ReplyJson.text(message.path("reasoning")));
        List<TokenLogprobs> tokens = key.isIn(content)
                ? List.of()
                : Logprobs.after(
                        reasoning,
                        content,
                        Logprobs.read(choice.path("logprobs").path("content")));
        JsonNode usage = body.path("usage");
        return Optional.of(new Completion(
                key.scrubReply(content),
                finish(choice.path("finish_reason").asText(""), arguments.isPresent()),
                ReplyJson.text(message.path("refusal")).map(key::scrubReply),
                tokens,
                arguments.map(key::scrubReply),
                reasoning.map(key::scrubReply),
                ReplyJson.text(body.path("model")).map(key::scrubReply),
                ReplyJson.text(body.path("system_fingerprint")).map(key::scrubReply),
                new Usage(
                        ReplyJson.count(usage.path("prompt_tokens")),
                        ReplyJson.count(usage.path("completion_tokens")),
                        ReplyJson.count(usage.path("prompt_tokens_details").path("cached_tokens")))));
    }

    @Override
    public String wanted() {
        return "a message in choices[0]";
    }

    /** Text, or a list of parts of which some are text. */
    private static String content(JsonNode content) {
        if (content.isTextual()) {
            return content.textValue();
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode part : content) {
            text.append(part.path("text").asText(""));
        }
        return text.toString();
    }

    private static Optional<String> arguments(Request request, JsonNode message) {
        List<String> calls = new ArrayList<>();
        for (JsonNode call : message.path("tool_calls")) {
            JsonNode function = call.path("function");
            if (isTheTool(request, function)) {
                // Text by the protocol; some servers send the object.
                calls.add(
                        function.path("arguments").isTextual()
                                ? function.path("arguments").textValue()
                                : function.path("arguments").toString());
            }
        }
        return ReplyJson.arguments(calls);
    }

    static boolean isTheTool(Request request, JsonNode function) {
        return request.format()
                .filter(format -> format.name().equals(function.path("name").asText()))
                .isPresent();
    }

    private static FinishReason finish(String reason, boolean called) {
        return switch (reason) {
            case "stop", "eos", "eos_token", "end_turn", "stop_sequence" -> FinishReason.STOP;
            case "tool_calls", "function_call" -> called ? FinishReason.STOP : FinishReason.OTHER;
            case "length", "max_tokens" -> FinishReason.LENGTH;
            case "content_filter" -> FinishReason.CONTENT_FILTER;
            default -> FinishReason.OTHER;
        };
    }
}
