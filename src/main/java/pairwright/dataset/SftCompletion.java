package pairwright.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Set;

/**
 * A prompt and the better answer, for supervised fine-tuning on what a judge preferred. Written as TRL's prompt-completion type, on
 * whose completion alone its SFTTrainer trains unless told otherwise (TRL 1.16.0); {@code messages}, a whole conversation, passes the check
 * too.
 */
final class SftCompletion implements TrainerForm {
    record CompletionRow(
            @JsonProperty("prompt") List<Turn> prompt,
            @JsonProperty("completion") List<Turn> completion) {}

    @Override
    public Class<? extends Record> rowType() {
        return CompletionRow.class;
    }

    @Override
    public List<CompletionRow> rows(Example example) {
        return List.of(new CompletionRow(Turn.of(example.messages()), List.of(Turn.assistant(example.chosen()))));
    }

    @Override
    public void check(Fields row) {
        if (row.map().containsKey("messages")) {
            PairRules.answer("messages", row.turns("messages"));
        } else {
            TrlKto.completion(row);
        }
    }

    @Override
    public Object prompt(Fields row) {
        if (row.map().containsKey("messages")) {
            List<Turn> messages = row.turns("messages");
            return messages.subList(0, messages.size() - 1);
        }
        return row.map().get("prompt");
    }

    @Override
    public Set<Holds> holds() {
        return Set.of();
    }
}
