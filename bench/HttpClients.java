import com.sun.management.OperatingSystemMXBean;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * What a call costs with each well-kept HTTP client of Java, behind one small interface:
 * {@code HttpClients CLIENT URL REQUEST IN_FLIGHT WARM_SECONDS SECONDS}, CLIENT being jetty, netty, apache or jdk. Each call has the
 * same body, a deadline, and a thread that waits for the whole reply as bytes (a virtual one where Java has those). Prints one line:
 * client, in flight, calls/s, processor ms a call, 99th percentile of a call in ms.
 */
final class HttpClients {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int LARGEST = 1 << 24;
    /** Latencies that each thread remembers, the last ones; before them stands how many there were. */
    private static final int KEPT = 1 << 10;

    private HttpClients() {}

    /** Sends; the future ends with the body of a status 200. */
    private interface Client {
        CompletableFuture<byte[]> post(byte[] body);
    }

    public static void main(String[] args) throws Exception {
        if (args.length != 6) {
            System.err.println("usage: HttpClients CLIENT URL REQUEST IN_FLIGHT WARM_SECONDS SECONDS");
            System.exit(2);
        }
        URI address = URI.create(args[1]);
        byte[] body = Files.readAllBytes(Path.of(args[2]));
        int inFlight = Integer.parseInt(args[3]);
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        });
        Client client =
                switch (args[0]) {
                    case "jetty" -> jetty(address);
                    case "netty" -> new Netty(address);
                    case "apache" -> apache(address);
                    case "jdk" -> jdk(address);
                    default -> throw new IllegalArgumentException(args[0]);
                };
        LongAdder calls = new LongAdder();
        List<long[]> latencies = new ArrayList<>(); // as many lists as threads, each its own's
        ThreadFactory threads = lightThreads();
        for (int i = 0; i < inFlight; i++) {
            long[] mine = new long[1 + KEPT];
            latencies.add(mine);
            threads.newThread(() -> ask(client, body, calls, mine)).start();
        }
        Thread.sleep((long) (1e3 * Double.parseDouble(args[4])));
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long began = System.nanoTime();
        long cpu = system.getProcessCpuTime();
        long before = calls.sum();
        Thread.sleep((long) (1e3 * Double.parseDouble(args[5])));
        double seconds = (System.nanoTime() - began) / 1e9;
        long done = calls.sum() - before;
        cpu = system.getProcessCpuTime() - cpu;
        // The last ones of each thread, which are about those of the span.
        int each = (int) Math.min(KEPT, done / inFlight);
        long[] seen = latencies.stream()
                .flatMapToLong(mine -> LongStream.range(Math.max(0, mine[0] - each), mine[0])
                        .map(i -> mine[1 + (int) (i % KEPT)]))
                .sorted()
                .toArray();
        System.out.printf(
                Locale.ROOT,
                "%s %d %.0f %.4f %.1f%n",
                args[0],
                inFlight,
                done / seconds,
                cpu / 1e6 / done,
                seen[(int) (seen.length * .99)] / 1e6);
        Runtime.getRuntime().halt(0);
    }

    private static void ask(Client client, byte[] body, LongAdder calls, long[] latencies) {
        try {
            while (true) {
                long start = System.nanoTime();
                byte[] reply = client.post(body).get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
                if (reply.length < 100) {
                    throw new IOException(new String(reply, StandardCharsets.UTF_8));
                }
                calls.increment();
                latencies[1 + (int) (latencies[0]++ % KEPT)] = System.nanoTime() - start;
            }
        } catch (IOException | InterruptedException | ExecutionException | TimeoutException e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static ThreadFactory lightThreads() throws ReflectiveOperationException {
        if (Runtime.version().feature() < 24) {
            return task -> new Thread(task);
        }
        Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
        return (ThreadFactory) Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
    }

    /** As the product sets it up. */
    private static Client jetty(URI address) throws Exception {
        QueuedThreadPool threads = new QueuedThreadPool(6);
        threads.setReservedThreads(0);
        ClientConnector connector = new ClientConnector();
        connector.setSelectors(1);
        HttpClientTransportOverHTTP http1 = new HttpClientTransportOverHTTP(connector);
        http1.setInvocationType(InvocationType.NON_BLOCKING);
        HttpClient client = new HttpClient(http1);
        client.setExecutor(threads);
        client.setMaxConnectionsPerDestination(Integer.MAX_VALUE);
        client.setMaxRequestsQueuedPerDestination(Integer.MAX_VALUE);
        client.start();
        client.getContentDecoderFactories().clear();
        return body -> {
            CompletableFuture<byte[]> reply = new CompletableFuture<>();
            client.newRequest(address)
                    .method("POST")
                    .headers(headers -> headers.add("Content-Type", "application/json")
                            .add("Accept", "application/json"))
                    .body(new BytesRequestContent(body))
                    .send(new Response.Listener() {
                        private byte[] bytes = new byte[1 << 10];
                        private int size;

                        @Override
                        public void onContent(Response from, ByteBuffer chunk) {
                            int more = chunk.remaining();
                            if (size + more > bytes.length) {
                                bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
                            }
                            chunk.get(bytes, size, more);
                            size += more;
                        }

                        @Override
                        public void onComplete(Result result) {
                            if (result.isFailed()) {
                                reply.completeExceptionally(result.getFailure());
                            } else if (result.getResponse().getStatus() != 200) {
                                reply.completeExceptionally(new IOException(result.getResponse().toString()));
                            } else {
                                reply.complete(Arrays.copyOf(bytes, size));
                            }
                        }
                    });
            return reply;
        };
    }

    private static Client jdk(URI address) {
        java.net.http.HttpClient client = java.net.http.HttpClient.newBuilder()
                .version(java.net.http.HttpClient.Version.HTTP_1_1)
                .executor(Executors.newFixedThreadPool(2))
                .build();
        return body -> client.sendAsync(
                        HttpRequest.newBuilder(address)
                                .header("Content-Type", "application/json")
                                .header("Accept", "application/json")
                                .timeout(DEADLINE)
                                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray())
                .thenApply(HttpResponse::body);
    }

    private static Client apache(URI address) {
        CloseableHttpAsyncClient client = HttpAsyncClients.custom()
                .setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(1).build())
                .setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                        .setMaxConnTotal(1 << 14)
                        .setMaxConnPerRoute(1 << 14)
                        .setDefaultTlsConfig(TlsConfig.custom()
                                .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1)
                                .build())
                        .build())
                .disableAuthCaching()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                .disableRedirectHandling()
                .build();
        client.start();
        return body -> {
            CompletableFuture<byte[]> reply = new CompletableFuture<>();
            SimpleHttpRequest request = SimpleRequestBuilder.post(address)
                    .setHeader("Accept", "application/json")
                    .setBody(body, ContentType.APPLICATION_JSON)
                    .build();
            var unused = client.execute(request, new FutureCallback<SimpleHttpResponse>() {
                @Override
                public void completed(SimpleHttpResponse response) {
                    if (response.getCode() == 200) {
                        reply.complete(response.getBodyBytes());
                    } else {
                        reply.completeExceptionally(new IOException(response.toString()));
                    }
                }

                @Override
                public void failed(Exception cause) {
                    reply.completeExceptionally(cause);
                }

                @Override
                public void cancelled() {
                    reply.cancel(false);
                }
            });
            return reply;
        };
    }

    /** Netty has no client above its codec: connections are kept here, on one event loop. */
    private static final class Netty implements Client {
        private final URI address;
        private final Bootstrap bootstrap;
        private final MultiThreadIoEventLoopGroup loop;
        /** Touched by the loop's thread alone. */
        private final ArrayDeque<Channel> idle = new ArrayDeque<>();

        Netty(URI to) {
            address = to;
            loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
            bootstrap = new Bootstrap()
                    .group(loop)
                    .channel(NioSocketChannel.class)
                    .option(ChannelOption.TCP_NODELAY, true)
                    .handler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline().addLast(new HttpClientCodec(), new HttpObjectAggregator(LARGEST), new Reading());
                        }
                    });
        }

        @Override
        public CompletableFuture<byte[]> post(byte[] body) {
            CompletableFuture<byte[]> reply = new CompletableFuture<>();
            loop.execute(() -> {
                Channel kept = idle.poll();
                if (kept != null && kept.isActive()) {
                    write(kept, body, reply);
                } else {
                    bootstrap.connect(address.getHost(), address.getPort()).addListener((ChannelFutureListener) made -> {
                        if (made.isSuccess()) {
                            write(made.channel(), body, reply);
                        } else {
                            reply.completeExceptionally(made.cause());
                        }
                    });
                }
            });
            return reply;
        }

        private void write(Channel channel, byte[] body, CompletableFuture<byte[]> reply) {
            DefaultFullHttpRequest request = new DefaultFullHttpRequest(
                    HttpVersion.HTTP_1_1, HttpMethod.POST, address.getRawPath(), Unpooled.wrappedBuffer(body));
            request.headers()
                    .add("Host", address.getAuthority())
                    .add("Content-Type", "application/json")
                    .add("Accept", "application/json")
                    .add("Content-Length", body.length);
            channel.pipeline().get(Reading.class).reply = reply;
            channel.writeAndFlush(request);
        }

        private final class Reading extends SimpleChannelInboundHandler<FullHttpResponse> {
            private CompletableFuture<byte[]> reply;

            @Override
            protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
                byte[] bytes = new byte[response.content().readableBytes()];
                response.content().readBytes(bytes);
                idle.push(context.channel());
                if (response.status().code() == 200) {
                    reply.complete(bytes);
                } else {
                    reply.completeExceptionally(new IOException(response.toString()));
                }
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                reply.completeExceptionally(cause);
                context.close();
            }
        }
    }
}
