package pairwright.llm;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLHandshakeException;
import pairwright.jsonl.Json;

/**
 * One exchange of JSON with a server, and what its faults mean, the same for every protocol. Nothing is retried here: a failure
 * that may pass says so.
 */
final class Exchange {
    /** Largest body that is read, beside what the asked log-probabilities need. */
    static final int LARGEST_BODY = 4 << 20;

    private static final int LARGEST_LOGPROBS = 12 << 20;
    /** Largest body that is read for any request. */
    static final int LARGEST_REPLY = LARGEST_BODY + LARGEST_LOGPROBS;

    private static final int BYTES_PER_ALTERNATIVE = 200;

    private static final List<Http.Header> HEADERS = List.of(
            new Http.Header("Content-Type", "application/json"),
            new Http.Header("Accept", "application/json"),
            new Http.Header("User-Agent", "pairwright"));

    private final Endpoint endpoint;
    private final ApiKey key;
    private final Http http;
    private final Time time;
    private final List<Http.Header> headers;
    private final AtomicReference<Optional<Contact>> contact = new AtomicReference<>(Optional.empty());

    /**
     * Nothing is sent yet.
     *
     * @param more headers that the protocol wants in every request, the key's among them
     */
    Exchange(Endpoint endpoint, ApiKey key, Http http, Time time, List<Http.Header> more) {
        this.endpoint = endpoint;
        this.key = key;
        this.http = http;
        this.time = time;
        List<Http.Header> all = new ArrayList<>(HEADERS);
        all.addAll(more);
        this.headers = List.copyOf(all);
    }

    /** What came of one exchange. */
    sealed interface Answer {
        /**
         * A status of success and JSON that is no error; whether it is a reply is the protocol's to say.
         *
         * @param pause how long the server asked to wait, should it be none
         */
        record Body(JsonNode json, Optional<Duration> pause) implements Answer {}

        /** No reply. */
        record Failed(Failure failure) implements Answer {}
    }

    /** What the last exchange that brought a response showed beside its body. */
    Optional<Contact> contact() {
        return contact.get();
    }

    /** Sends what a request became in its protocol. */
    Answer post(Request request, URI address, Object body) throws InterruptedException {
        try {
            byte[] bytes = Json.bytes(body);
            return read(request, send(new Http.Outgoing("POST", address, headers, bytes), largestBody(request)));
        } catch (Http.TooLarge e) {
            return new Answer.Failed(new Failure(Failure.Kind.TRANSPORT, e.getMessage()));
        } catch (SSLHandshakeException e) {
            throw new ProviderRefused(
                    address + ": no trusted connection: " + key.scrub(String.valueOf(e.getMessage())));
        } catch (ConnectException e) {
            return new Answer.Failed(
                    Failure.passing("no connection to " + endpoint.base()).reached(Reach.UNSENT));
        } catch (IOException e) {
            return passing(
                    "connection lost: "
                            + key.scrub(String.valueOf(
                                    e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())),
                    Optional.empty());
        }
    }

