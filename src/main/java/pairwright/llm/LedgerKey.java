package pairwright.llm;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import pairwright.jsonl.Digests;
import pairwright.jsonl.Json;

/**
 * What makes two requests one: the SHA-256 of the JSON of all that decides the reply, keys in order and no spaces. The API
 * key, timeouts, limits and how the reply is read are not in it.
 */
final class LedgerKey {
    /** Counts up when the meaning of a stored reply changes. */
    static final int SCHEMA = 1;

    private LedgerKey() {}

    static String of(Endpoint endpoint, Request request) {
        return Digests.sha256(text(endpoint, request));
    }

    static String text(Endpoint endpoint, Request request) {
        Map<String, Object> sampling = new TreeMap<>();
        sampling.put("temperature", request.sampling().temperature());
        sampling.put("max_tokens", request.sampling().maxTokens());
        request.sampling().topP().ifPresent(p -> sampling.put("top_p", p));
        request.sampling().seed().ifPresent(seed -> sampling.put("seed", seed));
        List<Map<String, Object>> messages = request.messages().stream()
                .map(message -> Map.<String, Object>of("role", message.role(), "content", message.content()))
                .collect(Collectors.toUnmodifiableList());
        Map<String, Object> key = new TreeMap<>(Map.of(
                "schema", SCHEMA,
                "endpoint", endpoint.base().toString(),
                "model", request.model(),
                "sampling", sampling,
                "messages", messages,
                "top_logprobs", request.topLogprobs(),
                "sample", request.sample()));
        request.format().ifPresent(format -> key.put("format", format));
        // What is as it always was is left out, so that the ledgers from then are still good.
        if (endpoint.protocol() != Protocol.OPENAI) {
            key.put("protocol", endpoint.protocol().prefix());
        }
        Endpoint.Phrasing phrasing = endpoint.phrasing();
        if (phrasing.serverSampling()) {
            key.put("server_sampling", true);
        }
        if (endpoint.protocol() == Protocol.OLLAMA) {
            phrasing.contextTokens().ifPresent(tokens -> key.put("context_tokens", tokens));
        }
        if (endpoint.protocol() == Protocol.REWARD) {
            key.put("template", phrasing.template().toString());
        }
        if (!request.labels().isEmpty()) {
            key.put("labels", request.labels());
        }
        request.again().ifPresent(times -> key.put("again", times));
        return Json.canonical(key);
    }
}
