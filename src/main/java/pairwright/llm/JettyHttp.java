package pairwright.llm;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.ProtocolHandlers;
import org.eclipse.jetty.client.RedirectProtocolHandler;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.WWWAuthenticationProtocolHandler;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/**
 * The wire by Jetty's client: one selector thread does all reading, the callers only wait. Nothing comes from the
 * environment: no proxy, no cookies, no credentials; nothing is unpacked or sent again.
 */
final class JettyHttp implements Http {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    /** Longest time that a connection is kept without work; what a server or a router forgot before shows as it is used. */
    private static final Duration KEPT = Duration.ofSeconds(30);

    private static final int THREADS = 6;
    private static final int LARGEST_HEADERS = 64 << 10;

    private final HttpClient client;
    private final Watch watch = new Watch();
    private final Duration attempt;
    private final Duration idle;

    /**
     * Connects to nothing yet.
     *
     * @param attempt longest time from sending to the last byte
     * @param idle longest silence once the headers are there; before them a model is thinking, and only {@code attempt} counts
     */
    JettyHttp(Duration attempt, Duration idle) {
        this.attempt = attempt;
        this.idle = idle;
        this.client = started();
    }

    private static HttpClient started() {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS);
        threads.setName("http");
        threads.setDaemon(true);
        threads.setReservedThreads(0);
        ClientConnector connector = new ClientConnector();
        connector.setSelectors(1);
        connector.setConnectTimeout(CONNECT);
        connector.setIdleTimeout(KEPT);
        // HTTP/2 offered over plain text makes some servers lose the body.
        HttpClientTransportOverHTTP http1 = new HttpClientTransportOverHTTP(connector);
        http1.setInvocationType(InvocationType.NON_BLOCKING); // an arrival only takes bytes in
        HttpClient client = new HttpClient(http1);
        client.setExecutor(threads);
        client.setScheduler(new ScheduledExecutorScheduler("http timer", true));
        client.setFollowRedirects(false); // one could carry the key elsewhere
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        client.setUserAgentField(null);
        client.setMaxResponseHeadersSize(LARGEST_HEADERS);
        // How many calls are in flight is decided elsewhere.
        client.setMaxConnectionsPerDestination(Integer.MAX_VALUE);
        client.setMaxRequestsQueuedPerDestination(Integer.MAX_VALUE);
        try {
            client.start();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP client cannot be started", e);
        }
        // Only what start() put there can be taken away.
        client.getContentDecoderFactories().clear();
        ProtocolHandlers handlers = client.getProtocolHandlers();
        handlers.remove(RedirectProtocolHandler.NAME);
        handlers.remove(WWWAuthenticationProtocolHandler.NAME);
        return client;
    }

    @Override
    public Response exchange(Outgoing outgoing, int maxBytes) throws IOException, InterruptedException {
        Arrival arrival = new Arrival(maxBytes);
        Request request = client.newRequest(outgoing.address())
                .method(outgoing.method())
                .headers(headers -> outgoing.headers().forEach(each -> headers.add(each.name(), each.value())))
                // The time is kept by the one who waits; the connection's own must not end a model's thinking.
                .idleTimeout(2 * attempt.toMillis(), TimeUnit.MILLISECONDS);
        if (outgoing.body().length > 0) {
            request.body(new BytesRequestContent(outgoing.body()));
        }
        request.send(arrival);
        try {
            return arrival.await(attempt, idle, watch);
        } catch (IOException | InterruptedException e) {
            var unused = request.abort(e); // closes the connection
            throw e;
        }
    }

    /** In words that are the same in every run. */
    static IOException lost(Throwable cause) {
        if (cause instanceof UnknownHostException
                || cause instanceof UnresolvedAddressException
                || cause instanceof SocketTimeoutException) {
            ConnectException none = new ConnectException(cause.getMessage());
            none.initCause(cause);
            return none;
        }
        if (cause instanceof EOFException || cause instanceof ClosedChannelException) {
            return new IOException("the server hung up", cause);
        }
        return cause instanceof IOException io
                ? io
                : new IOException(cause.getClass().getSimpleName() + ": " + cause.getMessage(), cause);
    }

    static Headers headers(org.eclipse.jetty.client.Response response) {
        List<Header> headers = new ArrayList<>();
        for (HttpField field : response.getHeaders()) {
            headers.add(new Header(field.getName(), field.getValue() == null ? "" : field.getValue()));
        }
        return new Headers(headers);
    }

    @Override
    public void close() {
        watch.close();
        try {
            client.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP client cannot be stopped", e);
        }
    }
}
