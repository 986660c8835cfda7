package pairwright.llm;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Files to a server and from it, hundreds of megabytes in a few kilobytes of memory; {@link Http} is for bodies that fit
 * into it. Over HTTP/1.1, without redirects, proxies or cookies. Nothing is sent twice.
 */
final class FileTransfer implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int THREADS = 2;
    /** A transfer slower than this, in bytes a second, is given up. */
    private static final long SLOWEST = 50_000;
    /** A file of more bytes is no file of results. */
    private static final long LARGEST_FILE = 16L << 30;

    private final ExecutorService io;
    private final HttpClient client;
    private final Duration attempt;
    private final Duration idle;

    /**
     * Connects to nothing yet.
     *
     * @param attempt longest time of an exchange beside what its bytes take
     * @param idle longest silence within a body
     */
    FileTransfer(Duration attempt, Duration idle) {
        this.attempt = attempt;
        this.idle = idle;
        this.io = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "transfer");
            thread.setDaemon(true);
            return thread;
        });
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(CONNECT)
                .executor(io)
                .build();
    }

    /**
     * Posts a file, with bytes before and behind it.
     *
     * @throws java.net.ConnectException when there is no connection
     * @throws Http.Stalled when the time is up
     * @throws IOException when the connection is lost
     */
    Http.Response post(URI address, List<Http.Header> headers, byte[] before, Path file, byte[] behind)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .POST(BodyPublishers.concat(
                        BodyPublishers.ofByteArray(before),
                        BodyPublishers.ofFile(file),
                        BodyPublishers.ofByteArray(behind)));
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        HttpResponse<Long> response = exchange(request, headers, body, Exchange.LARGEST_BODY, Files.size(file));
        return new Http.Response(response.statusCode(), headers(response.headers()), body.toByteArray());
    }

    /**
     * Gets a body into a file, whole, whatever its status.
     *
     * @return what came, its body empty where the status is 200: it lies in the file
     * @throws Http.TooLarge when it is larger than any file of results
     * @throws IOException as {@link #post}
     */
    Http.Response get(URI address, List<Http.Header> headers, Path into) throws IOException, InterruptedException {
        HttpResponse<Long> response;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(into), 1 << 16)) {
            response = exchange(HttpRequest.newBuilder(address).GET(), headers, out, LARGEST_FILE, LARGEST_FILE);
        }
        byte[] body = new byte[0];
        if (response.statusCode() != 200) {
            try (var in = Files.newInputStream(into)) {
                body = in.readNBytes(Exchange.LARGEST_BODY);
            }
        }
        return new Http.Response(response.statusCode(), headers(response.headers()), body);
    }

    private HttpResponse<Long> exchange(
            HttpRequest.Builder request, List<Http.Header> more, OutputStream out, long maxBytes, long expected)
            throws IOException, InterruptedException {
        more.forEach(header -> request.header(header.name(), header.value()));
        CompletableFuture<CappedSink> headers = new CompletableFuture<>();
        CompletableFuture<HttpResponse<Long>> whole = client.sendAsync(request.build(), info -> {
            CappedSink sink = new CappedSink(out, maxBytes);
            headers.complete(sink);
            return sink;
        });
        long end = System.nanoTime() + attempt.plusSeconds(expected / SLOWEST).toNanos();
        try {
            await(CompletableFuture.anyOf(headers, whole), end);
            while (true) {
                long now = System.nanoTime();
                CappedSink sink = headers.getNow(null);
                long silent = sink == null ? end : sink.lastByteNanos() + idle.toNanos();
                if (now - end >= 0) {
                    throw new Http.Stalled("no complete reply within the time that so many bytes may take");
                }
                if (now - silent >= 0) {
                    throw new Http.Stalled("no byte for " + idle.toMillis() / 1000.0 + " s in the middle of the reply");
                }
                if (await(whole, end - silent < 0 ? end : silent)) {
                    return whole.join();
                }
            }
        } finally {
            if (!whole.isDone()) {
                whole.cancel(true); // closes the connection
                CappedSink sink = headers.getNow(null);
                if (sink != null) {
                    sink.cancel();
                }
            }
        }
    }

    private static Headers headers(HttpHeaders headers) {
        return new Headers(headers.map().entrySet().stream()
                .flatMap(each -> each.getValue().stream().map(value -> new Http.Header(each.getKey(), value)))
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

    @Override
    public void close() {
        io.shutdown();
    }
}
