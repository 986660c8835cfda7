package pairwright.candidate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import pairwright.llm.Completion;
import pairwright.llm.Cost;
import pairwright.llm.Failure;
import pairwright.llm.FinishReason;
import pairwright.llm.Prices;
import pairwright.llm.Reply;
import pairwright.llm.Request;

/** What a reply is worth as text that goes on: a whole answer, or none with its reason. */
public sealed interface Answer {
    /**
     * A whole answer.
     *
     * @param how how it came about: the model as returned, why it ended, its tokens and what they cost, where that is known
     */
    record Whole(String text, Map<String, Object> how) implements Answer {}

    /**
     * No answer, or a part of one.
     *
     * @param reason one word for counting
     */
    record None(String reason, String detail) implements Answer {}

    /**
     * Reads a reply. What was refused, filtered, cut at a limit or empty is no answer.
     *
     * @param prices of the model; without them, or where the server told no tokens, a cost is left out
     */
    static Answer of(Request request, Reply reply, Optional<Prices> prices) {
        if (reply instanceof Failure failure) {
            return new None(failure.kind().name(), failure.detail());
        }
        Completion completion = (Completion) reply;
        if (completion.refusal().isPresent()) {
            return new None("REFUSED", completion.refusal().get());
        }
        if (completion.finish() == FinishReason.CONTENT_FILTER) {
            return new None("FILTERED", "the provider's filter stopped the reply");
        }
        if (completion.finish() == FinishReason.CONTEXT) {
            return new None("OVERFLOW", "request and reply do not fit the model's context");
        }
        if (completion.finish() == FinishReason.LENGTH) {
            return new None(
                    "TRUNCATED", "the reply was cut at " + request.sampling().maxTokens() + " tokens");
        }
        if (completion.text().isBlank()) {
            return new None("EMPTY", "the reply is empty");
        }
        return new Whole(completion.text(), how(completion, prices));
    }

    private static Map<String, Object> how(Completion completion, Optional<Prices> prices) {
        Map<String, Object> fields = new LinkedHashMap<>();
        completion.model().ifPresent(returned -> fields.put("model_returned", returned));
        fields.put("finish_reason", completion.finish().name().toLowerCase(java.util.Locale.ROOT));
        completion.usage().promptTokens().ifPresent(tokens -> fields.put("prompt_tokens", tokens));
        completion.usage().completionTokens().ifPresent(tokens -> fields.put("completion_tokens", tokens));
        prices.flatMap(each -> each.of(completion.usage()))
                .map(Cost::units)
                .ifPresent(cost -> fields.put("cost", cost));
        return fields;
    }
}
