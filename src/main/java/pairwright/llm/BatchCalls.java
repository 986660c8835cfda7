package pairwright.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;

/**
 * The calls around a batch: made again while the fault may pass, until the deadline; but what makes a batch is called again only
 * when it was certainly not made.
 */
final class BatchCalls implements AutoCloseable {
    private static final int NOT_FOUND = 404;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,199}");

    private final Endpoint endpoint;
    private final ApiKey key;
    private final Http http;
    private final FileTransfer files;
    private final Time time;
    private final Backoff backoff;
    private final List<Http.Header> headers;

    BatchCalls(Endpoint endpoint, ApiKey key, Http http, FileTransfer files, Time time) {
        this.endpoint = endpoint;
        this.key = key;
        this.http = http;
        this.files = files;
        this.time = time;
        this.backoff = new Backoff(endpoint.patience().seed());
        List<Http.Header> all = new ArrayList<>(List.of(new Http.Header("User-Agent", "pairwright")));
        all.addAll(Dialect.headers(endpoint.protocol(), key));
        this.headers = List.copyOf(all);
    }

    /** One exchange. */
    @FunctionalInterface
    private interface Sending {
        Http.Response now() throws IOException, InterruptedException;
    }

    /** What one attempt came to. */
    private record Outcome(Optional<JsonNode> body, String fault, Optional<Duration> pause, boolean perhaps) {}

    URI address(String path) {
        return URI.create(endpoint.base() + path);
    }

    /** A name that the provider gave, safe to stand in a path. */
    static String name(JsonNode node) {
        String name = node.asText("");
        if (!NAME.matcher(name).matches()) {
            throw new ProviderRefused("the server named a batch or a file '" + ServerError.oneLine(name)
                    + "', must be letters, digits, points, hyphens and underscores");
        }
        return name;
    }

    /** The provider's record of a batch. */
    JsonNode getBatch(String path, String remote) throws InterruptedException {
        JsonNode body = get(path + remote);
        if (body.isMissingNode()) {
            throw new ProviderRefused(endpoint.base() + " knows no batch " + remote
                    + ", which this ledger sent there: use the key of the account that sent it");
        }
        return body;
    }

    /**
     * A page of the provider's list of batches.
     *
     * @param wanted the batch that may be among them
     */
    JsonNode getList(String path, BatchLedger.Batch wanted) throws InterruptedException {
        JsonNode listed = get(path);
        if (!listed.path("data").isArray()) {
            throw new ProviderRefused(
                    endpoint.base() + " does not list its batches, so it cannot be found out whether batch "
                            + wanted.name() + " of " + wanted.requests()
                            + " requests was made, which the last run was about to send; run without --batch to ask them one by one"
                            + " all the same");
        }
        return listed;
    }

    /** A JSON body; missing where nothing is there. */
    private JsonNode get(String path) throws InterruptedException {
        Http.Outgoing outgoing = new Http.Outgoing("GET", address(path), headers, new byte[0]);
        return patiently(() -> http.exchange(outgoing, Exchange.LARGEST_BODY), true);
    }

    /** Sends a file as often as it takes. */
    JsonNode upload(String path, String type, byte[] before, Path file, byte[] behind) throws InterruptedException {
        return patiently(() -> files.post(address(path), typed(type), before, file, behind), false);
    }

    /**
     * Gets a file, as often as it takes.
     *
     * @return whether it is there
     */
    boolean download(URI address, Path into) throws InterruptedException {
        return !patiently(
                        () -> {
                            Http.Response response = files.get(address, headers, into);
                            return response.status() == 200
                                    ? new Http.Response(200, response.headers(), "{}".getBytes(StandardCharsets.UTF_8))
                                    : response;
                        },
                        true)
                .isMissingNode();
    }

    /**
     * Makes a batch, at most once.
     *
     * @return empty where it is not known whether it was made; {@code why} is told then
     * @throws ProviderRefused when it was not made
     */
    Optional<JsonNode> make(String path, byte[] body, StringBuilder why) throws InterruptedException {
        Http.Outgoing outgoing = new Http.Outgoing("POST", address(path), typed("application/json"), body);
        return once(() -> http.exchange(outgoing, Exchange.LARGEST_BODY), why);
    }

    /** As {@link #make}, with a body from a file. */
    Optional<JsonNode> make(String path, Path file, StringBuilder why) throws InterruptedException {
        return once(() -> files.post(address(path), typed("application/json"), new byte[0], file, new byte[0]), why);
    }

    private List<Http.Header> typed(String type) {
        List<Http.Header> all = new ArrayList<>(headers);
        all.add(new Http.Header("Content-Type", type));
        return all;
    }

    private JsonNode patiently(Sending sending, boolean mayBeMissing) throws InterruptedException {
        long first = time.nanos();
        for (int failures = 1; ; failures++) {
            Outcome outcome = attempt(sending, mayBeMissing);
            if (outcome.body().isPresent()) {
                return outcome.body().get();
            }
            await(outcome, failures, first);
        }
    }

    private Optional<JsonNode> once(Sending sending, StringBuilder why) throws InterruptedException {
        long first = time.nanos();
        for (int failures = 1; ; failures++) {
            Outcome outcome = attempt(sending, false);
            if (outcome.body().isPresent()) {
                return outcome.body();
            }
            if (outcome.perhaps()) {
                why.append(outcome.fault());
                return Optional.empty();
            }
            await(outcome, failures, first);
        }
    }

    private void await(Outcome outcome, int failures, long first) throws InterruptedException {
        Duration left = endpoint.patience().deadline().minusNanos(time.nanos() - first);
        Duration wait = outcome.pause()
                .filter(asked -> asked.compareTo(left) <= 0)
                .map(backoff::atLeast)
                .orElseGet(() -> backoff.after(failures));
        if (wait.compareTo(left) > 0) {
            throw new NoAnswer("no usable answer from " + endpoint.base() + " about batches: " + outcome.fault()
                    + "; what was sent goes on there, and the same command run again collects it");
        }
        time.sleep(wait);
    }

    private Outcome attempt(Sending sending, boolean mayBeMissing) throws InterruptedException {
        try {
            Http.Response response = sending.now();
            return outcome(response, mayBeMissing);
        } catch (SSLHandshakeException e) {
            throw new ProviderRefused(
                    endpoint.base() + ": no trusted connection: " + key.scrub(String.valueOf(e.getMessage())));
        } catch (ConnectException e) {
            return new Outcome(Optional.empty(), "no connection", Optional.empty(), false);
        } catch (IOException e) {
            String what = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            return new Outcome(Optional.empty(), "connection lost: " + key.scrub(what), Optional.empty(), true);
        }
    }

    private Outcome outcome(Http.Response response, boolean mayBeMissing) {
        int status = response.status();
        JsonNode body;
        ServerError error;
        try {
            body = ReplyJson.parse(response.body());
            error = ServerError.of(body, key);
        } catch (IOException e) {
            body = MissingNode.getInstance();
            error = ServerError.of(new String(response.body(), StandardCharsets.UTF_8), key);
        }
        if (status >= 200 && status < 300) {
            return body.isObject()
                    ? new Outcome(Optional.of(body), "", Optional.empty(), false)
                    : new Outcome(
                            Optional.empty(),
                            "HTTP " + status + " with a body that is no JSON object",
                            Optional.empty(),
                            true);
        }
        if (status == NOT_FOUND && mayBeMissing) {
            return new Outcome(Optional.of(MissingNode.getInstance()), "", Optional.empty(), false);
        }
        String what = "HTTP " + status + (error.message().isEmpty() ? "" : ": " + error.message());
        if (error.quotaSpent() || !passes(status)) {
            throw new ProviderRefused(endpoint.base() + " refuses: " + what + advice(status));
        }
        Optional<Duration> pause =
                RetryHint.read(status, response.headers(), time.now()).or(error::pause);
        return new Outcome(Optional.empty(), what, pause, status == 408 || status >= 500);
    }

    private static boolean passes(int status) {
        return status == 408 || status == 409 || status == 425 || status == 429 || status >= 500;
    }

    private String advice(int status) {
        return switch (status) {
            case 401, 403 -> "; " + key.advice();
            case 404, 405, 501 ->
                "; check that " + endpoint.base() + " has a batch API for "
                        + endpoint.protocol().prefix() + ", or leave out --batch";
            case 413 -> "; make smaller batches with --batch-size";
            default -> "";
        };
    }

    @Override
    public void close() {
        files.close();
    }
}
