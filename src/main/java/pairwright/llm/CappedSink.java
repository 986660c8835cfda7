package pairwright.llm;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Lets a body run into a stream, up to a limit, and remembers when its last byte came. */
final class CappedSink implements BodySubscriber<Long> {
    private final OutputStream out;
    private final long maxBytes;
    private final CompletableFuture<Long> body = new CompletableFuture<>();
    private long bytes;
    private volatile Flow.Subscription subscription;
    private volatile long lastByteNanos = System.nanoTime();

    CappedSink(OutputStream out, long maxBytes) {
        this.out = out;
        this.maxBytes = maxBytes;
    }

    long lastByteNanos() {
        return lastByteNanos;
    }

    void cancel() {
        Flow.Subscription current = subscription;
        if (current != null) {
            current.cancel();
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        newSubscription.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        if (body.isDone()) {
            return;
        }
        try {
            for (ByteBuffer buffer : buffers) {
                bytes += buffer.remaining();
                if (bytes > maxBytes) {
                    throw new Http.TooLarge(maxBytes);
                }
                byte[] chunk = new byte[buffer.remaining()];
                buffer.get(chunk);
                out.write(chunk);
            }
            lastByteNanos = System.nanoTime();
            subscription.request(1);
        } catch (IOException e) {
            cancel();
            body.completeExceptionally(e);
        }
    }

    @Override
    public void onError(Throwable error) {
        body.completeExceptionally(error);
    }

    @Override
    public void onComplete() {
        body.complete(bytes);
    }

    @Override
    public CompletionStage<Long> getBody() {
        return body;
    }
}
