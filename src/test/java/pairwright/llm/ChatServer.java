package pairwright.llm;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A real HTTP server on loopback that plays a script and remembers what it was sent. */
final class ChatServer implements AutoCloseable {
    /** What one request gets. */
    @FunctionalInterface
    interface Script {
        /** @param number of this request, from 1 */
        void answer(int number, Exchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<Map<String, List<String>>> headers = new CopyOnWriteArrayList<>();
    private final List<String> paths = new CopyOnWriteArrayList<>();

    ChatServer(Script script) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", http -> {
            try (http) {
                String body = new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                int number;
                synchronized (bodies) {
                    bodies.add(body);
                    number = bodies.size();
                }
                headers.add(Map.copyOf(http.getRequestHeaders()));
                paths.add(http.getRequestMethod() + " " + http.getRequestURI());
                script.answer(number, new Exchange(http, body));
            }
        });
        server.start();
    }

    /** One request in the script's hands. */
    record Exchange(HttpExchange http, String request) {
        Exchange header(String name, String value) {
            http.getResponseHeaders().add(name, value);
            return this;
        }

        void reply(int status, String body) throws IOException {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            http.getResponseHeaders().add("Content-Type", "application/json");
            http.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            http.getResponseBody().write(bytes);
        }

        void say(String text) throws IOException {
            reply(200, completion(text));
        }
    }

    /** A completion as OpenAI sends it. */
    static String completion(String text) {
        return """
                {"id":"c","object":"chat.completion","created":1,"model":"judge-1-0613","system_fingerprint":"fp_1",
                "choices":[{"index":0,"message":{"role":"assistant","content":%s},"logprobs":null,"finish_reason":"stop"}],
                "usage":{"prompt_tokens":11,"completion_tokens":3,"total_tokens":14}}
                """.formatted(pairwright.jsonl.Json.write(text));
    }

    static String error(String code, String message) {
        return "{\"error\":{\"message\":\"%s\",\"type\":\"error\",\"param\":null,\"code\":\"%s\"}}"
                .formatted(message, code);
    }

    String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    List<String> bodies() {
        return bodies;
    }

    List<String> paths() {
        return paths;
    }

    List<Map<String, List<String>>> headers() {
        return headers;
    }

    int count() {
        return bodies.size();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
