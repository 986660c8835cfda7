package pairwright.recipe;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import pairwright.jsonl.Json;

/** A real server on loopback that speaks the chat protocol and answers with a function of the last message. */
public final class ChatReplies implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService workers = Executors.newFixedThreadPool(64);
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger refusal = new AtomicInteger();
    private final Set<String> keys = ConcurrentHashMap.newKeySet();
    private final Queue<Map<String, Object>> requests = new ConcurrentLinkedQueue<>();

    private final AtomicReference<Supplier<String>> fingerprint = new AtomicReference<>(() -> null);
    private final AtomicReference<Function<String, String>> returned =
            new AtomicReference<>(requested -> requested + "-returned");

    public ChatReplies(Function<String, String> reply) throws IOException {
        this(reply, text -> Map.of());
    }

    /** With more fields of the choice, made from the reply's text: log-probabilities, say. */
    public ChatReplies(Function<String, String> reply, Function<String, Map<String, Object>> more) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        server.setExecutor(workers);
        server.createContext("/v1/chat/completions", exchange -> {
            calls.incrementAndGet();
            keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            if (refusal.get() > 0) {
                exchange.sendResponseHeaders(refusal.get(), -1);
                exchange.close();
                return;
            }
            Map<String, Object> request =
                    Json.readMap(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            requests.add(request);
            List<?> messages = (List<?>) request.get("messages");
            Object last = ((Map<?, ?>) messages.get(messages.size() - 1)).get("content");
            String text = reply.apply((String) last);
            Map<String, Object> choice = new LinkedHashMap<>(more.apply(text));
            choice.put("index", 0);
            choice.putIfAbsent("finish_reason", "stop");
            choice.putIfAbsent("message", Map.of("role", "assistant", "content", text));
            Map<String, Object> answer = new LinkedHashMap<>(Map.of(
                    "model",
                    returned.get().apply((String) request.get("model")),
                    "choices",
                    List.of(choice),
                    "usage",
                    Map.of("prompt_tokens", 100, "completion_tokens", 10)));
            Optional.ofNullable(fingerprint.get().get()).ifPresent(it -> answer.put("system_fingerprint", it));
            byte[] body = Json.write(answer).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    public String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    /** How to reach it with so many calls at once. */
    public EndpointSettings endpoint(int inFlight) {
        return new EndpointSettings(
                Optional.of(baseUrl()),
                Optional.empty(),
                Optional.of(inFlight),
                Optional.empty(),
                Optional.empty(),
                Optional.of(20),
                Optional.of(20),
                Optional.empty(),
                Optional.empty());
    }

    /** From now on replies name this model, made from the one that was asked for. */
    void returned(Function<String, String> model) {
        returned.set(model);
    }

    /** What each answer has as the server's fingerprint, null for none. */
    public void fingerprint(Supplier<String> each) {
        fingerprint.set(each);
    }

    /** Answers every call with this status from now on. */
    public void refuse(int status) {
        refusal.set(status);
    }

    /** The Authorization headers that came. */
    public Set<String> keys() {
        return keys;
    }

    /** The bodies of the requests, in the order in which they came. */
    public List<Map<String, Object>> requests() {
        return List.copyOf(requests);
    }

    public int calls() {
        return calls.get();
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
