package pairwright.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import pairwright.jsonl.BadInput;
import pairwright.prompt.Message;

/**
 * What RLHFlow's online loop keeps of a prompt: several responses and the reward of each. Every two of them are compared; the higher reward
 * is better, equal ones are a tie, and the difference is the margin.
 */
final class RlhFlowOnline implements ImportForm {
    private static final Set<String> KEYS = Set.of("prompt", "responses", "rewards");

    @Override
    public boolean matches(Fields row) {
        return row.has("prompt") && row.map().get("responses") instanceof List<?> && row.has("rewards");
    }

    @Override
    public List<Compared> read(Fields row) {
        List<Message> prompt = row.map().get("prompt") instanceof String
                ? List.of(Message.user(row.text("prompt")))
                : Turn.messages(row.turns("prompt"));
        List<?> responses = row.list("responses");
        List<?> rewards = row.list("rewards");
        if (responses.size() != rewards.size()) {
            throw new BadInput("responses holds " + responses.size() + " texts and rewards " + rewards.size()
                    + " numbers, must be as many");
        }
        List<Compared> compared = new ArrayList<>();
        for (int i = 0; i < responses.size(); i++) {
            for (int j = i + 1; j < responses.size(); j++) {
                double one = reward(rewards.get(i));
                double other = reward(rewards.get(j));
                compared.add(Compared.framed(
                                prompt, text(responses.get(i)), text(responses.get(j)), Compared.byScore(one, other))
                        .withMargin(Optional.of(Math.abs(one - other)))
                        .withFields(row.without(KEYS)));
            }
        }
        return compared;
    }

    private static String text(Object value) {
        if (!(value instanceof String text)) {
            throw new BadInput("responses holds something else than text");
        }
        return text;
    }

    private static double reward(Object value) {
        if (!(value instanceof Number number)) {
            throw new BadInput("rewards holds something else than numbers");
        }
        return number.doubleValue();
    }
}
