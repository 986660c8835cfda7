package pairwright.llm;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The wire by the JDK's client. {@link HttpRequest#timeout} of the JDK stops at the headers, so the time of the whole attempt
 * and the silence within the body are measured here.
 */
final class JdkHttp implements Http {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int IO_THREADS = 2;

    private final ExecutorService io;
    private final HttpClient client;
    private final Duration attempt;
    private final Duration idle;

    /**
     * Connects to nothing yet.
     *
     * @param attempt longest time from sending to the last byte
     * @param idle longest silence once the headers are there; before them a model is thinking, and only {@code attempt} counts
     */
    JdkHttp(Duration attempt, Duration idle) {
        this.attempt = attempt;
        this.idle = idle;
        this.io = Executors.newFixedThreadPool(IO_THREADS, task -> {
            Thread thread = new Thread(task, "http");
            thread.setDaemon(true);
            return thread;
        });
        // HTTP/2 offered over plain text makes some servers lose the body; a redirect could carry the key elsewhere.
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .executor(io)
                .build();
    }

    @Override
    public Response exchange(Outgoing outgoing, int maxBytes) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(outgoing.address())
                .method(
                        outgoing.method(),
                        outgoing.body().length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(outgoing.body()));
        outgoing.headers().forEach(header -> request.header(header.name(), header.value()));
        return send(request.build(), maxBytes);
    }

    private Response send(HttpRequest request, int maxBytes) throws IOException, InterruptedException {
        CompletableFuture<CappedBody> headers = new CompletableFuture<>();
        CompletableFuture<HttpResponse<byte[]>> whole = client.sendAsync(request, info -> {
            CappedBody body = new CappedBody(maxBytes);
            headers.complete(body);
            return body;
        });
        long end = System.nanoTime() + attempt.toNanos();
        try {
            await(CompletableFuture.anyOf(headers, whole), end);
            while (true) {
                long now = System.nanoTime();
                CappedBody body = headers.getNow(null);
                long silent = body == null ? end : body.lastByteNanos() + idle.toNanos();
                if (now - end >= 0) {
                    throw new Stalled("no complete reply within " + seconds(attempt));
                }
                if (now - silent >= 0) {
                    throw new Stalled("no byte for " + seconds(idle) + " in the middle of the reply");
                }
                if (await(whole, end - silent < 0 ? end : silent)) {
                    HttpResponse<byte[]> response = whole.join();
                    return new Response(response.statusCode(), headers(response.headers()), response.body());
                }
            }
        } finally {
            if (!whole.isDone()) {
                whole.cancel(true); // closes the connection
                CappedBody body = headers.getNow(null);
                if (body != null) {
                    body.cancel();
                }
            }
        }
    }

    private static Headers headers(HttpHeaders headers) {
        return new Headers(headers.map().entrySet().stream()
                .flatMap(each -> each.getValue().stream().map(value -> new Header(each.getKey(), value)))
                .toList());
    }

    /** Whether it was done by then. */
    private static boolean await(CompletableFuture<?> future, long end) throws IOException, InterruptedException {
        try {
            future.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof IOException io) {
                throw io;
            }
            throw new IOException(cause.getClass().getSimpleName() + ": " + cause.getMessage(), cause);
        }
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() / 1000.0 + " s";
    }

    @Override
    public void close() {
        io.shutdown();
    }
}
