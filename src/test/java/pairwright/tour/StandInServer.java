package pairwright.tour;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import pairwright.jsonl.Json;

/**
 * A server on loopback that speaks the chat protocol. As a judge it prefers the shorter response; asked anything else, it says
 * one of two fixed sentences, by the name of the model.
 */
final class StandInServer implements AutoCloseable {
    private static final String SHORT_ANSWER = "Air scatters blue light more than red light.";
    private static final String LONG_ANSWER =
            "Sunlight holds all colours. Air scatters the blue part far more than the red part,"
                    + " so blue reaches your eyes from the whole sky.";

    private static final Pattern SHOWN = Pattern.compile(
            "BEGIN (\\w+) first response\\n(?<first>.*)\\nEND \\1 first response\\n+"
                    + "BEGIN \\1 second response\\n(?<second>.*)\\nEND \\1 second response\\n"
                    + ".*\\n(?<firstBetter>VERDICT \\1 \\w+)\\n(?<secondBetter>VERDICT \\1 \\w+)\\n(?<tie>VERDICT \\1 \\w+)\\n",
            Pattern.DOTALL);

    private final HttpServer server;
    private final ExecutorService workers = Executors.newFixedThreadPool(8);

    StandInServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.setExecutor(workers);
        server.createContext("/v1/chat/completions", StandInServer::answer);
        server.start();
    }

    String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, Object> request =
                    Json.readMap(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            List<?> messages = (List<?>) request.get("messages");
            String last = (String) ((Map<?, ?>) messages.get(messages.size() - 1)).get("content");
            String model = (String) request.get("model");
            byte[] body = Json.write(Map.of(
                            "model",
                            model,
                            "choices",
                            List.of(Map.of(
                                    "index",
                                    0,
                                    "finish_reason",
                                    "stop",
                                    "message",
                                    Map.of("role", "assistant", "content", reply(model, last)))),
                            "usage",
                            Map.of("prompt_tokens", 100, "completion_tokens", 10)))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static String reply(String model, String message) {
        Matcher shown = SHOWN.matcher(message);
        if (!shown.find()) {
            return model.equals("large") ? LONG_ANSWER : SHORT_ANSWER;
        }
        int difference = shown.group("first").length() - shown.group("second").length();
        return shown.group(difference < 0 ? "firstBetter" : difference > 0 ? "secondBetter" : "tie");
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
