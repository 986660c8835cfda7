package pairwright.llm;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntConsumer;
import pairwright.jsonl.Json;

/**
 * A real server on loopback that imitates the batch APIs of OpenAI and Anthropic, and their direct calls with the same replies.
 * It bills: {@link #billed} says how often each custom_id was answered for money.
 */
public final class BatchServer implements AutoCloseable {
    /** What happens when a batch is made. */
    public enum Making {
        WELL,
        /** 500, and nothing was made. */
        FAILS,
        /** It is made, and then the answer is 500. */
        FAILS_AFTERWARDS,
        /** It is made, and then the connection is closed. */
        HANGS_UP_AFTERWARDS,
        /** 429. */
        TOO_MANY
    }

    /** What happens to one request of a batch. */
    public enum Fate {
        DONE,
        /** Done, and its result stands twice in the file. */
        DONE_TWICE,
        /** Done, and a second result says something else. */
        DONE_AND_CONTRADICTED,
        EXPIRED,
        CANCELED,
        SERVER_ERROR,
        BAD_REQUEST,
        TOO_LONG,
        FILTERED,
        UNKNOWN_MODEL,
        QUOTA,
        /** Its line is no JSON. */
        GARBAGE,
        /** Its line is larger than any reply may be. */
        HUGE,
        /** It has no line at all. */
        SILENT
    }

    /** One batch as the server has it. */
    public static final class Batch {
        private final String id;
        private final String file;
        private final Object metadata;
        private final Map<String, Map<String, Object>> requests;
        private final Instant made = Instant.now();
        private int looks;
        private boolean ended;
        private String word;
        private List<String> results = new ArrayList<>();
        private List<String> errors = new ArrayList<>();
        private final List<Object> problems = new ArrayList<>();
        private int downloads;

        private Batch(String id, String file, Object metadata, Map<String, Map<String, Object>> requests) {
            this.id = id;
            this.file = file;
            this.metadata = metadata;
            this.requests = requests;
        }

        public int size() {
            return requests.size();
        }

