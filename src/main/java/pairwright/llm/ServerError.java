package pairwright.llm;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What a server says went wrong, in whichever of the shapes in use: {@code {"error": {message, type, code, param}}} (OpenAI and
 * what imitates it; Anthropic without code), {@code {"error": {code, message, status, details[]}}} (Google, also as the only
 * element of a list), {@code {"error": "text"}} (Ollama), {@code {"message": ..}}, {@code {"detail": "text"}} or
 * {@code {"detail": [{loc, msg}]}} (FastAPI).
 *
 * @param message for people, one line, without the key
 * @param code the machine's words for it: code, type, status and reasons, in lower case
 * @param param the field of the request that is at fault, if said
 * @param pause how long to wait, where the body says so
 */
record ServerError(String message, Set<String> code, String param, Optional<Duration> pause) {
    private static final int LONGEST_MESSAGE = 400;
    private static final Pattern TOO_LONG = Pattern.compile(
            "context (length|window|size|limit)|maximum (input|prompt) length|(prompt|input|request) is (too long|longer than)"
                    + "|too many (input |prompt )?tokens|reduce the length of the|max_model_len|inputs?` tokens"
                    + "|exceeds the maximum number of tokens|tokens must be at least 1, got -");
    private static final Pattern FILTERED =
            Pattern.compile("content management policy|content[ _]filter|content policy|safety system|flagged by");
    private static final Pattern QUOTA = Pattern.compile("credit balance is too low|usage is blocked|api usage limits");
    private static final Pattern SETTING = Pattern.compile(
            "\\b(temperature|top_?p|seed|max_(completion_)?tokens)\\b.{0,80}"
                    + "(deprecated|not supported|unsupported|not allowed|only the default|cannot both|maximum allowed)");
    private static final Pattern FORMAT = Pattern.compile(
            "response_?format|json[ _]?schema|response_?schema|response_?mime_?type|json mode|structured output|output_config|output_format"
                    + "|guided_|grammar|tool_choice|\\btools?\\b|function[ _]?(call|declaration)");

    static ServerError of(JsonNode body, ApiKey key) {
        JsonNode said = body.isArray() && body.size() == 1 ? body.get(0) : body;
        JsonNode error = said.path("error");
        if (error.isTextual()) {
            return new ServerError(oneLine(key.scrub(error.textValue())), words(said), "", Optional.empty());
        }
        if (!error.isObject()) {
            error = said;
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
        return new ServerError(oneLine(key.scrub(message)), words(error), param, pause(error.path("details")));
    }

    /** Of a body that is not JSON: its beginning. */
    static ServerError of(String text, ApiKey key) {
        return new ServerError(oneLine(key.scrub(text)), Set.of(), "", Optional.empty());
    }

    /** Whether a body with a status of success holds an error all the same. */
    static boolean isIn(JsonNode body) {
        JsonNode error = body.path("error");
        return error.isObject() || error.isTextual();
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

    /** The server does not take the schema or the tool. */
    boolean aboutFormat(int status) {
        return (badRequest(status) || status == 501)
                && FORMAT.matcher(param.toLowerCase(Locale.ROOT) + " " + lower())
                        .find();
    }

    /** A quota for a day counts as spent: what is left of the day is longer than any deadline. */
    boolean quotaSpent() {
        return says("insufficient_quota", "billing_hard_limit_reached", "billing_not_active", "billing_error")
                || QUOTA.matcher(lower()).find()
                || code.stream().anyMatch(word -> word.contains("perday"));
    }

    /** Also as 400. */
    boolean keyRefused() {
        return says("api_key_invalid", "invalid_api_key", "authentication_error");
    }

    /** The field that the model does not take, perhaps without its name. Every request of the run has it, so each would be refused. */
    Optional<String> setting(int status) {
        if (says("unsupported_parameter", "unsupported_value")) {
            return Optional.of(param);
        }
        Matcher words = SETTING.matcher(lower());
        return badRequest(status) && words.find() ? Optional.of(words.group(1)) : Optional.empty();
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
        Stream<JsonNode> details = StreamSupport.stream(error.path("details").spliterator(), false)
                .flatMap(detail -> Stream.concat(
                        Stream.of(detail.path("reason")),
                        StreamSupport.stream(detail.path("violations").spliterator(), false)
                                .map(violation -> violation.path("quotaId"))));
        return Stream.concat(
                        Stream.of(
                                error.path("code"),
                                error.path("type"),
                                error.path("status"),
                                error.path("innererror").path("code")),
                        details)
                .map(node -> node.asText("").toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Google's {@code RetryInfo}. */
    private static Optional<Duration> pause(JsonNode details) {
        return StreamSupport.stream(details.spliterator(), false)
                .map(detail -> detail.path("retryDelay").asText(""))
                .flatMap(delay -> RetryHint.duration(delay).stream())
                .findFirst();
    }

    private static String join(JsonNode array, String field) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(each -> each.path(field).asText(""))
                .collect(Collectors.joining("; "));
    }

    /** Control characters of a server must not reach a terminal. */
    static String oneLine(String text) {
        String line = text.substring(0, Math.min(text.length(), 4 * LONGEST_MESSAGE))
                .replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ")
                .strip();
        return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "...";
    }
}
