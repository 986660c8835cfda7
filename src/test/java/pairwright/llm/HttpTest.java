package pairwright.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wire itself; what it makes of faults is in {@link FaultsTest}. */
class HttpTest {
    private static final int PLENTY = 4 << 20;

    private static Http open() {
        return new JettyHttp(Duration.ofSeconds(20), Duration.ofSeconds(5));
    }

    private static Http.Outgoing post(String base, byte[] body) {
        return new Http.Outgoing(
                "POST",
                URI.create(base + "/x"),
                List.of(
                        new Http.Header("Content-Type", "application/json"),
                        new Http.Header("Authorization", "secret")),
                body);
    }

    private static Http.Outgoing get(String address) {
        return new Http.Outgoing("GET", URI.create(address), List.of(), new byte[0]);
    }

    @Test
    void nothingIsSentThatWasNotSaid() throws Exception {
        try (var server = new ChatServer((n, exchange) -> exchange.header("Set-Cookie", "a=b")
                        .header("X-Twice", "1")
                        .header("X-Twice", "2")
                        .reply(200, "{}"));
                var http = open()) {
            for (int i = 0; i < 2; i++) {
                http.exchange(post(server.base(), "{\"a\": \"\u00e4\"}".getBytes(StandardCharsets.UTF_8)), PLENTY);
            }
            Set<String> names = new HashSet<>();
            server.headers().forEach(each -> each.keySet().forEach(name -> names.add(name.toLowerCase(Locale.ROOT))));
            assertThat(names).containsExactlyInAnyOrder("host", "content-type", "content-length", "authorization");
            assertThat(server.paths()).containsOnly("POST /v1/x");
            assertThat(server.bodies()).containsOnly("{\"a\": \"\u00e4\"}");
        }
    }

    @Test
    void theReplyComesAsItWasSent() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("hello".getBytes(StandardCharsets.UTF_8));
        }
        byte[] body = packed.toByteArray();
        try (var server = new RawServer((n, socket) -> {
                    RawServer.write(
                            socket,
                            "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 429 Slow down\r\nContent-Encoding: gzip\r\n"
                                    + "retry-AFTER: 7\r\nContent-Length: " + body.length + "\r\n\r\n");
                    socket.getOutputStream().write(body);
                });
                var http = open()) {
            Http.Response response = http.exchange(post(server.base(), new byte[1]), PLENTY);
            assertThat(response.status()).isEqualTo(429);
            assertThat(response.headers().firstValue("Retry-After")).contains("7");
            assertThat(response.headers().firstValue("Content-Encoding")).contains("gzip");
            assertThat(response.body()).isEqualTo(body);
        }
    }

    @Test
    void aReplyInChunksOrUntilTheEndOfTheConnectionIsWhole() throws Exception {
        try (var server = new RawServer((n, socket) -> RawServer.write(
                        socket,
                        n == 1
                                ? "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
                                : "HTTP/1.0 200 OK\r\n\r\nabcde"));
                var http = open()) {
            for (int i = 0; i < 2; i++) {
                assertThat(http.exchange(post(server.base(), new byte[1]), PLENTY)
                                .body())
                        .asString()
                        .isEqualTo("abcde");
            }
        }
    }

    @Test
    void oneConnectionServesOneCallAfterTheOther() throws Exception {
        Set<Integer> ports = new HashSet<>();
        try (var server = new ChatServer((n, exchange) -> {
                    ports.add(exchange.http().getRemoteAddress().getPort());
                    exchange.say("A");
                });
                var http = open()) {
            for (int i = 0; i < 20; i++) {
                http.exchange(post(server.base(), new byte[1]), PLENTY);
            }
            assertThat(ports).hasSize(1);
        }
    }

    @Test
    void aKeptConnectionThatTheServerClosedIsNotUsedAgain() throws Exception {
        // Closed right after the reply, without having said so.
        try (var server = new RawServer((n, socket) -> {
                    RawServer.head(socket, 2);
                    RawServer.write(socket, "{}");
                });
                var http = open()) {
            for (int i = 0; i < 5; i++) {
                assertThat(http.exchange(post(server.base(), new byte[1]), PLENTY)
                                .status())
                        .isEqualTo(200);
                Thread.sleep(100); // the news of the end needs a moment
            }
            assertThat(server.count()).isEqualTo(5);
        }
    }

    @Test
    void aThousandAndMoreAreInFlightAtOnce() throws Exception {
        int many = 1200;
        var arrived = new AtomicInteger();
        var pool = Executors.newFixedThreadPool(many);
        try (var server = new ChatServer((n, exchange) -> {
                    arrived.incrementAndGet();
                    while (arrived.get() < many) { // nobody is answered before all are here
                        try {
                            Thread.sleep(20);
                        } catch (InterruptedException e) {
                            return;
                        }
                    }
                    exchange.say("A");
                });
                var http = open()) {
            List<Future<Http.Response>> replies = IntStream.range(0, many)
                    .mapToObj(i -> pool.submit(() -> http.exchange(post(server.base(), new byte[1]), PLENTY)))
                    .toList();
            for (Future<Http.Response> reply : replies) {
                assertThat(reply.get().status()).isEqualTo(200);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void largeBodiesGoBothWays() throws Exception {
        byte[] large = "x".repeat(8 << 20).getBytes(StandardCharsets.UTF_8);
        try (var server = new ChatServer((n, exchange) -> exchange.reply(200, exchange.request()));
                var http = open()) {
            assertThat(http.exchange(post(server.base(), large), large.length).body())
                    .isEqualTo(large);
            assertThatThrownBy(() -> http.exchange(post(server.base(), large), large.length - 1))
                    .isInstanceOf(Http.TooLarge.class);
        }
    }

    @Test
    void aRequestWithoutABodyIsOne() throws Exception {
        try (var server = new ChatServer((n, exchange) -> exchange.reply(200, "{}"));
                var http = open()) {
            assertThat(http.exchange(get(server.base() + "/models?limit=2&after=a%2Fb"), PLENTY)
                            .status())
                    .isEqualTo(200);
            assertThat(server.paths()).containsExactly("GET /v1/models?limit=2&after=a%2Fb");
            assertThat(server.headers().get(0)).doesNotContainKeys("Content-length", "Content-type");
        }
    }

    @Test
    void aNameThatDoesNotResolveIsNoConnection() {
        try (var http = open()) {
            assertThatThrownBy(() -> http.exchange(get("http://no-such-host.invalid/v1"), PLENTY))
                    .isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void aRequestIsToldWithoutItsHeaders() {
        assertThat(post("http://localhost:1/v1", new byte[0])).hasToString("POST http://localhost:1/v1/x");
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefused(@TempDir Path folder) throws Exception {
        Path keys = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "a",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        "changeit",
                        "-storetype",
                        "PKCS12")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, "changeit".toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        var asked = new AtomicInteger();
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> asked.incrementAndGet());
        server.start();
        String base = "https://localhost:" + server.getAddress().getPort() + "/v1";
        try (var http = open();
                var model = Requests.connect(Requests.impatient(base), new HandTime())) {
            assertThatThrownBy(() -> http.exchange(get(base), PLENTY)).isInstanceOf(SSLHandshakeException.class);
            assertThatThrownBy(() -> model.ask(Requests.asking("q")))
                    .isInstanceOf(ProviderRefused.class)
                    .hasMessageContaining("no trusted connection");
            assertThat(asked).hasValue(0);
        } finally {
            server.stop(0);
        }
    }
}
