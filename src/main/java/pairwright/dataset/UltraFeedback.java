package pairwright.dataset;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import pairwright.prompt.Message;

/**
 * UltraFeedback as it was collected (Cui et al. 2024): an instruction and several completions with an {@code overall_score} each. Every two are
 * compared; the higher score is better, equal ones are a tie, the difference is the margin and both scores are kept.
 */
final class UltraFeedback implements ImportForm {
    private static final Set<String> KEYS =
            Set.of("instruction", "completions", "models", "correct_answers", "incorrect_answers");

    @Override
    public boolean matches(Fields row) {
        return row.has("instruction")
                && row.map().get("completions") instanceof List<?> list
                && !list.isEmpty()
                && list.get(0) instanceof Map<?, ?> first
                && first.containsKey("response");
    }

    @Override
    public List<Compared> read(Fields row) {
        List<Message> prompt = List.of(Message.user(row.text("instruction")));
        List<Fields> completions = row.objects("completions");
        Map<String, Object> rest = row.without(KEYS);
        List<Compared> compared = new ArrayList<>();
        for (int i = 0; i < completions.size(); i++) {
            for (int j = i + 1; j < completions.size(); j++) {
                Fields one = completions.get(i);
                Fields other = completions.get(j);
                double first = one.number("overall_score");
                double second = other.number("overall_score");
                Map<String, Object> fields = new LinkedHashMap<>(rest);
                fields.put("overall_score_a", first);
                fields.put("overall_score_b", second);
                compared.add(Compared.framed(
                                prompt, one.text("response"), other.text("response"), Compared.byScore(first, second))
                        .withMargin(Optional.of(Math.abs(first - second)))
                        .withModels(one.maybeText("model"), other.maybeText("model"))
                        .withFields(fields));
            }
        }
        return compared;
    }
}
