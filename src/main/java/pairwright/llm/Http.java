package pairwright.llm;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/**
 * The wire: one exchange with a server over HTTP/1.1, whole and in bounded time. Many threads may use one; redirects are not
 * followed, nothing is sent twice but where the server closed a kept connection before it read the request.
 */
interface Http extends AutoCloseable {
    /**
     * Sends and waits for the whole reply, whatever its status.
     *
     * @param maxBytes largest body that is taken in; what is beyond is never read
     * @throws java.net.ConnectException when there is no connection
     * @throws javax.net.ssl.SSLException when there is no trusted one
     * @throws TooLarge when the body is larger
     * @throws Stalled when the time is up
     * @throws IOException when the connection is lost
     * @throws InterruptedException when the caller is interrupted; the exchange is given up then
     */
    Response exchange(Outgoing request, int maxBytes) throws IOException, InterruptedException;

    @Override
    void close();

    /** One header as it goes or came over the wire. */
    record Header(String name, String value) {}

    /**
     * What is sent.
     *
     * @param method such as {@code GET}
     * @param headers without those that the wire sets itself: Host, Connection, Content-Length
     * @param body empty where there is none
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier that is read once, never compared
    record Outgoing(String method, URI address, List<Header> headers, byte[] body) {
        public Outgoing {
            headers = List.copyOf(headers);
        }

        /** Without the headers: one of them is the key. */
        @Override
        public String toString() {
            return method + " " + address;
        }
    }

    /** What came back, whole; the body as it was sent, byte for byte. */
    @SuppressWarnings("ArrayRecordComponent") // a carrier that is read once, never compared
    record Response(int status, Headers headers, byte[] body) {}

    /** The time was up. */
    final class Stalled extends IOException {
        private static final long serialVersionUID = 1L;

        Stalled(String message) {
            super(message);
        }
    }

    /** The body is larger than what is taken in. */
    final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;

        TooLarge(long maxBytes) {
            super("the reply is larger than " + maxBytes + " bytes");
        }
    }
}
