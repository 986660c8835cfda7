package pairwright.llm;

import static pairwright.llm.RequestJson.object;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import pairwright.prompt.Message;
import pairwright.prompt.Role;

/**
 * Google's {@code POST BASE/models/MODEL:generateContent}, as its API reference describes it. The model is part of the address,
 * the assistant's role is {@code model}. A prompt that is blocked brings no candidate but {@code promptFeedback.blockReason}; a
 * candidate that is stopped for safety, recitation or forbidden words says so in {@code finishReason}. Tokens of thoughts are
 * billed as reply. A schema goes into {@code responseJsonSchema}, a tool is forced by the mode {@code ANY}.
 */
final class GeminiContent implements Dialect {
    private final Endpoint endpoint;

    GeminiContent(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public URI address(Request request) {
        return URI.create(model(endpoint, request.model()) + ":generateContent");
    }

    /** The model's own address, under which it is also described. */
    static String model(Endpoint endpoint, String model) {
        String path = model.contains("/") ? model : "models/" + model;
        return endpoint.base() + "/"
                + Stream.of(path.split("/", -1)).map(GeminiContent::encoded).collect(Collectors.joining("/"));
    }

    /** As one segment of an address. */
    static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public Optional<Failure> beyond(Request request) {
        return SystemPrompt.misplaced(request.messages());
    }

    @Override
    public Map<String, Object> body(Request request) {
        Map<String, Object> body = new LinkedHashMap<>();
        SystemPrompt.of(request.messages())
                .ifPresent(text -> body.put("systemInstruction", object("parts", parts(text))));
        body.put(
                "contents",
                request.messages().stream()
                        .filter(message -> message.role() != Role.SYSTEM)
                        .map(GeminiContent::turn)
                        .toList());
        Map<String, Object> generation = generation(request);
        body.put("generationConfig", generation);
        request.format().ifPresent(format -> {
            switch (format.way()) {
                case SCHEMA -> {
                    generation.put("responseMimeType", "application/json");
                    generation.put("responseJsonSchema", format.schema());
                }
                case TOOL -> {
                    Map<String, Object> tool = object(
                            "functionDeclarations",
                            List.of(object("name", format.name(), "parametersJsonSchema", format.schema())));
                    body.put("tools", List.of(tool));
                    body.put(
                            "toolConfig",
                            object(
                                    "functionCallingConfig",
                                    object("mode", "ANY", "allowedFunctionNames", List.of(format.name()))));
                }
            }
        });
        return body;
    }

    private Map<String, Object> generation(Request request) {
        Sampling sampling = request.sampling();
        Map<String, Object> generation = new LinkedHashMap<>();
        if (!endpoint.phrasing().serverSampling()) {
            generation.put("temperature", sampling.temperature());
            sampling.topP().ifPresent(p -> generation.put("topP", p));
            sampling.seed().ifPresent(seed -> generation.put("seed", seed));
        }
        generation.put("maxOutputTokens", sampling.maxTokens());
        if (request.topLogprobs() > 0) {
            generation.put("responseLogprobs", true);
            generation.put("logprobs", request.topLogprobs());
        }
        return generation;
    }

    private static Map<String, Object> turn(Message message) {
        return object("role", message.role() == Role.ASSISTANT ? "model" : "user", "parts", parts(message.content()));
    }

    private static List<Map<String, Object>> parts(String text) {
        return List.of(object("text", text));
    }

    @Override
    public Optional<Reply> reply(Request request, JsonNode body, ApiKey key) {
        JsonNode candidate = body.path("candidates").path(0);
        Optional<String> blocked = ReplyJson.text(body.path("promptFeedback").path("blockReason"));
        if (!candidate.isObject()) {
            return blocked.map(reason -> new Failure(
                    Failure.Kind.FILTERED, ServerError.oneLine(key.scrub("the prompt was blocked: " + reason))));
        }
        StringBuilder text = new StringBuilder();
        StringBuilder thoughts = new StringBuilder();
        List<String> calls = new ArrayList<>();
        for (JsonNode part : candidate.path("content").path("parts")) {
            (part.path("thought").asBoolean() ? thoughts : text)
                    .append(part.path("text").asText(""));
            if (OpenAiChat.isTheTool(request, part.path("functionCall"))) {
                calls.add(part.path("functionCall").path("args").toString());
            }
        }
        Optional<String> reasoning = Optional.of(thoughts.toString()).filter(thought -> !thought.isEmpty());
        List<TokenLogprobs> tokens = key.isIn(text.toString())
                ? List.of()
                : Logprobs.after(reasoning, text.toString(), Logprobs.readGemini(candidate.path("logprobsResult")));
        JsonNode usage = body.path("usageMetadata");
        return Optional.of(new Completion(
                key.scrubReply(text.toString()),
                finish(candidate.path("finishReason").asText("")),
                Optional.empty(),
                tokens,
                ReplyJson.arguments(calls).map(key::scrubReply),
                reasoning.map(key::scrubReply),
                ReplyJson.text(body.path("modelVersion")).map(key::scrubReply),
                Optional.empty(),
                usage(usage)));
    }

    @Override
    public String wanted() {
        return "a candidate or the reason why it was blocked";
    }

    /** A candidate of no tokens (all of them thoughts, or stopped at once) has no count. */
    private static Usage usage(JsonNode usage) {
        Optional<Long> reply = ReplyJson.count(usage.path("promptTokenCount"))
                .map(prompt -> ReplyJson.count(usage.path("candidatesTokenCount"))
                                .orElse(0L)
                        + ReplyJson.count(usage.path("thoughtsTokenCount")).orElse(0L));
        return new Usage(
                ReplyJson.sum(usage.path("promptTokenCount"), usage.path("toolUsePromptTokenCount")),
                reply,
                ReplyJson.count(usage.path("cachedContentTokenCount")));
    }

    private static FinishReason finish(String reason) {
        return switch (reason) {
            case "STOP" -> FinishReason.STOP;
            case "MAX_TOKENS" -> FinishReason.LENGTH;
            case "SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "IMAGE_SAFETY" ->
                FinishReason.CONTENT_FILTER;
            default -> FinishReason.OTHER; // LANGUAGE, MALFORMED_FUNCTION_CALL, UNEXPECTED_TOOL_CALL, OTHER
        };
    }
}
