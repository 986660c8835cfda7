package pairwright.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Set;

/**
 * Prompts alone, each once, for trainers that sample the answers themselves (TRL's GRPO, RLOO and online DPO; TRL 1.16.0). A prompt
 * is text or messages that end with the user's.
 */
final class PromptOnly implements TrainerForm {
    record PromptRow(@JsonProperty("prompt") List<Turn> prompt) {}

    @Override
    public Class<? extends Record> rowType() {
        return PromptRow.class;
    }

    @Override
    public List<PromptRow> rows(Example example) {
        return List.of(new PromptRow(Turn.of(example.messages())));
    }

    @Override
    public void check(Fields row) {
        if (row.map().get("prompt") instanceof String) {
            row.someText("prompt");
        } else {
            PairRules.asked("prompt", row.turns("prompt"));
        }
    }

    @Override
    public Object prompt(Fields row) {
        return row.map().get("prompt");
    }

    @Override
    public Set<Holds> holds() {
        return Set.of();
    }

    @Override
    public boolean oncePerPrompt() {
        return true;
    }
}
