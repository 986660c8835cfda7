import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.zip.CRC32;

/**
 * A judge's server on loopback that fails as told and keeps its own account of what it billed, one thread a connection, kept
 * connections. Which fault a request meets is decided by the seed, its body and how often that body came, so that it does not
 * depend on what else goes on; what it answers is decided by the seed and the body alone. It bills what it worked on: also replies
 * that were lost, cut or unusable, and those behind a gateway's 502; it does not bill what it turned away.
 */
final class BilledServer implements AutoCloseable {
    /** What may happen to a request. */
    enum Fault {
        RATE_LIMITED(false),
        RATE_LIMITED_PAUSE(false),
        RATE_LIMITED_GARBAGE(false),
        ERROR_500(false),
        ERROR_502(true),
        ERROR_503(false),
        ERROR_529(false),
        CLOSED_UNREAD(false),
        RESET_BEFORE_HEADERS(true),
        RESET_AFTER_HEADERS(true),
        RESET_IN_BODY(true),
        CUT_JSON(true),
        EMPTY_BODY(true),
        HTML(true),
        SILENCE(true),
        STALL_IN_BODY(true);

        final boolean billed;

        Fault(boolean billed) {
            this.billed = billed;
        }
    }

    private static final String[] GARBAGE = {"soon", "-5", "NaN", "Thu, 31 Dec 2099 23:59:59 GMT", "1e9", ""};
    private static final long SILENT_MILLIS = 60_000;
    private static final int LARGEST = 1 << 24;

