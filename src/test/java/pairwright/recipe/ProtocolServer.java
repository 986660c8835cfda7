package pairwright.recipe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import pairwright.jsonl.Json;
import pairwright.llm.Protocol;

/**
 * A real server on loopback that speaks any of the protocols and judges by a rule of its own: the response that holds "golden" is
 * better, with a probability of .8, the other one has .1.
 */
final class ProtocolServer implements AutoCloseable {
    /** What it heeds of what it is asked. */
    enum Heeds {
        LOGPROBS,
        SCHEMA,
        TOOL
    }

    private static final Pattern VERDICT = Pattern.compile("VERDICT ([0-9a-f]{10}) A");

    private final Protocol protocol;
    private final Set<Heeds> heeds;
    private final HttpServer server;
    private final ExecutorService workers = Executors.newFixedThreadPool(16);
    private final List<String> paths = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final Set<String> keys = ConcurrentHashMap.newKeySet();

    ProtocolServer(Protocol protocol, Heeds... heeds) throws IOException {
        this.protocol = protocol;
        this.heeds = Set.of(heeds);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.setExecutor(workers);
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange http) throws IOException {
        try (http) {
            String path = http.getRequestMethod() + " " + http.getRequestURI().getPath();
            String body = new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (http.getRequestMethod().equals("POST") && !path.endsWith("/api/show")) {
                paths.add(path);
                bodies.add(body);
            }
            http.getRequestHeaders().forEach((name, value) -> {
                if (Set.of("authorization", "x-api-key", "x-goog-api-key").contains(name.toLowerCase(Locale.ROOT))) {
                    keys.add(name + ": " + value.get(0));
                }
            });
            byte[] answer = answer(path, body).getBytes(StandardCharsets.UTF_8);
            http.getResponseHeaders().add("Content-Type", "application/json");
            http.getResponseHeaders().add("X-RateLimit-Limit-Requests", "60");
            http.sendResponseHeaders(200, answer.length);
            http.getResponseBody().write(answer);
        }
    }

    private String answer(String path, String body) {
        if (path.endsWith("/models") || path.endsWith("/models/m")) {
            return Json.write(Map.of(
                    "data",
                    List.of(Map.of("id", "m", "max_model_len", 8192)),
                    "max_input_tokens",
                    8192,
                    "inputTokenLimit",
                    8192));
        }
        if (path.endsWith("/api/show")) {
            return Json.write(Map.of("model_info", Map.of("llama.context_length", 8192)));
        }
        Map<String, Object> request = Json.readMap(body);
        if (path.endsWith("/tokenize")) {
            List<Integer> tokens = text(request).chars().boxed().toList();
            return Json.write(Map.of("tokens", tokens, "count", tokens.size(), "max_model_len", 100_000));
        }
        if (path.endsWith("/generative_scoring")) {
            return scored(request);
        }
        if (path.endsWith("/get_reward")) {
            String query = (String) ((List<?>) request.get("query")).get(0);
            return Json.write(Map.of("rewards", List.of(query.contains("golden") ? 1.5 : -0.5)));
        }
        String text = text(request);
        Matcher line = VERDICT.matcher(text);
        String label = better(text) ? "A" : "B";
        String plain = line.find() ? "VERDICT " + line.group(1) + " " + label : text.contains("letter A") ? "A" : "no";
        return reply(
                request,
                plain,
                Json.write(Map.of(
                        body.contains("\"answer\"") ? "answer" : "verdict",
                        body.contains("\"answer\"") ? "yes" : label)),
                label);
    }

    private static boolean better(String text) {
        return text.indexOf("golden") < text.indexOf("leaden");
    }

    private String scored(Map<String, Object> request) {
        StringBuilder text = new StringBuilder();
        ((List<?>) request.get("query")).forEach(token -> text.appendCodePoint((Integer) token));
        int label = (Integer) ((List<?>) request.get("label_token_ids")).get(0);
        boolean wins = label == (better(text.toString()) ? 'A' : 'B');
        double p = wins ? .8 : label == 'C' ? .05 : .1;
        return Json.write(Map.of("model", "m-returned", "data", List.of(Map.of("index", 0, "score", p))));
    }

