package pairwright.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Set;
import pairwright.jsonl.BadInput;
import pairwright.prompt.Message;

/**
 * Axolotl's {@code chat_template.default} for DPO, the safest of its strategies.
 *
 * <p>Read from {@code src/axolotl/prompt_strategies/dpo/chat_template.py} (commit 1377ccc3): {@code messages} is a list or one text of the user;
 * {@code chosen} and {@code rejected} are a message, a text, or a list whose last message counts. Each answer is put through the chat template and
 * then looked for in the result by its bytes: where the template cuts white space at its ends it is not found, and all but its last
 * character is lost. So answers are written without white space at their ends, and asked for so.
 */
final class AxolotlChatTemplate implements TrainerForm, ImportForm {
    private static final Set<String> KEYS = Set.of("messages", "chosen", "rejected");

    record AxolotlRow(
            @JsonProperty("messages") List<Turn> messages,
            @JsonProperty("chosen") Turn chosen,
            @JsonProperty("rejected") Turn rejected) {}

    @Override
    public Class<? extends Record> rowType() {
        return AxolotlRow.class;
    }

    @Override
    public List<AxolotlRow> rows(Example example) {
        return List.of(new AxolotlRow(
                Turn.of(example.messages()),
                Turn.assistant(example.chosen().strip()),
                Turn.assistant(example.rejected().strip())));
    }

    @Override
    public void check(Fields row) {
        if (row.map().get("messages") instanceof String) {
            row.someText("messages");
        } else {
            PairRules.asked("messages", row.turns("messages"));
        }
        PairRules.differ(answer(row, "chosen"), answer(row, "rejected"));
    }

    private static String answer(Fields row, String key) {
        String answer = said(row, key);
        if (!answer.equals(answer.strip())) {
            throw new BadInput(
                    key + " has white space at its ends, must have none: the loader looks for the answer in what the"
                            + " chat template made of it");
        }
        return answer;
    }

    private static String said(Fields row, String key) {
        Object value = row.map().get(key);
        if (value instanceof String) {
            return row.someText(key);
        }
        return PairRules.answer(
                key, value instanceof Map<?, ?> ? List.of(row.object(key).turn()) : row.turns(key));
    }

    @Override
    public Object prompt(Fields row) {
        return row.map().get("messages");
    }

    @Override
    public boolean matches(Fields row) {
        return row.has("messages") && row.map().get("chosen") instanceof Map<?, ?> && row.has("rejected");
    }

    @Override
    public List<Compared> read(Fields row) {
        List<Message> messages = row.map().get("messages") instanceof String
                ? List.of(Message.user(row.text("messages")))
                : Turn.messages(row.turns("messages"));
        return List.of(Compared.preferred(messages, said(row, "chosen"), said(row, "rejected"))
                .withFields(row.without(KEYS)));
    }
}