    private final long seed;
    private final int latencyMillis;
    private final double faultShare;
    private final double permanentShare;
    private final long pauseMillis;
    private final long promptNanos;
    private final long completionNanos;
    private final boolean echoing;
    private final ServerSocket listening;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "server");
        thread.setDaemon(true);
        return thread;
    });

    private final Map<Long, AtomicInteger> attempts = new ConcurrentHashMap<>();
    private final Map<Long, AtomicInteger> answered = new ConcurrentHashMap<>();
    /** Which process's call a request was when it was last answered. */
    private final Map<Long, Integer> lastFor = new ConcurrentHashMap<>();
    /** Of each process, how many of its answered calls another asked again. */
    private final Map<Integer, AtomicInteger> lostBy = new ConcurrentHashMap<>();
    private volatile int process;
    private final Map<Fault, LongAdder> faults = new ConcurrentHashMap<>();
    private final LongAdder billed = new LongAdder();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger mostInFlight = new AtomicInteger();
    private final AtomicInteger permanent = new AtomicInteger();
    private long pausedUntil;
    private long pausedNanos;

    /**
     * Starts.
     *
     * @param latencyMillis until an answer, whatever it is
     * @param faultShare of the requests, in [0, 1]
     * @param permanentShare of the bodies that are refused for good: half are too long, half are filtered
     * @param pauseMillis that a 429 with a header asks for
     * @param promptNanos price of a token, in billionths
     * @param echoing whether errors and replies repeat the key
     */
    BilledServer(
            long seed,
            int latencyMillis,
            double faultShare,
            double permanentShare,
            long pauseMillis,
            long promptNanos,
            long completionNanos,
            boolean echoing)
            throws IOException {
        this.seed = seed;
        this.latencyMillis = latencyMillis;
        this.faultShare = faultShare;
        this.permanentShare = permanentShare;
        this.pauseMillis = pauseMillis;
        this.promptNanos = promptNanos;
        this.completionNanos = completionNanos;
        this.echoing = echoing;
        listening = new ServerSocket(0, 4096, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    String base() {
        return "http://127.0.0.1:" + listening.getLocalPort() + "/v1";
    }

    /** Requests that came whole, retries included. */
    int requests() {
        return requests.get();
    }

    /** Different requests that came. */
    int bodies() {
        return attempts.size();
    }

    /** Different requests that were answered whole and well at least once. */
    int completed() {
        return answered.size();
    }

    /** Different requests that were refused for good. */
    int permanent() {
        return permanent.get();
    }

    /** From now on another process asks; what the one before still has in flight stays its own. */
    void nextProcess() {
        process++;
    }

    /** The most answered calls of one process that had to be asked again. */
    int mostLost() {
        return lostBy.values().stream().mapToInt(AtomicInteger::get).max().orElse(0);
    }

    /** How often requests were answered whole and well beyond the first time. */
    int again() {
        return answered.values().stream().mapToInt(count -> count.get() - 1).sum();
    }

    /** What was billed, in billionths. */
    long billedNanos() {
        return billed.sum();
    }

    int mostInFlight() {
        return mostInFlight.get();
    }

    /** How long, in seconds, at least one client had been told not to come back yet. */
    synchronized double dictatedSeconds() {
        return pausedNanos / 1e9;
    }

    Map<String, Long> faults() {
        Map<String, Long> counts = new HashMap<>();
        faults.forEach((fault, count) -> counts.put(fault.name(), count.sum()));
        return counts;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                socket.setTcpNoDelay(true);
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
            while (true) {
                Map<String, String> head = head(in);
                if (head.isEmpty()) {
                    return;
                }
                int length = Integer.parseInt(head.getOrDefault("content-length", "0"));
                byte[] body = in.readNBytes(Math.min(length, LARGEST));
                if (body.length < length) {
                    return;
                }
                mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
                try {
                    if (!answer(socket, body, head.getOrDefault("authorization", ""))) {
                        return;
                    }
                } finally {
                    inFlight.decrementAndGet();
                }
            }
        } catch (IOException e) {
            // the client has gone
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Map<String, String> head(InputStream in) throws IOException {
        Map<String, String> head = new HashMap<>();
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c != '\n') {
                line.append((char) c);
                continue;
            }
            String text = line.toString().strip();
            line.setLength(0);
            if (text.isEmpty()) {
                return head;
            }
            int colon = text.indexOf(':');
            head.put(
                    (colon < 0 ? "" : text.substring(0, colon)).toLowerCase(java.util.Locale.ROOT),
                    text.substring(colon + 1).strip());
        }
        return Map.of();
    }

    /** Whether the connection is still good. */
    private boolean answer(Socket socket, byte[] body, String key) throws IOException, InterruptedException {
        requests.incrementAndGet();
        int asking = process;
        CRC32 crc = new CRC32();
        crc.update(body);
        long id = crc.getValue() * 31 + body.length;
        AtomicInteger count = attempts.computeIfAbsent(id, each -> new AtomicInteger());
        int attempt = count.incrementAndGet();
        long dice = mixed(seed ^ mixed(id));
        if (unit(dice) < permanentShare) {
            if (attempt == 1) {
                permanent.incrementAndGet();
            }
            sleep(latencyMillis);
            boolean tooLong = (dice & 1) == 0;
            reply(socket, tooLong ? "400 Bad Request" : "400 Bad Request", "", error(
                    tooLong ? "context_length_exceeded" : "content_filter", echo(key)));
            return true;
        }
        long roll = mixed(dice + attempt);
        if (unit(roll) < faultShare) {
            Fault[] all = Fault.values();
            return fail(socket, all[(int) ((roll >>> 8) % all.length)], body, dice, roll, key);
        }
        sleep(latencyMillis);
        bill(body, dice);
        byte[] message = message("200 OK", "", completion(body, dice, key));
        socket.getOutputStream().write(message);
        answered.computeIfAbsent(id, each -> new AtomicInteger()).incrementAndGet();
        Integer before = lastFor.put(id, asking);
        if (before != null) {
            lostBy.computeIfAbsent(before, each -> new AtomicInteger()).incrementAndGet();
        }
        return true;
    }

    private boolean fail(Socket socket, Fault fault, byte[] body, long dice, long roll, String key)
            throws IOException, InterruptedException {
        faults.computeIfAbsent(fault, each -> new LongAdder()).increment();
        if (fault.billed) {
            bill(body, dice);
        }
        OutputStream out = socket.getOutputStream();
        if (fault == Fault.CLOSED_UNREAD) {
            reset(socket);
            return false;
        }
        sleep(latencyMillis);
        byte[] whole = message("200 OK", "", completion(body, dice, key));
        switch (fault) {
            case RATE_LIMITED -> reply(socket, "429 Too Many Requests", "", error("rate_limit_exceeded", echo(key)));
            case RATE_LIMITED_PAUSE -> {
                dictate();
                reply(socket, "429 Too Many Requests", "retry-after-ms: " + pauseMillis + "\r\n", error("rate_limit_exceeded", ""));
            }
            case RATE_LIMITED_GARBAGE ->
                reply(
                        socket,
                        "429 Too Many Requests",
                        "Retry-After: " + GARBAGE[(int) ((roll >>> 40) % GARBAGE.length)] + "\r\n",
                        error("rate_limit_exceeded", ""));
            case ERROR_500 -> reply(socket, "500 Internal Server Error", "", error("server_error", echo(key)));
            case ERROR_502 -> reply(socket, "502 Bad Gateway", "", "<html>502 " + echo(key) + "</html>");
            case ERROR_503 -> reply(socket, "503 Service Unavailable", "", "");
            case ERROR_529 -> reply(socket, "529 Overloaded", "", error("overloaded_error", ""));
            case RESET_BEFORE_HEADERS -> {
                reset(socket);
                return false;
            }
            case RESET_AFTER_HEADERS -> {
                out.write(whole, 0, headLength(whole));
                out.flush();
                reset(socket);
                return false;
            }
            case RESET_IN_BODY -> {
                out.write(whole, 0, headLength(whole) + (whole.length - headLength(whole)) / 2);
                out.flush();
                reset(socket);
                return false;
            }
            case CUT_JSON -> {
                String json = completion(body, dice, key);
                reply(socket, "200 OK", "", json.substring(0, json.length() / 2));
            }
            case EMPTY_BODY -> reply(socket, "200 OK", "", "");
            case HTML -> reply(socket, "200 OK", "", "<html><body>login " + echo(key) + "</body></html>");
            case SILENCE -> {
                sleep(SILENT_MILLIS);
                return false;
            }
            case STALL_IN_BODY -> {
                out.write(whole, 0, headLength(whole) + 10);
                out.flush();
                sleep(SILENT_MILLIS);
                return false;
            }
            case CLOSED_UNREAD -> throw new IllegalStateException();
        }
        return true;
    }

    private synchronized void dictate() {
        long now = System.nanoTime();
        long end = now + pauseMillis * 1_000_000;
        pausedNanos += end - Math.max(now, Math.min(end, pausedUntil == 0 ? now : pausedUntil));
        pausedUntil = Math.max(end, pausedUntil == 0 ? end : pausedUntil);
    }

    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    private static void sleep(long millis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(millis);
    }

    /** More tokens than four bytes each, never more than a token a byte of the messages. */
    private long promptTokens(byte[] body, long dice) {
        return 1 + (long) (body.length * (.1 + .7 * unit(mixed(dice + 1))));
    }

    private long completionTokens(long dice) {
        return 1 + Math.floorMod(mixed(dice + 2), 24L);
    }

    private void bill(byte[] body, long dice) {
        billed.add(promptTokens(body, dice) * promptNanos + completionTokens(dice) * completionNanos);
    }

    private String echo(String key) {
        return echoing ? key : "";
    }

    private static String error(String code, String more) {
        return "{\"error\":{\"message\":\"" + code + " " + more + "\",\"type\":\"" + code + "\",\"code\":\"" + code + "\"}}";
    }

    private String completion(byte[] body, long dice, String key) {
        String text = new String(body, StandardCharsets.UTF_8);
        int at = text.lastIndexOf("VERDICT ");
        String code = at < 0 || at + 18 > text.length() ? "0000000000" : text.substring(at + 8, at + 18);
        String label = unit(mixed(dice + 3)) < .5 ? "A" : "B";
        return "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1780000000,\"model\":\"m-2026-05-01\",\"choices\":[{\"index\":0,"
                + "\"message\":{\"role\":\"assistant\",\"content\":\"" + (echo(key).isEmpty() ? "" : "as " + echo(key) + "\\n")
                + "VERDICT " + code + " " + label + "\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":"
                + promptTokens(body, dice) + ",\"completion_tokens\":" + completionTokens(dice) + "}}";
    }

    private static void reply(Socket socket, String status, String headers, String body) throws IOException {
        socket.getOutputStream().write(message(status, headers, body));
    }

    private static byte[] message(String status, String headers, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        byte[] head = ("HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\n" + headers + "Content-Length: "
                        + bytes.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] whole = java.util.Arrays.copyOf(head, head.length + bytes.length);
        System.arraycopy(bytes, 0, whole, head.length, bytes.length);
        return whole;
    }

    private static int headLength(byte[] message) {
        return new String(message, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
    }

    /** SplitMix64's finalizer (Steele, Lea and Flood 2014). */
    static long mixed(long z) {
        z = (z + 0x9e3779b97f4a7c15L);
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** In [0, 1). */
    static double unit(long bits) {
        return (bits >>> 11) * 0x1p-53;
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            // closed all the same
        }
        threads.shutdownNow();
    }
}
