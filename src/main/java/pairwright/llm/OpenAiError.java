package pairwright.llm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What a server says went wrong, in whichever of the shapes in use: {@code {"error": {message, type, code, param}}},
 * {@code {"error": "text"}}, {@code {"message": ..}}, {@code {"detail": "text"}} or {@code {"detail": [{loc, msg}]}}.
 *
 * @param message for people, one line, without the key
 * @param code the machine's word for it: code and type, in lower case
 * @param param the field of the request that is at fault, if said
 */
record OpenAiError(String message, Set<String> code, String param) {
    private static final int LONGEST_MESSAGE = 400;
    private static final Pattern TOO_LONG = Pattern.compile(
            "context (length|window|size)|maximum (input|prompt) length|(prompt|input|request) is too long"
                    + "|too many (input |prompt )?tokens|reduce the length of the|max_model_len|inputs?` tokens");
    private static final Pattern FILTERED =
            Pattern.compile("content management policy|content[ _]filter|content policy|safety system|flagged by");

    static OpenAiError of(JsonNode body, ApiKey key) {
        JsonNode error = body.path("error");
        if (error.isTextual()) {
            return new OpenAiError(oneLine(key.scrub(error.textValue())), words(body), "");
        }
        if (!error.isObject()) {
            error = body;
        }
        JsonNode detail = error.path("detail");
        String message = error.path("message").asText("");
        String param = error.path("param").asText("");
        if (detail.isTextual()) {
            message = detail.textValue();
        } else if (detail.isArray()) {
            message = join(detail, "msg");
            param = StreamSupport.stream(detail.spliterator(), false)
                    .flatMap(each -> StreamSupport.stream(each.path("loc").spliterator(), false))
                    .map(JsonNode::asText)
                    .collect(Collectors.joining("."));
        }
        return new OpenAiError(oneLine(key.scrub(message)), words(error), param);
    }

    /** Of a body that is not JSON: its beginning. */
    static OpenAiError of(String text, ApiKey key) {
        return new OpenAiError(oneLine(key.scrub(text)), Set.of(), "");
    }

    boolean overflow(int status) {
        return status == 413
                || says("context_length_exceeded", "exceed_context_size_error")
                || (badRequest(status) && TOO_LONG.matcher(lower()).find());
    }

    boolean filtered(int status) {
        return says("content_filter", "content_policy_violation", "responsibleaipolicyviolation", "moderation_blocked")
                || ((badRequest(status) || status == 403)
                        && FILTERED.matcher(lower()).find());
    }

    /** Also as 403: some models are not allowed to give them. */
    boolean aboutLogprobs(int status) {
        return (badRequest(status) || status == 403 || status == 501)
                && (param.contains("logprobs") || lower().contains("logprobs") || lower().contains("log_probs"));
    }

    boolean quotaSpent() {
        return says("insufficient_quota", "billing_hard_limit_reached", "billing_not_active");
    }

    /** Every request of the run has this field, so each would be refused. */
    boolean aboutSettings() {
        return says("unsupported_parameter", "unsupported_value");
    }

    private boolean says(String... words) {
        for (String word : words) {
            if (code.contains(word)) {
                return true;
            }
        }
        return false;
    }

    private String lower() {
        return message.toLowerCase(Locale.ROOT);
    }

    private static boolean badRequest(int status) {
        return status == 400 || status == 422;
    }

    private static Set<String> words(JsonNode error) {
        return java.util.stream.Stream.of(
                        error.path("code"),
                        error.path("type"),
                        error.path("innererror").path("code"))
                .map(node -> node.asText("").toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String join(JsonNode array, String field) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(each -> each.path(field).asText(""))
                .collect(Collectors.joining("; "));
    }

    /** Control characters of a server must not reach a terminal. */
    private static String oneLine(String text) {
        String line = text.substring(0, Math.min(text.length(), 4 * LONGEST_MESSAGE))
                .replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ")
                .strip();
        return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "...";
    }
}
