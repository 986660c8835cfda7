package pairwright.llm;

import static pairwright.llm.RequestJson.object;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Ollama's own {@code POST BASE/api/chat}, as its API reference and its server describe it. The server loads a model with a
 * context of {@code num_ctx} tokens, whose default is far below what the model can, and cuts what is longer from the front
 * without a word. So each request says how much it needs, in powers of two because another size means loading the model again,
 * and {@code truncate} and {@code shift} forbid the cut, for the servers that know them (an error then, "longer than the context
 * length"). For those that do not, a prompt that filled the context or
 * has fewer tokens than words is taken for cut. A schema goes into {@code format}; a tool
 * is offered, for there is no way to force it.
 */
final class OllamaChat implements Dialect {
    private static final int SMALLEST_CONTEXT = 4096;
    private static final int LARGEST_CONTEXT = 1 << 20;

    private final Endpoint endpoint;
    private final URI address;

    OllamaChat(Endpoint endpoint) {
        this.endpoint = endpoint;
        this.address = URI.create(endpoint.base() + "/api/chat");
    }

    @Override
    public URI address(Request request) {
        return address;
    }

    @Override
    public Map<String, Object> body(Request request) {
        Sampling sampling = request.sampling();
        Map<String, Object> options = new LinkedHashMap<>();
        if (!endpoint.phrasing().serverSampling()) {
            options.put("temperature", sampling.temperature());
            sampling.topP().ifPresent(p -> options.put("top_p", p));
            sampling.seed().ifPresent(seed -> options.put("seed", seed));
        }
        options.put("num_predict", sampling.maxTokens());
        options.put("num_ctx", context(request));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("model", request.model());
        body.put("messages", request.messages());
        body.put("stream", false);
        body.put("truncate", false);
        body.put("shift", false);
        body.put("options", options);
        if (request.topLogprobs() > 0) {
            body.put("logprobs", true);
            body.put("top_logprobs", request.topLogprobs());
        }
        request.format().ifPresent(format -> {
            switch (format.way()) {
                case SCHEMA -> body.put("format", format.schema());
                case TOOL ->
                    body.put(
                            "tools",
                            List.of(object(
                                    "type",
                                    "function",
                                    "function",
                                    object("name", format.name(), "parameters", format.schema()))));
            }
        });
        return body;
    }

    /** What the endpoint says, else room for half as many tokens again as estimated and for the reply. */
    private int context(Request request) {
        return endpoint.phrasing().contextTokens().orElseGet(() -> {
            TokenBound most = TokenBound.of(request);
            if (most.prompt() + most.reply() <= SMALLEST_CONTEXT) {
                return SMALLEST_CONTEXT; // without counting
            }
            long need = TokenEstimate.of(request) * 3 / 2 + request.sampling().maxTokens();
            int context = SMALLEST_CONTEXT;
            while (context < need && context < LARGEST_CONTEXT) {
                context *= 2;
            }
            return context;
        });
    }

    @Override
    public Optional<Reply> reply(Request request, JsonNode body, ApiKey key) {
        JsonNode message = body.path("message");
        if (!message.isObject()) {
            return Optional.empty();
        }
        String content = message.path("content").asText("");
        List<String> calls = new ArrayList<>();
        for (JsonNode call : message.path("tool_calls")) {
            if (OpenAiChat.isTheTool(request, call.path("function"))) {
                calls.add(call.path("function").path("arguments").toString());
            }
        }
        Optional<String> thinking = ReplyJson.text(message.path("thinking"));
        List<TokenLogprobs> tokens =
                key.isIn(content) ? List.of() : Logprobs.after(thinking, content, Logprobs.read(body.path("logprobs")));
        Usage usage =
                new Usage(ReplyJson.count(body.path("prompt_eval_count")), ReplyJson.count(body.path("eval_count")));
        return Optional.of(new Completion(
                key.scrubReply(content),
                cut(request, usage)
                        ? FinishReason.CONTEXT
                        : finish(body.path("done_reason").asText("")),
                Optional.empty(),
                tokens,
                ReplyJson.arguments(calls).map(key::scrubReply),
                thinking.map(key::scrubReply),
                ReplyJson.text(body.path("model")).map(key::scrubReply),
                Optional.empty(),
                usage));
    }

    /**
     * A server that may cut leaves a prompt of just the context's size, or shifts when prompt and reply reach it; where the model can
     * hold less than was asked for, fewer tokens are read than there are words.
     */
    private boolean cut(Request request, Usage usage) {
        long prompt = usage.promptTokens().orElse(0L);
        long used = prompt + usage.completionTokens().orElse(0L);
        int least = endpoint.phrasing().contextTokens().orElse(SMALLEST_CONTEXT);
        return (used >= least && used >= context(request)) || (prompt > 0 && prompt < TokenEstimate.atLeast(request));
    }

    @Override
    public String wanted() {
        return "a message";
    }

    private static FinishReason finish(String reason) {
        return switch (reason) {
            case "stop" -> FinishReason.STOP;
            case "length" -> FinishReason.LENGTH;
            default -> FinishReason.OTHER;
        };
    }
}