        public List<String> keys() {
            return List.copyOf(requests.keySet());
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BiFunction<String, Integer, String> reply;
    private final List<Batch> batches = new ArrayList<>();
    private final Map<String, Map<String, Map<String, Object>>> files = new LinkedHashMap<>();
    private final Map<String, Integer> billed = new TreeMap<>();
    private final Map<String, Integer> seen = new TreeMap<>();
    private final List<String> paths = Collections.synchronizedList(new ArrayList<>());
    private int made;
    private int direct;
    private int looksUntilEnd = 2;
    private Function<Integer, Making> making = n -> Making.WELL;
    private FateOf fate = (key, n) -> Fate.DONE;
    private Function<Integer, Integer> pollStatus = n -> 200;
    private Function<Batch, String> ending = batch -> "completed";
    private Function<Integer, Integer> cutTo = n -> -1;
    private Function<Integer, Integer> contentStatus = n -> 200;
    private Runnable afterMaking = () -> {};
    private volatile IntConsumer beforeAnswer = n -> {};
    private final AtomicInteger answers = new AtomicInteger();
    private int polls;

    /** What happens to a request that is sent for the n-th time, n from 1. */
    @FunctionalInterface
    public interface FateOf {
        Fate of(String key, int n);
    }

    /** Answers the last message of a request with a function of it. */
    public BatchServer(Function<String, String> reply) {
        this((message, maxTokens) -> reply.apply(message));
    }

    /** Answers the last message with a function of it and of the most tokens of the reply. */
    public BatchServer(BiFunction<String, Integer, String> reply) {
        this.reply = reply;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public synchronized BatchServer looksUntilEnd(int looks) {
        looksUntilEnd = looks;
        return this;
    }

    /** @param of from the number of the attempt to make a batch, from 1 */
    public synchronized BatchServer making(Function<Integer, Making> of) {
        making = of;
        return this;
    }

    public synchronized BatchServer fate(FateOf of) {
        fate = of;
        return this;
    }

    /** @param of from the number of the look to its status */
    public synchronized BatchServer pollStatus(Function<Integer, Integer> of) {
        pollStatus = of;
        return this;
    }

    /** @param of the word with which OpenAI's batches end; one that begins with "failed:" names the code */
    public synchronized BatchServer ending(Function<Batch, String> of) {
        ending = of;
        return this;
    }

    /** @param of from the number of the download of a batch's results to the length at which it is cut, -1 for whole */
    public synchronized BatchServer cutTo(Function<Integer, Integer> of) {
        cutTo = of;
        return this;
    }

    public synchronized BatchServer contentStatus(Function<Integer, Integer> of) {
        contentStatus = of;
        return this;
    }

    /** Runs when a batch was made, before that is answered. */
    public synchronized BatchServer afterMaking(Runnable action) {
        afterMaking = action;
        return this;
    }

    /** @param action gets the number of the answer that is about to be sent, from 1; counts anew from here */
    public BatchServer beforeAnswer(IntConsumer action) {
        answers.set(0);
        beforeAnswer = action;
        return this;
    }

    public String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    /** How often each custom_id was answered for money. */
    public synchronized Map<String, Integer> billed() {
        return Map.copyOf(billed);
    }

    public synchronized List<Batch> batches() {
        return List.copyOf(batches);
    }

    public synchronized int direct() {
        return direct;
    }

    public synchronized int polls() {
        return polls;
    }

    public List<String> paths() {
        return List.copyOf(paths);
    }

    private void handle(HttpExchange http) throws IOException {
        try (http) {
            route(http);
        } catch (RuntimeException e) {
            e.printStackTrace(); // a fault of this server, not of what is tested
            throw e;
        }
    }

    private void route(HttpExchange http) throws IOException {
        {
            byte[] body = http.getRequestBody().readAllBytes();
            String method = http.getRequestMethod();
            String path = http.getRequestURI().getPath();
            paths.add(method + " " + http.getRequestURI());
            if (method.equals("POST") && path.endsWith("/chat/completions")) {
                countDirect();
                answer(http, 200, openAi(json(body)));
            } else if (method.equals("POST") && path.endsWith("/v1/messages")) {
                countDirect();
                answer(http, 200, anthropic(json(body)));
            } else if (method.equals("POST") && path.endsWith("/v1/files")) {
                answer(http, 200, upload(http, body));
            } else if (method.equals("POST") && path.endsWith("/batches")) {
                make(http, path, body);
            } else if (path.endsWith("/batches")) {
                answer(http, 200, list(http, path.contains("/messages/")));
            } else if (path.endsWith("/content") || path.endsWith("/results")) {
                content(http, path);
            } else {
                look(http, path);
            }
        }
    }

    private synchronized void countDirect() {
        direct++;
    }

    private static Map<String, Object> json(byte[] body) {
        return Json.readMap(new String(body, StandardCharsets.UTF_8));
    }

    private void answer(HttpExchange http, int status, Object body) throws IOException {
        beforeAnswer.accept(answers.incrementAndGet());
        byte[] bytes = (body instanceof String text ? text : Json.write(body)).getBytes(StandardCharsets.UTF_8);
        http.getResponseHeaders().set("Content-Type", "application/json");
        http.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        http.getResponseBody().write(bytes);
    }

    private static Map<String, Object> error(String type, String message) {
        return Map.of("type", "error", "error", Map.of("type", type, "code", type, "message", message));
    }

    // ---- replies, the same directly and by batch

    private static String lastMessage(Map<String, Object> request) {
        List<?> messages = (List<?>) request.get("messages");
        return String.valueOf(((Map<?, ?>) messages.get(messages.size() - 1)).get("content"));
    }

    private Map<String, Object> openAi(Map<String, Object> request) {
        String text = reply.apply(lastMessage(request), ((Number) request.get("max_tokens")).intValue());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", "chatcmpl-1");
        body.put("model", request.get("model") + "-0613");
        Map<String, Object> choice = new LinkedHashMap<>();
        choice.put("index", 0);
        choice.put("message", Map.of("role", "assistant", "content", text));
        choice.put("finish_reason", isCut(text) ? "length" : "stop");
        body.put("choices", List.of(choice));
        body.put("usage", Map.of("prompt_tokens", 11, "completion_tokens", 3));
        return body;
    }

    private Map<String, Object> anthropic(Map<String, Object> request) {
        String text = reply.apply(lastMessage(request), ((Number) request.get("max_tokens")).intValue());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", "msg_1");
        body.put("type", "message");
        body.put("role", "assistant");
        body.put("model", request.get("model") + "-20260101");
        body.put("content", List.of(Map.of("type", "text", "text", text)));
        body.put("stop_reason", isCut(text) ? "max_tokens" : "end_turn");
        body.put("usage", Map.of("input_tokens", 11, "output_tokens", 3));
        return body;
    }

    /** A reply that ends with three points. */
    private static boolean isCut(String text) {
        return text.endsWith("...");
    }

    // ---- batches

    private Map<String, Object> upload(HttpExchange http, byte[] body) {
        String type = http.getRequestHeaders().getFirst("Content-Type");
        String boundary = type.substring(type.indexOf("boundary=") + 9);
        String text = new String(body, StandardCharsets.UTF_8);
        String[] parts = text.split("--" + boundary, -1);
        boolean purpose = false;
        Map<String, Map<String, Object>> lines = new LinkedHashMap<>();
        for (String part : parts) {
            int at = part.indexOf("\r\n\r\n");
            if (at < 0) {
                continue;
            }
            String content = part.substring(at + 4, part.length() - 2);
            if (part.contains("name=\"purpose\"")) {
                purpose = content.equals("batch");
            } else {
                for (String line : content.split("\n")) {
                    Map<String, Object> fields = Json.readMap(line);
                    if (!"POST".equals(fields.get("method")) || !"/v1/chat/completions".equals(fields.get("url"))) {
                        throw new IllegalStateException("not a line of a batch: " + line);
                    }
                    put(lines, fields, "body");
                }
            }
        }
        if (!purpose) {
            throw new IllegalStateException("purpose is not batch");
        }
        synchronized (this) {
            String id = "file-" + (files.size() + 1);
            files.put(id, lines);
            return Map.of("id", id, "object", "file", "purpose", "batch");
        }
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Map<String, Object>> requests, Map<String, Object> fields, String bodyField) {
        if (requests.put((String) fields.get("custom_id"), (Map<String, Object>) fields.get(bodyField)) != null) {
            throw new IllegalStateException("custom_id twice in one batch");
        }
    }

    @SuppressWarnings("unchecked")
    private void make(HttpExchange http, String path, byte[] body) throws IOException {
        boolean anthropic = path.contains("/messages/");
        Making how;
        synchronized (this) {
            how = making.apply(++made);
        }
        if (how == Making.FAILS) {
            answer(http, 500, error("api_error", "not made"));
            return;
        }
        if (how == Making.TOO_MANY) {
            http.getResponseHeaders().set("Retry-After", "0");
            answer(http, 429, error("rate_limit_error", "too many"));
            return;
        }
        Batch batch;
        synchronized (this) {
            Map<String, Object> fields = json(body);
            Map<String, Map<String, Object>> requests = new LinkedHashMap<>();
            if (anthropic) {
                ((List<Map<String, Object>>) fields.get("requests")).forEach(each -> put(requests, each, "params"));
            } else {
                requests.putAll(files.get((String) fields.get("input_file_id")));
            }
            batch = new Batch(
                    (anthropic ? "msgbatch_" : "batch_") + (batches.size() + 1),
                    (String) fields.get("input_file_id"),
                    fields.get("metadata"),
                    requests);
            batches.add(batch);
            afterMaking.run();
        }
        switch (how) {
            case FAILS_AFTERWARDS -> answer(http, 500, error("api_error", "made, but you will not know"));
            case HANGS_UP_AFTERWARDS -> http.close();
            default -> answer(http, 200, shown(batch, anthropic));
        }
    }

    /** A batch of somebody else with the same account. */
    public synchronized void addForeign(int requests, boolean anthropic) {
        Map<String, Map<String, Object>> all = new LinkedHashMap<>();
        for (int i = 0; i < requests; i++) {
            all.put(
                    "foreign-" + i,
                    Map.of(
                            "model",
                            "m",
                            "max_tokens",
                            16,
                            "messages",
                            List.of(Map.of("role", "user", "content", "foreign " + i))));
        }
        batches.add(new Batch(
                (anthropic ? "msgbatch_foreign" : "batch_foreign") + batches.size(), "file-foreign", null, all));
    }

    private Object shown(Batch batch, boolean anthropic) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", batch.id);
        if (anthropic) {
            shown.put("type", "message_batch");
            shown.put("processing_status", batch.ended ? "ended" : "in_progress");
            shown.put("created_at", batch.made.toString());
            long done = batch.results.stream()
                    .filter(line -> line.contains("\"succeeded\""))
                    .count();
            shown.put(
                    "request_counts",
                    batch.ended
                            ? Map.of(
                                    "processing", 0,
                                    "succeeded", done,
                                    "errored", batch.size() - done,
                                    "canceled", 0,
                                    "expired", 0)
                            : Map.of(
                                    "processing",
                                    batch.size(),
                                    "succeeded",
                                    0,
                                    "errored",
                                    0,
                                    "canceled",
                                    0,
                                    "expired",
                                    0));
            shown.put("results_url", "http://elsewhere.example/results");
            return shown;
        }
        shown.put("object", "batch");
        shown.put("input_file_id", batch.file);
        shown.put("created_at", batch.made.getEpochSecond());
        shown.put("metadata", batch.metadata);
        shown.put("status", batch.ended ? batch.word : batch.looks == 0 ? "validating" : "in_progress");
        shown.put(
                "request_counts",
                Map.of(
                        "total",
                        batch.size(),
                        "completed",
                        batch.ended ? distinctDone(batch) : 0,
                        "failed",
                        batch.errors.size()));
        if (batch.ended && !batch.results.isEmpty()) {
            shown.put("output_file_id", "out-" + batch.id);
        }
        if (batch.ended && !batch.errors.isEmpty()) {
            shown.put("error_file_id", "err-" + batch.id);
        }
        if (!batch.problems.isEmpty()) {
            shown.put("errors", Map.of("object", "list", "data", batch.problems));
        }
        return shown;
    }

    private static long distinctDone(Batch batch) {
        return batch.results.stream()
                .filter(line -> line.contains("\"status_code\":200"))
                .count();
    }

    private synchronized Object list(HttpExchange http, boolean anthropic) {
        String query = Optional.ofNullable(http.getRequestURI().getQuery()).orElse("");
        List<Object> page = new ArrayList<>();
        boolean begun = !query.contains("after");
        int left = 3; // small pages, whatever the limit
        boolean more = false;
        for (int i = batches.size() - 1; i >= 0; i--) {
            Batch batch = batches.get(i);
            if (batch.id.startsWith("msgbatch") == anthropic && begun) {
                if (left-- == 0) {
                    more = true;
                    break;
                }
                if (++batch.looks >= looksUntilEnd && !batch.ended) {
                    end(batch);
                }
                page.add(shown(batch, anthropic));
            }
            begun |= query.endsWith("=" + batch.id);
        }
        return Map.of("object", "list", "data", page, "has_more", more);
    }

    private void look(HttpExchange http, String path) throws IOException {
        int status;
        Object body;
        synchronized (this) {
            status = pollStatus.apply(++polls);
            Batch batch = find(path.substring(path.lastIndexOf('/') + 1));
            if (batch == null) {
                status = 404;
                body = error("not_found_error", "no such batch");
            } else {
                batch.looks++;
                if (status == 200 && batch.looks >= looksUntilEnd && !batch.ended) {
                    end(batch);
                }
                body = status == 200 ? shown(batch, path.contains("/messages/")) : error("x", "not now");
            }
        }
        answer(http, status, body);
    }

    private Batch find(String id) {
        return batches.stream().filter(each -> each.id.equals(id)).findFirst().orElse(null);
    }

    /** All that are under way end now. */
    public synchronized void endAll() {
        batches.stream().filter(batch -> !batch.ended).forEach(this::end);
    }

    private void end(Batch batch) {
        batch.ended = true;
        boolean anthropic = batch.id.startsWith("msgbatch");
        batch.word = ending.apply(batch);
        if (batch.word.startsWith("failed:")) {
            batch.problems.add(Map.of("code", batch.word.substring(7), "line", 2, "message", "something is wrong"));
            batch.word = "failed";
            return;
        }
        batch.requests.forEach((key, request) -> {
            Fate what = fate.of(key, seen.merge(key, 1, Integer::sum));
            if (anthropic) {
                endAnthropic(batch, key, request, what);
            } else {
                endOpenAi(batch, key, request, what);
            }
        });
        Collections.reverse(batch.results); // in no order that helps
    }

    private void bill(String key) {
        billed.merge(key, 1, Integer::sum);
    }

    private void endOpenAi(Batch batch, String key, Map<String, Object> request, Fate fate) {
        switch (fate) {
            case DONE, DONE_TWICE, DONE_AND_CONTRADICTED -> {
                bill(key);
                String line = line(key, 200, openAi(request));
                batch.results.add(line);
                if (fate == Fate.DONE_TWICE) {
                    batch.results.add(line);
                }
                if (fate == Fate.DONE_AND_CONTRADICTED) {
                    // The list is reversed, so this one comes second.
                    batch.results.add(batch.results.size() - 1, line.replace("\"content\":\"", "\"content\":\"not "));
                }
            }
            case EXPIRED ->
                batch.errors.add(Json.write(failed(key, "batch_expired", "not done within the completion window")));
            case CANCELED -> batch.errors.add(Json.write(failed(key, "batch_cancelled", "the batch was cancelled")));
            case SERVER_ERROR -> batch.errors.add(line(key, 500, error("server_error", "try again")));
            case BAD_REQUEST -> batch.errors.add(line(key, 400, error("invalid_request_error", "bad request")));
            case TOO_LONG ->
                batch.errors.add(
                        line(key, 400, error("context_length_exceeded", "maximum context length is 10 tokens")));
            case FILTERED -> batch.errors.add(line(key, 400, error("content_filter", "flagged by the filter")));
            case UNKNOWN_MODEL -> batch.errors.add(line(key, 404, error("model_not_found", "no such model")));
            case QUOTA -> batch.errors.add(line(key, 429, error("insufficient_quota", "quota spent")));
            case GARBAGE -> batch.results.add("{\"custom_id\":\"" + key + "\",\"response\":{\"status_code\":200,");
            case HUGE -> batch.results.add(huge(key));
            case SILENT -> {}
        }
    }

    private static String line(String key, int status, Object body) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("id", "batch_req_1");
        line.put("custom_id", key);
        Map<String, Object> response = new LinkedHashMap<>();
        response.put("status_code", status);
        response.put("request_id", "r1");
        response.put("body", body);
        line.put("response", response);
        line.put("error", null);
        return Json.write(line);
    }

