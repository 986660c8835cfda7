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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import pairwright.jsonl.Json;

/**
 * One attempt over the OpenAI chat protocol, {@code POST BASE/chat/completions}, as OpenAI, vLLM, SGLang, llama.cpp, Ollama
 * and LiteLLM speak it. Nothing is retried here: a failure that may pass says so.
 */
final class OpenAiChat implements LanguageModel {
    /** Largest body that is read, beside what the asked log-probabilities need. */
    static final int LARGEST_BODY = 4 << 20;

    private static final int LARGEST_LOGPROBS = 12 << 20;
    private static final int BYTES_PER_ALTERNATIVE = 200;

    private static final List<Http.Header> HEADERS = List.of(
            new Http.Header("Content-Type", "application/json"),
            new Http.Header("Accept", "application/json"),
            new Http.Header("User-Agent", "pairwright"));

    private final Endpoint endpoint;
    private final ApiKey key;
    private final Http http;
    private final Time time;
    private final URI address;

    OpenAiChat(Endpoint endpoint, ApiKey key, Http http, Time time) {
        this.endpoint = endpoint;
        this.key = key;
        this.http = http;
        this.time = time;
        this.address = URI.create(endpoint.base() + "/chat/completions");
    }

    @Override
    public Reply ask(Request request) throws InterruptedException {
        List<Http.Header> headers = new ArrayList<>(HEADERS);
        key.authorization().ifPresent(value -> headers.add(new Http.Header("Authorization", value)));
        byte[] body = body(request).getBytes(StandardCharsets.UTF_8);
        try {
            return read(
                    request, http.exchange(new Http.Outgoing("POST", address, headers, body), largestBody(request)));
        } catch (Http.TooLarge e) {
            return new Failure(Failure.Kind.TRANSPORT, e.getMessage());
        } catch (SSLHandshakeException e) {
            throw new ProviderRefused(
                    address + ": no trusted connection: " + key.scrub(String.valueOf(e.getMessage())));
        } catch (ConnectException e) {
            return Failure.passing("no connection to " + endpoint.base()).reached(Reach.UNSENT);
        } catch (IOException e) {
            return Failure.passing("connection lost: "
                    + key.scrub(
                            String.valueOf(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())));
        }
    }

    private String body(Request request) {
        Sampling sampling = request.sampling();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("model", request.model());
        body.put("messages", request.messages());
        body.put("temperature", sampling.temperature());
        sampling.topP().ifPresent(p -> body.put("top_p", p));
        body.put(endpoint.tokenLimit().field(), sampling.maxTokens());
        sampling.seed().ifPresent(seed -> body.put("seed", seed));
        if (request.topLogprobs() > 0) {
            body.put("logprobs", true);
            body.put("top_logprobs", request.topLogprobs());
        }
        return Json.write(body);
    }

    private static int largestBody(Request request) {
        long logprobs = (long) request.topLogprobs() * request.sampling().maxTokens() * BYTES_PER_ALTERNATIVE;
        return LARGEST_BODY + (int) Math.min(LARGEST_LOGPROBS, logprobs);
    }

    private Reply read(Request request, Http.Response response) {
        int status = response.status();
        Optional<Duration> wait = RetryHint.read(status, response.headers(), time.now());
        JsonNode body;
        OpenAiError error;
        try {
            body = OpenAiReply.parse(response.body());
            error = OpenAiError.of(body, key);
        } catch (StreamConstraintsException e) {
            return new Failure(
                    Failure.Kind.TRANSPORT, "HTTP " + status + " with a body nested too deep or a number too long");
        } catch (IOException e) {
            body = MissingNode.getInstance();
            error = OpenAiError.of(new String(response.body(), StandardCharsets.UTF_8), key);
        }
        if (status >= 200 && status < 300) {
            return success(request, body, error, wait);
        }
        Reply failed = failure(request, status, error, wait);
        return failed instanceof Failure failure ? failure.reached(Reach.ofStatus(status)) : failed;
    }

    private Reply success(Request request, JsonNode body, OpenAiError error, Optional<Duration> wait) {
        boolean failed = body.path("error").isObject() || body.path("error").isTextual();
        Optional<Completion> completion = failed ? Optional.empty() : OpenAiReply.completion(body, key);
        if (completion.isPresent()) {
            return completion.get();
        }
        if (failed) {
            return said(request, 400, error)
                    .orElseGet(() -> Failure.passing("HTTP 200 with an error: " + error.message(), wait));
        }
        return Failure.passing(
                body.isMissingNode() || body.isNull()
                        ? "HTTP 200 with a body that is not JSON or ends too early"
                        : "HTTP 200 without a message in choices[0]",
                wait);
    }

    private Reply failure(Request request, int status, OpenAiError error, Optional<Duration> wait) {
        Optional<Reply> said = said(request, status, error);
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
                                + endpoint.base() + " is right (it usually ends in /v1)");
            case 405, 410 -> throw refused(what, "check the base URL " + endpoint.base());
            default -> {
                if (status >= 300 && status < 400) {
                    throw refused(what, "the server sends elsewhere; give the address it means as the base URL");
                }
                if (error.aboutSettings()) {
                    throw refused(what, "the model does not take this setting: change it or leave it out");
                }
                return status == 408 || status == 409 || status == 425 || status == 429 || status >= 500
                        ? Failure.passing(what, wait)
                        : new Failure(Failure.Kind.TRANSPORT, what);
            }
        }
    }

    /** What the words of the error decide, whatever the status. */
    private Optional<Reply> said(Request request, int status, OpenAiError error) {
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
        return Optional.empty();
    }

    private ProviderRefused refused(String what, String advice) {
        return new ProviderRefused(endpoint.base() + " refuses: " + what + "; " + advice);
    }
}
