package pairwright.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.regex.Pattern;
import pairwright.jsonl.BadInput;
import pairwright.jsonl.Json;

/**
 * JSON over HTTP for programs of this machine. It listens on the loopback address alone and answers only who calls it by a name of
 * this machine and comes from no web page, so that a page in a browser cannot reach it under a name of its own.
 */
final class LoopbackServer implements AutoCloseable {
    /** Largest body that is read. */
    static final int LARGEST_BODY = 16 << 20;

    /** MiB. */
    private static final int LARGEST_OVERFLOW = 64;

    private static final int THREADS = 32;
    private static final int BACKLOG = 256;
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(10);
    private static final Pattern LOCAL = Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d{1,5})?");

    static {
        // Without it a reply waits 40 ms for the reader's acknowledgement of its headers.
        setUnlessSet("sun.net.httpserver.nodelay", "true");
        // Seconds that one may take to send a request, or to take its reply.
        setUnlessSet("sun.net.httpserver.maxReqTime", "60");
        setUnlessSet("sun.net.httpserver.maxRspTime", "60");
    }

    /**
     * One address and what it answers.
     *
     * @param reply from the body to a value that is written as JSON; {@link BadInput} becomes status 400
     */
    record Route(String method, String path, Function<String, Object> reply) {}

    private final HttpServer server;
    private final ExecutorService workers;
    private final List<Route> routes;
    private final Phaser underWay = new Phaser(1);

    private LoopbackServer(HttpServer server, ExecutorService workers, List<Route> routes) {
        this.server = server;
        this.workers = workers;
        this.routes = List.copyOf(routes);
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /**
     * Listens.
     *
     * @param port 0 takes any that is free
     * @throws BadInput when the port is taken or not allowed
     */
    static LoopbackServer start(int port, List<Route> routes) {
        try {
            InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            HttpServer http = HttpServer.create(new InetSocketAddress(loopback, port), BACKLOG);
            ExecutorService workers = Executors.newFixedThreadPool(THREADS, task -> {
                Thread thread = new Thread(task, "serving");
                thread.setDaemon(true);
                return thread;
            });
            LoopbackServer server = new LoopbackServer(http, workers, routes);
            http.setExecutor(workers);
            http.createContext("/", server::handle);
            http.start();
            return server;
        } catch (BindException e) {
            throw new BadInput("port " + port + ": " + e.getMessage() + "; name another with --port", e);
        } catch (IOException e) {
            throw new BadInput("port " + port + " cannot be opened: " + e.getMessage(), e);
        }
    }

    /** Such as {@code http://127.0.0.1:5000}. */
    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Why a request is not answered. */
    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;
        private final int status;

        Refusal(int status, String message) {
            super(message);
            this.status = status;
        }
    }

    private void handle(HttpExchange exchange) {
        underWay.register();
        try (exchange) {
            int status = 200;
            Object reply;
            try {
                reply = reply(exchange);
            } catch (Refusal e) {
                status = e.status;
                reply = Map.of("error", e.getMessage());
            } catch (BadInput | IllegalArgumentException e) {
                status = 400;
                reply = Map.of("error", String.valueOf(e.getMessage()));
            } catch (RuntimeException e) {
                status = 500;
                reply = Map.of("error", "a fault of pairwright: " + e);
            }
            send(exchange, status, reply);
        } catch (IOException e) {
            // whoever asked has gone
        } finally {
            underWay.arriveAndDeregister();
        }
    }

    private Object reply(HttpExchange exchange) throws Refusal, IOException {
        List<String> hosts = exchange.getRequestHeaders().getOrDefault("Host", List.of());
        if (hosts.size() != 1
                || !LOCAL.matcher(hosts.get(0).toLowerCase(Locale.ROOT)).matches()) {
            throw new Refusal(403, "the Host header must name this machine, as in " + address());
        }
        if (exchange.getRequestHeaders().containsKey("Origin")) {
            throw new Refusal(403, "web pages are not answered");
        }
        String path = exchange.getRequestURI().getPath();
        List<Route> here =
                routes.stream().filter(route -> route.path().equals(path)).toList();
        if (here.isEmpty()) {
            throw new Refusal(
                    404,
                    "nothing is here; there is "
                            + String.join(
                                    ", ",
                                    routes.stream()
                                            .map(route -> route.method() + " " + route.path())
                                            .toList()));
        }
        for (Route route : here) {
            if (route.method().equals(exchange.getRequestMethod())) {
                return route.reply().apply(body(exchange));
            }
        }
        exchange.getResponseHeaders()
                .set("Allow", String.join(", ", here.stream().map(Route::method).toList()));
        throw new Refusal(405, path + " takes " + here.get(0).method());
    }

    private static String body(HttpExchange exchange) throws Refusal, IOException {
        byte[] bytes = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        if (bytes.length > LARGEST_BODY) {
            // Who is cut off in the middle of sending does not see the reply.
            for (int i = 0; i < LARGEST_OVERFLOW && bytes.length > 0; i++) {
                bytes = exchange.getRequestBody().readNBytes(1 << 20);
            }
            exchange.getResponseHeaders().set("Connection", "close");
            throw new Refusal(413, "the body is larger than " + LARGEST_BODY + " bytes: send several requests");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Refusal(400, "the body is not UTF-8");
        }
    }

    private static void send(HttpExchange exchange, int status, Object reply) throws IOException {
        byte[] bytes = Json.bytes(reply);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** Takes no more requests, and ends when those under way are answered, or after ten seconds. */
    @Override
    public void close() {
        try {
            underWay.awaitAdvanceInterruptibly(underWay.arrive(), LAST_ANSWERS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // whoever asked does not take the answer
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.stop(0);
        workers.shutdownNow();
    }
}
