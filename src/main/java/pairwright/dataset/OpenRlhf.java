package pairwright.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Set;

/**
 * OpenRLHF's reward and DPO datasets, run with {@code --prompt_key prompt --apply_chat_template}.
 *
 * <p>Read from {@code openrlhf/datasets/reward_dataset.py} (commit 0008ea1a): with a prompt key, prompt and completion are joined by list
 * addition before the chat template; without one, {@code chosen} and {@code rejected} are whole conversations and all but the last turn of
 * {@code chosen} is the prompt. {@code margin} is 0 where it is absent or null, and goes into the loss as it is.
 */
final class OpenRlhf implements TrainerForm, ImportForm {
    record OpenRlhfRow(
            @JsonProperty("prompt") List<Turn> prompt,
            @JsonProperty("chosen") List<Turn> chosen,
            @JsonProperty("rejected") List<Turn> rejected,
            @JsonProperty("margin") double margin) {}

    @Override
    public Class<? extends Record> rowType() {
        return OpenRlhfRow.class;
    }

    @Override
    public List<OpenRlhfRow> rows(Example example) {
        return List.of(new OpenRlhfRow(
                Turn.of(example.messages()),
                List.of(Turn.assistant(example.chosen())),
                List.of(Turn.assistant(example.rejected())),
                example.margin()));
    }

    @Override
    public void check(Fields row) {
        if (row.has("margin")) {
            PairRules.margin(row);
        }
        if (row.map().containsKey("prompt")) {
            TrlConversational.explicit(row);
        } else {
            PairRules.shared(row.turns("chosen"), row.turns("rejected"));
        }
    }

    @Override
    public Object prompt(Fields row) {
        return row.map().containsKey("prompt")
                ? row.turns("prompt")
                : PairRules.shared(row.turns("chosen"), row.turns("rejected"));
    }

    @Override
    public Set<Holds> holds() {
        return Set.of(Holds.PAIRS, Holds.PREFERENCE, Holds.MARGIN);
    }

    @Override
    public boolean matches(Fields row) {
        return row.isConversation("prompt")
                && row.isConversation("chosen")
                && row.isConversation("rejected")
                && row.map().containsKey("margin");
    }

    @Override
    public List<Compared> read(Fields row) {
        Compared compared = TrlConversational.readExplicit(row);
        return List.of(compared.withMargin(row.maybeNumber("margin")).withoutField("margin"));
    }
}
