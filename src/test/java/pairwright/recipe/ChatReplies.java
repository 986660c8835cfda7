package pairwright.recipe;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import pairwright.jsonl.Json;

/** A real server on loopback that speaks the chat protocol and answers with a function of the last message. */
public final class ChatReplies implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService workers = Executors.newFixedThreadPool(64);
    private final AtomicInteger calls = new AtomicInteger();

    public ChatReplies(Function<String, String> reply) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        server.setExecutor(workers);
        server.createContext("/v1/chat/completions", exchange -> {
            calls.incrementAndGet();
            Map<String, Object> request =
                    Json.readMap(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            List<?> messages = (List<?>) request.get("messages");
            Object last = ((Map<?, ?>) messages.get(messages.size() - 1)).get("content");
            byte[] body = Json.write(Map.of(
                            "model",
                            request.get("model") + "-returned",
                            "choices",
                            List.of(Map.of(
                                    "index",
                                    0,
                                    "finish_reason",
                                    "stop",
                                    "message",
                                    Map.of("role", "assistant", "content", reply.apply((String) last)))),
                            "usage",
                            Map.of("prompt_tokens", 100, "completion_tokens", 10)))
                    .getBytes(StandardCharsets.UTF_8);
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

    public int calls() {
        return calls.get();
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
