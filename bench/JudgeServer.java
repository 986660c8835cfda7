import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * A judge's server for benchmarks: {@code java bench/JudgeServer.java MILLIS REQUEST}. Answers each {@code POST} after MILLIS with
 * a chat completion of some 600 bytes that holds the verdict line of the request's own code; one thread, one selector, kept
 * connections, no queue before the answer, so that its own share of the processor is small and the time is the client's. Writes
 * the first request's body to the file REQUEST; writes its port to standard output and then, ten times a second, a line: seconds,
 * calls answered, connections made, processor seconds used, most calls in flight since the line before.
 */
final class JudgeServer {
    private static final byte[] VERDICT = ascii("VERDICT ");
    private static final byte[] LENGTH = ascii("content-length:");
    private static final int CODE = 10;
    /** The judge's prompt ends with the verdict lines; what candidates wrote stands before. */
    private static final int TAIL = 1000;

    private static final long SHORTEST_SLEEP = 1_000_000;
    private static final long LONGEST_NAP = 200_000;

    private static final String CONTENT = "VERDICT 0000000000 A";
    private static final byte[] REPLY = reply();
    private static final int CODE_AT = indexOf(REPLY, ascii(CONTENT), 0, REPLY.length) + VERDICT.length;

    private final long delay;
    private final Selector selector = Selector.open();
    private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 16);
    private final ByteBuffer out = ByteBuffer.allocateDirect(1 << 12);
    private final ArrayDeque<Connection> thinking = new ArrayDeque<>();
    private Path firstRequest;
    // Written by the serving thread alone, read by the one that reports.
    private volatile long calls;
    private volatile int most;
    private volatile int connections;

    private JudgeServer(long delayNanos, Path requestFile) throws IOException {
        delay = delayNanos;
        firstRequest = requestFile;
    }

    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            System.err.println("usage: java bench/JudgeServer.java MILLIS REQUEST");
            System.exit(2);
        }
        new JudgeServer((long) (Double.parseDouble(args[0]) * 1e6), Path.of(args[1])).serve();
    }

    private void serve() throws IOException {
        ServerSocketChannel listening = ServerSocketChannel.open();
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
        listening.configureBlocking(false);
        listening.register(selector, SelectionKey.OP_ACCEPT);
        System.out.println(listening.socket().getLocalPort());
        System.out.flush();
        Thread reporting = new Thread(this::report);
        reporting.setDaemon(true);
        reporting.start();
        while (true) {
            long wait = thinking.isEmpty() ? Long.MAX_VALUE : thinking.peek().due - System.nanoTime();
            if (wait == Long.MAX_VALUE) {
                selector.select(this::ready);
            } else if (wait > SHORTEST_SLEEP) {
                // A selector counts whole milliseconds.
                selector.select(this::ready, wait / SHORTEST_SLEEP);
            } else {
                if (wait > 0) {
                    LockSupport.parkNanos(Math.min(wait, LONGEST_NAP));
                }
                selector.selectNow(this::ready);
            }
            while (!thinking.isEmpty() && thinking.peek().due - System.nanoTime() <= 0) {
                thinking.remove().answer();
            }
        }
    }

    private void report() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long start = System.nanoTime();
        while (true) {
            LockSupport.parkNanos(100_000_000);
            System.out.printf(
                    Locale.ROOT,
                    "%.3f %d %d %.3f %d%n",
                    (System.nanoTime() - start) / 1e9,
                    calls,
                    connections,
                    system.getProcessCpuTime() / 1e9,
                    most);
            System.out.flush();
            most = 0;
        }
    }

    private void ready(SelectionKey key) {
        if (key.attachment() instanceof Connection connection) {
            connection.read();
            return;
        }
        try {
            SocketChannel channel = ((ServerSocketChannel) key.channel()).accept();
            if (channel != null) {
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.register(selector, SelectionKey.OP_READ, new Connection(channel));
                connections++;
            }
        } catch (IOException e) {
            System.err.println("no connection: " + e.getMessage());
        }
    }

    /** One client's connection; holds at most one request. */
    private final class Connection {
        private final SocketChannel channel;
        private final byte[] code = new byte[CODE];
        private byte[] request = new byte[8 << 10];
        private int size;
        private int whole = -1;
        private int body;
        private long due;

        Connection(SocketChannel channel) {
            this.channel = channel;
        }

        void read() {
            try {
                in.clear();
                int n = channel.read(in);
                if (n < 0) {
                    channel.close();
                    return;
                }
                in.flip();
                if (size + n > request.length) {
                    request = Arrays.copyOf(request, Math.max(2 * request.length, size + n));
                }
                in.get(request, size, n);
                size += n;
                if (whole < 0) {
                    measure();
                }
                if (whole >= 0 && size >= whole) {
                    take();
                }
            } catch (IOException e) {
                close();
            }
        }

        /** Where the request ends, once its head is there. */
        private void measure() {
            int end = indexOf(request, ascii("\r\n\r\n"), 0, size);
            if (end < 0) {
                return;
            }
            body = end + 4;
            int at = indexOfHeader(request, end);
            int length = 0;
            for (int i = at; at >= 0 && request[i] != '\r'; i++) {
                length = request[i] == ' ' ? length : 10 * length + request[i] - '0';
            }
            whole = body + length;
        }

        private void take() throws IOException {
            if (firstRequest != null) {
                Files.write(firstRequest, Arrays.copyOfRange(request, body, whole));
                firstRequest = null;
            }
            int at = indexOf(request, VERDICT, Math.max(body, whole - TAIL), whole);
            if (at >= 0) {
                System.arraycopy(request, at + VERDICT.length, code, 0, CODE);
            } else {
                Arrays.fill(code, (byte) '0');
            }
            size = 0;
            whole = -1;
            due = System.nanoTime() + delay;
            thinking.add(this);
            most = Math.max(most, thinking.size());
        }

        void answer() {
            calls++;
            out.clear();
            out.put(REPLY);
            out.put(CODE_AT, code);
            out.put(CODE_AT + CODE + 1, (byte) (code[0] < '8' ? 'A' : 'B'));
            out.flip();
            try {
                write(out);
            } catch (IOException e) {
                close();
            }
        }

        private void write(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }

        private void close() {
            try {
                channel.close();
            } catch (IOException e) {
                // it is gone
            }
        }
    }

    private static byte[] reply() {
        return message("{\"id\":\"chatcmpl-00000000000000000000000000000\",\"object\":\"chat.completion\",\"created\":1780000000,"
                + "\"model\":\"judge-2026-05-01\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\""
                + CONTENT + "\",\"refusal\":null,\"annotations\":[]},\"logprobs\":null,\"finish_reason\":\"stop\"}],\"usage\":{"
                + "\"prompt_tokens\":1012,\"completion_tokens\":14,\"total_tokens\":1026,\"prompt_tokens_details\":{"
                + "\"cached_tokens\":0,\"audio_tokens\":0},\"completion_tokens_details\":{\"reasoning_tokens\":0,\"audio_tokens\":0,"
                + "\"accepted_prediction_tokens\":0,\"rejected_prediction_tokens\":0}},\"service_tier\":\"default\","
                + "\"system_fingerprint\":\"fp_0000000000\"}\n");
    }

    private static byte[] message(String body) {
        return ascii("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                + "\r\nx-request-id: req_00000000000000000000000000000000\r\n\r\n" + body);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static int indexOf(byte[] text, byte[] word, int from, int to) {
        for (int i = from; i <= to - word.length; i++) {
            if (text[i] == word[0] && Arrays.equals(text, i, i + word.length, word, 0, word.length)) {
                return i;
            }
        }
        return -1;
    }

    /** Behind the colon of Content-Length; -1 where there is none. */
    private static int indexOfHeader(byte[] head, int end) {
        for (int i = 0; i <= end - LENGTH.length; i++) {
            int same = 0;
            while (same < LENGTH.length && (head[i + same] | 0x20) == (LENGTH[same] | 0x20)) {
                same++;
            }
            if (same == LENGTH.length) {
                return i + LENGTH.length;
            }
        }
        return -1;
    }
}