    private static Map<String, Object> failed(String key, String code, String message) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("custom_id", key);
        line.put("response", null);
        line.put("error", Map.of("code", code, "message", message));
        return line;
    }

    private static String huge(String key) {
        return "{\"custom_id\":\"" + key + "\",\"x\":\"" + "x".repeat(BatchResults.LARGEST_LINE) + "\"}";
    }

    private void endAnthropic(Batch batch, String key, Map<String, Object> request, Fate fate) {
        switch (fate) {
            case DONE, DONE_TWICE, DONE_AND_CONTRADICTED -> {
                bill(key);
                String line = result(key, Map.of("type", "succeeded", "message", anthropic(request)));
                batch.results.add(line);
                if (fate == Fate.DONE_TWICE) {
                    batch.results.add(line);
                }
                if (fate == Fate.DONE_AND_CONTRADICTED) {
                    batch.results.add(batch.results.size() - 1, line.replace("\"text\":\"", "\"text\":\"not "));
                }
            }
            case EXPIRED -> batch.results.add(result(key, Map.of("type", "expired")));
            case CANCELED -> batch.results.add(result(key, Map.of("type", "canceled")));
            case SERVER_ERROR -> batch.results.add(errored(key, "api_error", "try again"));
            case BAD_REQUEST -> batch.results.add(errored(key, "invalid_request_error", "bad request"));
            case TOO_LONG ->
                batch.results.add(errored(key, "invalid_request_error", "prompt is too long: 11 tokens > 10 maximum"));
            case FILTERED -> batch.results.add(errored(key, "invalid_request_error", "blocked by content filter"));
            case UNKNOWN_MODEL -> batch.results.add(errored(key, "not_found_error", "model: m"));
            case QUOTA -> batch.results.add(errored(key, "billing_error", "no credit"));
            case GARBAGE -> batch.results.add("{\"custom_id\":\"" + key + "\",\"result\":{");
            case HUGE -> batch.results.add(huge(key));
            case SILENT -> {}
        }
    }

    private static String result(String key, Object result) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("custom_id", key);
        line.put("result", result);
        return Json.write(line);
    }

    private static String errored(String key, String type, String message) {
        return result(key, Map.of("type", "errored", "error", error(type, message)));
    }

    private void content(HttpExchange http, String path) throws IOException {
        String text;
        int cut;
        int status;
        synchronized (this) {
            boolean errors = path.contains("/err-");
            String id = path.replaceAll("/(content|results)$", "").replaceAll(".*/(out-|err-)?", "");
            Batch batch = find(id);
            batch.downloads++;
            status = contentStatus.apply(batch.downloads);
            cut = cutTo.apply(batch.downloads);
            text = String.join("\n", errors ? batch.errors : batch.results) + "\n";
        }
        if (status != 200) {
            answer(http, status, error("x", "no file"));
            return;
        }
        answer(http, 200, cut < 0 ? text : text.substring(0, Math.min(cut, text.length())));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