    /** Looks something up that a server may or may not tell; missing where it does not, for whatever reason. */
    JsonNode look(String method, URI address, Optional<Object> body) throws InterruptedException {
        try {
            byte[] bytes = body.map(Json::bytes).orElse(new byte[0]);
            Http.Response response = http.exchange(new Http.Outgoing(method, address, headers, bytes), LARGEST_BODY);
            return response.status() == 200 ? ReplyJson.parse(response.body()) : MissingNode.getInstance();
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    private Http.Response send(Http.Outgoing outgoing, int maxBytes) throws IOException, InterruptedException {
        long start = time.nanos();
        Http.Response response = http.exchange(outgoing, maxBytes);
        Duration latency = Duration.ofNanos(time.nanos() - start);
        contact.set(Optional.of(new Contact(rates(response.headers()), latency)));
        return response;
    }

    private Map<String, String> rates(Headers headers) {
        Map<String, String> rates = new TreeMap<>();
        for (Http.Header header : headers.all()) {
            String name = header.name().toLowerCase(Locale.ROOT);
            if (name.contains("ratelimit") || name.contains("rate-limit")) {
                rates.put(name, ServerError.oneLine(key.scrub(header.value())));
            }
        }
        return rates;
    }

    private static int largestBody(Request request) {
        long logprobs = (long) request.topLogprobs() * request.sampling().maxTokens() * BYTES_PER_ALTERNATIVE;
        return LARGEST_BODY + (int) Math.min(LARGEST_LOGPROBS, logprobs);
    }

    /** What a response means, however it came. */
    Answer read(Request request, Http.Response response) {
        int status = response.status();
        JsonNode body;
        ServerError error;
        try {
            body = ReplyJson.parse(response.body());
            if (succeeded(status) && isReply(body)) {
                return new Answer.Body(body, RetryHint.read(status, response.headers(), time.now()));
            }
            error = ServerError.of(body, key);
        } catch (StreamConstraintsException e) {
            return new Answer.Failed(new Failure(
                    Failure.Kind.TRANSPORT, "HTTP " + status + " with a body nested too deep or a number too long"));
        } catch (IOException e) {
            body = MissingNode.getInstance();
            error = ServerError.of(new String(response.body(), StandardCharsets.UTF_8), key);
        }
        Optional<Duration> pause =
                RetryHint.read(status, response.headers(), time.now()).or(error::pause);
        return new Answer.Failed(
                succeeded(status)
                        ? withoutReply(request, body, error, pause)
                        : failure(request, status, error, pause).reached(Reach.ofStatus(status)));
    }

    private static boolean succeeded(int status) {
        return status >= 200 && status < 300;
    }

    private static boolean isReply(JsonNode body) {
        return !ServerError.isIn(body) && !body.isMissingNode() && !body.isNull();
    }

    private Failure withoutReply(Request request, JsonNode body, ServerError error, Optional<Duration> pause) {
        return ServerError.isIn(body)
                ? said(request, 400, error)
                        .orElseGet(() -> Failure.passing("HTTP 200 with an error: " + error.message(), pause))
                : Failure.passing("HTTP 200 with a body that is not JSON or ends too early", pause);
    }

    private Failure failure(Request request, int status, ServerError error, Optional<Duration> pause) {
        Optional<Failure> said = said(request, status, error);
        if (said.isPresent()) {
            return said.get();
        }
        String what = "HTTP " + status + (error.message().isEmpty() ? "" : ": " + error.message());
        switch (status) {
            case 401, 403 -> throw refused(what, key.advice());
            case 402 -> throw refused(what, "the account has no credit left: add credit, then run again");
            case 404 ->
                throw refused(
                        what,
                        "check that the model is called '" + request.model() + "' there and that the base URL "
                                + endpoint.base() + " is right ("
                                + endpoint.protocol().baseAdvice() + ")");
            case 405, 410 -> throw refused(what, "check the base URL " + endpoint.base());
            default -> {
                if (status >= 300 && status < 400) {
                    throw refused(what, "the server sends elsewhere; give the address it means as the base URL");
                }
                if (error.keyRefused()) {
                    throw refused(what, key.advice());
                }
                error.setting(status).ifPresent(field -> {
                    throw refused(what, SettingAdvice.about(field));
                });
                return status == 408 || status == 409 || status == 425 || status == 429 || status >= 500
                        ? Failure.passing(what, pause)
                        : new Failure(Failure.Kind.TRANSPORT, what);
            }
        }
    }

    /** What the words of the error decide, whatever the status. */
    private Optional<Failure> said(Request request, int status, ServerError error) {
        String detail = error.message();
        if (error.quotaSpent()) {
            throw refused(detail, "the quota is spent: raise it, then run again");
        }
        if (error.overflow(status)) {
            return Optional.of(new Failure(Failure.Kind.OVERFLOW, detail));
        }
        if (error.filtered(status)) {
            return Optional.of(new Failure(Failure.Kind.FILTERED, detail));
        }
        if (request.topLogprobs() > 0 && error.aboutLogprobs(status)) {
            return Optional.of(new Failure(Failure.Kind.LOGPROBS_UNSUPPORTED, detail));
        }
        if (request.format().isPresent() && error.aboutFormat(status)) {
            return Optional.of(new Failure(Failure.Kind.FORMAT_UNSUPPORTED, detail));
        }
        return Optional.empty();
    }

    private static Answer passing(String detail, Optional<Duration> pause) {
        return new Answer.Failed(Failure.passing(detail, pause));
    }

    private ProviderRefused refused(String what, String advice) {
        return new ProviderRefused(endpoint.base() + " refuses: " + what + "; " + advice);
    }
}
