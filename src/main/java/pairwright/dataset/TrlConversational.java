package pairwright.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * TRL's preference type with an explicit prompt, conversational, as its DPOTrainer reads it.
 *
 * <p>Read from TRL 1.16.0 ({@code trl/trainer/dpo_trainer.py}, {@code trl/data_utils.py}). There:
 * <ul>
 *   <li>the first row of a file decides for all whether there is a prompt; {@code tools} and {@code chat_template_kwargs} are handed to the
 *       chat template;
 *   <li>any one of the keys decides whether a row is conversational, so all three must be lists whose first element is an object with a
 *       {@code role};
 *   <li>the chat template may refuse a prompt that ends otherwise than with the user, or continue the assistant's message instead of
 *       answering;
 *   <li>the prompt and each completion are joined by list addition, so a completion must not repeat the prompt.
 * </ul>
 * Beyond the trainer: the completions end with the assistant's message, not blank, and differ by more than white space at their ends; all
 * text is Unicode without lone surrogates, on which the reader of the JSON file stops.
 */
final class TrlConversational implements TrainerForm, ImportForm {
    private static final Set<String> KEYS = Set.of("prompt", "chosen", "rejected");

    record TrlRow(
            @JsonProperty("prompt") List<Turn> prompt,
            @JsonProperty("chosen") List<Turn> chosen,
            @JsonProperty("rejected") List<Turn> rejected) {}

    @Override
    public Class<? extends Record> rowType() {
        return TrlRow.class;
    }

    @Override
    public List<TrlRow> rows(Example example) {
        return List.of(new TrlRow(
                Turn.of(example.messages()),
                List.of(Turn.assistant(example.chosen())),
                List.of(Turn.assistant(example.rejected()))));
    }

    @Override
    public void check(Fields row) {
        explicit(row);
    }

    /** Prompt, chosen and rejected as lists of messages. */
    static void explicit(Fields row) {
        List<Turn> prompt = row.turns("prompt");
        PairRules.asked("prompt", prompt);
        PairRules.differ(
                PairRules.answer("chosen", prompt, row.turns("chosen")),
                PairRules.answer("rejected", prompt, row.turns("rejected")));
    }

    @Override
    public Object prompt(Fields row) {
        return row.turns("prompt");
    }

    @Override
    public boolean matches(Fields row) {
        return row.isConversation("prompt")
                && row.isConversation("chosen")
                && row.isConversation("rejected")
                && !row.map().containsKey("margin");
    }

    @Override
    public List<Compared> read(Fields row) {
        return List.of(readExplicit(row));
    }

    static Compared readExplicit(Fields row) {
        Map<String, Object> rest = row.without(KEYS);
        return Compared.preferred(
                        Turn.messages(row.turns("prompt")),
                        Compared.oneAnswer("chosen", row.turns("chosen")),
                        Compared.oneAnswer("rejected", row.turns("rejected")))
                .withFields(rest);
    }
}
