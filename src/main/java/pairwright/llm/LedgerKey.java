package pairwright.llm;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import pairwright.jsonl.Digests;
import pairwright.jsonl.Json;
import pairwright.prompt.Message;
import pairwright.prompt.Role;

/**
 * What makes two requests one: the SHA-256 of the JSON of all that decides the reply, keys in order and no spaces. The API
 * key, timeouts, limits and how the reply is read are not in it.
 */
final class LedgerKey {
    /** Counts up when the meaning of a stored reply changes. */
    static final int SCHEMA = 1;

    private LedgerKey() {}

    static String of(Endpoint endpoint, Request request) {
        return Digests.sha256(Json.canonicalBytes(facts(endpoint, request)));
    }

    /** One message, its fields in order. */
    private record Said(
            @JsonProperty("content") String content,
            @JsonProperty("role") Role role) {}

    static Map<String, Object> facts(Endpoint endpoint, Request request) {
        Map<String, Object> sampling = new TreeMap<>();
        sampling.put("temperature", request.sampling().temperature());
        sampling.put("max_tokens", request.sampling().maxTokens());
        request.sampling().topP().ifPresent(p -> sampling.put("top_p", p));
        request.sampling().seed().ifPresent(seed -> sampling.put("seed", seed));
        List<Said> messages = new ArrayList<>();
        for (Message message : request.messages()) {
            messages.add(new Said(message.content(), message.role()));
        }
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
        return key;
    }
}