    private String reply(Map<String, Object> request, String plain, String json, String label) {
        boolean schema = heeds.contains(Heeds.SCHEMA)
                && (request.containsKey("response_format")
                        || request.containsKey("output_config")
                        || request.containsKey("format")
                        || String.valueOf(request.get("generationConfig")).contains("responseJsonSchema"));
        boolean tool = heeds.contains(Heeds.TOOL) && request.containsKey("tools");
        String name = json.contains("answer") ? "answer" : "verdict";
        String text = schema ? json : tool ? "" : plain;
        Map<String, Object> usage = Map.of();
        return Json.write(
                switch (protocol) {
                    case OPENAI ->
                        Map.of(
                                "model",
                                "m-returned",
                                "choices",
                                List.of(Map.of(
                                        "message",
                                        tool
                                                ? Map.of(
                                                        "content",
                                                        "",
                                                        "tool_calls",
                                                        List.of(Map.of(
                                                                "function", Map.of("name", name, "arguments", json))))
                                                : Map.of("content", text),
                                        "finish_reason",
                                        tool ? "tool_calls" : "stop",
                                        "logprobs",
                                        heeds.contains(Heeds.LOGPROBS) && request.containsKey("logprobs")
                                                ? Map.of("content", logprobs(text, "logprob"))
                                                : usage)));
                    case ANTHROPIC ->
                        Map.of(
                                "model",
                                "m-returned",
                                "content",
                                List.of(
                                        tool
                                                ? Map.of("type", "tool_use", "name", name, "input", Json.readMap(json))
                                                : Map.of("type", "text", "text", text)),
                                "stop_reason",
                                tool ? "tool_use" : "end_turn",
                                "usage",
                                Map.of("input_tokens", 100, "output_tokens", 10));
                    case GEMINI -> {
                        Map<?, ?> generation = (Map<?, ?>) request.get("generationConfig");
                        List<Map<String, Object>> tokens = logprobs(text, "logProbability");
                        yield Map.of(
                                "modelVersion",
                                "m-returned",
                                "candidates",
                                List.of(Map.of(
                                        "content",
                                        Map.of(
                                                "parts",
                                                List.of(
                                                        tool
                                                                ? Map.of(
                                                                        "functionCall",
                                                                        Map.of(
                                                                                "name",
                                                                                name,
                                                                                "args",
                                                                                Json.readMap(json)))
                                                                : Map.of("text", text))),
                                        "finishReason",
                                        "STOP",
                                        "logprobsResult",
                                        heeds.contains(Heeds.LOGPROBS) && generation.containsKey("responseLogprobs")
                                                ? Map.of(
                                                        "chosenCandidates",
                                                        tokens,
                                                        "topCandidates",
                                                        tokens.stream()
                                                                .map(token -> Map.of(
                                                                        "candidates",
                                                                        token.getOrDefault("top_logprobs", List.of())))
                                                                .toList())
                                                : usage)));
                    }
                    case OLLAMA ->
                        Map.of(
                                "model",
                                "m-returned",
                                "message",
                                tool
                                        ? Map.of(
                                                "content",
                                                "",
                                                "tool_calls",
                                                List.of(Map.of(
                                                        "function",
                                                        Map.of("name", name, "arguments", Json.readMap(json)))))
                                        : Map.of("content", text),
                                "done_reason",
                                "stop",
                                "logprobs",
                                heeds.contains(Heeds.LOGPROBS) && request.containsKey("logprobs")
                                        ? logprobs(text, "logprob")
                                        : List.of());
                    case SCORING, REWARD -> throw new IllegalStateException(label);
                });
    }

    /** The last character is a token of its own with .8, the other label has .1. */
    private static List<Map<String, Object>> logprobs(String text, String field) {
        List<Map<String, Object>> tokens = new ArrayList<>();
        if (text.length() > 1) {
            tokens.add(Map.of("token", text.substring(0, text.length() - 1), field, 0.0));
        }
        String last = text.substring(Math.max(0, text.length() - 1));
        tokens.add(Map.of(
                "token",
                last,
                field,
                Math.log(.8),
                "top_logprobs",
                List.of(
                        Map.of("token", last, field, Math.log(.8)),
                        Map.of("token", last.equals("A") ? "B" : "A", field, Math.log(.1)))));
        return tokens;
    }

    /** All that was said, whatever the protocol. */
    private static String text(Map<String, Object> request) {
        StringBuilder text = new StringBuilder();
        for (String field : List.of("system", "messages", "systemInstruction", "contents")) {
            append(request.get(field), text);
        }
        return text.toString();
    }

    private static void append(Object value, StringBuilder text) {
        if (value instanceof String string) {
            text.append(string);
        } else if (value instanceof List<?> list) {
            list.forEach(each -> append(each, text));
        } else if (value instanceof Map<?, ?> map) {
            append(map.get("content"), text);
            append(map.get("parts"), text);
            append(map.get("text"), text);
        }
    }

    String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort()
                + switch (protocol) {
                    case OPENAI, ANTHROPIC -> "/v1";
                    case GEMINI -> "/v1beta";
                    case OLLAMA, SCORING, REWARD -> "";
                };
    }

    /** Method and path of each request for a reply. */
    List<String> paths() {
        return paths;
    }

    List<String> bodies() {
        return bodies;
    }

    /** The headers that carried keys. */
    Set<String> keys() {
        return keys;
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
