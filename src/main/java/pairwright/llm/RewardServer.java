package pairwright.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pairwright.prompt.Role;

/**
 * A reward server as OpenRLHF's trainers ask it, {@code POST BASE/get_reward} with {@code query[]}, {@code prompts[]} and
 * {@code labels[]}, answered by {@code rewards[]} and {@code scores[]}. The request's last message is the response to be rewarded;
 * {@code query} is the whole conversation as one text, {@code prompts} its part before the response, both as
 * {@link ChatTemplate} writes them; there is no label. The completion's text is the reward as the server wrote it, empty where
 * it gave none.
 */
final class RewardServer implements Dialect {
    private final ChatTemplate template;
    private final URI address;

    RewardServer(Endpoint endpoint) {
        this.template = endpoint.phrasing().template();
        this.address = URI.create(endpoint.base() + "/get_reward");
    }

    @Override
    public URI address(Request request) {
        return address;
    }

    @Override
    public Optional<Failure> beyond(Request request) {
        int last = request.messages().size() - 1;
        if (last < 0 || request.messages().get(last).role() != Role.ASSISTANT) {
            return Optional.of(
                    new Failure(Failure.Kind.TRANSPORT, "not sent: a reward server rewards responses, it writes none"));
        }
        return template.holds(request.messages())
                ? Optional.empty()
                : Optional.of(new Failure(
                        Failure.Kind.TRANSPORT,
                        "not sent: the template plain holds one user message, and this is a longer conversation: name the"
                                + " template that the reward model was trained with, chatml or llama3"));
    }

    @Override
    public Map<String, Object> body(Request request) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("query", List.of(template.whole(request.messages())));
        body.put("prompts", List.of(template.prompt(request.messages())));
        body.put("labels", List.of(""));
        return body;
    }

    @Override
    public Optional<Reply> reply(Request request, JsonNode body, ApiKey key) {
        if (!body.isObject()) {
            return Optional.empty();
        }
        JsonNode reward = first(body.path("rewards"));
        String text = reward.isMissingNode() || reward.isNull()
                ? ""
                : reward.isNumber() ? reward.asText() : reward.toString(); // text in digits is no number
        return Optional.of(Completion.of(key.scrubReply(text)));
    }

    /** Some servers wrap each reward in a list of its own, or send the only one bare. */
    private static JsonNode first(JsonNode rewards) {
        JsonNode node = rewards;
        for (int depth = 0; depth < 2 && node.isArray(); depth++) {
            node = node.path(0);
        }
        return node.isValueNode() ? node : MissingNode.getInstance();
    }

    @Override
    public String wanted() {
        return "rewards";
    }
}
