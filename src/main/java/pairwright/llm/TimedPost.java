package pairwright.llm;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One exchange over HTTP that ends: {@link HttpRequest#timeout} of the JDK stops at the headers, so the time of the whole
 * attempt and the silence within the body are measured here.
 *
 * @param attempt longest time from sending to the last byte
 * @param idle longest silence once the headers are there; before them a model is thinking, and only {@code attempt} counts
 */
record TimedPost(HttpClient client, Duration attempt, Duration idle) {
    /** What came back, whole. */
    @SuppressWarnings("ArrayRecordComponent") // a carrier that is read once, never compared
    record Response(int status, HttpHeaders headers, byte[] body) {}

    /** The time was up. */
    static final class Stalled extends IOException {
        private static final long serialVersionUID = 1L;

        Stalled(String message) {
            super(message);
        }
    }

    /**
     * Sends and waits.
     *
     * @param maxBytes largest body that is taken in; what is beyond is never read
     * @throws CappedBody.TooLarge when the body is larger
     * @throws IOException when the connection fails or the time is up
     */
    Response send(HttpRequest request, int maxBytes) throws IOException, InterruptedException {
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
                    return new Response(response.statusCode(), response.headers(), response.body());
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
}
