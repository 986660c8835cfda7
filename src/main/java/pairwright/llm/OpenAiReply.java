package pairwright.llm;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import pairwright.jsonl.Json;

/**
 * Reads the bodies of chat completions. Depth and length of numbers are capped while parsing; the size of the body was
 * capped before.
 */
final class OpenAiReply {
    private static final int LONGEST_NUMBER = 64;

    private static final ObjectReader READER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    static {
        READER.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(Json.MAX_DEPTH)
                        .maxNumberLength(LONGEST_NUMBER)
                        .maxStringLength(OpenAiChat.LARGEST_BODY)
                        .build());
    }

    private OpenAiReply() {}

    /**
     * Any JSON value.
     *
     * @throws com.fasterxml.jackson.core.exc.StreamConstraintsException when it breaks a cap
     * @throws IOException when it is not JSON
     */
    static JsonNode parse(byte[] body) throws IOException {
        return READER.readTree(body);
    }

    /** The first choice; empty where there is none. */
    static Optional<Completion> completion(JsonNode body, ApiKey key) {
        JsonNode choice = body.path("choices").path(0);
        JsonNode message = choice.path("message");
        if (!message.isObject()) {
            return Optional.empty();
        }
        String content = content(message.path("content"));
        // Log-probabilities of a text that had to be scrubbed would spell the key.
        List<TokenLogprobs> tokens = key.isIn(content) ? List.of() : OpenAiLogprobs.read(choice.path("logprobs"));
        JsonNode usage = body.path("usage");
        return Optional.of(new Completion(
                key.scrubReply(content),
                finish(choice.path("finish_reason").asText("")),
                text(message.path("refusal")).map(key::scrubReply),
                tokens,
                text(body.path("model")).map(key::scrubReply),
                text(body.path("system_fingerprint")).map(key::scrubReply),
                new Usage(count(usage.path("prompt_tokens")), count(usage.path("completion_tokens")))));
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

    private static FinishReason finish(String reason) {
        return switch (reason) {
            case "stop", "eos", "eos_token", "end_turn", "stop_sequence" -> FinishReason.STOP;
            case "length", "max_tokens" -> FinishReason.LENGTH;
            case "content_filter" -> FinishReason.CONTENT_FILTER;
            default -> FinishReason.OTHER;
        };
    }

    private static Optional<String> text(JsonNode node) {
        return node.isTextual() && !node.textValue().isEmpty() ? Optional.of(node.textValue()) : Optional.empty();
    }

    private static Optional<Long> count(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong() && node.longValue() >= 0
                ? Optional.of(node.longValue())
                : Optional.empty();
    }
}
