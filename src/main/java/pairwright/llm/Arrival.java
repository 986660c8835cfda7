package pairwright.llm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;

/**
 * One reply on its way: a selector's thread puts in what comes, up to a limit, and the thread that made it waits for the end,
 * woken by a {@link Watch} should time run out before.
 */
final class Arrival implements Response.Listener {
    private static final int USUAL_BYTES = 1 << 10;

    private final Thread waiting = Thread.currentThread();
    private final int maxBytes;
    private byte[] body = new byte[USUAL_BYTES];
    private int size;
    private Response response;
    private IOException failure;
    /** When the headers or the last bytes came. */
    private volatile long lastByteNanos;
    /** Whether the headers came. */
    private volatile boolean begun;
    /** Set last: all that was put in before is seen by who reads it. */
    private volatile boolean ended;

    Arrival(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * Waits for the whole reply.
     *
     * @throws Http.Stalled when the time is up
     */
    Http.Response await(Duration attempt, Duration idle, Watch watch) throws IOException, InterruptedException {
        long end = System.nanoTime() + attempt.toNanos();
        try (Watch.Kept kept = watch.over(waiting, () -> left(end, idle) <= 0)) {
            while (!ended) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (end - System.nanoTime() <= 0) {
                    throw new Http.Stalled("no complete reply within " + seconds(attempt));
                }
                if (left(end, idle) <= 0) {
                    throw new Http.Stalled("no byte for " + seconds(idle) + " in the middle of the reply");
                }
                LockSupport.park(this);
            }
        }
        if (failure != null) {
            throw failure;
        }
        return new Http.Response(response.getStatus(), JettyHttp.headers(response), Arrays.copyOf(body, size));
    }

    /** Nanoseconds to the end, or to the end of a silence in the middle of the reply. */
    private long left(long end, Duration idle) {
        long now = System.nanoTime();
        return begun ? Math.min(end - now, lastByteNanos + idle.toNanos() - now) : end - now;
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() / 1000.0 + " s";
    }

    @Override
    public void onHeaders(Response headers) {
        lastByteNanos = System.nanoTime();
        begun = true;
    }

    @Override
    public void onContent(Response from, ByteBuffer bytes) {
        lastByteNanos = System.nanoTime();
        int more = bytes.remaining();
        if (more > maxBytes - size) {
            end(new Http.TooLarge(maxBytes));
            return;
        }
        if (more > body.length - size) {
            body = Arrays.copyOf(body, (int) Math.min(maxBytes, Math.max(2L * body.length, (long) size + more)));
        }
        bytes.get(body, size, more);
        size += more;
    }

    @Override
    public void onComplete(Result result) {
        response = result.getResponse();
        end(result.isFailed() ? JettyHttp.lost(result.getFailure()) : null);
    }

    private void end(IOException why) {
        if (!ended) {
            failure = why;
            ended = true;
            LockSupport.unpark(waiting);
        }
    }
}
